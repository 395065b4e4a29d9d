-- What was changed, by whom, from what and to what.

-- name: ChangeHistory.Add
INSERT INTO change_history (id, forbund_id, entity, entity_id, version, changed_at, actor, field, old_value, new_value)
VALUES (@Id, @ForbundId, @Entity, @EntityId, @Version, @ChangedAt, @Actor, @Field, @OldValue, @NewValue);

-- name: ChangeHistory.Of
-- row: ChangeHistoryRow
SELECT id, version, changed_at, actor, field, old_value, new_value
FROM change_history
WHERE forbund_id = @ForbundId AND entity = @Entity AND entity_id = @EntityId
ORDER BY id DESC;

-- name: ChangeHistory.Since
-- row: ChangeHistoryRow
SELECT id, version, changed_at, actor, field, old_value, new_value
FROM change_history
WHERE forbund_id = @ForbundId AND entity = @Entity AND entity_id = @EntityId AND version > @Version
ORDER BY id;
