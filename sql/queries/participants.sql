-- Participants. Names and personal numbers are encrypted before they come here.

-- name: Participants.Find
-- row: ParticipantRow
SELECT id, code, gender, birth_year, has_protected_identity,
    CASE WHEN name_encrypted IS NULL THEN 0 ELSE 1 END AS has_name,
    CASE WHEN personal_number_encrypted IS NULL THEN 0 ELSE 1 END AS has_personal_number,
    erased_at, version
FROM participant
WHERE forbund_id = @ForbundId AND id = @ParticipantId;

-- name: Participants.FindByCode
-- row: ParticipantRow
SELECT id, code, gender, birth_year, has_protected_identity,
    CASE WHEN name_encrypted IS NULL THEN 0 ELSE 1 END AS has_name,
    CASE WHEN personal_number_encrypted IS NULL THEN 0 ELSE 1 END AS has_personal_number,
    erased_at, version
FROM participant
WHERE forbund_id = @ForbundId AND code_key = @CodeKey;

-- name: Participants.FindByPersonalNumber
-- row: ParticipantRow
SELECT id, code, gender, birth_year, has_protected_identity,
    CASE WHEN name_encrypted IS NULL THEN 0 ELSE 1 END AS has_name,
    CASE WHEN personal_number_encrypted IS NULL THEN 0 ELSE 1 END AS has_personal_number,
    erased_at, version
FROM participant
WHERE forbund_id = @ForbundId AND personal_number_index = @PersonalNumberIndex;

-- name: Participants.Identity
-- row: ParticipantIdentityRow
SELECT id, name_encrypted, personal_number_encrypted, personal_number_index
FROM participant
WHERE forbund_id = @ForbundId AND id = @ParticipantId;

-- name: Participants.Add
INSERT INTO participant (id, forbund_id, code, code_key, gender, birth_year, name_encrypted, personal_number_encrypted,
    personal_number_index, has_protected_identity, erased_at, version)
VALUES (@Id, @ForbundId, @Code, @CodeKey, @Gender, @BirthYear, @NameEncrypted, @PersonalNumberEncrypted, @PersonalNumberIndex,
    @HasProtectedIdentity, NULL, 1);

-- name: Participants.Update
-- erases
UPDATE participant
SET code = @Code, code_key = CASE WHEN @KeepsForm = 1 THEN code_key ELSE @CodeKey END, gender = @Gender, birth_year = @BirthYear, name_encrypted = @NameEncrypted,
    personal_number_encrypted = @PersonalNumberEncrypted, personal_number_index = @PersonalNumberIndex,
    has_protected_identity = @HasProtectedIdentity, version = version + 1
WHERE forbund_id = @ForbundId AND id = @Id AND version = @Version AND erased_at IS NULL;

-- name: Participants.PassOnCode
UPDATE participant SET code_key = @CodeKey
WHERE forbund_id = @ForbundId
  AND id = (SELECT MIN(o.id) FROM participant o WHERE o.forbund_id = @ForbundId AND o.code_key = CONCAT(@CodeKey, 'ID', o.id))
  AND NOT EXISTS (SELECT 1 FROM participant h WHERE h.forbund_id = @ForbundId AND h.code_key = @CodeKey);

-- name: Participants.CountOpen
-- Participations that are in queue or ongoing.
SELECT COUNT(*) FROM participation WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId AND ended_on IS NULL;

-- name: Participants.Erase
-- erases
-- Gender and birth year stay, so that sums that were published still hold.
UPDATE participant
SET code = @Code, code_key = @CodeKey, name_encrypted = NULL, personal_number_encrypted = NULL, personal_number_index = NULL,
    erased_at = @ErasedAt, version = version + 1
WHERE forbund_id = @ForbundId AND id = @ParticipantId AND version = @Version AND erased_at IS NULL;
