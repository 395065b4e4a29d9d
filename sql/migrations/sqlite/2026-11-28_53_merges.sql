-- Two records of one person made one, and what it takes to undo it.

-- The record that lives on. One that was merged into it has no stays, is shown nowhere, and still answers to its code and number.
ALTER TABLE participant ADD merged_into_id INTEGER NULL;

CREATE TABLE participant_merge (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL,
    kept_id INTEGER NOT NULL,
    merged_id INTEGER NOT NULL,
    merged_at TEXT NOT NULL,
    merged_by TEXT NOT NULL,
    -- The version of the kept record that the merge made: with a later one something has been built on it.
    kept_version INTEGER NOT NULL,
    -- What the kept record had before, where it took the other's.
    gender_before TEXT NULL,
    took_birth_year INTEGER NOT NULL CHECK (took_birth_year IN (0, 1)),
    took_name INTEGER NOT NULL CHECK (took_name IN (0, 1)),
    took_number INTEGER NOT NULL CHECK (took_number IN (0, 1)),
    undone_at TEXT NULL,
    undone_by TEXT NULL,
    FOREIGN KEY (forbund_id, kept_id) REFERENCES participant (forbund_id, id),
    FOREIGN KEY (forbund_id, merged_id) REFERENCES participant (forbund_id, id)
) STRICT;

CREATE INDEX ix_participant_merge_kept ON participant_merge (forbund_id, kept_id, undone_at);
CREATE INDEX ix_participant_merged_into ON participant (forbund_id, merged_into_id);

CREATE TABLE participant_merge_stay (
    -- Every stay that the kept record had after the merge, whose it was before, and its version then.
    merge_id INTEGER NOT NULL REFERENCES participant_merge (id),
    participation_id INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (merge_id, participation_id)
) STRICT;

INSERT INTO row_id (table_name, last_id) VALUES ('participant_merge', 0);
