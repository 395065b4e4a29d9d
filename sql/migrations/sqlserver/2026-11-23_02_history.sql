-- What was changed and by whom, the index that names are searched by, and quality remarks that can't be mended.

CREATE TABLE change_history (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    -- The table; for rows without an id of their own with what tells them apart, such as insats_year.2024.
    entity NVARCHAR(250) NOT NULL,
    entity_id INTEGER NOT NULL,
    -- The version that the change made.
    version INTEGER NOT NULL,
    changed_at DATETIME2(3) NOT NULL,
    actor NVARCHAR(200) NOT NULL,
    field NVARCHAR(100) NOT NULL,
    -- Both null for names and personal numbers: that they changed is all that is told.
    old_value NVARCHAR(MAX) NULL,
    new_value NVARCHAR(MAX) NULL
);

CREATE INDEX ix_change_history_entity ON change_history (forbund_id, entity, entity_id, version);

CREATE TABLE participant_name_index (
    -- For each word of a name: HMAC of its first three letters, cut to 12 bits. Many names share a bucket, so the index
    -- says little alone; a search decrypts the few it points at.
    forbund_id INTEGER NOT NULL,
    bucket SMALLINT NOT NULL CHECK (bucket BETWEEN 0 AND 4095),
    participant_id INTEGER NOT NULL,
    PRIMARY KEY (forbund_id, bucket, participant_id),
    FOREIGN KEY (forbund_id, participant_id) REFERENCES participant (forbund_id, id)
);

CREATE INDEX ix_participant_name_index_participant ON participant_name_index (forbund_id, participant_id);

CREATE TABLE quality_dismissal (
    -- A remark of a rule that somebody has looked into: the information can't be had, so it stays quiet.
    [rule] NVARCHAR(60) NOT NULL,
    participation_id INTEGER NOT NULL REFERENCES participation (id),
    dismissed_at DATETIME2(3) NOT NULL,
    actor NVARCHAR(200) NOT NULL,
    note NVARCHAR(500) NOT NULL,
    PRIMARY KEY (participation_id, [rule])
);

-- Who may be the same person.
CREATE INDEX ix_participant_born ON participant (forbund_id, birth_year, gender);
-- The list of an insats, and what is to be done in it.
CREATE INDEX ix_participation_insats ON participation (forbund_id, insats_id, ended_on, started_on, queued_on, participant_id, exit_reason);

-- An assessment can be corrected from now on.
ALTER TABLE assessment ADD version INTEGER NOT NULL DEFAULT 1;
