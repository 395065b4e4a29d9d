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
ORDER BY f.name COLLATE Finnish_Swedish_100_CI_AS;

-- name: Access.CountInsats
SELECT COUNT(*) FROM insats WHERE forbund_id = @ForbundId AND id = @InsatsId;

-- name: Access.InsatserOfParticipant
-- The insatser through which the user reaches the participant.
SELECT DISTINCT v.insats_id
FROM user_participation v
WHERE v.forbund_id = @ForbundId AND v.participant_id = @ParticipantId AND v.app_user_id = @UserId
    AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today);

-- name: Access.InsatserOfFormer
-- The user's insatser that the participant has been in, however long ago: for a new entry.
SELECT DISTINCT p.insats_id
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN user_insats u ON u.insats_id = p.insats_id AND u.app_user_id = @UserId
WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId AND d.erased_at IS NULL;

-- name: Access.InsatserOfParticipation
SELECT DISTINCT v.insats_id
FROM user_participation v
WHERE v.forbund_id = @ForbundId AND v.participation_id = @ParticipationId AND v.app_user_id = @UserId
    AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today);
