-- The users of a förbund, for its administrators.

-- name: Users.All
-- row: UserRow
-- People: other systems have a page of their own.
SELECT u.id, u.user_name, u.display_name, u.is_two_factor_enabled, u.lockout_ends_at, u.is_active, u.version,
    CASE WHEN u.password_hash IS NULL THEN 0 ELSE 1 END AS has_password,
    (SELECT COUNT(*) FROM passkey AS p WHERE p.app_user_id = u.id) AS passkeys,
    (SELECT COUNT(*) FROM external_identity AS e WHERE e.app_user_id = u.id) AS connections
FROM app_user AS u
WHERE u.is_system = 0 AND EXISTS (SELECT 1 FROM app_user_role AS r WHERE r.app_user_id = u.id AND r.forbund_id = @ForbundId)
ORDER BY u.display_name COLLATE Finnish_Swedish_100_CI_AS, u.id;

-- name: Users.Roles
-- row: UserRoleRow
SELECT app_user_id AS user_id, role FROM app_user_role WHERE forbund_id = @ForbundId ORDER BY app_user_id, role;

-- name: Users.Insatser
-- row: UserInsatsRow
SELECT g.app_user_id AS user_id, i.id AS insats_id, i.name
FROM app_user_insats AS g
JOIN insats AS i ON i.id = g.insats_id
WHERE i.forbund_id = @ForbundId
ORDER BY g.app_user_id, i.name COLLATE Finnish_Swedish_100_CI_AS;

-- name: Users.CountRoles
-- None for another system, whose rights are not changed as a person's are.
SELECT COUNT(*)
FROM app_user_role AS r
JOIN app_user AS u ON u.id = r.app_user_id
WHERE r.forbund_id = @ForbundId AND r.app_user_id = @UserId AND u.is_system = 0;

-- name: Users.CountAdministrators
SELECT COUNT(*)
FROM app_user_role AS r
JOIN app_user AS u ON u.id = r.app_user_id
WHERE r.forbund_id = @ForbundId AND r.role = 'administrator' AND u.is_active = 1;

-- name: Users.CountAdministrator
SELECT COUNT(*)
FROM app_user_role AS r
JOIN app_user AS u ON u.id = r.app_user_id
WHERE r.forbund_id = @ForbundId AND r.app_user_id = @UserId AND r.role = 'administrator' AND u.is_active = 1;

-- name: Users.AllRoles
-- The roles of an account in any förbund.
SELECT DISTINCT role FROM app_user_role WHERE app_user_id = @UserId ORDER BY role;

-- name: Users.CountOtherAdministrators
-- Those who could be the second to say yes: active, and with a way to sign in.
SELECT COUNT(*)
FROM app_user_role AS r
JOIN usable_account AS u ON u.app_user_id = r.app_user_id
WHERE r.forbund_id = @ForbundId AND r.role = 'administrator' AND r.app_user_id <> @UserId;

-- name: Users.ForbundOfOthers
-- row: ForbundRow
-- The förbund where an account has a role and somebody else than the asker could say yes to what is done to it; the asker's own first.
SELECT f.id, f.name, f.is_demo
FROM forbund f
WHERE EXISTS (SELECT 1 FROM app_user_role t WHERE t.forbund_id = f.id AND t.app_user_id = @UserId)
    AND EXISTS (
        SELECT 1
        FROM app_user_role a
        JOIN usable_account u ON u.app_user_id = a.app_user_id
        WHERE a.forbund_id = f.id AND a.role = 'administrator' AND a.app_user_id <> @AskedById
    )
ORDER BY CASE WHEN f.id = @ForbundId THEN 0 ELSE 1 END, f.id;

-- name: Users.AccountApprovers
-- Who may say yes to what is done to an account: an administrator, other than the asker, of every förbund of the account where there is one.
-- One förbund's administrators don't answer for another's: the asker may have put them there alone.
SELECT DISTINCT y.app_user_id
FROM app_user_role y
JOIN usable_account yu ON yu.app_user_id = y.app_user_id
JOIN app_user_role own ON own.forbund_id = y.forbund_id AND own.app_user_id = @UserId
WHERE y.role = 'administrator' AND y.app_user_id <> @AskedById
    AND NOT EXISTS (
        SELECT 1
        FROM app_user_role t
        JOIN app_user_role a ON a.forbund_id = t.forbund_id AND a.role = 'administrator' AND a.app_user_id <> @AskedById
        JOIN usable_account u ON u.app_user_id = a.app_user_id
        WHERE t.app_user_id = @UserId
            AND NOT EXISTS (SELECT 1 FROM app_user_role c WHERE c.forbund_id = t.forbund_id AND c.app_user_id = y.app_user_id AND c.role = 'administrator')
    )
ORDER BY y.app_user_id;

-- name: Users.CountForbundBeyond
-- The förbund where the user has a role and the actor is not administrator.
SELECT COUNT(DISTINCT r.forbund_id)
FROM app_user_role AS r
WHERE r.app_user_id = @UserId
    AND NOT EXISTS (
        SELECT 1
        FROM app_user_role AS a
        JOIN app_user AS u ON u.id = a.app_user_id
        WHERE u.user_name = @Actor AND a.forbund_id = r.forbund_id AND a.role = 'administrator'
    );

-- name: Users.RaiseVersion
UPDATE app_user SET version = version + 1 WHERE id = @UserId AND version = @Version;

-- name: Users.SetDisplayName
UPDATE app_user SET display_name = @DisplayName WHERE id = @UserId;

-- name: Users.CountOngoing
-- Participations of the förbund that a user follows as caseworker today: enrolled or in queue.
SELECT COUNT(*)
FROM participation_caseworker AS c
JOIN participation AS p ON p.id = c.participation_id
WHERE p.forbund_id = @ForbundId AND c.app_user_id = @UserId AND c.to_on IS NULL AND p.ended_on IS NULL;

-- name: Users.SetActive
UPDATE app_user SET is_active = @IsActive, security_stamp = @SecurityStamp WHERE id = @UserId;

-- name: Users.RemoveCode
-- erases
UPDATE app_user
SET is_two_factor_enabled = 0, authenticator_key_encrypted = NULL, security_stamp = @SecurityStamp
WHERE id = @UserId;

-- name: Users.VoidPassword
-- Until a link sets a new one.
UPDATE app_user SET password_hash = NULL WHERE id = @UserId;

-- name: Users.ClearRoles
DELETE FROM app_user_role WHERE forbund_id = @ForbundId AND app_user_id = @UserId;

-- name: Users.AddRole
INSERT INTO app_user_role (app_user_id, forbund_id, role) VALUES (@UserId, @ForbundId, @Role);

-- name: Users.ClearInsatser
DELETE FROM app_user_insats
WHERE app_user_id = @UserId AND insats_id IN (SELECT id FROM insats WHERE forbund_id = @ForbundId);

-- name: Users.AddInsats
INSERT INTO app_user_insats (app_user_id, insats_id)
SELECT @UserId, id FROM insats WHERE forbund_id = @ForbundId AND id = @InsatsId;

-- name: Users.CountWithoutAdministrator
-- The förbund that are left without an active administrator although the user has that role in them.
SELECT COUNT(*)
FROM app_user_role AS r
WHERE r.app_user_id = @UserId AND r.role = 'administrator'
    AND NOT EXISTS (
        SELECT 1
        FROM app_user_role AS a
        JOIN app_user AS u ON u.id = a.app_user_id
        WHERE a.forbund_id = r.forbund_id AND a.role = 'administrator' AND u.is_active = 1
    );
