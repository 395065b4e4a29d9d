-- What people ask to have corrected about themselves, and the answer.

CREATE TABLE correction_request (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    asked_on TEXT NOT NULL,
    -- What is asked for, encrypted as names are.
    request_encrypted BLOB NOT NULL,
    noted_by TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    -- Null while it is open.
    answer TEXT NULL CHECK (answer IN ('done', 'refused')),
    answered_on TEXT NULL,
    answer_encrypted BLOB NULL,
    answered_by TEXT NULL,
    CHECK (answered_on >= asked_on),
    CHECK ((answer IS NULL AND answered_on IS NULL) OR (answer IS NOT NULL AND answered_on IS NOT NULL)),
    FOREIGN KEY (forbund_id, participant_id) REFERENCES participant (forbund_id, id)
) STRICT;

CREATE INDEX ix_correction_request_participant ON correction_request (participant_id, id);
CREATE INDEX ix_correction_request_open ON correction_request (forbund_id, answer);

INSERT INTO row_id (table_name, last_id) VALUES ('correction_request', 0);
