-- What each hand-over to Uppföljning Finsam held: the file as it was, its fields one by one, and how far the register had come.
-- A delivery from before this has neither.

CREATE TABLE delivery_receipt (
    delivery_id INTEGER NOT NULL PRIMARY KEY REFERENCES delivery (id),
    file_name TEXT NOT NULL,
    -- Byte for byte what was taken; delivery.file_sha256 is its checksum.
    content BLOB NOT NULL,
    -- When it was counted, and the last ids and event there were then: what is above them has come since.
    counted_at TEXT NOT NULL,
    last_participation INTEGER NOT NULL,
    last_assessment INTEGER NOT NULL,
    last_insats INTEGER NOT NULL,
    last_change INTEGER NOT NULL,
    last_event INTEGER NOT NULL
) STRICT;

CREATE TABLE delivery_field (
    delivery_id INTEGER NOT NULL REFERENCES delivery (id),
    -- The row of the file, from 1: an insats.
    line INTEGER NOT NULL,
    -- The column, from 1.
    position INTEGER NOT NULL,
    insats_id INTEGER NOT NULL REFERENCES insats (id),
    -- The name it had then.
    insats TEXT NOT NULL,
    label TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('filled', 'not_filled', 'does_not_apply')),
    -- Empty unless filled.
    value TEXT NOT NULL,
    -- Why it does not apply; else empty.
    reason TEXT NOT NULL,
    PRIMARY KEY (delivery_id, line, position)
) STRICT;
