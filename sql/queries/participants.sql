-- Participants. Names and personal numbers are encrypted before they come here.

-- name: Participants.Find
-- row: ParticipantRow
SELECT id, code, gender, birth_year, has_protected_identity,
    CASE WHEN name_encrypted IS NULL THEN 0 ELSE 1 END AS has_name,
    CASE WHEN personal_number_encrypted IS NULL THEN 0 ELSE 1 END AS has_personal_number,
    erased_at, merged_into_id, version
FROM participant
WHERE forbund_id = @ForbundId AND id = @ParticipantId;

-- name: Participants.FindByCode
-- row: ParticipantRow
-- One that has been merged into another answers as that one.
SELECT id, code, gender, birth_year, has_protected_identity,
    CASE WHEN name_encrypted IS NULL THEN 0 ELSE 1 END AS has_name,
    CASE WHEN personal_number_encrypted IS NULL THEN 0 ELSE 1 END AS has_personal_number,
    erased_at, merged_into_id, version
FROM participant
WHERE forbund_id = @ForbundId
  AND id = (SELECT COALESCE(m.merged_into_id, m.id) FROM participant m WHERE m.forbund_id = @ForbundId AND m.code_key = @CodeKey);

-- name: Participants.FindByPersonalNumber
-- row: ParticipantRow
SELECT id, code, gender, birth_year, has_protected_identity,
    CASE WHEN name_encrypted IS NULL THEN 0 ELSE 1 END AS has_name,
    CASE WHEN personal_number_encrypted IS NULL THEN 0 ELSE 1 END AS has_personal_number,
    erased_at, merged_into_id, version
FROM participant
WHERE forbund_id = @ForbundId
  AND id IN (SELECT COALESCE(m.merged_into_id, m.id) FROM participant m
      WHERE m.forbund_id = @ForbundId AND m.personal_number_index = @PersonalNumberIndex);

-- name: Participants.Identity
-- row: ParticipantIdentityRow
SELECT id, name_encrypted, personal_number_encrypted, personal_number_index, has_protected_identity,
    CASE WHEN erased_at IS NULL THEN 0 ELSE 1 END AS is_erased
FROM participant
WHERE forbund_id = @ForbundId AND id = @ParticipantId;

-- name: Participants.Add
INSERT INTO participant (id, forbund_id, code, code_key, gender, birth_year, name_encrypted, personal_number_encrypted,
    personal_number_index, has_protected_identity, erased_at, version, erasure_mark)
VALUES (@Id, @ForbundId, @Code, @CodeKey, @Gender, @BirthYear, @NameEncrypted, @PersonalNumberEncrypted, @PersonalNumberIndex,
    @HasProtectedIdentity, NULL, 1, @ErasureMark);

-- name: Participants.Update
-- erases
UPDATE participant
SET code = @Code, code_key = CASE WHEN @KeepsForm = 1 THEN code_key ELSE @CodeKey END, gender = @Gender, birth_year = @BirthYear,
    name_encrypted = @NameEncrypted, personal_number_encrypted = @PersonalNumberEncrypted, personal_number_index = @PersonalNumberIndex,
    has_protected_identity = @HasProtectedIdentity, version = version + 1
WHERE forbund_id = @ForbundId AND id = @Id AND version = @Version AND erased_at IS NULL;

-- name: Participants.PassOnCode
UPDATE participant SET code_key = @CodeKey
WHERE forbund_id = @ForbundId
  AND id = (SELECT MIN(o.id) FROM participant o WHERE o.forbund_id = @ForbundId AND o.code_key = CONCAT(@CodeKey, 'ID', o.id))
  AND NOT EXISTS (SELECT 1 FROM participant h WHERE h.forbund_id = @ForbundId AND h.code_key = @CodeKey);

-- name: Participants.WhatElse
-- row: WhatElseRow
-- What stands in the way of removing a participant who was registered by mistake. counted: handed over, or published, since; a publication only
-- where a number of it is of a time that a stay meets.
SELECT
    (SELECT COUNT(*) FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId) AS stays,
    (SELECT COUNT(*) FROM participation p LEFT JOIN exit_reason r ON r.code = p.exit_reason
        WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId AND p.ended_on IS NOT NULL AND COALESCE(r.is_misregistration, 0) = 0) AS ended,
    (SELECT COUNT(*) FROM assessment a JOIN participation p ON p.id = a.participation_id
        WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId) AS assessments,
    (SELECT COUNT(*) FROM participant_merge m WHERE m.forbund_id = @ForbundId AND m.undone_at IS NULL AND (m.kept_id = @ParticipantId OR m.merged_id = @ParticipantId)) AS merges,
    (SELECT COUNT(*) FROM delivery_receipt d JOIN delivery e ON e.id = d.delivery_id
        WHERE e.forbund_id = @ForbundId AND d.last_participation >=
            (SELECT MIN(p.id) FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId))
    + (SELECT COUNT(*) FROM publication b
        WHERE b.forbund_id = @ForbundId AND EXISTS (
            SELECT 1 FROM participation p
            JOIN publication_cell c ON c.publication_id = b.id
                AND COALESCE(p.queued_on, p.started_on) <= c.period_to AND (p.ended_on IS NULL OR p.ended_on >= c.period_from)
            WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId AND p.id <= b.last_participation)) AS counted;

-- name: Participants.RemoveStays
-- erases
DELETE FROM participation WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId;

-- name: Participants.RemoveUndoneMergeStays
DELETE FROM participant_merge_stay
WHERE merge_id IN (SELECT m.id FROM participant_merge m
    WHERE m.forbund_id = @ForbundId AND m.undone_at IS NOT NULL AND (m.kept_id = @ParticipantId OR m.merged_id = @ParticipantId));

-- name: Participants.RemoveUndoneMerges
-- That they were made and undone stays in the log.
DELETE FROM participant_merge
WHERE forbund_id = @ForbundId AND undone_at IS NOT NULL AND (kept_id = @ParticipantId OR merged_id = @ParticipantId);

-- name: Participants.RemoveDismissals
DELETE FROM quality_dismissal
WHERE participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId);

-- name: Participants.RemoveCaseworkers
DELETE FROM participation_caseworker
WHERE participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId);

-- name: Participants.RemoveLivelihoods
DELETE FROM livelihood_share
WHERE participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId);

-- name: Participants.RemoveOccupations
DELETE FROM occupation
WHERE participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId);

-- name: Participants.Remove
-- erases
DELETE FROM participant WHERE forbund_id = @ForbundId AND id = @ParticipantId AND version = @Version;
