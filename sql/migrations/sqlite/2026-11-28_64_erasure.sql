-- Gallring: how long people are kept, what has been decided, and whom it is about.

CREATE TABLE forbund_privacy_rule (
    -- A förbund without a row has no time: nobody falls due.
    forbund_id INTEGER NOT NULL PRIMARY KEY REFERENCES forbund (id),
    -- Months after the month of the last exit.
    erasure_months INTEGER NULL CHECK (erasure_months BETWEEN 1 AND 240),
    -- Of these rules and those of the insatser together.
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE insats_privacy_rule (
    -- An insats without a row follows its förbund; a delprojekt follows its insats first.
    insats_id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL,
    erasure_months INTEGER NULL CHECK (erasure_months BETWEEN 1 AND 240),
    -- Written consent is asked for on the to-do list.
    needs_consent INTEGER NOT NULL CHECK (needs_consent IN (0, 1)),
    -- No name or number is stored before it.
    consent_before_name INTEGER NOT NULL CHECK (consent_before_name IN (0, 1)),
    CHECK (consent_before_name = 0 OR needs_consent = 1),
    FOREIGN KEY (forbund_id, insats_id) REFERENCES insats (forbund_id, id)
) STRICT;

CREATE TABLE erasure (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    -- By the rules, or why one person is erased at once. No free text: what is said here outlives the person's data.
    reason TEXT NOT NULL CHECK (reason IN ('rule', 'withdrawn', 'mistake', 'asked', 'other')),
    asked_by TEXT NOT NULL,
    -- Null for the command line.
    asked_by_id INTEGER NULL REFERENCES app_user (id),
    asked_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'withdrawn', 'done')),
    decided_at TEXT NULL,
    decided_by TEXT NULL,
    done_at TEXT NULL,
    -- When the engine's files had been cleaned of what was erased.
    cleaned_at TEXT NULL
) STRICT;

CREATE INDEX ix_erasure_state ON erasure (forbund_id, state, id);

CREATE TABLE erasure_participant (
    -- Whom an erasure is about; outcome is null until it is that one's turn.
    erasure_id INTEGER NOT NULL REFERENCES erasure (id),
    forbund_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    due_on TEXT NULL,
    outcome TEXT NULL CHECK (outcome IN ('erased', 'kept')),
    PRIMARY KEY (erasure_id, participant_id),
    FOREIGN KEY (forbund_id, participant_id) REFERENCES participant (forbund_id, id)
) STRICT;

CREATE INDEX ix_erasure_participant ON erasure_participant (participant_id);

INSERT INTO row_id (table_name, last_id) VALUES ('erasure', 0);
