-- Försörjningens delar blir inte 100 procent tillsammans. Fyll i den del som saknas, eller rätta procenten.
SELECT p.id AS participation_id, d.code AS participant_code, i.name AS insats,
    CASE WHEN s.occasion = 'before' THEN 'Försörjning före insatsen' ELSE 'Försörjning efter insatsen' END AS what
FROM livelihood_share s
JOIN participation p ON p.id = s.participation_id
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
LEFT JOIN exit_reason r ON r.code = p.exit_reason
WHERE p.forbund_id = @ForbundId AND d.erased_at IS NULL AND COALESCE(r.is_misregistration, 0) = 0
  AND p.insats_id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_participation v
      WHERE v.participation_id = p.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)))
GROUP BY p.id, d.code, i.name, s.occasion
HAVING SUM(s.percent_share) <> 100
ORDER BY p.id, s.occasion;
