-- Texts that people have written and documents show: what is looked through for signs that no text may hold, when a
-- program that refuses them takes over a database from one that didn't.

-- name: Signs.Texts
-- row: StoredText
-- Place is the table; id, part and calendar_year tell the row, as its key does. Accounts belong to several förbund.
SELECT 'forbund' AS place, f.id, '' AS part, 0 AS calendar_year, f.name AS written FROM forbund f WHERE f.id = @ForbundId
UNION ALL
SELECT 'insats', i.id, '', 0, i.name FROM insats i WHERE i.forbund_id = @ForbundId
UNION ALL
SELECT 'insats_text', t.insats_id, t.section, t.calendar_year, t.body
FROM insats_text t
JOIN insats i ON i.id = t.insats_id
WHERE i.forbund_id = @ForbundId
UNION ALL
SELECT 'forbund_cost', c.forbund_id, c.name, c.calendar_year, c.name FROM forbund_cost c WHERE c.forbund_id = @ForbundId
UNION ALL
SELECT 'positive_definition', d.forbund_id, d.code, 0, d.label FROM positive_definition d WHERE d.forbund_id = @ForbundId
UNION ALL
SELECT 'code_choice', c.forbund_id, CONCAT(c.list, ' ', c.code), 0, c.label FROM code_choice c WHERE c.forbund_id = @ForbundId AND c.label IS NOT NULL
UNION ALL
SELECT 'participant', p.id, '', 0, p.code FROM participant p WHERE p.forbund_id = @ForbundId
UNION ALL
SELECT 'instrument', i.id, '', 0, i.code FROM instrument i WHERE i.forbund_id = @ForbundId
UNION ALL
SELECT 'instrument_item', q.id, CAST(i.id AS VARCHAR(20)), 0, q.code
FROM instrument_item q
JOIN instrument i ON i.id = q.instrument_id
WHERE i.forbund_id = @ForbundId
UNION ALL
SELECT 'item_text', t.instrument_item_id, t.language, 0, t.body
FROM item_text t
JOIN instrument_item q ON q.id = t.instrument_item_id
JOIN instrument i ON i.id = q.instrument_id
WHERE i.forbund_id = @ForbundId
UNION ALL
SELECT 'app_user', u.id, '', 0, u.display_name
FROM app_user u
WHERE u.id IN (SELECT r.app_user_id FROM app_user_role r WHERE r.forbund_id = @ForbundId)
UNION ALL
SELECT 'quality_dismissal', d.participation_id, d.[rule], 0, d.note
FROM quality_dismissal d
JOIN participation p ON p.id = d.participation_id
WHERE p.forbund_id = @ForbundId;

-- name: Signs.Forbund
UPDATE forbund SET name = @Written WHERE id = @ForbundId AND id = @Id;

-- name: Signs.Insats
UPDATE insats SET name = @Written WHERE forbund_id = @ForbundId AND id = @Id;

-- name: Signs.InsatsText
UPDATE insats_text SET body = @Written
WHERE insats_id IN (SELECT i.id FROM insats i WHERE i.forbund_id = @ForbundId AND i.id = @Id) AND section = @Part AND calendar_year = @CalendarYear;

-- name: Signs.ForbundCost
UPDATE forbund_cost SET name = @Written WHERE forbund_id = @ForbundId AND calendar_year = @CalendarYear AND name = @Part;

-- name: Signs.PositiveDefinition
UPDATE positive_definition SET label = @Written WHERE forbund_id = @ForbundId AND code = @Part;

-- name: Signs.CodeChoice
UPDATE code_choice SET label = @Written WHERE forbund_id = @ForbundId AND CONCAT(list, ' ', code) = @Part;

-- name: Signs.Participant
UPDATE participant SET code = @Written WHERE forbund_id = @ForbundId AND id = @Id;

-- name: Signs.Instrument
UPDATE instrument SET code = @Written WHERE forbund_id = @ForbundId AND id = @Id;

-- name: Signs.InstrumentItem
UPDATE instrument_item SET code = @Written
WHERE id = @Id AND instrument_id IN (SELECT i.id FROM instrument i WHERE i.forbund_id = @ForbundId);

-- name: Signs.ItemText
UPDATE item_text SET body = @Written
WHERE language = @Part AND instrument_item_id IN (
    SELECT q.id FROM instrument_item q JOIN instrument i ON i.id = q.instrument_id WHERE i.forbund_id = @ForbundId AND q.id = @Id
);

-- name: Signs.AppUser
UPDATE app_user SET display_name = @Written
WHERE id = @Id AND id IN (SELECT r.app_user_id FROM app_user_role r WHERE r.forbund_id = @ForbundId);

-- name: Signs.QualityDismissal
UPDATE quality_dismissal SET note = @Written
WHERE [rule] = @Part AND participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.id = @Id);
