-- One-time links: to the first account, to an account in a förbund, to a new password.

-- name: Invitations.Find
-- row: InvitationRow
-- Whoever has the token knows no förbund; the token is what is asked for.
SELECT i.id, i.forbund_id, i.kind, i.app_user_id, i.user_name, i.display_name, i.created_by, i.expires_at, i.used_at, i.withdrawn_at, f.name AS forbund_name,
    CASE WHEN q.code_hash IS NULL THEN NULL ELSE a.display_name END AS code_from
FROM user_invitation AS i
LEFT JOIN forbund AS f ON f.id = i.forbund_id
LEFT JOIN access_request AS q ON q.id = i.access_request_id
LEFT JOIN app_user AS a ON a.id = q.asked_by
WHERE i.token_hash = @TokenHash;

-- name: Invitations.Pending
-- row: InvitationRow
-- Links that have not been used or withdrawn: those that still work and those that ran out since a day.
SELECT i.id, i.forbund_id, i.kind, i.app_user_id, i.user_name, i.display_name, i.created_by, i.expires_at, i.used_at, i.withdrawn_at, f.name AS forbund_name,
    CASE WHEN q.code_hash IS NULL THEN NULL ELSE a.display_name END AS code_from
FROM user_invitation AS i
JOIN forbund AS f ON f.id = i.forbund_id
LEFT JOIN access_request AS q ON q.id = i.access_request_id
LEFT JOIN app_user AS a ON a.id = q.asked_by
WHERE i.forbund_id = @ForbundId AND i.used_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > @Since
ORDER BY i.id;

-- name: Invitations.Add
INSERT INTO user_invitation (id, forbund_id, kind, app_user_id, user_name, display_name, token_hash, created_at, created_by, expires_at, access_request_id)
VALUES (@Id, @ForbundId, @Kind, @AppUserId, @UserName, @DisplayName, @TokenHash, @CreatedAt, @CreatedBy, @ExpiresAt, @RequestId);

-- name: Invitations.AddRole
INSERT INTO user_invitation_role (invitation_id, role) VALUES (@Id, @Role);

-- name: Invitations.AddInsats
INSERT INTO user_invitation_insats (invitation_id, insats_id)
SELECT @Id, id FROM insats WHERE forbund_id = @ForbundId AND id = @InsatsId;

-- name: Invitations.Roles
SELECT role FROM user_invitation_role WHERE invitation_id = @Id ORDER BY role;

-- name: Invitations.Insatser
SELECT g.insats_id
FROM user_invitation_insats AS g
JOIN insats AS i ON i.id = g.insats_id
WHERE g.invitation_id = @Id AND i.forbund_id = @ForbundId;

-- name: Invitations.Code
-- row: LinkCodeRow
SELECT q.id AS request_id, q.code_hash
FROM user_invitation AS i
JOIN access_request AS q ON q.id = i.access_request_id
WHERE i.forbund_id = @ForbundId AND i.id = @Id AND q.code_hash IS NOT NULL;

-- name: Invitations.CountWrongCode
-- Counted where it is kept, so that tries at the same time all count.
UPDATE user_invitation SET wrong_codes = wrong_codes + 1 WHERE forbund_id = @ForbundId AND id = @Id AND used_at IS NULL AND withdrawn_at IS NULL;

-- name: Invitations.WrongCodes
SELECT wrong_codes FROM user_invitation WHERE forbund_id = @ForbundId AND id = @Id;

-- name: Invitations.WithdrawCoded
-- The code of a link is kept with the key file: with another key it is never right.
UPDATE user_invitation SET withdrawn_at = @Now
WHERE used_at IS NULL AND withdrawn_at IS NULL AND access_request_id IN (SELECT id FROM access_request WHERE code_hash IS NOT NULL);

-- name: Invitations.Use
-- No row when somebody was here before.
UPDATE user_invitation SET used_at = @Now WHERE id = @Id AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > @Now;

-- name: Invitations.Withdraw
UPDATE user_invitation SET withdrawn_at = @Now WHERE id = @Id AND forbund_id = @ForbundId AND used_at IS NULL AND withdrawn_at IS NULL;

-- name: Invitations.WithdrawResets
-- A password that has been chosen, by whichever way, makes every other link to choose one useless.
UPDATE user_invitation SET withdrawn_at = @Now
WHERE kind = 'reset' AND app_user_id = @UserId AND used_at IS NULL AND withdrawn_at IS NULL;

-- name: Invitations.CountOwnResets
-- Links that somebody has asked for to their own address since a time, used or not.
SELECT COUNT(*) FROM user_invitation WHERE kind = 'reset' AND app_user_id = @UserId AND created_by = @UserName AND created_at > @Since;

-- name: Invitations.WithdrawOwnResets
UPDATE user_invitation SET withdrawn_at = @Now
WHERE kind = 'reset' AND app_user_id = @UserId AND created_by = @UserName AND used_at IS NULL AND withdrawn_at IS NULL;

-- name: Invitations.WithdrawOfUser
-- What somebody who leaves the förbund still had in hand from it.
UPDATE user_invitation SET withdrawn_at = @Now
WHERE forbund_id = @ForbundId AND app_user_id = @UserId AND used_at IS NULL AND withdrawn_at IS NULL;

-- name: Invitations.WithdrawSetup
UPDATE user_invitation SET withdrawn_at = @Now WHERE kind = 'setup' AND used_at IS NULL AND withdrawn_at IS NULL;

-- name: Invitations.SetPassword
UPDATE app_user SET password_hash = @PasswordHash, security_stamp = @SecurityStamp, access_failed_count = 0, lockout_ends_at = NULL WHERE id = @UserId;
