-- Deltagaren är yngre än 15 eller äldre än 70 år vid inskrivningen. Kontrollera födelseåret och datumet.
SELECT p.id AS participation_id, d.code AS participant_code, i.name AS insats, 'Orimlig ålder' AS what
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
LEFT JOIN exit_reason r ON r.code = p.exit_reason
JOIN calendar_period c ON c.kind = 'year' AND p.started_on BETWEEN c.period_from AND c.period_to
WHERE p.forbund_id = @ForbundId AND d.erased_at IS NULL AND COALESCE(r.is_misregistration, 0) = 0
  AND p.insats_id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_participation v
      WHERE v.participation_id = p.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)))
  AND (c.calendar_year - d.birth_year < 15 OR c.calendar_year - d.birth_year > 70)
ORDER BY p.id;
