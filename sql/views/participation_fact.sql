-- Grain: one row per participation that is not misregistered, in numbers only. Everything that is counted starts here.
-- Days are those of .NET's DateOnly.DayNumber, months as 202405; codes are the sort_order of dimension_code. A day that has not
-- come is the last of all days: so is ended_day while the participation is open.
CREATE VIEW participation_fact AS
SELECT
    x.id AS participation_id,
    x.forbund_id,
    x.participant_id,
    x.insats_id,
    x.queued_day,
    CAST(REPLACE(SUBSTRING(CAST(x.queued_on AS CHAR(10)), 1, 7), '-', '') AS INTEGER) AS queued_month,
    x.started_day,
    CAST(REPLACE(SUBSTRING(CAST(x.started_on AS CHAR(10)), 1, 7), '-', '') AS INTEGER) AS started_month,
    COALESCE(x.ended_day, 3652058) AS ended_day,
    COALESCE(CAST(REPLACE(SUBSTRING(CAST(x.ended_on AS CHAR(10)), 1, 7), '-', '') AS INTEGER), 999912) AS ended_month,
    COALESCE(r.sort_order, 99) AS exit_reason,
    COALESCE(r.is_neutral, 0) AS is_neutral,
    n.sort_order AS gender,
    -- The calendar year of entry less the birth year.
    CAST(SUBSTRING(CAST(COALESCE(x.started_on, x.queued_on) AS CHAR(10)), 1, 4) AS INTEGER) - g.birth_year AS age,
    -- The code list has a word for unknown education; no answer is the same.
    COALESCE(u.sort_order, (SELECT o.sort_order FROM education_level o WHERE o.code = 'okand')) AS education,
    COALESCE(f.sort_order, 99) AS referrer,
    COALESCE(b.occupation_group, 99) AS occupation_before,
    COALESCE(a.occupation_group, 99) AS occupation_after,
    -- More work or studies after than before: 1 yes, 0 no, 2 when nobody wrote down one of them.
    CASE WHEN b.participation_id IS NULL OR a.participation_id IS NULL THEN 2
         WHEN a.work_percent > b.work_percent OR a.study_percent > b.study_percent THEN 1
         ELSE 0 END AS has_increased
FROM participation x
JOIN participant g ON g.id = x.participant_id
JOIN gender n ON n.code = g.gender
LEFT JOIN exit_reason r ON r.code = x.exit_reason
LEFT JOIN education_level u ON u.code = x.education_level
LEFT JOIN referrer f ON f.code = x.referrer
LEFT JOIN occupation_group b ON b.participation_id = x.id AND b.occasion = 'before'
LEFT JOIN occupation_group a ON a.participation_id = x.id AND a.occasion = 'after'
WHERE COALESCE(r.is_misregistration, 0) = 0;
