-- Assessments before and after, for participations that ended in the period. See measure_frame.sql for the arguments.

-- name: Measures.Assessments
-- row: AssessmentPairRow
-- Pairs the first assessment at start with the last at exit. Equal pairs are counted together: medians and ranks need
-- the values, not the persons. is_asked: 0 when the item was not put to them on either occasion.
WITH occasion AS (
    SELECT
        f.participation_id, a.instrument_id,
        MIN(CASE WHEN a.occasion = 'start' THEN a.answered_on END) AS first_start_on,
        MAX(CASE WHEN a.occasion = 'exit' THEN a.answered_on END) AS last_exit_on
    FROM [#participation_fact] f
    JOIN assessment a ON a.participation_id = f.participation_id AND a.occasion IN ('start', 'exit')
    WHERE f.ended_day BETWEEN @FirstDay AND @LastDay AND f.started_day IS NOT NULL
        AND (@Gender = 0 OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
    GROUP BY f.participation_id, a.instrument_id
),
answered AS (
    SELECT
        f.insats_id, i.id AS item_id, b.value AS before_value, a.value AS after_value, e.is_positive,
        CASE WHEN COALESCE(b.missing_reason, 'not_asked') <> 'not_asked' OR COALESCE(a.missing_reason, 'not_asked') <> 'not_asked'
                  OR b.value IS NOT NULL OR a.value IS NOT NULL THEN 1 ELSE 0 END AS is_asked,
        CASE WHEN @Per = 'none' THEN 1 ELSE f.ended_month END AS end_key,
        @ByGender * f.gender * 1000000 + @ByAge * f.age_group * 10000 + @ByEducation * f.education * 100 + @ByReferrer * f.referrer AS code_key
    FROM occasion o
    JOIN [#participation_fact] f ON f.participation_id = o.participation_id
    JOIN [#exit_kind] e ON e.definition_code = @Definition AND e.exit_reason = f.exit_reason AND e.has_increased = f.has_increased
    JOIN instrument_item i ON i.instrument_id = o.instrument_id
    LEFT JOIN assessment s ON s.participation_id = o.participation_id AND s.instrument_id = o.instrument_id
        AND s.occasion = 'start' AND s.answered_on = o.first_start_on
    LEFT JOIN answer b ON b.assessment_id = s.id AND b.instrument_item_id = i.id
    LEFT JOIN assessment x ON x.participation_id = o.participation_id AND x.instrument_id = o.instrument_id
        AND x.occasion = 'exit' AND x.answered_on = o.last_exit_on
    LEFT JOIN answer a ON a.assessment_id = x.id AND a.instrument_item_id = i.id
),
keyed_count AS (
    SELECT insats_id, end_key, item_id, before_value, after_value, is_positive, is_asked, code_key,
        COUNT(*) AS number
    FROM answered
    GROUP BY insats_id, end_key, item_id, before_value, after_value, is_positive, is_asked, code_key
)
SELECT
    p.period_from, p.period_to, l.level_id AS insats_level, c.gender_code AS gender, c.age_group_code AS age_group,
    c.education_code AS education, c.referrer_code AS referrer,
    k.item_id, k.before_value, k.after_value, k.is_positive, k.is_asked, SUM(k.number) AS number
FROM keyed_count k
CROSS JOIN [#period] p
CROSS JOIN [#insats_level] l
CROSS JOIN [#code_level] c
WHERE k.end_key BETWEEN p.from_key AND p.to_key
    AND l.insats_id = k.insats_id
    AND c.code_key = k.code_key
GROUP BY p.period_from, p.period_to, l.level_id, c.gender_code, c.age_group_code, c.education_code, c.referrer_code,
    k.item_id, k.before_value, k.after_value, k.is_positive, k.is_asked;
