-- Remarks of the quality rules that somebody has looked into: what is missing can't be had.

-- name: Quality.Dismissals
-- row: QualityDismissalRow
SELECT q.[rule], q.participation_id, q.dismissed_at, q.actor, q.note
FROM quality_dismissal q
JOIN participation p ON p.id = q.participation_id
WHERE p.forbund_id = @ForbundId
ORDER BY q.dismissed_at DESC, q.participation_id;

-- name: Quality.Dismiss
INSERT INTO quality_dismissal ([rule], participation_id, dismissed_at, actor, note)
SELECT @Rule, p.id, @DismissedAt, @Actor, @Note
FROM participation p
WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId
  AND NOT EXISTS (SELECT 1 FROM quality_dismissal q WHERE q.[rule] = @Rule AND q.participation_id = p.id);

-- name: Quality.CountErased
-- Whether the stay is somebody's who is erased.
SELECT COUNT(*) FROM participation p JOIN participant d ON d.id = p.participant_id
WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId AND d.erased_at IS NOT NULL;

-- name: Quality.Wake
DELETE FROM quality_dismissal
WHERE [rule] = @Rule AND participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId);

-- name: Quality.DismissalsOf
-- row: ParticipationDismissalRow
-- What has been put to rest about one stay, for the extract of a person.
SELECT q.[rule], q.dismissed_at, q.actor, q.note
FROM quality_dismissal q
JOIN participation p ON p.id = q.participation_id
WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId
ORDER BY q.dismissed_at, q.[rule];
