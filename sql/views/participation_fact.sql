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
