-- Normal forms of codes and names, made by the program for what was written before there were any.

-- name: Forms.Participants
-- row: StoredForm
-- The oldest first: it keeps the form that others have too.
SELECT id, code AS written, code_key AS form FROM participant WHERE forbund_id = @ForbundId ORDER BY id;

-- name: Forms.SetParticipant
UPDATE participant SET code_key = @Form WHERE forbund_id = @ForbundId AND id = @Id;

-- name: Forms.Insatser
-- row: StoredForm
SELECT id, name AS written, name_key AS form FROM insats WHERE forbund_id = @ForbundId ORDER BY id;

-- name: Forms.SetInsats
UPDATE insats SET name_key = @Form WHERE forbund_id = @ForbundId AND id = @Id;
