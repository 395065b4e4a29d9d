-- The backups that have been made of the database, and what tells its backups from those of others.

CREATE TABLE installation (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    -- Random, and the same in every copy of the database.
    database_mark NVARCHAR(32) NOT NULL
);

CREATE TABLE backup_made (
    id INTEGER NOT NULL PRIMARY KEY,
    made_at DATETIME2(3) NOT NULL,
    made_by NVARCHAR(200) NOT NULL,
    -- The folder that it became, without where it lies; empty when it failed.
    folder_name NVARCHAR(200) NOT NULL,
    -- Why it failed, in Swedish; null when it is whole.
    fault NVARCHAR(1000) NULL
);

INSERT INTO row_id (table_name, last_id) VALUES ('backup_made', 0);
