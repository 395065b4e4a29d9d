-- En skattning är gjord av någon annan än instrumentet är till för. Ta bort skattningen och registrera den med rätt instrument.
SELECT p.id AS participation_id, d.code AS participant_code, i.name AS insats, m.code AS what
FROM assessment a
JOIN instrument m ON m.id = a.instrument_id
JOIN participation p ON p.id = a.participation_id
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
LEFT JOIN exit_reason r ON r.code = p.exit_reason
WHERE a.forbund_id = @ForbundId AND COALESCE(r.is_misregistration, 0) = 0
  AND p.insats_id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_participation v
      WHERE v.participation_id = p.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)))
  AND a.respondent <> m.respondent
ORDER BY p.id, a.id;
