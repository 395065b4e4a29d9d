-- What people ask to have corrected about themselves, and the answer.

CREATE TABLE correction_request (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    asked_on DATE NOT NULL,
    -- What is asked for, encrypted as names are.
    request_encrypted VARBINARY(8000) NOT NULL,
    noted_by NVARCHAR(200) NOT NULL,
    noted_at DATETIME2(3) NOT NULL,
    -- Null while it is open.
    answer NVARCHAR(10) NULL CHECK (answer IN ('done', 'refused')),
    answered_on DATE NULL,
    answer_encrypted VARBINARY(8000) NULL,
    answered_by NVARCHAR(200) NULL,
    CHECK (answered_on >= asked_on),
    CHECK ((answer IS NULL AND answered_on IS NULL) OR (answer IS NOT NULL AND answered_on IS NOT NULL)),
    FOREIGN KEY (forbund_id, participant_id) REFERENCES participant (forbund_id, id)
);

CREATE INDEX ix_correction_request_participant ON correction_request (participant_id, id);
CREATE INDEX ix_correction_request_open ON correction_request (forbund_id, answer);

INSERT INTO row_id (table_name, last_id) VALUES ('correction_request', 0);
