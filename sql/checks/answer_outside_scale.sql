-- Ett svar ligger utanför frågans skala. Rätta svaret efter enkäten, eller ta bort skattningen.
SELECT p.id AS participation_id, d.code AS participant_code, i.name AS insats, t.code AS what
FROM answer n
JOIN instrument_item t ON t.id = n.instrument_item_id
JOIN assessment a ON a.id = n.assessment_id
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
  AND (n.value < t.scale_min OR n.value > t.scale_max)
ORDER BY p.id, t.position;
