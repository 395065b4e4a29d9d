-- Samma deltagare är inskriven två gånger i samma insats under samma tid. Avsluta det ena eller markera det som felregistrerat.
SELECT p.id AS participation_id, d.code AS participant_code, i.name AS insats, 'Börjar innan ett tidigare deltagande slutat' AS what
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
LEFT JOIN exit_reason r ON r.code = p.exit_reason
WHERE p.forbund_id = @ForbundId
  AND p.insats_id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_participation v
      WHERE v.participation_id = p.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)))
  AND COALESCE(r.is_misregistration, 0) = 0 AND p.started_on IS NOT NULL
  AND EXISTS (
    SELECT 1
    FROM participation e
    LEFT JOIN exit_reason er ON er.code = e.exit_reason
    WHERE e.forbund_id = p.forbund_id AND e.participant_id = p.participant_id AND e.insats_id = p.insats_id
      AND COALESCE(er.is_misregistration, 0) = 0
      AND (e.started_on < p.started_on OR (e.started_on = p.started_on AND e.id < p.id))
      AND (e.ended_on IS NULL OR e.ended_on > p.started_on))
ORDER BY p.id;
