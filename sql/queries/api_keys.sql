-- Other systems and their keys to the API, and what their registrations were answered.

-- name: ApiKeys.AddSystem
-- An account that nobody signs in to: it has no password, and no address that a link could be sent to.
INSERT INTO app_user (id, user_name, normalized_user_name, display_name, password_hash, security_stamp,
    is_two_factor_enabled, access_failed_count, is_active, created_at, is_system)
VALUES (@Id, @UserName, @NormalizedUserName, @DisplayName, NULL, @SecurityStamp, 0, 0, 1, @CreatedAt, 1);

-- name: ApiKeys.Add
INSERT INTO api_key (id, forbund_id, app_user_id, key_hash, made_at, made_by, made_by_id, expires_on, approved_at, approved_by)
VALUES (@Id, @ForbundId, @AppUserId, @KeyHash, @MadeAt, @MadeBy, @MadeById, @ExpiresOn, @ApprovedAt, @ApprovedBy);

-- name: ApiKeys.Check
-- row: ApiKeyCheckRow
-- What a key that is used is held against.
SELECT k.id, k.forbund_id, k.app_user_id, u.user_name, k.key_hash, k.expires_on, k.approved_at, k.revoked_at, k.last_used_on
FROM api_key k
JOIN app_user u ON u.id = k.app_user_id
WHERE k.id = @Id;

-- name: ApiKeys.OfForbund
-- row: ApiKeyRow
-- The latest key of each system first.
SELECT k.id, k.app_user_id, u.display_name, k.made_at, k.made_by, k.made_by_id, k.expires_on, k.approved_at, k.approved_by,
    k.revoked_at, k.revoked_by, k.last_used_on,
    (SELECT MIN(r.role) FROM app_user_role r WHERE r.app_user_id = k.app_user_id AND r.forbund_id = k.forbund_id) AS role
FROM api_key k
JOIN app_user u ON u.id = k.app_user_id
WHERE k.forbund_id = @ForbundId
ORDER BY u.display_name COLLATE Finnish_Swedish_100_CI_AS, k.app_user_id, k.id DESC;

-- name: ApiKeys.CountNamed
SELECT COUNT(*) FROM app_user WHERE normalized_user_name = @NormalizedUserName;

-- name: ApiKeys.Approve
UPDATE api_key SET approved_at = @Now, approved_by = @Actor WHERE forbund_id = @ForbundId AND id = @Id AND approved_at IS NULL AND revoked_at IS NULL;

-- name: ApiKeys.Await
-- What is asked for of a system waits for another's yes: its keys are the asker's to have approved, and nobody's to use till then.
UPDATE api_key
SET approved_at = NULL, approved_by = NULL, made_by = @Actor, made_by_id = @MadeById
WHERE forbund_id = @ForbundId AND app_user_id = @AppUserId AND revoked_at IS NULL;

-- name: ApiKeys.Revoke
UPDATE api_key SET revoked_at = @Now, revoked_by = @Actor WHERE forbund_id = @ForbundId AND id = @Id AND revoked_at IS NULL;

-- name: ApiKeys.Use
UPDATE api_key SET last_used_on = @Today WHERE forbund_id = @ForbundId AND id = @Id;

-- name: ApiKeys.Answer
-- row: ApiAnswerRow
SELECT request_hash, participant_id, participation_id
FROM api_answer
WHERE forbund_id = @ForbundId AND app_user_id = @UserId AND request_key = @RequestKey AND answered_at >= @Since;

-- name: ApiKeys.ForgetAnswers
DELETE FROM api_answer WHERE forbund_id = @ForbundId AND answered_at < @Since;

-- name: ApiKeys.KeepAnswer
INSERT INTO api_answer (app_user_id, request_key, forbund_id, request_hash, participant_id, participation_id, answered_at)
VALUES (@UserId, @RequestKey, @ForbundId, @RequestHash, @ParticipantId, @ParticipationId, @Now);
