-- What the headings and words of a förbund's own files stand for, kind by kind.

CREATE TABLE import_map (
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    kind NVARCHAR(20) NOT NULL CHECK (kind IN ('insatser', 'instrument', 'deltagare', 'sjalvskattning')),
    -- The row of the headings, from 1; null for the first that isn't blank.
    header_row INTEGER NULL CHECK (header_row BETWEEN 1 AND 1000),
    PRIMARY KEY (forbund_id, kind)
);

-- A heading and the field it is (none: it is left out), or a word in a field and its code (none: it says nothing).
CREATE TABLE import_map_line (
    forbund_id INTEGER NOT NULL,
    kind NVARCHAR(20) NOT NULL,
    line INTEGER NOT NULL,
    heading NVARCHAR(200) NULL,
    field NVARCHAR(200) NULL,
    word NVARCHAR(200) NULL,
    code NVARCHAR(200) NULL,
    PRIMARY KEY (forbund_id, kind, line),
    FOREIGN KEY (forbund_id, kind) REFERENCES import_map (forbund_id, kind),
    CHECK ((heading IS NULL AND word IS NOT NULL AND field IS NOT NULL) OR (heading IS NOT NULL AND word IS NULL AND code IS NULL))
);
