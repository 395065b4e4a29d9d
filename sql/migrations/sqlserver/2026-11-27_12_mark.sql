-- The number that is written over to find out whether anything can be saved (/health): it is nobody's row.
INSERT INTO row_id (table_name, last_id) VALUES ('mark', 0);
