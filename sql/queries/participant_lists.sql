-- The participants of a user's own insatser, a page at a time, and the search among them. Those who left longer ago than
-- the förbund reaches back are not among them, unless an administrator has opened them to the user: see user_participation.

-- name: ParticipantLists.Page
-- row: ParticipantListRow
-- One row per participation; those longest in queue first, then the latest entries, then the latest exits. Each part has
-- its own order, so that an index gives it without sorting all; only the ids of the page are joined with the rest.
-- @CaseworkerId 0: those whom nobody follows whose account is in use.
WITH own AS (
    SELECT u.insats_id
    FROM user_insats u
    JOIN insats i ON i.id = u.insats_id
    WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId AND (@InsatsId IS NULL OR i.id = @InsatsId OR i.parent_id = @InsatsId)
),
queue AS (
    SELECT p.id, ROW_NUMBER() OVER (ORDER BY p.queued_on, p.id DESC) AS position
    FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.started_on IS NULL AND p.ended_on IS NULL AND p.insats_id IN (SELECT insats_id FROM own)
      AND (@CaseworkerId IS NULL OR EXISTS (SELECT 1 FROM participation_caseworker c
          WHERE c.participation_id = p.id AND c.app_user_id = @CaseworkerId AND c.to_on IS NULL)
        OR (@CaseworkerId = 0 AND NOT EXISTS (SELECT 1 FROM participation_caseworker c
          JOIN app_user a ON a.id = c.app_user_id WHERE c.participation_id = p.id AND a.is_active = 1 AND c.to_on IS NULL)))
),
ongoing AS (
    SELECT p.id, ROW_NUMBER() OVER (ORDER BY p.started_on DESC, p.id DESC) AS position
    FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.started_on IS NOT NULL AND p.ended_on IS NULL AND p.insats_id IN (SELECT insats_id FROM own)
      AND (@CaseworkerId IS NULL OR EXISTS (SELECT 1 FROM participation_caseworker c
          WHERE c.participation_id = p.id AND c.app_user_id = @CaseworkerId AND c.to_on IS NULL)
        OR (@CaseworkerId = 0 AND NOT EXISTS (SELECT 1 FROM participation_caseworker c
          JOIN app_user a ON a.id = c.app_user_id WHERE c.participation_id = p.id AND a.is_active = 1 AND c.to_on IS NULL)))
),
ended AS (
    SELECT p.id, ROW_NUMBER() OVER (ORDER BY p.ended_on DESC, p.id DESC) AS position
    FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.ended_on IS NOT NULL AND p.insats_id IN (SELECT insats_id FROM own)
      AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participation_id = p.id AND v.app_user_id = @UserId
          AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today))
      AND (@CaseworkerId IS NULL OR EXISTS (SELECT 1 FROM participation_caseworker c
          WHERE c.participation_id = p.id AND c.app_user_id = @CaseworkerId AND c.to_on IS NULL)
        OR (@CaseworkerId = 0 AND NOT EXISTS (SELECT 1 FROM participation_caseworker c
          JOIN app_user a ON a.id = c.app_user_id WHERE c.participation_id = p.id AND a.is_active = 1 AND c.to_on IS NULL)))
      AND (p.exit_reason IS NULL OR p.exit_reason NOT IN (SELECT r.code FROM exit_reason r WHERE r.is_misregistration = 1))
),
placed AS (
    SELECT id, 'queue' AS status, 1 AS part, position FROM queue WHERE position > @QueueSkipped AND position <= @QueueSkipped + @QueueTaken
    UNION ALL
    SELECT id, 'ongoing', 2, position FROM ongoing WHERE position > @OngoingSkipped AND position <= @OngoingSkipped + @OngoingTaken
    UNION ALL
    SELECT id, 'ended', 3, position FROM ended WHERE position > @EndedSkipped AND position <= @EndedSkipped + @EndedTaken
)
SELECT p.id AS participation_id, p.participant_id, d.code, d.gender, d.birth_year, d.has_protected_identity,
    CASE WHEN d.name_encrypted IS NULL THEN 0 ELSE 1 END AS has_name,
    CASE WHEN d.erased_at IS NULL THEN 0 ELSE 1 END AS is_erased,
    p.insats_id, i.name AS insats, l.status, p.queued_on, p.started_on, p.ended_on, p.exit_reason,
    (SELECT MIN(a.display_name) FROM participation_caseworker c JOIN app_user a ON a.id = c.app_user_id
        WHERE c.participation_id = p.id AND c.to_on IS NULL) AS caseworker
FROM placed l
JOIN participation p ON p.id = l.id
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
ORDER BY l.part, l.position;

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
  AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participation_id = p.id AND v.app_user_id = @UserId
      AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today))
  AND (@CaseworkerId IS NULL OR EXISTS (SELECT 1 FROM participation_caseworker c
      WHERE c.participation_id = p.id AND c.app_user_id = @CaseworkerId AND c.to_on IS NULL)
    OR (@CaseworkerId = 0 AND NOT EXISTS (SELECT 1 FROM participation_caseworker c
      JOIN app_user a ON a.id = c.app_user_id WHERE c.participation_id = p.id AND a.is_active = 1 AND c.to_on IS NULL)))
  AND (p.exit_reason IS NULL OR p.exit_reason NOT IN (SELECT r.code FROM exit_reason r WHERE r.is_misregistration = 1));

-- name: ParticipantLists.ByCode
-- row: ParticipantHitRow
-- Codes that hold the text, with or without the marks on letters, those that begin with it first; the first fifty-one: one more than is
-- shown tells that there are more. The patterns have no marks. @Joined: what a code begins with, without spaces and hyphens.
-- Where the text is a year, also those who were born then.
WITH coded AS (
    SELECT id, merged_into_id,
        REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(code_key, 'å', 'a'), 'ä', 'a'), 'ö', 'o'), 'é', 'e'), 'ü', 'u') AS plain_key
    FROM participant
    WHERE forbund_id = @ForbundId
),
joined AS (
    SELECT id, merged_into_id, plain_key, REPLACE(REPLACE(plain_key, ' ', ''), '-', '') AS joined_key FROM coded
),
hit AS (
    SELECT d.id, d.code, d.gender, d.birth_year, d.has_protected_identity, d.name_encrypted,
        ROW_NUMBER() OVER (ORDER BY CASE WHEN c.plain_key LIKE @Pattern ESCAPE '!' THEN 0 ELSE 1 END, d.code) AS position
    FROM participant d
    JOIN joined c ON c.id = d.id
    WHERE d.forbund_id = @ForbundId AND d.erased_at IS NULL
      AND (c.plain_key LIKE @Anywhere ESCAPE '!' OR c.joined_key LIKE @Joined ESCAPE '!' OR d.birth_year = @BirthYear
        OR d.id IN (SELECT m.merged_into_id FROM joined m WHERE m.plain_key LIKE @Anywhere ESCAPE '!' OR m.joined_key LIKE @Joined ESCAPE '!'))
      AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participant_id = d.id AND v.app_user_id = @UserId
          AND (@InsatsId IS NULL OR v.insats_id = @InsatsId)
          AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today))
)
SELECT id, code, gender, birth_year, has_protected_identity, name_encrypted
FROM hit
WHERE position <= 51
ORDER BY position;

-- name: ParticipantLists.ByNumber
-- row: ParticipantHitRow
SELECT d.id, d.code, d.gender, d.birth_year, d.has_protected_identity, d.name_encrypted
FROM participant d
WHERE d.forbund_id = @ForbundId
  AND d.id IN (SELECT COALESCE(m.merged_into_id, m.id) FROM participant m WHERE m.forbund_id = @ForbundId AND m.personal_number_index = @PersonalNumberIndex)
  AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participant_id = d.id AND v.app_user_id = @UserId AND (@InsatsId IS NULL OR v.insats_id = @InsatsId)
      AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today));

-- name: ParticipantLists.Born
-- row: BornParticipantRow
-- Who was born in a year and has a number, of which the day is read by whoever has the key.
SELECT d.id, d.personal_number_encrypted
FROM participant d
WHERE d.forbund_id = @ForbundId AND d.birth_year = @BirthYear AND d.personal_number_encrypted IS NOT NULL AND d.erased_at IS NULL
  AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participant_id = d.id AND v.app_user_id = @UserId AND (@InsatsId IS NULL OR v.insats_id = @InsatsId)
      AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today));

-- name: ParticipantLists.Hit
-- row: ParticipantHitRow
SELECT d.id, d.code, d.gender, d.birth_year, d.has_protected_identity, d.name_encrypted
FROM participant d
WHERE d.forbund_id = @ForbundId AND d.id = @ParticipantId
  AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participant_id = d.id AND v.app_user_id = @UserId AND (@InsatsId IS NULL OR v.insats_id = @InsatsId)
      AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today));

-- name: ParticipantLists.ByBuckets
-- row: ParticipantHitRow
-- Whose names share two buckets with the words searched for; the same twice for a single word.
SELECT d.id, d.code, d.gender, d.birth_year, d.has_protected_identity, d.name_encrypted
FROM participant_name_index n
JOIN participant d ON d.id = n.participant_id
WHERE n.forbund_id = @ForbundId AND n.bucket = @Bucket
  AND EXISTS (SELECT 1 FROM participant_name_index o WHERE o.forbund_id = n.forbund_id AND o.bucket = @OtherBucket AND o.participant_id = n.participant_id)
  AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participant_id = d.id AND v.app_user_id = @UserId AND (@InsatsId IS NULL OR v.insats_id = @InsatsId)
      AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today))
ORDER BY d.code;
