-- Ids for new rows, handed out before the row is written.

-- name: RowIds.Reserve
UPDATE row_id SET last_id = last_id + @Count WHERE table_name = @TableName;

-- name: RowIds.Start
-- The first reservation for a table.
INSERT INTO row_id (table_name, last_id) VALUES (@TableName, @Count);

-- name: RowIds.Last
SELECT last_id FROM row_id WHERE table_name = @TableName;
