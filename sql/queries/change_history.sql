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

-- name: ChangeHistory.ForgetCode
-- An erased participant's codes go from the history too.
UPDATE change_history SET old_value = NULL, new_value = NULL
WHERE forbund_id = @ForbundId
  AND ((entity = 'participant' AND entity_id = @ParticipantId AND field IN ('Code', 'MergedCode', 'MergedInto'))
    OR (entity = 'participation' AND field = 'Participant'
        AND entity_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId)));
