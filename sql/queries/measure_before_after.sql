-- Livelihood and occupation before and after, for participations that ended in the period. See measure_frame.sql for the
-- arguments. before_group and after_group are a group, 'alla' (all groups) or 'unknown' (nobody wrote it down).

-- name: Measures.Occupation
-- row: TransitionCountRow
WITH period AS (
    SELECT c.period_from, c.period_to
    FROM calendar_period c
    WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
    UNION ALL
    SELECT @From, @To
    FROM forbund b
    WHERE b.id = @ForbundId AND @Per = 'none'
),
ended AS (
    SELECT
        p.period_from, p.period_to, f.insats_id,
        COALESCE(b.occupation_group, 'unknown') AS before_group, COALESCE(a.occupation_group, 'unknown') AS after_group,
        CASE WHEN @ByGender = 1 THEN f.gender ELSE 'alla' END AS gender,
        CASE WHEN @ByAge = 1 THEN f.age_group ELSE 'alla' END AS age_group,
        CASE WHEN @ByEducation = 1 THEN f.education ELSE 'alla' END AS education,
        CASE WHEN @ByReferrer = 1 THEN f.referrer ELSE 'alla' END AS referrer
    FROM period p
    JOIN participation_fact f ON f.forbund_id = @ForbundId AND f.started_on IS NOT NULL AND f.ended_on BETWEEN p.period_from AND p.period_to
        AND (@Gender = '' OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
    LEFT JOIN occupation_group b ON b.participation_id = f.participation_id AND b.occasion = 'before'
    LEFT JOIN occupation_group a ON a.participation_id = f.participation_id AND a.occasion = 'after'
),
counted AS (
    SELECT period_from, period_to, insats_id, before_group, after_group, gender, age_group, education, referrer, COUNT(*) AS number
    FROM ended
    GROUP BY period_from, period_to, insats_id, before_group, after_group, gender, age_group, education, referrer
)
SELECT
    c.period_from, c.period_to, l.level_id AS insats_level, g.level_code AS gender, v.level_code AS age_group,
        u.level_code AS education, r.level_code AS referrer, b.level_code AS before_group, a.level_code AS after_group, SUM(c.number) AS number
FROM counted c
JOIN dimension_level b ON b.dimension = 'occupation' AND b.code = c.before_group
JOIN dimension_level a ON a.dimension = 'occupation' AND a.code = c.after_group
JOIN insats_level l ON l.insats_id = c.insats_id AND (l.level_id = @Insats OR (@ByInsats = 1 AND (@Insats = 0 OR l.level_parent_id = @Insats)))
JOIN dimension_level g ON g.dimension = 'gender' AND g.code = c.gender
JOIN dimension_level v ON v.dimension = 'age' AND v.code = c.age_group
JOIN dimension_level u ON u.dimension = 'education' AND u.code = c.education
JOIN dimension_level r ON r.dimension = 'referrer' AND r.code = c.referrer
GROUP BY c.period_from, c.period_to, l.level_id, g.level_code, v.level_code, u.level_code, r.level_code, b.level_code, a.level_code;

-- name: Measures.Livelihood
-- row: TransitionCountRow
-- The main livelihood is the one with the largest share; with equal shares, the one that comes first in the code list.
-- Share and place are packed into one number so that the largest says both, in one pass over the shares.
WITH period AS (
    SELECT c.period_from, c.period_to
    FROM calendar_period c
    WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
    UNION ALL
    SELECT @From, @To
    FROM forbund b
    WHERE b.id = @ForbundId AND @Per = 'none'
),
main_livelihood AS (
    SELECT
        p.period_from, p.period_to, f.participation_id,
        MAX(CASE WHEN s.occasion = 'before' THEN s.percent_share * 1000 + 999 - k.sort_order END) AS before_rank,
        MAX(CASE WHEN s.occasion = 'after' THEN s.percent_share * 1000 + 999 - k.sort_order END) AS after_rank
    FROM period p
    JOIN participation_fact f ON f.forbund_id = @ForbundId AND f.started_on IS NOT NULL AND f.ended_on BETWEEN p.period_from AND p.period_to
        AND (@Gender = '' OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
    LEFT JOIN livelihood_share s ON s.participation_id = f.participation_id
    LEFT JOIN livelihood k ON k.code = s.livelihood
    GROUP BY p.period_from, p.period_to, f.participation_id
),
ended AS (
    SELECT
        m.period_from, m.period_to, f.insats_id,
        COALESCE(b.livelihood_group, 'unknown') AS before_group, COALESCE(a.livelihood_group, 'unknown') AS after_group,
        CASE WHEN @ByGender = 1 THEN f.gender ELSE 'alla' END AS gender,
        CASE WHEN @ByAge = 1 THEN f.age_group ELSE 'alla' END AS age_group,
        CASE WHEN @ByEducation = 1 THEN f.education ELSE 'alla' END AS education,
        CASE WHEN @ByReferrer = 1 THEN f.referrer ELSE 'alla' END AS referrer
    FROM main_livelihood m
    JOIN participation_fact f ON f.participation_id = m.participation_id
    LEFT JOIN livelihood b ON b.sort_order = 999 - m.before_rank % 1000
    LEFT JOIN livelihood a ON a.sort_order = 999 - m.after_rank % 1000
),
counted AS (
    SELECT period_from, period_to, insats_id, before_group, after_group, gender, age_group, education, referrer, COUNT(*) AS number
    FROM ended
    GROUP BY period_from, period_to, insats_id, before_group, after_group, gender, age_group, education, referrer
)
SELECT
    c.period_from, c.period_to, l.level_id AS insats_level, g.level_code AS gender, v.level_code AS age_group,
        u.level_code AS education, r.level_code AS referrer, b.level_code AS before_group, a.level_code AS after_group, SUM(c.number) AS number
FROM counted c
JOIN dimension_level b ON b.dimension = 'livelihood' AND b.code = c.before_group
JOIN dimension_level a ON a.dimension = 'livelihood' AND a.code = c.after_group
JOIN insats_level l ON l.insats_id = c.insats_id AND (l.level_id = @Insats OR (@ByInsats = 1 AND (@Insats = 0 OR l.level_parent_id = @Insats)))
JOIN dimension_level g ON g.dimension = 'gender' AND g.code = c.gender
JOIN dimension_level v ON v.dimension = 'age' AND v.code = c.age_group
JOIN dimension_level u ON u.dimension = 'education' AND u.code = c.education
JOIN dimension_level r ON r.dimension = 'referrer' AND r.code = c.referrer
GROUP BY c.period_from, c.period_to, l.level_id, g.level_code, v.level_code, u.level_code, r.level_code, b.level_code, a.level_code;
