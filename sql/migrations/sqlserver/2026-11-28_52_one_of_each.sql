-- One participant of each code and one insats of each name, by their normal forms. Until the program has made them for the rows that
-- are here already (StoredForms), each row has one of its own.

UPDATE participant SET code_key = CONCAT('ID', id);

UPDATE insats SET name_key = CONCAT('ID', id);

CREATE UNIQUE INDEX ux_participant_code_key ON participant (forbund_id, code_key);

CREATE UNIQUE INDEX ux_insats_name_key ON insats (forbund_id, name_key);

-- Names are searched without the marks on their letters from here on: the program makes the index anew at the first search.
DELETE FROM participant_name_index;

-- What was unique before, by the server's own collation, which may take V for W and æ for ae. SQLite has the same rule by NOCASE, which tells apart no less.
DECLARE @before NVARCHAR(MAX) = N'';
SELECT @before = @before + N'ALTER TABLE ' + QUOTENAME(OBJECT_NAME(k.parent_object_id)) + N' DROP CONSTRAINT ' + QUOTENAME(k.name) + N';'
FROM sys.key_constraints k
WHERE k.type = 'UQ' AND EXISTS (
    SELECT 1 FROM sys.index_columns x
    JOIN sys.columns c ON c.object_id = x.object_id AND c.column_id = x.column_id
    WHERE x.object_id = k.parent_object_id AND x.index_id = k.unique_index_id
      AND ((k.parent_object_id = OBJECT_ID(N'participant') AND c.name = N'code') OR (k.parent_object_id = OBJECT_ID(N'insats') AND c.name = N'name')));
EXEC sys.sp_executesql @before;
