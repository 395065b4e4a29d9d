-- Who was told, and how often, that somebody is in the register.

-- name: Presence.Find
-- row: PresenceRow
SELECT counted_on, match_count AS matches, refusal_count AS refusals, stopped_at
FROM presence_watch
WHERE forbund_id = @ForbundId AND app_user_id = @UserId;

-- name: Presence.Begin
INSERT INTO presence_watch (forbund_id, app_user_id, counted_on, match_count, refusal_count, stopped_at)
VALUES (@ForbundId, @UserId, @CountedOn, @Matches, @Refusals, @StoppedAt);

-- name: Presence.Set
UPDATE presence_watch
SET counted_on = @CountedOn, match_count = @Matches, refusal_count = @Refusals, stopped_at = @StoppedAt
WHERE forbund_id = @ForbundId AND app_user_id = @UserId;

-- name: Presence.OfForbund
-- row: WatchedUserRow
-- Those who are stopped first, then those of today.
SELECT w.app_user_id AS user_id, u.display_name, u.user_name, w.counted_on, w.match_count AS matches, w.refusal_count AS refusals, w.stopped_at
FROM presence_watch w
JOIN app_user u ON u.id = w.app_user_id
WHERE w.forbund_id = @ForbundId AND (w.stopped_at IS NOT NULL OR (w.counted_on = @Today AND w.match_count > 0))
ORDER BY CASE WHEN w.stopped_at IS NULL THEN 1 ELSE 0 END, u.display_name COLLATE Finnish_Swedish_100_CI_AS, u.id;

-- name: Presence.CountStopped
SELECT COUNT(*) FROM presence_watch WHERE forbund_id = @ForbundId AND stopped_at IS NOT NULL;
