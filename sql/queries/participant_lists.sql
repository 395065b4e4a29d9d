-- The participants of a user's own insatser, a page at a time, and the search among them.

-- name: ParticipantLists.Page
-- row: ParticipantListRow
-- One row per participation; those longest in queue first, then the latest entries, then the latest exits. The page is cut
-- out of ids alone, and only its rows are joined with the rest.
WITH own AS (
    SELECT x.id, x.status, x.from_on, x.ended_on
    FROM (
        SELECT p.id, p.ended_on, COALESCE(p.started_on, p.queued_on) AS from_on,
            CASE WHEN p.ended_on IS NOT NULL THEN 'ended' WHEN p.started_on IS NOT NULL THEN 'ongoing' ELSE 'queue' END AS status
        FROM participation p
        WHERE p.forbund_id = @ForbundId
          AND p.insats_id IN (
            SELECT u.insats_id FROM user_insats u JOIN insats i ON i.id = u.insats_id
            WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId AND (@InsatsId IS NULL OR i.id = @InsatsId OR i.parent_id = @InsatsId))
          AND (p.exit_reason IS NULL OR p.exit_reason NOT IN (SELECT r.code FROM exit_reason r WHERE r.is_misregistration = 1))
    ) x
    WHERE @Status IS NULL OR x.status = @Status
),
placed AS (
    SELECT id, status, ROW_NUMBER() OVER (
        ORDER BY CASE status WHEN 'queue' THEN 1 WHEN 'ongoing' THEN 2 ELSE 3 END,
            CASE status WHEN 'queue' THEN from_on END, CASE status WHEN 'ongoing' THEN from_on END DESC, ended_on DESC, id DESC) AS position
    FROM own
)
SELECT p.id AS participation_id, p.participant_id, d.code, d.gender, d.birth_year, d.has_protected_identity,
    CASE WHEN d.name_encrypted IS NULL THEN 0 ELSE 1 END AS has_name,
    CASE WHEN d.erased_at IS NULL THEN 0 ELSE 1 END AS is_erased,
    p.insats_id, i.name AS insats, l.status, p.queued_on, p.started_on, p.ended_on, p.exit_reason
FROM placed l
JOIN participation p ON p.id = l.id
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
WHERE l.position > @Skipped AND l.position <= @Skipped + @PageSize
ORDER BY l.position;

-- name: ParticipantLists.Count
-- row: ParticipantListCountRow
-- For the filter's choices: participations by status.
SELECT
    COALESCE(SUM(CASE WHEN p.ended_on IS NULL AND p.started_on IS NULL THEN 1 ELSE 0 END), 0) AS queue,
    COALESCE(SUM(CASE WHEN p.ended_on IS NULL AND p.started_on IS NOT NULL THEN 1 ELSE 0 END), 0) AS ongoing,
    COALESCE(SUM(CASE WHEN p.ended_on IS NOT NULL THEN 1 ELSE 0 END), 0) AS ended
FROM participation p
WHERE p.forbund_id = @ForbundId
  AND p.insats_id IN (
    SELECT u.insats_id FROM user_insats u JOIN insats i ON i.id = u.insats_id
    WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId AND (@InsatsId IS NULL OR i.id = @InsatsId OR i.parent_id = @InsatsId))
  AND (p.exit_reason IS NULL OR p.exit_reason NOT IN (SELECT r.code FROM exit_reason r WHERE r.is_misregistration = 1));

-- name: ParticipantLists.ByCode
-- row: ParticipantHitRow
-- Codes that begin so, the first fifty-one: one more than is shown tells that there are more.
WITH hit AS (
    SELECT d.id, d.code, d.gender, d.birth_year, d.has_protected_identity, d.name_encrypted, ROW_NUMBER() OVER (ORDER BY d.code) AS position
    FROM participant d
    WHERE d.forbund_id = @ForbundId AND d.erased_at IS NULL AND d.code LIKE @Pattern ESCAPE '!'
      AND EXISTS (
        SELECT 1 FROM participation p
        WHERE p.participant_id = d.id
          AND p.insats_id IN (SELECT u.insats_id FROM user_insats u WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId))
)
SELECT id, code, gender, birth_year, has_protected_identity, name_encrypted
FROM hit
WHERE position <= 51
ORDER BY position;

-- name: ParticipantLists.ByNumber
-- row: ParticipantHitRow
SELECT d.id, d.code, d.gender, d.birth_year, d.has_protected_identity, d.name_encrypted
FROM participant d
WHERE d.forbund_id = @ForbundId AND d.personal_number_index = @PersonalNumberIndex
  AND EXISTS (
    SELECT 1 FROM participation p
    WHERE p.participant_id = d.id
      AND p.insats_id IN (SELECT u.insats_id FROM user_insats u WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId));

-- name: ParticipantLists.ByBuckets
-- row: ParticipantHitRow
-- Whose names share two buckets with the words searched for; the same twice for a single word.
SELECT d.id, d.code, d.gender, d.birth_year, d.has_protected_identity, d.name_encrypted
FROM participant_name_index n
JOIN participant d ON d.id = n.participant_id
WHERE n.forbund_id = @ForbundId AND n.bucket = @Bucket
  AND EXISTS (SELECT 1 FROM participant_name_index o WHERE o.forbund_id = n.forbund_id AND o.bucket = @OtherBucket AND o.participant_id = n.participant_id)
  AND EXISTS (
    SELECT 1 FROM participation p
    WHERE p.participant_id = d.id
      AND p.insats_id IN (SELECT u.insats_id FROM user_insats u WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId))
ORDER BY d.code;
