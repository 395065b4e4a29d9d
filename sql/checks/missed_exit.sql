-- Missat avslut: deltagandet är öppet fast insatsen har slutat, och räknas därför som pågående eller i kö. Registrera avslutet, eller ändra insatsens slutdatum.
SELECT p.id AS participation_id, d.code AS participant_code, i.name AS insats,
    CASE WHEN p.started_on IS NULL THEN 'Står kvar i kö fast insatsen har slutat' ELSE 'Är kvar fast insatsen har slutat' END AS what
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
WHERE p.forbund_id = @ForbundId
  AND p.insats_id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_participation v
      WHERE v.participation_id = p.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)))
  AND p.ended_on IS NULL
  AND i.ends_on < @Today
ORDER BY p.id;
