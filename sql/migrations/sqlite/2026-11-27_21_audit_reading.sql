-- What people have seen, noted on a line of its own before it is shown, and taken into the audit chain a little later.

CREATE TABLE audit_reading (
    -- Time, number in the process, and the process: in the order they were noted. In SQLite the lines lie in a table like
    -- this in a file of their own beside the database, since a file has one writer at a time.
    reading_id TEXT NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL,
    happened_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id INTEGER NULL,
    detail TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_reading_chained (
    -- Written with the event: a line that stands here is in the chain, whether or not it has been removed since.
    reading_id TEXT NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id)
) STRICT, WITHOUT ROWID;
