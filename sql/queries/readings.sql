-- What people have seen: noted on a line before it is shown, taken into the audit chain a little later.

-- name: Readings.Prepare
-- Where the lines have a file of their own, the table in it is made; elsewhere it is there.
SELECT COUNT(*) FROM audit_reading WHERE reading_id = '';

-- name: Readings.Note
INSERT INTO audit_reading (reading_id, forbund_id, happened_at, actor, action, entity, entity_id, detail)
VALUES (@ReadingId, @ForbundId, @HappenedAt, @Actor, @Action, @Entity, @EntityId, @Detail);

-- name: Readings.ForbundIds
-- Those with lines that wait.
SELECT DISTINCT forbund_id FROM audit_reading ORDER BY forbund_id;

-- name: Readings.CountWaiting
SELECT COUNT(*) FROM audit_reading WHERE forbund_id = @ForbundId;

-- name: Readings.Waiting
-- row: WaitingReadingRow
-- The oldest of them, in the order they were noted.
SELECT w.reading_id, w.happened_at, w.actor, w.action, w.entity, w.entity_id, w.detail
FROM (
    SELECT reading_id, happened_at, actor, action, entity, entity_id, detail, ROW_NUMBER() OVER (ORDER BY reading_id) AS place
    FROM audit_reading
    WHERE forbund_id = @ForbundId
) w
WHERE w.place <= @Taken
ORDER BY w.reading_id;

-- name: Readings.LatestSearch
SELECT r.detail
FROM audit_reading r
WHERE r.forbund_id = @ForbundId
  AND r.reading_id = (SELECT MAX(l.reading_id) FROM audit_reading l WHERE l.forbund_id = @ForbundId AND l.actor = @Actor AND l.action = @Action);

-- name: Readings.OfDay
-- Lines by somebody since a time that end in certain words.
SELECT reading_id FROM audit_reading WHERE forbund_id = @ForbundId AND actor = @Actor AND happened_at >= @Since AND detail LIKE @Ending;

-- name: Readings.Chained
SELECT reading_id FROM audit_reading_chained WHERE forbund_id = @ForbundId;

-- name: Readings.MarkChained
INSERT INTO audit_reading_chained (reading_id, forbund_id) VALUES (@ReadingId, @ForbundId);

-- name: Readings.ForgetChained
DELETE FROM audit_reading_chained WHERE reading_id = @ReadingId;

-- name: Readings.Remove
DELETE FROM audit_reading WHERE reading_id = @ReadingId;
