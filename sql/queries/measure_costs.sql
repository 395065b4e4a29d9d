-- What insatser have cost in whole years. See measure_frame.sql for the arguments.

-- name: Measures.Costs
-- row: CostRow
-- Costs that belong to no insats (administration, evaluations) are left out. is_incomplete: 1 when an insats was open in
-- a year whose outcome is known neither for it nor for its delprojekt, or only for some of its delprojekt, so that the sum would be too low.
-- Money is often kept for the insats as a whole: then its delprojekt need no outcome of their own (insats_money_gap).
WITH family_year AS (
    SELECT COALESCE(i.parent_id, i.id) AS family_id, y.calendar_year,
        MAX(CASE WHEN y.outcome_kronor IS NULL THEN 0 ELSE 1 END) AS has_outcome
    FROM insats i
    JOIN insats_year y ON y.insats_id = i.id
    WHERE i.forbund_id = @ForbundId
    GROUP BY COALESCE(i.parent_id, i.id), y.calendar_year
),
insats_cost AS (
    SELECT
        p.period_from, p.period_to, i.id AS insats_id, l.level_id,
        COALESCE(y.outcome_kronor, 0) AS outcome_kronor,
        CASE WHEN y.outcome_kronor IS NULL AND ((l.level_id = i.id AND i.parent_id IS NOT NULL) OR COALESCE(m.has_outcome, 0) = 0
                  OR g.lacks_outcome = 1)
                  AND i.starts_on <= c.period_to AND (i.ends_on IS NULL OR i.ends_on >= c.period_from) THEN 1 ELSE 0 END AS is_incomplete
    FROM [#period] p
    JOIN calendar_period c ON c.kind = 'year' AND c.period_from >= p.period_from AND c.period_to <= p.period_to
    JOIN insats i ON i.forbund_id = @ForbundId AND i.orientation = 'individual'
    JOIN [#insats_level] l ON l.insats_id = i.id
    LEFT JOIN insats_year y ON y.insats_id = i.id AND y.calendar_year = c.calendar_year
    LEFT JOIN family_year m ON m.family_id = COALESCE(i.parent_id, i.id) AND m.calendar_year = c.calendar_year
    LEFT JOIN insats_money_gap g ON g.insats_id = i.id AND g.calendar_year = c.calendar_year
)
SELECT period_from, period_to, level_id AS insats_level, SUM(outcome_kronor) AS outcome_kronor, MAX(is_incomplete) AS is_incomplete
FROM insats_cost
GROUP BY period_from, period_to, level_id;
