-- The file beside the database that lines of readings lie in has this table and no other.

-- name: Readings.Prepare
CREATE TABLE IF NOT EXISTS audit_reading (
    reading_id TEXT NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL,
    happened_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id INTEGER NULL,
    detail TEXT NOT NULL
) STRICT, WITHOUT ROWID;
