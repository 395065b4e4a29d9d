-- Instruments: versioned, locked once used.

-- name: Instruments.All
-- row: InstrumentRow
SELECT id, code, instrument_version, respondent, locked_at
FROM instrument
WHERE forbund_id = @ForbundId
ORDER BY code, instrument_version, respondent;

-- name: Instruments.Items
-- row: InstrumentItemRow
SELECT t.id, t.instrument_id, t.code, t.position, t.scale_min, t.scale_max, t.is_higher_better, t.smallest_change
FROM instrument_item t
JOIN instrument i ON i.id = t.instrument_id
WHERE i.forbund_id = @ForbundId AND i.id = @InstrumentId
ORDER BY t.position, t.id;

-- name: Instruments.Texts
-- row: ItemTextRow
SELECT x.instrument_item_id, x.language, x.body
FROM item_text x
JOIN instrument_item t ON t.id = x.instrument_item_id
JOIN instrument i ON i.id = t.instrument_id
WHERE i.forbund_id = @ForbundId AND i.id = @InstrumentId
ORDER BY x.instrument_item_id, x.language;

-- name: Instruments.Usage
-- row: InstrumentUseRow
-- Which insatser an instrument has been answered in.
SELECT a.instrument_id, i.name AS insats
FROM assessment a
JOIN participation p ON p.id = a.participation_id
JOIN insats i ON i.id = p.insats_id
WHERE a.forbund_id = @ForbundId
GROUP BY a.instrument_id, i.name
ORDER BY a.instrument_id, i.name COLLATE Finnish_Swedish_100_CI_AS;

-- name: Instruments.Add
INSERT INTO instrument (id, forbund_id, code, instrument_version, respondent, locked_at)
VALUES (@Id, @ForbundId, @Code, @InstrumentVersion, @Respondent, NULL);

-- name: Instruments.AddItem
INSERT INTO instrument_item (id, instrument_id, code, position, scale_min, scale_max, is_higher_better, smallest_change)
SELECT @Id, i.id, @Code, @Position, @ScaleMin, @ScaleMax, @IsHigherBetter, @SmallestChange
FROM instrument i
WHERE i.forbund_id = @ForbundId AND i.id = @InstrumentId AND i.locked_at IS NULL;

-- name: Instruments.AddText
INSERT INTO item_text (instrument_item_id, language, body)
SELECT t.id, @Language, @Body
FROM instrument_item t
JOIN instrument i ON i.id = t.instrument_id
WHERE i.forbund_id = @ForbundId AND t.id = @InstrumentItemId AND i.locked_at IS NULL;

-- name: Instruments.ClearTexts
DELETE FROM item_text
WHERE instrument_item_id IN (
    SELECT t.id FROM instrument_item t
    JOIN instrument i ON i.id = t.instrument_id
    WHERE i.forbund_id = @ForbundId AND i.id = @InstrumentId AND i.locked_at IS NULL);

-- name: Instruments.ClearItems
DELETE FROM instrument_item
WHERE instrument_id IN (SELECT i.id FROM instrument i WHERE i.forbund_id = @ForbundId AND i.id = @InstrumentId AND i.locked_at IS NULL);

-- name: Instruments.Lock
UPDATE instrument SET locked_at = @LockedAt WHERE forbund_id = @ForbundId AND id = @InstrumentId AND locked_at IS NULL;
