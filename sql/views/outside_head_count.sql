-- Grain: one row per head count of a year or half-year in which its insats was not open for a day.
CREATE VIEW outside_head_count AS
SELECT h.forbund_id, h.insats_id, i.name, i.follow_up_method, h.calendar_year, h.half, h.gender, h.number_of_people
FROM head_count h
JOIN insats i ON i.id = h.insats_id
JOIN calendar_period c ON c.kind = 'year' AND c.calendar_year = h.calendar_year
JOIN calendar_period s ON s.calendar_year = h.calendar_year
    AND ((h.half = 0 AND s.kind = 'year') OR (h.half = 1 AND s.kind = 'half' AND s.period_from = c.period_from)
        OR (h.half = 2 AND s.kind = 'half' AND s.period_to = c.period_to))
WHERE i.starts_on > s.period_to OR i.ends_on < s.period_from;
