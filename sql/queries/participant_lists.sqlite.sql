-- SQLite numbers every row before it leaves any away; LIMIT stops at the last one needed.

-- name: ParticipantLists.Page
-- row: ParticipantListRow
-- One row per participation; those longest in queue first, then the latest entries, then the latest exits. Each part has
-- its own order, so that an index gives it without sorting all; only the ids of the page are joined with the rest.
-- @CaseworkerId 0: those whom nobody follows whose account is in use.
-- +insats_id keeps the walk to the index that has the order.
WITH own AS (
    SELECT u.insats_id
    FROM user_insats u
    JOIN insats i ON i.id = u.insats_id
    WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId AND (@InsatsId IS NULL OR i.id = @InsatsId OR i.parent_id = @InsatsId)
),
queue AS (
    SELECT p.id
    FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.started_on IS NULL AND p.ended_on IS NULL AND +p.insats_id IN (SELECT insats_id FROM own)
      AND (@CaseworkerId IS NULL OR EXISTS (SELECT 1 FROM participation_caseworker c
          WHERE c.participation_id = p.id AND c.app_user_id = @CaseworkerId AND c.to_on IS NULL)
        OR (@CaseworkerId = 0 AND NOT EXISTS (SELECT 1 FROM participation_caseworker c
          JOIN app_user a ON a.id = c.app_user_id WHERE c.participation_id = p.id AND a.is_active = 1 AND c.to_on IS NULL)))
    ORDER BY p.queued_on, p.id DESC
    LIMIT @QueueTaken OFFSET @QueueSkipped
),
ongoing AS (
    SELECT p.id
    FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.started_on IS NOT NULL AND p.ended_on IS NULL AND +p.insats_id IN (SELECT insats_id FROM own)
      AND (@CaseworkerId IS NULL OR EXISTS (SELECT 1 FROM participation_caseworker c
          WHERE c.participation_id = p.id AND c.app_user_id = @CaseworkerId AND c.to_on IS NULL)
        OR (@CaseworkerId = 0 AND NOT EXISTS (SELECT 1 FROM participation_caseworker c
          JOIN app_user a ON a.id = c.app_user_id WHERE c.participation_id = p.id AND a.is_active = 1 AND c.to_on IS NULL)))
    ORDER BY p.started_on DESC, p.id DESC
    LIMIT @OngoingTaken OFFSET @OngoingSkipped
),
ended AS (
    SELECT p.id
    FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.ended_on IS NOT NULL AND +p.insats_id IN (SELECT insats_id FROM own)
      AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participation_id = p.id AND v.app_user_id = @UserId
          AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today))
      AND (@CaseworkerId IS NULL OR EXISTS (SELECT 1 FROM participation_caseworker c
          WHERE c.participation_id = p.id AND c.app_user_id = @CaseworkerId AND c.to_on IS NULL)
        OR (@CaseworkerId = 0 AND NOT EXISTS (SELECT 1 FROM participation_caseworker c
          JOIN app_user a ON a.id = c.app_user_id WHERE c.participation_id = p.id AND a.is_active = 1 AND c.to_on IS NULL)))
      AND (p.exit_reason IS NULL OR p.exit_reason NOT IN (SELECT r.code FROM exit_reason r WHERE r.is_misregistration = 1))
    ORDER BY p.ended_on DESC, p.id DESC
    LIMIT @EndedTaken OFFSET @EndedSkipped
),
placed AS (
    SELECT id, 'queue' AS status, 1 AS part FROM queue
    UNION ALL
    SELECT id, 'ongoing', 2 FROM ongoing
    UNION ALL
    SELECT id, 'ended', 3 FROM ended
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
ORDER BY l.part,
    CASE l.part WHEN 1 THEN p.queued_on END,
    CASE l.part WHEN 2 THEN p.started_on WHEN 3 THEN p.ended_on END DESC,
    p.id DESC;
