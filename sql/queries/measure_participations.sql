-- Participations in periods and in the queue. See measure_frame.sql for the arguments.
-- Participations are read once and counted by when they began and ended, however many periods are asked for. Calendar
-- periods are whole months, so that the month is all that needs to be known of a day ('2024-05'); a single period may
-- begin and end on any day and needs only to know before (0), in (1) or after (2) it. 9: not yet.

-- name: Measures.Participations
-- row: ParticipationCountRow
WITH period AS (
    SELECT c.period_from, c.period_to
    FROM calendar_period c
    WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
    UNION ALL
    SELECT @From, @To
    FROM forbund b
    WHERE b.id = @ForbundId AND @Per = 'none'
),
keyed AS (
    SELECT
        f.insats_id,
        CASE WHEN f.started_on IS NULL THEN '9'
             WHEN @Per <> 'none' THEN SUBSTRING(CAST(f.started_on AS CHAR(10)), 1, 7)
             WHEN f.started_on < @From THEN '0'
             WHEN f.started_on <= @To THEN '1'
             ELSE '2' END AS start_key,
        CASE WHEN f.ended_on IS NULL THEN '9'
             WHEN @Per <> 'none' THEN SUBSTRING(CAST(f.ended_on AS CHAR(10)), 1, 7)
             WHEN f.ended_on < @From THEN '0'
             WHEN f.ended_on <= @To THEN '1'
             ELSE '2' END AS end_key,
        CASE WHEN @ByGender = 1 THEN f.gender ELSE 'alla' END AS gender,
        CASE WHEN @ByAge = 1 THEN f.age_group ELSE 'alla' END AS age_group,
        CASE WHEN @ByEducation = 1 THEN f.education ELSE 'alla' END AS education,
        CASE WHEN @ByReferrer = 1 THEN f.referrer ELSE 'alla' END AS referrer
    FROM participation_fact f
    WHERE f.forbund_id = @ForbundId AND f.started_on <= @To AND (f.ended_on IS NULL OR f.ended_on >= (SELECT MIN(period_from) FROM period))
        AND (@Gender = '' OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
),
keyed_count AS (
    SELECT insats_id, start_key, end_key, gender, age_group, education, referrer, COUNT(*) AS number
    FROM keyed
    GROUP BY insats_id, start_key, end_key, gender, age_group, education, referrer
),
period_key AS (
    SELECT period_from, period_to,
        CASE WHEN @Per = 'none' THEN '1' ELSE SUBSTRING(CAST(period_from AS CHAR(10)), 1, 7) END AS from_key,
        CASE WHEN @Per = 'none' THEN '1' ELSE SUBSTRING(CAST(period_to AS CHAR(10)), 1, 7) END AS to_key
    FROM period
),
counted AS (
    SELECT
        p.period_from, p.period_to, k.insats_id, k.gender, k.age_group, k.education, k.referrer,
        SUM(k.number) AS in_period,
        SUM(CASE WHEN k.start_key >= p.from_key THEN k.number ELSE 0 END) AS started,
        SUM(CASE WHEN k.end_key <= p.to_key THEN k.number ELSE 0 END) AS ended,
        SUM(CASE WHEN k.end_key > p.to_key THEN k.number ELSE 0 END) AS ongoing_at_end
    FROM period_key p
    JOIN keyed_count k ON k.start_key <= p.to_key AND k.end_key >= p.from_key
    GROUP BY p.period_from, p.period_to, k.insats_id, k.gender, k.age_group, k.education, k.referrer
)
SELECT
    c.period_from, c.period_to, l.level_id AS insats_level, g.level_code AS gender, v.level_code AS age_group,
        u.level_code AS education, r.level_code AS referrer,
    SUM(c.in_period) AS in_period, SUM(c.started) AS started, SUM(c.ended) AS ended, SUM(c.ongoing_at_end) AS ongoing_at_end
FROM counted c
JOIN insats_level l ON l.insats_id = c.insats_id AND (l.level_id = @Insats OR (@ByInsats = 1 AND (@Insats = 0 OR l.level_parent_id = @Insats)))
JOIN dimension_level g ON g.dimension = 'gender' AND g.code = c.gender
JOIN dimension_level v ON v.dimension = 'age' AND v.code = c.age_group
JOIN dimension_level u ON u.dimension = 'education' AND u.code = c.education
JOIN dimension_level r ON r.dimension = 'referrer' AND r.code = c.referrer
GROUP BY c.period_from, c.period_to, l.level_id, g.level_code, v.level_code, u.level_code, r.level_code;

-- name: Measures.Queue
-- row: QueueCountRow
-- Who leaves the queue starts, or ends without having started.
WITH period AS (
    SELECT c.period_from, c.period_to
    FROM calendar_period c
    WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
    UNION ALL
    SELECT @From, @To
    FROM forbund b
    WHERE b.id = @ForbundId AND @Per = 'none'
),
keyed AS (
    SELECT
        f.insats_id,
        CASE WHEN f.queued_on IS NULL THEN '9'
             WHEN @Per <> 'none' THEN SUBSTRING(CAST(f.queued_on AS CHAR(10)), 1, 7)
             WHEN f.queued_on < @From THEN '0'
             WHEN f.queued_on <= @To THEN '1'
             ELSE '2' END AS queue_key,
        CASE WHEN COALESCE(f.started_on, f.ended_on) IS NULL THEN '9'
             WHEN @Per <> 'none' THEN SUBSTRING(CAST(COALESCE(f.started_on, f.ended_on) AS CHAR(10)), 1, 7)
             WHEN COALESCE(f.started_on, f.ended_on) < @From THEN '0'
             WHEN COALESCE(f.started_on, f.ended_on) <= @To THEN '1'
             ELSE '2' END AS leave_key,
        CASE WHEN @ByGender = 1 THEN f.gender ELSE 'alla' END AS gender,
        CASE WHEN @ByAge = 1 THEN f.age_group ELSE 'alla' END AS age_group,
        CASE WHEN @ByEducation = 1 THEN f.education ELSE 'alla' END AS education,
        CASE WHEN @ByReferrer = 1 THEN f.referrer ELSE 'alla' END AS referrer
    FROM participation_fact f
    WHERE f.forbund_id = @ForbundId AND f.queued_on <= @To AND (COALESCE(f.started_on, f.ended_on) IS NULL
        OR COALESCE(f.started_on, f.ended_on) > (SELECT MIN(period_from) FROM period))
        AND (@Gender = '' OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
),
keyed_count AS (
    SELECT insats_id, queue_key, leave_key, gender, age_group, education, referrer, COUNT(*) AS number
    FROM keyed
    GROUP BY insats_id, queue_key, leave_key, gender, age_group, education, referrer
),
period_key AS (
    SELECT period_from, period_to,
        CASE WHEN @Per = 'none' THEN '1' ELSE SUBSTRING(CAST(period_from AS CHAR(10)), 1, 7) END AS from_key,
        CASE WHEN @Per = 'none' THEN '1' ELSE SUBSTRING(CAST(period_to AS CHAR(10)), 1, 7) END AS to_key
    FROM period
),
counted AS (
    SELECT
        p.period_from, p.period_to, k.insats_id, k.gender, k.age_group, k.education, k.referrer,
        SUM(k.number) AS queued_at_end
    FROM period_key p
    JOIN keyed_count k ON k.queue_key <= p.to_key AND k.leave_key > p.to_key
    GROUP BY p.period_from, p.period_to, k.insats_id, k.gender, k.age_group, k.education, k.referrer
)
SELECT
    c.period_from, c.period_to, l.level_id AS insats_level, g.level_code AS gender, v.level_code AS age_group,
        u.level_code AS education, r.level_code AS referrer,
    SUM(c.queued_at_end) AS queued_at_end
FROM counted c
JOIN insats_level l ON l.insats_id = c.insats_id AND (l.level_id = @Insats OR (@ByInsats = 1 AND (@Insats = 0 OR l.level_parent_id = @Insats)))
JOIN dimension_level g ON g.dimension = 'gender' AND g.code = c.gender
JOIN dimension_level v ON v.dimension = 'age' AND v.code = c.age_group
JOIN dimension_level u ON u.dimension = 'education' AND u.code = c.education
JOIN dimension_level r ON r.dimension = 'referrer' AND r.code = c.referrer
GROUP BY c.period_from, c.period_to, l.level_id, g.level_code, v.level_code, u.level_code, r.level_code;
