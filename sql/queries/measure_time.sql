-- Days in insats. See measure_frame.sql for the arguments.

-- name: Measures.Days
-- row: ParticipationDayRow
-- Participations in the period as seen on its last day, or today: for each day since entry, how many began to be followed after it,
-- how many ended on it, and how many were still in when they had been followed so long. Who came before the period is followed from
-- the first day of it on (had they left on the day before, they would not be among its participations); the others from their own
-- first day, which is after day -1. Who begins later than today is not in yet.
-- What ended them is told under a definition of positive exit.
WITH stay AS (
    SELECT
        p.from_day, l.level_id, e.is_positive, e.is_judged, e.is_missing,
        CASE WHEN f.started_day < p.from_day THEN p.from_day - 1 - f.started_day ELSE -1 END AS entered_after,
        CASE WHEN f.ended_day <= p.to_day THEN f.ended_day WHEN p.to_day < @TodayDay THEN p.to_day ELSE @TodayDay END - f.started_day AS followed_to,
        CASE WHEN f.ended_day <= p.to_day THEN 1 ELSE 0 END AS has_ended,
        @ByGender * f.gender * 1000000 + @ByAge * f.age_group * 10000 + @ByEducation * f.education * 100 + @ByReferrer * f.referrer AS code_key
    FROM [#participation_fact] f
    CROSS JOIN [#period] p
    CROSS JOIN [#exit_kind] e
    CROSS JOIN [#insats_level] l
    WHERE f.started_day <= p.to_day AND f.ended_day >= p.from_day
        AND e.definition_code = @Definition AND e.exit_reason = f.exit_reason AND e.has_increased = f.has_increased
        AND l.insats_id = f.insats_id
        AND (f.ended_day <= p.to_day OR (f.started_day <= @TodayDay AND p.from_day <= @TodayDay))
        AND (@Gender = 0 OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
),
stay_event AS (
    SELECT
        s.from_day, s.level_id, s.code_key,
        CASE WHEN m.is_entry = 1 THEN s.entered_after ELSE s.followed_to END AS days,
        m.is_entry,
        CASE WHEN m.is_entry = 0 THEN s.has_ended ELSE 0 END AS is_exit,
        s.is_positive, s.is_judged, s.is_missing
    FROM stay s
    CROSS JOIN (SELECT 1 AS is_entry UNION ALL SELECT 0) m
),
counted AS (
    SELECT
        s.from_day, s.level_id, s.code_key, s.days,
        SUM(s.is_entry) AS entered, SUM(s.is_exit) AS ended, SUM(1 - s.is_entry - s.is_exit) AS still_in,
        SUM(s.is_exit * s.is_positive) AS positive, SUM(s.is_exit * s.is_judged) AS judged, SUM(s.is_exit * s.is_missing) AS missing
    FROM stay_event s
    GROUP BY s.days, s.level_id, s.code_key, s.from_day
)
SELECT
    p.period_from, p.period_to, k.level_id AS insats_level, c.gender_code AS gender, c.age_group_code AS age_group,
    c.education_code AS education, c.referrer_code AS referrer,
    k.days, SUM(k.entered) AS entered, SUM(k.ended) AS ended, SUM(k.still_in) AS still_in, SUM(k.positive) AS positive,
    SUM(k.judged) AS judged, SUM(k.missing) AS missing
FROM counted k
CROSS JOIN [#period] p
CROSS JOIN [#code_level] c
WHERE p.from_day = k.from_day
    AND c.code_key = k.code_key
GROUP BY p.period_from, p.period_to, k.level_id, c.gender_code, c.age_group_code, c.education_code, c.referrer_code, k.days;
