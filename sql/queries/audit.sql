-- The audit chain: append only, each event carries the hash of the one before.

-- name: Audit.Advance
-- Takes the end of the chain for this transaction; whoever comes next waits here.
UPDATE audit_chain SET last_event = last_event + 1 WHERE forbund_id = @ForbundId;

-- name: Audit.Start
INSERT INTO audit_chain (forbund_id, last_event, last_hash) VALUES (@ForbundId, 1, @LastHash);

-- name: Audit.End
-- row: AuditChainRow
SELECT last_event, last_hash FROM audit_chain WHERE forbund_id = @ForbundId;

-- name: Audit.SetHash
UPDATE audit_chain SET last_hash = @LastHash WHERE forbund_id = @ForbundId;

-- name: Audit.Append
INSERT INTO audit_event (forbund_id, event_number, happened_at, actor, action, entity, entity_id, detail, previous_hash, event_hash)
VALUES (@ForbundId, @EventNumber, @HappenedAt, @Actor, @Action, @Entity, @EntityId, @Detail, @PreviousHash, @EventHash);

-- name: Audit.Events
-- row: AuditEventRow
SELECT event_number, happened_at, actor, action, entity, entity_id, detail, previous_hash, event_hash
FROM audit_event
WHERE forbund_id = @ForbundId
ORDER BY event_number;
