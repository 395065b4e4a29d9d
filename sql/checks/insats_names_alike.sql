-- Två insatser har namn som bara skiljer sig i hur de är skrivna. Ge den ena ett annat namn: inlästa filer når bara den äldsta.
SELECT NULL AS participation_id, NULL AS participant_code, i.name AS insats, 'Samma namn som en annan insats' AS what
FROM insats i
JOIN insats o ON o.forbund_id = i.forbund_id AND i.name_key = CONCAT(o.name_key, 'ID', i.id)
WHERE i.forbund_id = @ForbundId
  AND i.id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
ORDER BY i.id;
