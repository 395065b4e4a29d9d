-- Grain: one row per insats that is followed by count, half-year that it was open in, and gender: a number that somebody should report.
-- Where a delprojekt that counts was open in the half-year, that is asked and not its insats. is_reported: 1 when a number is there, for
-- the half-year or its whole year; what an insats that counts has reported holds its delprojekt. A structural insats is asked one number
-- without gender (is_structural, unknown), which women and men that are written down apart are too. Half-years to come are there too.
CREATE VIEW asked_head_count AS
SELECT i.forbund_id, i.id AS insats_id, i.parent_id, c.calendar_year, CASE WHEN s.period_from = c.period_from THEN 1 ELSE 2 END AS half,
    s.period_from AS half_from, s.period_to AS half_to, g.code AS gender, g.sort_order,
    CASE WHEN i.orientation = 'structural' THEN 1 ELSE 0 END AS is_structural,
    CASE WHEN EXISTS (
        SELECT 1
        FROM head_count h
        JOIN insats o ON o.id = h.insats_id AND o.follow_up_method = 'count'
        WHERE h.forbund_id = i.forbund_id AND (h.insats_id = i.id OR h.insats_id = i.parent_id) AND h.calendar_year = c.calendar_year AND h.gender = g.code
          AND (h.half = 0 OR h.half = CASE WHEN s.period_from = c.period_from THEN 1 ELSE 2 END)) THEN 1
    WHEN i.orientation = 'structural' AND (
        SELECT COUNT(DISTINCT h.gender)
        FROM head_count h
        JOIN insats o ON o.id = h.insats_id AND o.follow_up_method = 'count'
        WHERE h.forbund_id = i.forbund_id AND (h.insats_id = i.id OR h.insats_id = i.parent_id) AND h.calendar_year = c.calendar_year
          AND (h.half = 0 OR h.half = CASE WHEN s.period_from = c.period_from THEN 1 ELSE 2 END)) = 2 THEN 1 ELSE 0 END AS is_reported
FROM insats i
JOIN calendar_period s ON s.kind = 'half' AND i.starts_on <= s.period_to AND (i.ends_on IS NULL OR i.ends_on >= s.period_from)
JOIN calendar_period c ON c.kind = 'year' AND c.calendar_year = s.calendar_year
JOIN gender g ON i.orientation <> 'structural' OR g.code = 'unknown'
WHERE i.follow_up_method = 'count'
  AND NOT EXISTS (
    SELECT 1 FROM insats d
    WHERE d.parent_id = i.id AND d.follow_up_method = 'count' AND d.starts_on <= s.period_to AND (d.ends_on IS NULL OR d.ends_on >= s.period_from));
