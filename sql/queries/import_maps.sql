-- name: ImportMaps.HeaderRow
-- row: ImportMapRow
SELECT kind, header_row FROM import_map WHERE forbund_id = @ForbundId AND kind = @Kind;

-- name: ImportMaps.Lines
-- row: ImportMapLine
SELECT heading, field, word, code FROM import_map_line WHERE forbund_id = @ForbundId AND kind = @Kind ORDER BY line;

-- name: ImportMaps.RemoveLines
DELETE FROM import_map_line WHERE forbund_id = @ForbundId AND kind = @Kind;

-- name: ImportMaps.Remove
DELETE FROM import_map WHERE forbund_id = @ForbundId AND kind = @Kind;

-- name: ImportMaps.Add
INSERT INTO import_map (forbund_id, kind, header_row) VALUES (@ForbundId, @Kind, @HeaderRow);
