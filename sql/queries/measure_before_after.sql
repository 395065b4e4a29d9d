-- Livelihood and occupation before and after, for participations that ended in the period. See measure_frame.sql for the
-- arguments. before_group and after_group are a group, 'alla' (all groups) or 'unknown' (nobody wrote it down).

-- name: Measures.Occupation
-- row: TransitionCountRow
WITH ended AS (
    SELECT
        f.insats_id, f.occupation_before AS before_group, f.occupation_after AS after_group,
        CASE WHEN @Per = 'none' THEN 1 ELSE f.ended_month END AS end_key,
        @ByGender * f.gender * 1000000 + @ByAge * f.age_group * 10000 + @ByEducation * f.education * 100 + @ByReferrer * f.referrer AS code_key
    FROM [#participation_fact] f
    WHERE f.ended_day BETWEEN @FirstDay AND @LastDay AND f.started_day IS NOT NULL
        AND (@Gender = 0 OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
),
keyed_count AS (
    SELECT insats_id, end_key, before_group, after_group, code_key, COUNT(*) AS number
    FROM ended
    GROUP BY insats_id, end_key, before_group, after_group, code_key
)
SELECT
    p.period_from, p.period_to, l.level_id AS insats_level, c.gender_code AS gender, c.age_group_code AS age_group,
    c.education_code AS education, c.referrer_code AS referrer,
    b.level_code AS before_group, a.level_code AS after_group, SUM(k.number) AS number
FROM keyed_count k
CROSS JOIN [#period] p
CROSS JOIN [#dimension_level] b
CROSS JOIN [#dimension_level] a
CROSS JOIN [#insats_level] l
CROSS JOIN [#code_level] c
WHERE k.end_key BETWEEN p.from_key AND p.to_key
    AND b.dimension = 'occupation' AND b.number = k.before_group
    AND a.dimension = 'occupation' AND a.number = k.after_group
    AND l.insats_id = k.insats_id
    AND c.code_key = k.code_key
GROUP BY p.period_from, p.period_to, l.level_id, c.gender_code, c.age_group_code, c.education_code, c.referrer_code, b.level_code, a.level_code;

-- name: Measures.Livelihood
-- row: TransitionCountRow
-- The main livelihood is the one with the largest share; with equal shares, the one that comes first in the code list.
-- Share and place are packed into one number so that the largest says both, in one pass over the shares.
WITH main_livelihood AS (
    SELECT
        f.participation_id,
        MAX(CASE WHEN s.occasion = 'before' THEN s.percent_share * 1000 + 999 - h.sort_order END) AS before_rank,
        MAX(CASE WHEN s.occasion = 'after' THEN s.percent_share * 1000 + 999 - h.sort_order END) AS after_rank
    FROM [#participation_fact] f
    LEFT JOIN livelihood_share s ON s.participation_id = f.participation_id
    LEFT JOIN livelihood h ON h.code = s.livelihood
    WHERE f.ended_day BETWEEN @FirstDay AND @LastDay AND f.started_day IS NOT NULL
        AND (@Gender = 0 OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
    GROUP BY f.participation_id
),
ended AS (
    SELECT
        f.insats_id, COALESCE(i.sort_order, 99) AS before_group, COALESCE(q.sort_order, 99) AS after_group,
        CASE WHEN @Per = 'none' THEN 1 ELSE f.ended_month END AS end_key,
        @ByGender * f.gender * 1000000 + @ByAge * f.age_group * 10000 + @ByEducation * f.education * 100 + @ByReferrer * f.referrer AS code_key
    FROM main_livelihood m
    JOIN [#participation_fact] f ON f.participation_id = m.participation_id
    LEFT JOIN livelihood h ON h.sort_order = 999 - m.before_rank % 1000
    LEFT JOIN livelihood_group i ON i.code = h.livelihood_group
    LEFT JOIN livelihood o ON o.sort_order = 999 - m.after_rank % 1000
    LEFT JOIN livelihood_group q ON q.code = o.livelihood_group
),
keyed_count AS (
    SELECT insats_id, end_key, before_group, after_group, code_key, COUNT(*) AS number
    FROM ended
    GROUP BY insats_id, end_key, before_group, after_group, code_key
)
SELECT
    p.period_from, p.period_to, l.level_id AS insats_level, c.gender_code AS gender, c.age_group_code AS age_group,
    c.education_code AS education, c.referrer_code AS referrer,
    b.level_code AS before_group, a.level_code AS after_group, SUM(k.number) AS number
FROM keyed_count k
CROSS JOIN [#period] p
CROSS JOIN [#dimension_level] b
CROSS JOIN [#dimension_level] a
CROSS JOIN [#insats_level] l
CROSS JOIN [#code_level] c
WHERE k.end_key BETWEEN p.from_key AND p.to_key
    AND b.dimension = 'livelihood' AND b.number = k.before_group
    AND a.dimension = 'livelihood' AND a.number = k.after_group
    AND l.insats_id = k.insats_id
    AND c.code_key = k.code_key
GROUP BY p.period_from, p.period_to, l.level_id, c.gender_code, c.age_group_code, c.education_code, c.referrer_code, b.level_code, a.level_code;
