-- Participations in periods and in the queue. See measure_frame.sql for the arguments.
-- Each participation is two moves: it comes and it goes. Who is there at a period's end is all who have come so far, less those
-- who have gone. Moves are counted by month (202405), or as within a single period (1), or as before the first of all days (0), and
-- the counts are put in their periods afterwards: each participation is read once, however many periods are asked for.

-- name: Measures.Participations
-- row: ParticipationCountRow
WITH stay_move AS (
    SELECT
        f.insats_id, m.came, m.went,
        CASE WHEN m.came = 1 AND f.started_day < @FirstDay THEN 0
             WHEN @Per = 'none' THEN 1
             WHEN m.came = 1 THEN f.started_month
             ELSE f.ended_month END AS move_key,
        @ByGender * f.gender * 1000000 + @ByAge * f.age_group * 10000 + @ByEducation * f.education * 100 + @ByReferrer * f.referrer AS code_key
    FROM [#participation_fact] f
    CROSS JOIN (SELECT 1 AS came, 0 AS went UNION ALL SELECT 0, 1) m
    WHERE (m.came = 1 OR f.ended_day <= @LastDay)
        AND f.started_day <= @LastDay AND f.ended_day >= @FirstDay
        AND (@Gender = 0 OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
),
keyed_count AS (
    SELECT insats_id, move_key, code_key, SUM(came) AS came, SUM(went) AS went
    FROM stay_move
    GROUP BY move_key, insats_id, code_key
),
level_count AS (
    SELECT l.level_id AS insats_level, c.gender_code AS gender, c.age_group_code AS age_group, c.education_code AS education,
        c.referrer_code AS referrer, k.move_key, SUM(k.came) AS came, SUM(k.went) AS went
    FROM keyed_count k
    CROSS JOIN [#insats_level] l
    CROSS JOIN [#code_level] c
    WHERE l.insats_id = k.insats_id
        AND c.code_key = k.code_key
    GROUP BY l.level_id, c.gender_code, c.age_group_code, c.education_code, c.referrer_code, k.move_key
)
SELECT
    p.period_from, p.period_to, k.insats_level, k.gender, k.age_group, k.education, k.referrer,
    SUM(k.came) - SUM(CASE WHEN k.move_key < p.from_key THEN k.went ELSE 0 END) AS in_period,
    SUM(CASE WHEN k.move_key >= p.from_key THEN k.came ELSE 0 END) AS started,
    SUM(CASE WHEN k.move_key >= p.from_key THEN k.went ELSE 0 END) AS ended,
    SUM(k.came) - SUM(k.went) AS ongoing_at_end
FROM level_count k
CROSS JOIN [#period] p
WHERE k.move_key <= p.to_key
GROUP BY p.period_from, p.period_to, k.insats_level, k.gender, k.age_group, k.education, k.referrer
HAVING SUM(k.came) > SUM(CASE WHEN k.move_key < p.from_key THEN k.went ELSE 0 END);

-- name: Measures.Queue
-- row: QueueCountRow
-- Who leaves the queue starts, or ends without having started.
WITH queue_move AS (
    SELECT
        f.insats_id, m.came, m.went,
        CASE WHEN m.came = 1 AND f.queued_day < @FirstDay THEN 0
             WHEN @Per = 'none' THEN 1
             WHEN m.came = 1 THEN f.queued_month
             ELSE COALESCE(f.started_month, f.ended_month) END AS move_key,
        @ByGender * f.gender * 1000000 + @ByAge * f.age_group * 10000 + @ByEducation * f.education * 100 + @ByReferrer * f.referrer AS code_key
    FROM [#participation_fact] f
    CROSS JOIN (SELECT 1 AS came, 0 AS went UNION ALL SELECT 0, 1) m
    WHERE (m.came = 1 OR COALESCE(f.started_day, f.ended_day) <= @LastDay)
        AND f.queued_day <= @LastDay AND COALESCE(f.started_day, f.ended_day) > @FirstDay
        AND (@Gender = 0 OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
),
keyed_count AS (
    SELECT insats_id, move_key, code_key, SUM(came) AS came, SUM(went) AS went
    FROM queue_move
    GROUP BY move_key, insats_id, code_key
),
level_count AS (
    SELECT l.level_id AS insats_level, c.gender_code AS gender, c.age_group_code AS age_group, c.education_code AS education,
        c.referrer_code AS referrer, k.move_key, SUM(k.came) AS came, SUM(k.went) AS went
    FROM keyed_count k
    CROSS JOIN [#insats_level] l
    CROSS JOIN [#code_level] c
    WHERE l.insats_id = k.insats_id
        AND c.code_key = k.code_key
    GROUP BY l.level_id, c.gender_code, c.age_group_code, c.education_code, c.referrer_code, k.move_key
)
SELECT
    p.period_from, p.period_to, k.insats_level, k.gender, k.age_group, k.education, k.referrer,
    SUM(k.came) - SUM(k.went) AS queued_at_end
FROM level_count k
CROSS JOIN [#period] p
WHERE k.move_key <= p.to_key
GROUP BY p.period_from, p.period_to, k.insats_level, k.gender, k.age_group, k.education, k.referrer
HAVING SUM(k.came) > SUM(k.went);
