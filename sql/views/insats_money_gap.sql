-- Grain: one row per insats or delprojekt and calendar year that it is open in. lacks_…: its figure is missing. Nothing at all is missing at the insats; where
-- some of its delprojekt have a figure (also one that closed before the year: it is in the sum), at those that haven't: a sum without them
-- would be too small, also where the insats has an amount of its own beside theirs. Where only the insats has one, it is that of them all,
-- but not for a delprojekt with a budget of its own (or an outcome), whose other half is then missing.
CREATE VIEW insats_money_gap AS
SELECT
    part.forbund_id,
    whole_year.calendar_year,
    part.id AS insats_id,
    COALESCE(part.parent_id, part.id) AS top_insats_id,
    CASE WHEN own.budgeted_participants IS NULL
        AND ((part.parent_id IS NULL AND COALESCE(family.participants, 0) = 0)
            OR (part.parent_id IS NOT NULL AND family.participants > family.top_participants)) THEN 1 ELSE 0 END AS lacks_participants,
    CASE WHEN own.budget_kronor IS NULL
        AND ((part.parent_id IS NULL AND COALESCE(family.budget, 0) = 0)
            OR (part.parent_id IS NOT NULL AND family.budget > 0
                AND (family.budget > family.top_budget OR own.outcome_kronor IS NOT NULL))) THEN 1 ELSE 0 END AS lacks_budget,
    CASE WHEN own.outcome_kronor IS NULL
        AND ((part.parent_id IS NULL AND COALESCE(family.outcome, 0) = 0)
            OR (part.parent_id IS NOT NULL AND family.outcome > 0
                AND (family.outcome > family.top_outcome OR own.budget_kronor IS NOT NULL))) THEN 1 ELSE 0 END AS lacks_outcome
FROM insats part
JOIN calendar_period whole_year ON whole_year.kind = 'year'
    AND part.starts_on <= whole_year.period_to
    AND (part.ends_on IS NULL OR part.ends_on >= whole_year.period_from)
LEFT JOIN insats_year own ON own.insats_id = part.id AND own.calendar_year = whole_year.calendar_year
LEFT JOIN (
    SELECT
        COALESCE(member.parent_id, member.id) AS top_insats_id,
        member_year.calendar_year,
        COUNT(member_year.budgeted_participants) AS participants,
        COUNT(CASE WHEN member.parent_id IS NULL THEN member_year.budgeted_participants END) AS top_participants,
        COUNT(member_year.budget_kronor) AS budget,
        COUNT(CASE WHEN member.parent_id IS NULL THEN member_year.budget_kronor END) AS top_budget,
        COUNT(member_year.outcome_kronor) AS outcome,
        COUNT(CASE WHEN member.parent_id IS NULL THEN member_year.outcome_kronor END) AS top_outcome
    FROM insats_year member_year
    JOIN insats member ON member.id = member_year.insats_id
    GROUP BY COALESCE(member.parent_id, member.id), member_year.calendar_year
) family ON family.top_insats_id = COALESCE(part.parent_id, part.id) AND family.calendar_year = whole_year.calendar_year;
