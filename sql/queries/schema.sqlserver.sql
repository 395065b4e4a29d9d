-- SQL Server: its own catalogue views, and no CREATE TABLE IF NOT EXISTS.

-- name: Schema.HasMigrationTable
SELECT CASE WHEN OBJECT_ID('schema_migration', 'U') IS NULL THEN 0 ELSE 1 END;

-- name: Schema.CountTables
SELECT COUNT(*) FROM sys.tables WHERE is_ms_shipped = 0;

-- name: Schema.EnsureMigrationTable
IF OBJECT_ID('schema_migration', 'U') IS NULL
CREATE TABLE schema_migration (
    name NVARCHAR(200) NOT NULL PRIMARY KEY,
    checksum NVARCHAR(64) NOT NULL,
    applied_at DATETIME2(3) NOT NULL
);
