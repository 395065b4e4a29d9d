-- Head counts, funds, money and targets are kinds of files too. A rule of a column can't be changed in SQLite: the tables are made anew.

CREATE TABLE import_batch_before (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    added_count INTEGER NOT NULL,
    imported_at TEXT NOT NULL
) STRICT;

INSERT INTO import_batch_before (id, forbund_id, kind, file_name, file_sha256, row_count, added_count, imported_at)
SELECT id, forbund_id, kind, file_name, file_sha256, row_count, added_count, imported_at
FROM import_batch;

CREATE TABLE import_map_before (
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    kind TEXT NOT NULL,
    -- The row of the headings, from 1; null for the first that isn't blank.
    header_row INTEGER NULL CHECK (header_row BETWEEN 1 AND 1000),
    PRIMARY KEY (forbund_id, kind)
) STRICT;

INSERT INTO import_map_before (forbund_id, kind, header_row)
SELECT forbund_id, kind, header_row
FROM import_map;

CREATE TABLE import_map_line_before (
    forbund_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    line INTEGER NOT NULL,
    heading TEXT NULL,
    field TEXT NULL,
    word TEXT NULL,
    code TEXT NULL,
    PRIMARY KEY (forbund_id, kind, line)
) STRICT;

INSERT INTO import_map_line_before (forbund_id, kind, line, heading, field, word, code)
SELECT forbund_id, kind, line, heading, field, word, code
FROM import_map_line;

DROP TABLE import_map_line;

DROP TABLE import_map;

DROP TABLE import_batch;

CREATE TABLE import_batch (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    kind TEXT NOT NULL CHECK (kind IN ('insatser', 'instrument', 'deltagare', 'sjalvskattning', 'antal', 'medel', 'ekonomi', 'mal')),
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    added_count INTEGER NOT NULL,
    imported_at TEXT NOT NULL
) STRICT;

CREATE TABLE import_map (
    -- What the headings and words of a förbund's own files stand for, kind by kind.
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    kind TEXT NOT NULL CHECK (kind IN ('insatser', 'instrument', 'deltagare', 'sjalvskattning', 'antal', 'medel', 'ekonomi', 'mal')),
    -- The row of the headings, from 1; null for the first that isn't blank.
    header_row INTEGER NULL CHECK (header_row BETWEEN 1 AND 1000),
    PRIMARY KEY (forbund_id, kind)
) STRICT;

CREATE TABLE import_map_line (
    -- A heading and the field it is (none: it is left out), or a word in a field and its code (none: it says nothing).
    forbund_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    line INTEGER NOT NULL,
    heading TEXT NULL,
    field TEXT NULL,
    word TEXT NULL,
    code TEXT NULL,
    PRIMARY KEY (forbund_id, kind, line),
    FOREIGN KEY (forbund_id, kind) REFERENCES import_map (forbund_id, kind),
    CHECK ((heading IS NULL AND word IS NOT NULL AND field IS NOT NULL) OR (heading IS NOT NULL AND word IS NULL AND code IS NULL))
) STRICT;

INSERT INTO import_batch (id, forbund_id, kind, file_name, file_sha256, row_count, added_count, imported_at)
SELECT id, forbund_id, kind, file_name, file_sha256, row_count, added_count, imported_at
FROM import_batch_before;

INSERT INTO import_map (forbund_id, kind, header_row)
SELECT forbund_id, kind, header_row
FROM import_map_before;

INSERT INTO import_map_line (forbund_id, kind, line, heading, field, word, code)
SELECT forbund_id, kind, line, heading, field, word, code
FROM import_map_line_before;

DROP TABLE import_map_line_before;

DROP TABLE import_map_before;

DROP TABLE import_batch_before;
