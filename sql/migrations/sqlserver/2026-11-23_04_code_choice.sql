-- What a förbund offers of the shared code lists and calls it, and versions for what forms change.

CREATE TABLE code_choice (
    -- Only what differs from the shared list has a row. Codes and the groups that measures count are never changed here.
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    list NVARCHAR(30) NOT NULL CHECK (list IN ('exit_reason', 'education_level', 'referrer', 'livelihood', 'target_group', 'specific_orientation')),
    code NVARCHAR(40) NOT NULL,
    -- Whether forms offer it for what is new; what is registered with it stays.
    is_offered SMALLINT NOT NULL CHECK (is_offered IN (0, 1)),
    -- The förbund's own word; null for the shared one.
    label NVARCHAR(100) NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (forbund_id, list, code)
);

ALTER TABLE forbund_cost ADD version INTEGER NOT NULL DEFAULT 1;

ALTER TABLE target ADD version INTEGER NOT NULL DEFAULT 1;

ALTER TABLE positive_definition ADD version INTEGER NOT NULL DEFAULT 1;
