-- What a user has been given: asked at every request.

-- name: Access.Roles
SELECT r.role
FROM app_user_role AS r
JOIN app_user AS u ON u.id = r.app_user_id
WHERE r.app_user_id = @UserId AND r.forbund_id = @ForbundId AND u.is_active = 1;

-- name: Access.Insatser
-- An insats that has been given brings its delprojekt.
SELECT u.insats_id
FROM user_insats AS u
WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId;

-- name: Access.Forbund
-- row: ForbundRow
SELECT f.id, f.name, f.is_demo
FROM forbund AS f
WHERE EXISTS (
    SELECT 1
    FROM app_user_role AS r
    JOIN app_user AS u ON u.id = r.app_user_id
    WHERE r.forbund_id = f.id AND r.app_user_id = @UserId AND u.is_active = 1
)
ORDER BY f.name COLLATE Finnish_Swedish_CI_AS;

-- name: Access.CountInsats
SELECT COUNT(*) FROM insats WHERE forbund_id = @ForbundId AND id = @InsatsId;

-- name: Access.InsatserOfParticipant
SELECT DISTINCT insats_id FROM participation WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId;

-- name: Access.InsatserOfParticipation
SELECT insats_id FROM participation WHERE forbund_id = @ForbundId AND id = @ParticipationId;
