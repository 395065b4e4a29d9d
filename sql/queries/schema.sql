-- What the migrator needs before any other table exists.

-- name: Schema.HasMigrationTable
-- 1 when the database has been migrated at least once.
SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration';

-- name: Schema.CountTables
-- More than none in a database that has not been migrated: another program's.
SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%';

-- name: Schema.EnsureMigrationTable
CREATE TABLE IF NOT EXISTS schema_migration (
    name TEXT NOT NULL PRIMARY KEY,
    checksum TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;

-- name: Schema.Migrations
-- row: SchemaMigrationRow
SELECT name, checksum FROM schema_migration;

-- name: Schema.RecordMigration
INSERT INTO schema_migration (name, checksum, applied_at) VALUES (@Name, @Checksum, @AppliedAt);

-- name: Schema.UpdateMigration
UPDATE schema_migration SET checksum = @Checksum, applied_at = @AppliedAt WHERE name = @Name;
