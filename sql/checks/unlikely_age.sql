-- Deltagaren är yngre än 14 eller äldre än 80 år vid inskrivningen. Kontrollera födelseåret och datumet.
SELECT p.id AS participation_id, d.code AS participant_code, i.name AS insats, 'Orimlig ålder' AS what
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
JOIN calendar_period c ON c.kind = 'year' AND p.started_on BETWEEN c.period_from AND c.period_to
WHERE p.forbund_id = @ForbundId AND (c.calendar_year - d.birth_year < 14 OR c.calendar_year - d.birth_year > 80)
ORDER BY p.id;
