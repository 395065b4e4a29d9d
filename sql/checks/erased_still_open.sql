-- En gallrad deltagare står i kö eller är inskriven. Avsluta deltagandet.
SELECT p.id AS participation_id, d.code AS participant_code, i.name AS insats, 'Gallrad men inte avslutad' AS what
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
WHERE p.forbund_id = @ForbundId
  AND p.insats_id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_participation v
      WHERE v.participation_id = p.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)))
  AND d.erased_at IS NOT NULL AND p.ended_on IS NULL
ORDER BY p.id;
