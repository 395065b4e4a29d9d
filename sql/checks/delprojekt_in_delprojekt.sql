-- Ett delprojekt ligger under ett annat delprojekt. Lägg det direkt under insatsen: statistiken räknar med två nivåer.
SELECT NULL AS participation_id, NULL AS participant_code, i.name AS insats, 'Överordnad insats är själv ett delprojekt' AS what
FROM insats i
JOIN insats o ON o.id = i.parent_id
WHERE i.forbund_id = @ForbundId
  AND i.id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND o.parent_id IS NOT NULL
ORDER BY i.id;
