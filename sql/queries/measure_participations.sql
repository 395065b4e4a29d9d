-- Participations in periods and in the queue. See measure_frame.sql for the arguments.

-- name: Measures.Participations
-- row: ParticipationCountRow
-- In the period: started by its last day, less those that ended before its first.
WITH period AS (
    SELECT c.period_from, c.period_to
    FROM calendar_period c
    WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
    UNION ALL
    SELECT @From, @To
    FROM forbund b
    WHERE b.id = @ForbundId AND @Per = 'none'
),
event_row AS (
    SELECT
        e.insats_id, e.event_kind,
        -- Calendar periods are whole months: a month is all that needs to be known of a day.
        SUBSTRING(CAST(e.happened_on AS CHAR(10)), 1, @KeyLength) AS event_key,
        CASE WHEN @ByGender = 1 THEN e.gender ELSE 'alla' END AS gender,
        CASE WHEN @ByAge = 1 THEN e.age_group ELSE 'alla' END AS age_group,
        CASE WHEN @ByEducation = 1 THEN e.education ELSE 'alla' END AS education,
        CASE WHEN @ByReferrer = 1 THEN e.referrer ELSE 'alla' END AS referrer
    FROM participation_event e
    WHERE e.forbund_id = @ForbundId AND e.event_kind IN ('start', 'end')
),
event_count AS (
    SELECT insats_id, event_kind, event_key, gender, age_group, education, referrer, COUNT(*) AS number
    FROM event_row
    GROUP BY insats_id, event_kind, event_key, gender, age_group, education, referrer
),
period_key AS (
    SELECT period_from, period_to,
        SUBSTRING(CAST(period_from AS CHAR(10)), 1, @KeyLength) AS from_key,
        SUBSTRING(CAST(period_to AS CHAR(10)), 1, @KeyLength) AS to_key
    FROM period
),
counted AS (
    SELECT
        p.period_from, p.period_to, e.insats_id, e.gender, e.age_group, e.education, e.referrer,
        SUM(CASE WHEN e.event_kind = 'start' THEN e.number WHEN e.event_key < p.from_key THEN -e.number ELSE 0 END) AS in_period,
        SUM(CASE WHEN e.event_kind = 'start' AND e.event_key >= p.from_key THEN e.number ELSE 0 END) AS started,
        SUM(CASE WHEN e.event_kind = 'end' AND e.event_key >= p.from_key THEN e.number ELSE 0 END) AS ended,
        SUM(CASE WHEN e.event_kind = 'start' THEN e.number ELSE -e.number END) AS ongoing_at_end
    FROM period_key p
    JOIN event_count e ON e.event_key <= p.to_key
    GROUP BY p.period_from, p.period_to, e.insats_id, e.gender, e.age_group, e.education, e.referrer
)
SELECT
    c.period_from, c.period_to, l.level_id AS insats_level, g.level_code AS gender, v.level_code AS age_group, u.level_code AS education, r.level_code AS referrer,
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
-- Queued by the period's last day, less those that had started or left the queue by then.
WITH period AS (
    SELECT c.period_from, c.period_to
    FROM calendar_period c
    WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
    UNION ALL
    SELECT @From, @To
    FROM forbund b
    WHERE b.id = @ForbundId AND @Per = 'none'
),
event_row AS (
    SELECT
        e.insats_id, e.event_kind,
        -- Calendar periods are whole months: a month is all that needs to be known of a day.
        SUBSTRING(CAST(e.happened_on AS CHAR(10)), 1, @KeyLength) AS event_key,
        CASE WHEN @ByGender = 1 THEN e.gender ELSE 'alla' END AS gender,
        CASE WHEN @ByAge = 1 THEN e.age_group ELSE 'alla' END AS age_group,
        CASE WHEN @ByEducation = 1 THEN e.education ELSE 'alla' END AS education,
        CASE WHEN @ByReferrer = 1 THEN e.referrer ELSE 'alla' END AS referrer
    FROM participation_event e
    WHERE e.forbund_id = @ForbundId AND e.event_kind IN ('queue', 'unqueue')
),
event_count AS (
    SELECT insats_id, event_kind, event_key, gender, age_group, education, referrer, COUNT(*) AS number
    FROM event_row
    GROUP BY insats_id, event_kind, event_key, gender, age_group, education, referrer
),
period_key AS (
    SELECT period_from, period_to,
        SUBSTRING(CAST(period_from AS CHAR(10)), 1, @KeyLength) AS from_key,
        SUBSTRING(CAST(period_to AS CHAR(10)), 1, @KeyLength) AS to_key
    FROM period
),
counted AS (
    SELECT
        p.period_from, p.period_to, e.insats_id, e.gender, e.age_group, e.education, e.referrer,
        SUM(CASE WHEN e.event_kind = 'queue' THEN e.number ELSE -e.number END) AS queued_at_end
    FROM period_key p
    JOIN event_count e ON e.event_key <= p.to_key
    GROUP BY p.period_from, p.period_to, e.insats_id, e.gender, e.age_group, e.education, e.referrer
)
SELECT
    c.period_from, c.period_to, l.level_id AS insats_level, g.level_code AS gender, v.level_code AS age_group, u.level_code AS education, r.level_code AS referrer,
    SUM(c.queued_at_end) AS queued_at_end
FROM counted c
JOIN insats_level l ON l.insats_id = c.insats_id AND (l.level_id = @Insats OR (@ByInsats = 1 AND (@Insats = 0 OR l.level_parent_id = @Insats)))
JOIN dimension_level g ON g.dimension = 'gender' AND g.code = c.gender
JOIN dimension_level v ON v.dimension = 'age' AND v.code = c.age_group
JOIN dimension_level u ON u.dimension = 'education' AND u.code = c.education
JOIN dimension_level r ON r.dimension = 'referrer' AND r.code = c.referrer
GROUP BY c.period_from, c.period_to, l.level_id, g.level_code, v.level_code, u.level_code, r.level_code;
