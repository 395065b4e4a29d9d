-- Days in insats. See measure_frame.sql for the arguments.

-- name: Measures.Days
-- row: ParticipationDaysRow
-- Participations in the period, as seen on its last day. days: null for who is still in, whose days up to the period's last
-- day follow from the start. started_day: null for who both came and left in the period, where only the days matter; who
-- came before it is only here because they had not left, and how long they had been in by then must be known.
WITH period AS (
    SELECT c.period_from, c.period_to
    FROM calendar_period c
    WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
    UNION ALL
    SELECT @From, @To
    FROM forbund b
    WHERE b.id = @ForbundId AND @Per = 'none'
),
stay AS (
    SELECT
        p.period_from, p.period_to, f.insats_id,
        CASE WHEN f.ended_on <= p.period_to THEN f.ended_day - f.started_day END AS days,
        CASE WHEN f.started_on >= p.period_from AND f.ended_on <= p.period_to THEN NULL ELSE f.started_day END AS started_day,
        CASE WHEN @ByGender = 1 THEN f.gender ELSE 'alla' END AS gender,
        CASE WHEN @ByAge = 1 THEN f.age_group ELSE 'alla' END AS age_group,
        CASE WHEN @ByEducation = 1 THEN f.education ELSE 'alla' END AS education,
        CASE WHEN @ByReferrer = 1 THEN f.referrer ELSE 'alla' END AS referrer
    FROM period p
    JOIN participation_fact f ON f.forbund_id = @ForbundId AND f.started_on <= p.period_to AND (f.ended_on IS NULL OR f.ended_on >= p.period_from)
        AND (@Gender = '' OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
),
counted AS (
    SELECT period_from, period_to, insats_id, days, started_day, gender, age_group, education, referrer, COUNT(*) AS number
    FROM stay
    GROUP BY period_from, period_to, insats_id, days, started_day, gender, age_group, education, referrer
)
SELECT
    c.period_from, c.period_to, l.level_id AS insats_level, g.level_code AS gender, v.level_code AS age_group,
        u.level_code AS education, r.level_code AS referrer, c.days, c.started_day, SUM(c.number) AS number
FROM counted c
JOIN insats_level l ON l.insats_id = c.insats_id AND (l.level_id = @Insats OR (@ByInsats = 1 AND (@Insats = 0 OR l.level_parent_id = @Insats)))
JOIN dimension_level g ON g.dimension = 'gender' AND g.code = c.gender
JOIN dimension_level v ON v.dimension = 'age' AND v.code = c.age_group
JOIN dimension_level u ON u.dimension = 'education' AND u.code = c.education
JOIN dimension_level r ON r.dimension = 'referrer' AND r.code = c.referrer
GROUP BY c.period_from, c.period_to, l.level_id, g.level_code, v.level_code, u.level_code, r.level_code, c.days, c.started_day;

-- name: Measures.TimeToExit
-- row: ParticipationEndRow
-- The same stays with what ended them under a definition of positive exit. Of those still in nothing is judged or missing.
WITH period AS (
    SELECT c.period_from, c.period_to
    FROM calendar_period c
    WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
    UNION ALL
    SELECT @From, @To
    FROM forbund b
    WHERE b.id = @ForbundId AND @Per = 'none'
),
stay AS (
    SELECT
        p.period_from, p.period_to, f.insats_id,
        CASE WHEN f.ended_on <= p.period_to THEN f.ended_day - f.started_day END AS days,
        CASE WHEN f.started_on >= p.period_from AND f.ended_on <= p.period_to THEN NULL ELSE f.started_day END AS started_day,
        CASE WHEN f.ended_on <= p.period_to THEN e.is_positive ELSE 0 END AS is_positive,
        CASE WHEN f.ended_on <= p.period_to THEN e.is_judged ELSE 0 END AS is_judged,
        CASE WHEN f.ended_on <= p.period_to THEN e.is_missing ELSE 0 END AS is_missing,
        CASE WHEN @ByGender = 1 THEN f.gender ELSE 'alla' END AS gender,
        CASE WHEN @ByAge = 1 THEN f.age_group ELSE 'alla' END AS age_group,
        CASE WHEN @ByEducation = 1 THEN f.education ELSE 'alla' END AS education,
        CASE WHEN @ByReferrer = 1 THEN f.referrer ELSE 'alla' END AS referrer
    FROM period p
    JOIN participation_fact f ON f.forbund_id = @ForbundId AND f.started_on <= p.period_to AND (f.ended_on IS NULL OR f.ended_on >= p.period_from)
        AND (@Gender = '' OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
    JOIN positive_exit e ON e.participation_id = f.participation_id AND e.definition_code = @Definition
),
counted AS (
    SELECT period_from, period_to, insats_id, days, started_day, is_positive, gender, age_group, education, referrer,
        COUNT(*) AS number, SUM(is_judged) AS judged, SUM(is_missing) AS missing
    FROM stay
    GROUP BY period_from, period_to, insats_id, days, started_day, is_positive, gender, age_group, education, referrer
)
SELECT
    c.period_from, c.period_to, l.level_id AS insats_level, g.level_code AS gender, v.level_code AS age_group,
        u.level_code AS education, r.level_code AS referrer, c.days, c.started_day,
    c.is_positive, SUM(c.number) AS number, SUM(c.judged) AS judged, SUM(c.missing) AS missing
FROM counted c
JOIN insats_level l ON l.insats_id = c.insats_id AND (l.level_id = @Insats OR (@ByInsats = 1 AND (@Insats = 0 OR l.level_parent_id = @Insats)))
JOIN dimension_level g ON g.dimension = 'gender' AND g.code = c.gender
JOIN dimension_level v ON v.dimension = 'age' AND v.code = c.age_group
JOIN dimension_level u ON u.dimension = 'education' AND u.code = c.education
JOIN dimension_level r ON r.dimension = 'referrer' AND r.code = c.referrer
GROUP BY c.period_from, c.period_to, l.level_id, g.level_code, v.level_code, u.level_code, r.level_code, c.days, c.started_day, c.is_positive;
