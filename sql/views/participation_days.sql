-- Grain: one row per started participation that is not misregistered, with its first and last day as day numbers.
-- A day number counts days as .NET's DateOnly.DayNumber does. The engines share no date arithmetic; all dates lie in
-- 1990–2059, where every fourth year is a leap year, so whole-number division is enough.
CREATE VIEW participation_days AS
SELECT
    d.participation_id,
    365 * d.start_year + (d.start_year - CASE WHEN d.start_month <= 2 THEN 1 ELSE 0 END) / 4 + d.start_day - 381
        + CASE d.start_month WHEN 1 THEN 0 WHEN 2 THEN 31 WHEN 3 THEN 59 WHEN 4 THEN 90 WHEN 5 THEN 120 WHEN 6 THEN 151
                             WHEN 7 THEN 181 WHEN 8 THEN 212 WHEN 9 THEN 243 WHEN 10 THEN 273 WHEN 11 THEN 304 ELSE 334 END AS started_day,
    365 * d.end_year + (d.end_year - CASE WHEN d.end_month <= 2 THEN 1 ELSE 0 END) / 4 + d.end_day - 381
        + CASE d.end_month WHEN 1 THEN 0 WHEN 2 THEN 31 WHEN 3 THEN 59 WHEN 4 THEN 90 WHEN 5 THEN 120 WHEN 6 THEN 151
                           WHEN 7 THEN 181 WHEN 8 THEN 212 WHEN 9 THEN 243 WHEN 10 THEN 273 WHEN 11 THEN 304 ELSE 334 END AS ended_day
FROM (
    SELECT
        f.participation_id,
        CAST(SUBSTRING(CAST(f.started_on AS CHAR(10)), 1, 4) AS INTEGER) AS start_year,
        CAST(SUBSTRING(CAST(f.started_on AS CHAR(10)), 6, 2) AS INTEGER) AS start_month,
        CAST(SUBSTRING(CAST(f.started_on AS CHAR(10)), 9, 2) AS INTEGER) AS start_day,
        CAST(SUBSTRING(CAST(f.ended_on AS CHAR(10)), 1, 4) AS INTEGER) AS end_year,
        CAST(SUBSTRING(CAST(f.ended_on AS CHAR(10)), 6, 2) AS INTEGER) AS end_month,
        CAST(SUBSTRING(CAST(f.ended_on AS CHAR(10)), 9, 2) AS INTEGER) AS end_day
    FROM participation_fact f
    WHERE f.started_on IS NOT NULL
) d;
