-- Exits: how many, positive under a definition, by reason. See measure_frame.sql for the arguments.
-- Each exit is read once, however many periods are asked for: it is counted by the month that it ended in ('2024-05'), or
-- simply as within a single period ('1'), and the counts are put in their periods afterwards.

-- name: Measures.Exits
-- row: ExitCountRow
WITH period AS (
    SELECT c.period_from, c.period_to
    FROM calendar_period c
    WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
    UNION ALL
    SELECT @From, @To
    FROM forbund b
    WHERE b.id = @ForbundId AND @Per = 'none'
),
exit_row AS (
    SELECT
        f.insats_id, f.is_neutral, e.is_positive, e.is_judged, e.is_missing,
        CASE WHEN @Per = 'none' THEN '1' ELSE SUBSTRING(CAST(f.ended_on AS CHAR(10)), 1, 7) END AS end_key,
        CASE WHEN @ByGender = 1 THEN f.gender ELSE 'alla' END AS gender,
        CASE WHEN @ByAge = 1 THEN f.age_group ELSE 'alla' END AS age_group,
        CASE WHEN @ByEducation = 1 THEN f.education ELSE 'alla' END AS education,
        CASE WHEN @ByReferrer = 1 THEN f.referrer ELSE 'alla' END AS referrer
    FROM participation_fact f
    JOIN positive_exit e ON e.participation_id = f.participation_id AND e.definition_code = @Definition
    WHERE f.forbund_id = @ForbundId AND f.started_on IS NOT NULL AND f.ended_on BETWEEN (SELECT MIN(period_from) FROM period) AND @To
        AND (@Gender = '' OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
),
keyed_count AS (
    SELECT insats_id, end_key, gender, age_group, education, referrer,
        COUNT(*) AS exits, SUM(is_neutral) AS neutral, SUM(is_positive) AS positive,
        SUM(CASE WHEN is_neutral = 1 THEN is_positive ELSE 0 END) AS neutral_positive, SUM(is_judged) AS judged,
        SUM(is_missing) AS missing, SUM(CASE WHEN is_neutral = 1 THEN is_missing ELSE 0 END) AS neutral_missing
    FROM exit_row
    GROUP BY insats_id, end_key, gender, age_group, education, referrer
),
period_key AS (
    SELECT period_from, period_to,
        CASE WHEN @Per = 'none' THEN '1' ELSE SUBSTRING(CAST(period_from AS CHAR(10)), 1, 7) END AS from_key,
        CASE WHEN @Per = 'none' THEN '1' ELSE SUBSTRING(CAST(period_to AS CHAR(10)), 1, 7) END AS to_key
    FROM period
),
counted AS (
    SELECT p.period_from, p.period_to, k.insats_id, k.gender, k.age_group, k.education, k.referrer,
        SUM(k.exits) AS exits, SUM(k.neutral) AS neutral, SUM(k.positive) AS positive,
        SUM(k.neutral_positive) AS neutral_positive, SUM(k.judged) AS judged, SUM(k.missing) AS missing, SUM(k.neutral_missing) AS neutral_missing
    FROM period_key p
    JOIN keyed_count k ON k.end_key BETWEEN p.from_key AND p.to_key
    GROUP BY p.period_from, p.period_to, k.insats_id, k.gender, k.age_group, k.education, k.referrer
)
SELECT
    c.period_from, c.period_to, l.level_id AS insats_level, g.level_code AS gender, v.level_code AS age_group,
        u.level_code AS education, r.level_code AS referrer,
    SUM(c.exits) AS exits, SUM(c.neutral) AS neutral, SUM(c.positive) AS positive,
    SUM(c.neutral_positive) AS neutral_positive, SUM(c.judged) AS judged, SUM(c.missing) AS missing, SUM(c.neutral_missing) AS neutral_missing
FROM counted c
JOIN insats_level l ON l.insats_id = c.insats_id AND (l.level_id = @Insats OR (@ByInsats = 1 AND (@Insats = 0 OR l.level_parent_id = @Insats)))
JOIN dimension_level g ON g.dimension = 'gender' AND g.code = c.gender
JOIN dimension_level v ON v.dimension = 'age' AND v.code = c.age_group
JOIN dimension_level u ON u.dimension = 'education' AND u.code = c.education
JOIN dimension_level r ON r.dimension = 'referrer' AND r.code = c.referrer
GROUP BY c.period_from, c.period_to, l.level_id, g.level_code, v.level_code, u.level_code, r.level_code;

-- name: Measures.ExitReasons
-- row: ExitReasonCountRow
WITH period AS (
    SELECT c.period_from, c.period_to
    FROM calendar_period c
    WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
    UNION ALL
    SELECT @From, @To
    FROM forbund b
    WHERE b.id = @ForbundId AND @Per = 'none'
),
exit_row AS (
    SELECT
        f.insats_id, f.exit_reason,
        CASE WHEN @Per = 'none' THEN '1' ELSE SUBSTRING(CAST(f.ended_on AS CHAR(10)), 1, 7) END AS end_key,
        CASE WHEN @ByGender = 1 THEN f.gender ELSE 'alla' END AS gender,
        CASE WHEN @ByAge = 1 THEN f.age_group ELSE 'alla' END AS age_group,
        CASE WHEN @ByEducation = 1 THEN f.education ELSE 'alla' END AS education,
        CASE WHEN @ByReferrer = 1 THEN f.referrer ELSE 'alla' END AS referrer
    FROM participation_fact f
    WHERE f.forbund_id = @ForbundId AND f.started_on IS NOT NULL AND f.ended_on BETWEEN (SELECT MIN(period_from) FROM period) AND @To
        AND (@Gender = '' OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
),
keyed_count AS (
    SELECT insats_id, exit_reason, end_key, gender, age_group, education, referrer, COUNT(*) AS exits
    FROM exit_row
    GROUP BY insats_id, exit_reason, end_key, gender, age_group, education, referrer
),
period_key AS (
    SELECT period_from, period_to,
        CASE WHEN @Per = 'none' THEN '1' ELSE SUBSTRING(CAST(period_from AS CHAR(10)), 1, 7) END AS from_key,
        CASE WHEN @Per = 'none' THEN '1' ELSE SUBSTRING(CAST(period_to AS CHAR(10)), 1, 7) END AS to_key
    FROM period
),
counted AS (
    SELECT p.period_from, p.period_to, k.insats_id, k.exit_reason, k.gender, k.age_group, k.education, k.referrer, SUM(k.exits) AS exits
    FROM period_key p
    JOIN keyed_count k ON k.end_key BETWEEN p.from_key AND p.to_key
    GROUP BY p.period_from, p.period_to, k.insats_id, k.exit_reason, k.gender, k.age_group, k.education, k.referrer
)
SELECT
    c.period_from, c.period_to, l.level_id AS insats_level, g.level_code AS gender, v.level_code AS age_group,
        u.level_code AS education, r.level_code AS referrer, x.level_code AS exit_reason, SUM(c.exits) AS exits
FROM counted c
JOIN dimension_level x ON x.dimension = 'exit_reason' AND x.code = c.exit_reason
JOIN insats_level l ON l.insats_id = c.insats_id AND (l.level_id = @Insats OR (@ByInsats = 1 AND (@Insats = 0 OR l.level_parent_id = @Insats)))
JOIN dimension_level g ON g.dimension = 'gender' AND g.code = c.gender
JOIN dimension_level v ON v.dimension = 'age' AND v.code = c.age_group
JOIN dimension_level u ON u.dimension = 'education' AND u.code = c.education
JOIN dimension_level r ON r.dimension = 'referrer' AND r.code = c.referrer
GROUP BY c.period_from, c.period_to, l.level_id, g.level_code, v.level_code, u.level_code, r.level_code, x.level_code;
