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

-- name: Audit.LastEvent
-- Asked of the events themselves: whoever writes holds the end of the chain.
SELECT COALESCE(MAX(event_number), 0) FROM audit_event WHERE forbund_id = @ForbundId;

-- name: Audit.Append
INSERT INTO audit_event (forbund_id, event_number, happened_at, actor, action, entity, entity_id, detail, previous_hash, event_hash)
VALUES (@ForbundId, @EventNumber, @HappenedAt, @Actor, @Action, @Entity, @EntityId, @Detail, @PreviousHash, @EventHash);

-- name: Audit.Events
-- row: AuditEventRow
SELECT event_number, happened_at, actor, action, entity, entity_id, detail, previous_hash, event_hash
FROM audit_event
WHERE forbund_id = @ForbundId
ORDER BY event_number;

-- name: Audit.Search
-- row: AuditFoundRow
-- A page of the log, newest first. All about a participant and the records merged into it: the rows themselves, participations,
-- assessments and remarks of theirs, the files that brought them, their erasing, and lists of
-- participants that were shown, which hold ids with a space before each. Users and insatser are told by what they are called
-- today, participants by their codes. That the log was searched for the person is told where it is asked for.
WITH person AS (
    SELECT d.id FROM participant d WHERE d.forbund_id = @ForbundId AND (d.id = @ParticipantId OR d.merged_into_id = @ParticipantId)
),
stay AS (
    SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id IN (SELECT x.id FROM person x)
),
found AS (
    SELECT e.event_number, ROW_NUMBER() OVER (ORDER BY e.event_number DESC) AS place, COUNT(*) OVER () AS total
    FROM audit_event e
    WHERE e.forbund_id = @ForbundId AND e.event_number <= @UpTo
      AND (@From IS NULL OR e.happened_at >= @From)
      AND (@Before IS NULL OR e.happened_at < @Before)
      AND (@Actor IS NULL OR e.actor = @Actor)
      AND (@Action IS NULL OR e.action = @Action)
      AND (@OnlyAccess = 0 OR e.action IN (SELECT c.action FROM access_action c))
      AND (@Entity IS NULL OR e.entity = @Entity)
      AND (@EntityId IS NULL OR e.entity_id = @EntityId)
      AND (@ParticipantId IS NULL
        OR (e.entity = 'participant' AND e.entity_id IN (SELECT x.id FROM person x))
        OR (e.entity IN ('participation', 'participation_caseworker', 'quality_dismissal') AND e.entity_id IN (SELECT t.id FROM stay t))
        OR (e.entity = 'assessment' AND e.entity_id IN (
            SELECT a.id FROM assessment a JOIN stay t ON t.id = a.participation_id WHERE a.forbund_id = @ForbundId))
        OR (e.entity = 'erasure' AND e.entity_id IN (
            SELECT r.erasure_id FROM erasure_participant r JOIN person x ON x.id = r.participant_id WHERE r.forbund_id = @ForbundId))
        OR (e.entity = 'import_batch' AND e.entity_id IN (
            SELECT b.id
            FROM import_batch b
            WHERE b.forbund_id = @ForbundId
              AND (EXISTS (SELECT 1 FROM person x WHERE x.id BETWEEN b.first_participant AND b.last_participant)
                OR EXISTS (SELECT 1 FROM stay t WHERE t.id BETWEEN b.first_participation AND b.last_participation))))
        OR (@WithSearches = 1 AND e.entity = 'audit_event' AND EXISTS (
            SELECT 1 FROM person x WHERE e.detail LIKE CONCAT('%deltagare ', x.id) OR e.detail LIKE CONCAT('%deltagare ', x.id, ',%')))
        OR (e.entity = 'participant' AND e.entity_id IS NULL AND EXISTS (
            SELECT 1 FROM person x WHERE e.detail LIKE CONCAT('% ', x.id, ' %') OR e.detail LIKE CONCAT('% ', x.id))))
)
SELECT e.event_number, e.happened_at, e.actor, e.action, e.entity, e.entity_id, e.detail, COALESCE(u.user_name, i.name) AS called,
    d.code AS participant_code, si.name AS insats, found.total
FROM found
JOIN audit_event e ON e.forbund_id = @ForbundId AND e.event_number = found.event_number
LEFT JOIN app_user u ON e.entity = 'app_user' AND u.id = e.entity_id
LEFT JOIN insats i ON e.entity IN ('insats', 'insats_year', 'insats_text', 'head_count', 'board') AND i.forbund_id = @ForbundId AND i.id = e.entity_id
LEFT JOIN assessment a ON e.entity = 'assessment' AND a.forbund_id = @ForbundId AND a.id = e.entity_id
LEFT JOIN participation p ON p.forbund_id = @ForbundId
    AND p.id = CASE WHEN e.entity IN ('participation', 'participation_caseworker', 'quality_dismissal') THEN e.entity_id ELSE a.participation_id END
LEFT JOIN participant d ON d.forbund_id = @ForbundId AND d.id = CASE WHEN e.entity = 'participant' THEN e.entity_id ELSE p.participant_id END
LEFT JOIN insats si ON si.id = p.insats_id
WHERE found.place BETWEEN @First AND @Last
ORDER BY found.place;

-- name: Audit.Codes
-- row: ParticipantCodeRow
SELECT id, code FROM participant WHERE forbund_id = @ForbundId AND id BETWEEN @First AND @Last;

-- name: Audit.Hash
SELECT event_hash FROM audit_event WHERE forbund_id = @ForbundId AND event_number = @EventNumber;

-- name: Audit.CountOfDay
SELECT COUNT(*) FROM audit_event WHERE forbund_id = @ForbundId AND actor = @Actor AND happened_at >= @Since AND detail LIKE @Ending;

-- name: Audit.LatestSearch
SELECT e.detail
FROM audit_event e
WHERE e.forbund_id = @ForbundId
  AND e.event_number = (SELECT MAX(l.event_number) FROM audit_event l WHERE l.forbund_id = @ForbundId AND l.actor = @Actor AND l.action = @Action);

-- name: Audit.Actors
SELECT DISTINCT e.actor FROM audit_event e WHERE e.forbund_id = @ForbundId ORDER BY e.actor;

-- name: Audit.Actions
SELECT DISTINCT e.action FROM audit_event e WHERE e.forbund_id = @ForbundId ORDER BY e.action;
