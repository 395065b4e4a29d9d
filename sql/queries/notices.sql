-- What a user is told about their own account.

-- name: Notices.Add
INSERT INTO account_notice (id, app_user_id, happened_at, actor, action, detail) VALUES (@Id, @UserId, @HappenedAt, @Actor, @Action, @Detail);

-- name: Notices.CountUnseen
SELECT COUNT(*) FROM account_notice WHERE app_user_id = @UserId AND seen_at IS NULL;

-- name: Notices.Latest
-- row: NoticeRow
SELECT id, happened_at, actor, action, detail, seen_at
FROM account_notice
WHERE app_user_id = @UserId AND (seen_at IS NULL OR happened_at >= @Since)
ORDER BY id DESC;

-- name: Notices.See
-- Those that were shown, not one that has come since.
UPDATE account_notice SET seen_at = @Now WHERE app_user_id = @UserId AND id <= @UpTo AND seen_at IS NULL;
