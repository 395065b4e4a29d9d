-- Grain: one row per participation that is not misregistered. Everything that is counted starts here.
CREATE VIEW participation_fact AS
SELECT
    x.id AS participation_id,
    x.forbund_id,
    x.participant_id,
    x.insats_id,
    x.queued_on,
    x.started_on,
    x.ended_on,
    -- Day numbers as .NET's DateOnly.DayNumber counts them, since the engines share no date arithmetic. All dates lie in
    -- 1990–2059, where every fourth year is a leap year, so whole-number division is enough.
    365 * CAST(SUBSTRING(CAST(x.started_on AS CHAR(10)), 1, 4) AS INTEGER) + CAST(SUBSTRING(CAST(x.started_on AS CHAR(10)), 9, 2) AS INTEGER) - 381
        + (CAST(SUBSTRING(CAST(x.started_on AS CHAR(10)), 1,
            4) AS INTEGER) - CASE WHEN SUBSTRING(CAST(x.started_on AS CHAR(10)), 6, 2) <= '02' THEN 1 ELSE 0 END) / 4
        + CASE SUBSTRING(CAST(x.started_on AS CHAR(10)), 6, 2) WHEN '01' THEN 0 WHEN '02' THEN 31 WHEN '03' THEN 59 WHEN '04'
            THEN 90 WHEN '05' THEN 120 WHEN '06' THEN 151
               WHEN '07' THEN 181 WHEN '08' THEN 212 WHEN '09' THEN 243 WHEN '10' THEN 273 WHEN '11' THEN 304 WHEN '12' THEN 334 END AS started_day,
    365 * CAST(SUBSTRING(CAST(x.ended_on AS CHAR(10)), 1, 4) AS INTEGER) + CAST(SUBSTRING(CAST(x.ended_on AS CHAR(10)), 9, 2) AS INTEGER) - 381
        + (CAST(SUBSTRING(CAST(x.ended_on AS CHAR(10)), 1, 4) AS INTEGER) - CASE WHEN SUBSTRING(CAST(x.ended_on AS CHAR(10)),
            6, 2) <= '02' THEN 1 ELSE 0 END) / 4
        + CASE SUBSTRING(CAST(x.ended_on AS CHAR(10)), 6, 2) WHEN '01' THEN 0 WHEN '02' THEN 31 WHEN '03' THEN 59 WHEN '04'
            THEN 90 WHEN '05' THEN 120 WHEN '06' THEN 151
               WHEN '07' THEN 181 WHEN '08' THEN 212 WHEN '09' THEN 243 WHEN '10' THEN 273 WHEN '11' THEN 304 WHEN '12' THEN 334 END AS ended_day,
    COALESCE(x.exit_reason, 'unknown') AS exit_reason,
    COALESCE(r.is_neutral, 0) AS is_neutral,
    g.gender,
    -- The year of a date is cut from its text: both engines write dates as yyyy-mm-dd, and share no date function.
    -- A subquery and not a join, so that it costs nothing where age is not asked for.
    COALESCE((
        SELECT MIN(a.code)
        FROM age_group a
        WHERE CAST(SUBSTRING(CAST(COALESCE(x.started_on, x.queued_on) AS CHAR(10)), 1, 4) AS INTEGER) - g.birth_year
              BETWEEN a.min_age AND a.max_age
    ), 'unknown') AS age_group,
    -- The code list has a word for unknown education; no answer is the same.
    COALESCE(x.education_level, 'okand') AS education,
    COALESCE(x.referrer, 'unknown') AS referrer
FROM participation x
JOIN participant g ON g.id = x.participant_id
LEFT JOIN exit_reason r ON r.code = x.exit_reason
WHERE COALESCE(r.is_misregistration, 0) = 0;
