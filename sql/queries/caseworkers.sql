-- Who follows a participant, and since when.

-- name: Caseworkers.Of
-- row: CaseworkerRow
SELECT c.app_user_id, a.user_name, a.display_name, c.from_on, c.to_on
FROM participation_caseworker c
JOIN participation p ON p.id = c.participation_id
JOIN app_user a ON a.id = c.app_user_id
WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId
ORDER BY c.from_on DESC, c.to_on DESC;

-- name: Caseworkers.Candidates
-- row: CaseworkerCandidateRow
-- The active caseworkers of an insats.
SELECT a.id AS app_user_id, a.user_name, a.display_name
FROM user_insats u
JOIN app_user a ON a.id = u.app_user_id
JOIN app_user_role r ON r.app_user_id = a.id AND r.forbund_id = u.forbund_id
WHERE u.forbund_id = @ForbundId AND u.insats_id = @InsatsId AND r.role = 'caseworker' AND a.is_active = 1 AND a.is_system = 0
ORDER BY a.display_name COLLATE Finnish_Swedish_100_CI_AS, a.id;

-- name: Caseworkers.Colleagues
-- row: CaseworkerCandidateRow
-- The active caseworkers of any insats of a user's, the user among them.
SELECT a.id AS app_user_id, a.user_name, a.display_name
FROM user_insats u
JOIN app_user a ON a.id = u.app_user_id
JOIN app_user_role r ON r.app_user_id = a.id AND r.forbund_id = u.forbund_id
WHERE u.forbund_id = @ForbundId AND r.role = 'caseworker' AND a.is_active = 1 AND a.is_system = 0
  AND u.insats_id IN (SELECT own.insats_id FROM user_insats own WHERE own.forbund_id = @ForbundId AND own.app_user_id = @UserId)
GROUP BY a.id, a.user_name, a.display_name
ORDER BY a.display_name COLLATE Finnish_Swedish_100_CI_AS, a.id;

-- name: Caseworkers.Following
-- row: FollowedStayRow
-- Who follows each stay in a user's insatser, or followed it to its end, of those whose accounts are in use.
SELECT c.participation_id, c.app_user_id
FROM participation_caseworker c
JOIN participation p ON p.id = c.participation_id
JOIN app_user a ON a.id = c.app_user_id
WHERE p.forbund_id = @ForbundId AND a.is_active = 1 AND (c.to_on IS NULL OR c.to_on >= p.ended_on)
  AND p.insats_id IN (SELECT u.insats_id FROM user_insats u WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId);

-- name: Caseworkers.Add
INSERT INTO participation_caseworker (participation_id, app_user_id, from_on, to_on)
SELECT p.id, @AppUserId, @FromOn, NULL
FROM participation p
WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId;

-- name: Caseworkers.End
UPDATE participation_caseworker SET to_on = @ToOn
WHERE participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId)
  AND to_on IS NULL AND from_on <= @ToOn;

-- name: Caseworkers.RemoveOpen
-- Who was chosen the same day and never followed the participant.
DELETE FROM participation_caseworker
WHERE participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId)
  AND to_on IS NULL;
