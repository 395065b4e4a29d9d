-- Ett delprojekt pågår efter att dess insats har slutat, och lämnas då inte över till Uppföljning Finsam. Rätta slutdatumet på delprojektet eller insatsen.
SELECT NULL AS participation_id, NULL AS participant_code, i.name AS insats, 'Pågår efter att insatsen har slutat' AS what
FROM insats i
JOIN insats o ON o.id = i.parent_id
WHERE i.forbund_id = @ForbundId
  AND i.id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND (i.ends_on > o.ends_on OR (i.ends_on IS NULL AND o.ends_on IS NOT NULL))
ORDER BY i.id;
