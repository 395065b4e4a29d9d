-- Uppgifter om läget efter insatsen, fast deltagandet inte är avslutat. Registrera avslutet eller ta bort uppgifterna.
SELECT p.id AS participation_id, d.code AS participant_code, i.name AS insats,
    CASE WHEN p.started_on IS NULL THEN 'Har aldrig varit inskriven' ELSE 'Pågår fortfarande' END AS what
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
LEFT JOIN exit_reason r ON r.code = p.exit_reason
WHERE p.forbund_id = @ForbundId AND COALESCE(r.is_misregistration, 0) = 0
  AND p.insats_id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_participation v
      WHERE v.participation_id = p.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)))
  AND (p.ended_on IS NULL OR p.started_on IS NULL)
  AND (EXISTS (SELECT 1 FROM livelihood_share s WHERE s.participation_id = p.id AND s.occasion = 'after')
    OR EXISTS (SELECT 1 FROM occupation o WHERE o.participation_id = p.id AND o.occasion = 'after'))
ORDER BY p.id;
