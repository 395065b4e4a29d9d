-- Who may be the same person as one that is about to be registered.

-- name: LikelySame.Candidates
-- row: LikelySameRow
-- Born the same year, with no other gender. is_near: a stay in the same insats that begins within some days; is_own: a stay
-- that the user reaches; is_former: one in an insats that the user works in, too long ago to be reached. Not sorted: the order would cost the index on birth years.
SELECT d.id, d.code, d.name_encrypted,
    CASE WHEN EXISTS (
        SELECT 1 FROM participation s
        WHERE s.participant_id = d.id AND s.insats_id = @InsatsId
          AND COALESCE(s.started_on, s.queued_on) BETWEEN @FromOn AND @ToOn) THEN 1 ELSE 0 END AS is_near,
    CASE WHEN EXISTS (
        SELECT 1 FROM user_participation v
        WHERE v.participant_id = d.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)) THEN 1 ELSE 0 END AS is_own,
    CASE WHEN EXISTS (
        SELECT 1 FROM participation s
        WHERE s.participant_id = d.id
          AND s.insats_id IN (SELECT u.insats_id FROM user_insats u WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId)) THEN 1 ELSE 0 END AS is_former
FROM participant d
WHERE d.forbund_id = @ForbundId AND d.birth_year = @BirthYear AND d.erased_at IS NULL AND d.merged_into_id IS NULL
  AND (d.gender = @Gender OR d.gender = 'unknown' OR @Gender = 'unknown');

-- name: LikelySame.Looking
-- row: LookingSameRow
-- Whom the user reaches, with a code that may look like the one asked about: see ParticipantCode.LookPattern.
SELECT d.id, d.code
FROM participant d
WHERE d.forbund_id = @ForbundId AND d.erased_at IS NULL AND d.merged_into_id IS NULL
  AND REPLACE(REPLACE(d.code_key, ' ', ''), '-', '') LIKE @Pattern
  AND EXISTS (
        SELECT 1 FROM user_participation v
        WHERE v.participant_id = d.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today))
ORDER BY d.id;

-- name: LikelySame.IsOwn
SELECT COUNT(*)
FROM user_participation v
WHERE v.forbund_id = @ForbundId AND v.participant_id = @ParticipantId AND v.app_user_id = @UserId
  AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today);

-- name: LikelySame.IsFormer
SELECT COUNT(*)
FROM participation s
JOIN user_insats u ON u.forbund_id = s.forbund_id AND u.insats_id = s.insats_id
WHERE s.forbund_id = @ForbundId AND s.participant_id = @ParticipantId AND u.app_user_id = @UserId;
