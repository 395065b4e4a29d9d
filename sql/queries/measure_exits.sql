-- Exits: how many, positive under a definition, by reason. See measure_frame.sql for the arguments.
-- Each exit is read once, however many periods are asked for: it is counted by the month that it ended in (202405), or simply as
-- within a single period (1), and the counts are put in their periods afterwards.

-- name: Measures.Exits
-- row: ExitCountRow
WITH exit_row AS (
    SELECT
        f.insats_id, f.is_neutral, e.is_positive, e.is_judged, e.is_missing,
        CASE WHEN @Per = 'none' THEN 1 ELSE f.ended_month END AS end_key,
        @ByGender * f.gender * 1000000 + @ByAge * f.age_group * 10000 + @ByEducation * f.education * 100 + @ByReferrer * f.referrer AS code_key
    FROM [#participation_fact] f
    CROSS JOIN [#exit_kind] e
    WHERE e.definition_code = @Definition AND e.exit_reason = f.exit_reason AND e.has_increased = f.has_increased
        AND f.ended_day BETWEEN @FirstDay AND @LastDay AND f.started_day IS NOT NULL
        AND (@Gender = 0 OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
),
keyed_count AS (
    SELECT insats_id, end_key, code_key,
        COUNT(*) AS exits, SUM(is_neutral) AS neutral, SUM(is_positive) AS positive,
        SUM(is_neutral * is_positive) AS neutral_positive, SUM(is_judged) AS judged,
        SUM(is_missing) AS missing, SUM(is_neutral * is_missing) AS neutral_missing
    FROM exit_row
    GROUP BY insats_id, end_key, code_key
)
SELECT
    p.period_from, p.period_to, l.level_id AS insats_level, c.gender_code AS gender, c.age_group_code AS age_group,
    c.education_code AS education, c.referrer_code AS referrer,
    SUM(k.exits) AS exits, SUM(k.neutral) AS neutral, SUM(k.positive) AS positive,
    SUM(k.neutral_positive) AS neutral_positive, SUM(k.judged) AS judged, SUM(k.missing) AS missing, SUM(k.neutral_missing) AS neutral_missing
FROM keyed_count k
CROSS JOIN [#period] p
CROSS JOIN [#insats_level] l
CROSS JOIN [#code_level] c
WHERE k.end_key BETWEEN p.from_key AND p.to_key
    AND l.insats_id = k.insats_id
    AND c.code_key = k.code_key
GROUP BY p.period_from, p.period_to, l.level_id, c.gender_code, c.age_group_code, c.education_code, c.referrer_code;

-- name: Measures.ExitReasons
-- row: ExitReasonCountRow
WITH exit_row AS (
    SELECT
        f.insats_id, f.exit_reason,
        CASE WHEN @Per = 'none' THEN 1 ELSE f.ended_month END AS end_key,
        @ByGender * f.gender * 1000000 + @ByAge * f.age_group * 10000 + @ByEducation * f.education * 100 + @ByReferrer * f.referrer AS code_key
    FROM [#participation_fact] f
    WHERE f.ended_day BETWEEN @FirstDay AND @LastDay AND f.started_day IS NOT NULL
        AND (@Gender = 0 OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
),
keyed_count AS (
    SELECT insats_id, exit_reason, end_key, code_key, COUNT(*) AS exits
    FROM exit_row
    GROUP BY insats_id, exit_reason, end_key, code_key
)
SELECT
    p.period_from, p.period_to, l.level_id AS insats_level, c.gender_code AS gender, c.age_group_code AS age_group,
    c.education_code AS education, c.referrer_code AS referrer,
    x.level_code AS exit_reason, SUM(k.exits) AS exits
FROM keyed_count k
CROSS JOIN [#period] p
CROSS JOIN [#dimension_level] x
CROSS JOIN [#insats_level] l
CROSS JOIN [#code_level] c
WHERE k.end_key BETWEEN p.from_key AND p.to_key
    AND x.dimension = 'exit_reason' AND x.number = k.exit_reason
    AND l.insats_id = k.insats_id
    AND c.code_key = k.code_key
GROUP BY p.period_from, p.period_to, l.level_id, c.gender_code, c.age_group_code, c.education_code, c.referrer_code, x.level_code;
