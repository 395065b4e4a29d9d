-- In- eller utskrivning utanför insatsens egen tid. Rätta deltagandets datum, eller insatsens start och slut.
SELECT p.id AS participation_id, d.code AS participant_code, i.name AS insats,
    CASE WHEN p.started_on < i.starts_on THEN 'Inskriven innan insatsen börjar'
         WHEN p.started_on > i.ends_on THEN 'Inskriven efter att insatsen slutat'
         ELSE 'Utskriven efter att insatsen slutat' END AS what
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
  AND COALESCE(r.is_misregistration, 0) = 0
  AND (p.started_on < i.starts_on OR p.started_on > i.ends_on OR p.ended_on > i.ends_on)
ORDER BY p.id;
