-- What one administrator asks for and another says yes to.

-- name: AccessRequests.Add
INSERT INTO access_request (id, forbund_id, kind, app_user_id, invitation_id, user_name, display_name, user_version, asked_by, asked_at, state, code_hash)
VALUES (@Id, @ForbundId, @Kind, @UserId, @InvitationId, @UserName, @DisplayName, @UserVersion, @AskedById, @AskedAt, 'asked', @CodeHash);

-- name: AccessRequests.AddRole
INSERT INTO access_request_role (access_request_id, role) VALUES (@Id, @Role);

-- name: AccessRequests.AddInsats
INSERT INTO access_request_insats (access_request_id, insats_id)
SELECT @Id, id FROM insats WHERE forbund_id = @ForbundId AND id = @InsatsId;

-- name: AccessRequests.Waiting
-- row: AccessRequestRow
-- link_from: who alone made the link that the account was last opened with. Where a code went another way, or no link has
-- been used, nobody did.
SELECT q.id, q.kind, q.app_user_id AS user_id, q.invitation_id, q.user_name, q.display_name, q.user_version,
    q.asked_by AS asked_by_id, a.user_name AS asked_by, q.asked_at,
    CASE WHEN opened.id IS NULL OR coded.code_hash IS NOT NULL THEN NULL ELSE opened.created_by END AS link_from
FROM access_request q
JOIN app_user a ON a.id = q.asked_by
LEFT JOIN user_invitation opened ON opened.id = (SELECT MAX(l.id) FROM user_invitation l WHERE l.user_name = q.user_name AND l.used_at IS NOT NULL)
LEFT JOIN access_request coded ON coded.id = opened.access_request_id
WHERE q.forbund_id = @ForbundId AND q.state = 'asked' AND q.asked_at > @Since
ORDER BY q.id;

-- name: AccessRequests.Roles
SELECT role FROM access_request_role WHERE access_request_id = @Id ORDER BY role;

-- name: AccessRequests.Insatser
-- row: RequestedInsatsRow
SELECT g.insats_id, i.name
FROM access_request_insats g
JOIN insats i ON i.id = g.insats_id
WHERE g.access_request_id = @Id AND i.forbund_id = @ForbundId
ORDER BY i.name COLLATE Finnish_Swedish_100_CI_AS;

-- name: AccessRequests.Decide
-- No row when somebody was here before.
UPDATE access_request SET state = @State, decided_at = @DecidedAt, decided_by = @Actor
WHERE forbund_id = @ForbundId AND id = @Id AND state = 'asked';

-- name: AccessRequests.WithdrawCoded
-- The code of a request is kept with the key file: with another key it is never right.
UPDATE access_request SET state = 'withdrawn', decided_at = @DecidedAt, decided_by = @Actor
WHERE state = 'asked' AND code_hash IS NOT NULL;

-- name: AccessRequests.Replace
-- The same asked for anew takes the place of what was asked before.
UPDATE access_request SET state = 'withdrawn', decided_at = @DecidedAt, decided_by = @Actor
WHERE forbund_id = @ForbundId AND kind = @Kind AND user_name = @UserName AND state = 'asked';
