-- Assessments before and after, for participations that ended in the period. See measure_frame.sql for the arguments.

-- name: Measures.Assessments
-- row: AssessmentPairRow
-- Pairs the first assessment at start with the last at exit. Equal pairs are counted together: medians and ranks need
-- the values, not the persons. is_asked: 0 when the item was not put to them on either occasion.
WITH period AS (
    SELECT c.period_from, c.period_to
    FROM calendar_period c
    WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
    UNION ALL
    SELECT @From, @To
    FROM forbund b
    WHERE b.id = @ForbundId AND @Per = 'none'
),
occasion AS (
    SELECT
        p.period_from, p.period_to, f.participation_id, a.instrument_id,
        MIN(CASE WHEN a.occasion = 'start' THEN a.answered_on END) AS first_start_on,
        MAX(CASE WHEN a.occasion = 'exit' THEN a.answered_on END) AS last_exit_on
    FROM period p
    JOIN participation_fact f ON f.forbund_id = @ForbundId AND f.started_on IS NOT NULL AND f.ended_on BETWEEN p.period_from AND p.period_to
        AND (@Gender = '' OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
    JOIN assessment a ON a.participation_id = f.participation_id AND a.occasion IN ('start', 'exit')
    GROUP BY p.period_from, p.period_to, f.participation_id, a.instrument_id
),
answered AS (
    SELECT
        o.period_from, o.period_to, f.insats_id, i.id AS item_id, b.value AS before_value, a.value AS after_value, e.is_positive,
        CASE WHEN COALESCE(b.missing_reason, 'not_asked') <> 'not_asked' OR COALESCE(a.missing_reason, 'not_asked') <> 'not_asked'
                  OR b.value IS NOT NULL OR a.value IS NOT NULL THEN 1 ELSE 0 END AS is_asked,
        CASE WHEN @ByGender = 1 THEN f.gender ELSE 'alla' END AS gender,
        CASE WHEN @ByAge = 1 THEN f.age_group ELSE 'alla' END AS age_group,
        CASE WHEN @ByEducation = 1 THEN f.education ELSE 'alla' END AS education,
        CASE WHEN @ByReferrer = 1 THEN f.referrer ELSE 'alla' END AS referrer
    FROM occasion o
    JOIN participation_fact f ON f.participation_id = o.participation_id
    JOIN positive_exit e ON e.participation_id = o.participation_id AND e.definition_code = @Definition
    JOIN instrument_item i ON i.instrument_id = o.instrument_id
    LEFT JOIN assessment s ON s.participation_id = o.participation_id AND s.instrument_id = o.instrument_id
        AND s.occasion = 'start' AND s.answered_on = o.first_start_on
    LEFT JOIN answer b ON b.assessment_id = s.id AND b.instrument_item_id = i.id
    LEFT JOIN assessment x ON x.participation_id = o.participation_id AND x.instrument_id = o.instrument_id
        AND x.occasion = 'exit' AND x.answered_on = o.last_exit_on
    LEFT JOIN answer a ON a.assessment_id = x.id AND a.instrument_item_id = i.id
),
counted AS (
    SELECT period_from, period_to, insats_id, item_id, before_value, after_value, is_positive, is_asked, gender, age_group,
        education, referrer, COUNT(*) AS number
    FROM answered
    GROUP BY period_from, period_to, insats_id, item_id, before_value, after_value, is_positive, is_asked, gender, age_group, education, referrer
)
SELECT
    c.period_from, c.period_to, l.level_id AS insats_level, g.level_code AS gender, v.level_code AS age_group,
        u.level_code AS education, r.level_code AS referrer,
    c.item_id, c.before_value, c.after_value, c.is_positive, c.is_asked, SUM(c.number) AS number
FROM counted c
JOIN insats_level l ON l.insats_id = c.insats_id AND (l.level_id = @Insats OR (@ByInsats = 1 AND (@Insats = 0 OR l.level_parent_id = @Insats)))
JOIN dimension_level g ON g.dimension = 'gender' AND g.code = c.gender
JOIN dimension_level v ON v.dimension = 'age' AND v.code = c.age_group
JOIN dimension_level u ON u.dimension = 'education' AND u.code = c.education
JOIN dimension_level r ON r.dimension = 'referrer' AND r.code = c.referrer
GROUP BY c.period_from, c.period_to, l.level_id, g.level_code, v.level_code, u.level_code, r.level_code, c.item_id,
    c.before_value, c.after_value, c.is_positive, c.is_asked;
