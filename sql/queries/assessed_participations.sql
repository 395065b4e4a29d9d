-- Whose stay a paper belongs to, of those that the user reaches.

-- name: AssessedParticipations.Latest
-- The latest first: somebody who came back has several.
SELECT p.id
FROM participation p
JOIN participant d ON d.id = p.participant_id
LEFT JOIN exit_reason r ON r.code = p.exit_reason
WHERE p.forbund_id = @ForbundId AND p.insats_id = @InsatsId AND p.participant_id = @ParticipantId AND p.started_on IS NOT NULL AND d.erased_at IS NULL
  AND COALESCE(r.is_misregistration, 0) = 0
  AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participation_id = p.id AND v.app_user_id = @UserId
      AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today))
ORDER BY p.started_on DESC, p.id DESC;

-- name: AssessedParticipations.Find
-- row: AssessedParticipation
SELECT p.id AS participation_id, p.participant_id, p.insats_id, i.name AS insats, d.code AS participant_code, p.started_on, p.ended_on
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId
  AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participation_id = p.id AND v.app_user_id = @UserId
      AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today));
