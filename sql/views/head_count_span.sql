-- Grain: one row per insats, gender, calendar year with anonymous participants and span of it: the year, its two halves.
-- The year is what was reported for the whole year, else the sum of its halves. is_at_most: 1 when both halves had somebody,
-- since who was there in both is then counted twice; least_people is the larger half, as many as they are if so. A half is null when only the whole year was reported and had somebody:
-- it can't be told how many of them there were in the half.
CREATE VIEW head_count_span AS
SELECT h.forbund_id, h.insats_id, h.gender, 'year' AS span_kind, c.period_from AS span_from, c.period_to AS span_to,
    c.period_from AS year_from, c.period_to AS year_to,
    COALESCE(SUM(CASE WHEN h.half = 0 THEN h.number_of_people END), SUM(h.number_of_people)) AS number_of_people,
    CASE WHEN MAX(CASE WHEN h.half = 0 THEN 1 ELSE 0 END) = 0 AND SUM(CASE WHEN h.number_of_people > 0 THEN 1 ELSE 0 END) > 1 THEN 1 ELSE 0 END AS is_at_most,
    COALESCE(SUM(CASE WHEN h.half = 0 THEN h.number_of_people END), MAX(h.number_of_people)) AS least_people
FROM head_count h
JOIN calendar_period c ON c.kind = 'year' AND c.calendar_year = h.calendar_year
GROUP BY h.forbund_id, h.insats_id, h.gender, c.period_from, c.period_to
UNION ALL
SELECT h.forbund_id, h.insats_id, h.gender, 'half', s.period_from, s.period_to, c.period_from, c.period_to,
    COALESCE(
        SUM(CASE WHEN h.half = 1 AND s.period_from = c.period_from THEN h.number_of_people
                 WHEN h.half = 2 AND s.period_to = c.period_to THEN h.number_of_people END),
        CASE WHEN SUM(CASE WHEN h.half = 0 THEN h.number_of_people ELSE 0 END) > 0 THEN NULL ELSE 0 END),
    0,
    SUM(CASE WHEN (h.half = 1 AND s.period_from = c.period_from) OR (h.half = 2 AND s.period_to = c.period_to) THEN h.number_of_people ELSE 0 END)
FROM head_count h
JOIN calendar_period c ON c.kind = 'year' AND c.calendar_year = h.calendar_year
JOIN calendar_period s ON s.kind = 'half' AND s.calendar_year = h.calendar_year
GROUP BY h.forbund_id, h.insats_id, h.gender, s.period_from, s.period_to, c.period_from, c.period_to;
