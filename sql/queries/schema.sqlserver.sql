-- SQL Server: its own catalogue views, and no CREATE TABLE IF NOT EXISTS.

-- name: Schema.HasMigrationTable
SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'schema_migration';

-- name: Schema.EnsureMigrationTable
IF OBJECT_ID('schema_migration', 'U') IS NULL
CREATE TABLE schema_migration (
    name NVARCHAR(200) NOT NULL PRIMARY KEY,
    checksum NVARCHAR(64) NOT NULL,
    applied_at DATETIME2(3) NOT NULL
);
