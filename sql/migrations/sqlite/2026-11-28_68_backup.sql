-- The backups that have been made of the database, and what tells its backups from those of others.

CREATE TABLE installation (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    -- Random, and the same in every copy of the database.
    database_mark TEXT NOT NULL
) STRICT;

CREATE TABLE backup_made (
    id INTEGER NOT NULL PRIMARY KEY,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    -- The folder that it became, without where it lies; empty when it failed.
    folder_name TEXT NOT NULL,
    -- Why it failed, in Swedish; null when it is whole.
    fault TEXT NULL
) STRICT;

INSERT INTO row_id (table_name, last_id) VALUES ('backup_made', 0);
