-- The förbund and its definitions of positive exit.

-- name: Forbund.All
-- row: ForbundRow
SELECT id, name, is_demo FROM forbund ORDER BY id;

-- name: Forbund.Find
-- row: ForbundRow
SELECT id, name, is_demo FROM forbund WHERE id = @ForbundId;

-- name: Forbund.Add
INSERT INTO forbund (id, name, is_demo, created_at) VALUES (@Id, @Name, @IsDemo, @CreatedAt);

-- name: Forbund.AddPositiveDefinition
INSERT INTO positive_definition (forbund_id, code, label, kind, sort_order)
VALUES (@ForbundId, @Code, @Label, @Kind, @SortOrder);

-- name: Forbund.AddReasonsOfGroup
-- The reasons that count as positive under a shipped definition: all of an exit group, or only the subsidised of it.
INSERT INTO positive_definition_reason (forbund_id, definition_code, exit_reason)
SELECT @ForbundId, @Code, r.code
FROM exit_reason r
WHERE r.exit_group = @ExitGroup
  AND r.is_misregistration = 0
  AND (@OnlySubsidised = 0 OR r.is_subsidised = 1);

-- name: Forbund.ClearPositiveReasons
DELETE FROM positive_definition_reason WHERE forbund_id = @ForbundId AND definition_code = @Code;

-- name: Forbund.AddPositiveReason
INSERT INTO positive_definition_reason (forbund_id, definition_code, exit_reason) VALUES (@ForbundId, @Code, @ExitReason);

-- name: Forbund.PositiveDefinitions
-- row: PositiveDefinitionRow
SELECT code, label, kind, sort_order, version FROM positive_definition WHERE forbund_id = @ForbundId ORDER BY sort_order;

-- name: Forbund.PositiveReasons
SELECT p.exit_reason
FROM positive_definition_reason p
JOIN exit_reason r ON r.code = p.exit_reason
WHERE p.forbund_id = @ForbundId AND p.definition_code = @Code
ORDER BY r.sort_order;

-- name: Forbund.DefinitionReasons
-- row: DefinitionReasonRow
-- The exit reasons of all definitions of a förbund, in the order of the code list.
SELECT p.definition_code, p.exit_reason
FROM positive_definition_reason p
JOIN exit_reason r ON r.code = p.exit_reason
WHERE p.forbund_id = @ForbundId
ORDER BY p.definition_code, r.sort_order;

-- name: Forbund.TouchDefinition
UPDATE positive_definition SET version = version + 1
WHERE forbund_id = @ForbundId AND code = @Code AND version = @Version;
