-- Grain: one row per participant with stays: the last exit, whether a stay is still open, and the day that gallring falls due, the first of a month; null where a stay is open or no rule gives it a time. Each stay keeps the person for as long as its own insats says, else its insats above, else the förbund.
CREATE VIEW participant_due AS
SELECT s.forbund_id, s.participant_id, s.last_on, s.is_open, c.period_from AS due_on
FROM (
    SELECT p.forbund_id, p.participant_id, MAX(p.ended_on) AS last_on,
        MAX(CASE WHEN p.ended_on IS NULL THEN 1 ELSE 0 END) AS is_open,
        CASE WHEN COUNT(*) = COUNT(p.ended_on) AND COUNT(*) = COUNT(COALESCE(r.erasure_months, o.erasure_months, f.erasure_months))
            THEN MAX(CAST(SUBSTRING(CAST(p.ended_on AS CHAR(10)), 1, 4) AS INTEGER) * 12 + CAST(SUBSTRING(CAST(p.ended_on AS CHAR(10)), 6, 2) AS INTEGER)
                + COALESCE(r.erasure_months, o.erasure_months, f.erasure_months) + 1) END AS due_month
    FROM participation p
    JOIN insats i ON i.id = p.insats_id
    LEFT JOIN insats_privacy_rule r ON r.insats_id = p.insats_id
    LEFT JOIN insats_privacy_rule o ON o.insats_id = i.parent_id
    LEFT JOIN forbund_privacy_rule f ON f.forbund_id = p.forbund_id
    GROUP BY p.forbund_id, p.participant_id
) s
LEFT JOIN (
    -- Grouped, so that SQLite makes it once and looks it up.
    SELECT MIN(period_from) AS period_from, calendar_year * 12 + CAST(SUBSTRING(CAST(period_from AS CHAR(10)), 6, 2) AS INTEGER) AS month_number
    FROM calendar_period
    WHERE kind = 'month'
    GROUP BY calendar_year * 12 + CAST(SUBSTRING(CAST(period_from AS CHAR(10)), 6, 2) AS INTEGER)
) c ON c.month_number = s.due_month;
