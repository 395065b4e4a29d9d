-- Två deltagare har koder som bara skiljer sig i hur de är skrivna. Slå ihop dem om det är samma person, annars ge en av dem en annan kod.
SELECT p.id AS participation_id, d.code AS participant_code, i.name AS insats, CONCAT('Samma kod som ', o.code) AS what
FROM participant d
JOIN participant o ON o.forbund_id = d.forbund_id AND d.code_key = CONCAT(o.code_key, 'ID', d.id)
JOIN participation p ON p.participant_id = d.id
JOIN insats i ON i.id = p.insats_id
WHERE d.forbund_id = @ForbundId
  AND p.insats_id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_participation v
      WHERE v.participation_id = p.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)))
ORDER BY p.id;
