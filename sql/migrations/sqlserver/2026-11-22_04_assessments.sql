-- Instruments (versioned, locked once used), assessments and their answers, and links sent to participants.

CREATE TABLE instrument (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    code NVARCHAR(50) NOT NULL,
    instrument_version INTEGER NOT NULL CHECK (instrument_version >= 1),
    respondent NVARCHAR(20) NOT NULL CHECK (respondent IN ('participant', 'caseworker')),
    -- Set at the first assessment: from then on texts and scales don't change, a new version is made instead.
    locked_at DATETIME2(3) NULL,
    UNIQUE (forbund_id, id),
    UNIQUE (forbund_id, code, instrument_version, respondent)
);

CREATE TABLE instrument_item (
    id INTEGER NOT NULL PRIMARY KEY,
    instrument_id INTEGER NOT NULL REFERENCES instrument (id),
    code NVARCHAR(50) NOT NULL,
    position INTEGER NOT NULL,
    scale_min DECIMAL(9, 4) NOT NULL,
    scale_max DECIMAL(9, 4) NOT NULL,
    is_higher_better SMALLINT NOT NULL CHECK (is_higher_better IN (0, 1)),
    -- The smallest change that matters, in scale steps; 0 counts every change.
    smallest_change DECIMAL(9, 4) NOT NULL CHECK (smallest_change >= 0),
    CHECK (scale_max > scale_min),
    UNIQUE (instrument_id, code)
);

CREATE TABLE item_text (
    instrument_item_id INTEGER NOT NULL REFERENCES instrument_item (id),
    -- ISO 639 code, such as sv or ar.
    language NVARCHAR(10) NOT NULL,
    body NVARCHAR(1000) NOT NULL,
    PRIMARY KEY (instrument_item_id, language)
);

CREATE TABLE assessment (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL,
    participation_id INTEGER NOT NULL REFERENCES participation (id),
    instrument_id INTEGER NOT NULL,
    occasion NVARCHAR(10) NOT NULL CHECK (occasion IN ('start', 'followup', 'exit', 'after')),
    -- SelfAssessment or CaseworkerAssessment.
    respondent NVARCHAR(20) NOT NULL CHECK (respondent IN ('participant', 'caseworker')),
    answered_on DATE NOT NULL CHECK (answered_on BETWEEN '1990-01-01' AND '2059-12-31'),
    UNIQUE (participation_id, instrument_id, occasion, answered_on),
    FOREIGN KEY (forbund_id, instrument_id) REFERENCES instrument (forbund_id, id)
);

CREATE TABLE answer (
    assessment_id INTEGER NOT NULL REFERENCES assessment (id),
    instrument_item_id INTEGER NOT NULL REFERENCES instrument_item (id),
    value DECIMAL(9, 4) NULL,
    -- Why there is no value: not asked, declined or does not know.
    missing_reason NVARCHAR(20) NULL CHECK (missing_reason IN ('not_asked', 'declined', 'unknown')),
    PRIMARY KEY (assessment_id, instrument_item_id),
    CHECK ((value IS NULL AND missing_reason IS NOT NULL) OR (value IS NOT NULL AND missing_reason IS NULL))
);

CREATE TABLE survey_invitation (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL,
    participation_id INTEGER NOT NULL REFERENCES participation (id),
    instrument_id INTEGER NOT NULL,
    occasion NVARCHAR(10) NOT NULL CHECK (occasion IN ('start', 'followup', 'exit', 'after')),
    -- SHA-256 of the one-time token; the token itself is never stored.
    token_hash VARBINARY(32) NOT NULL,
    language NVARCHAR(10) NOT NULL,
    created_at DATETIME2(3) NOT NULL,
    expires_at DATETIME2(3) NOT NULL,
    used_at DATETIME2(3) NULL,
    FOREIGN KEY (forbund_id, instrument_id) REFERENCES instrument (forbund_id, id)
);

CREATE INDEX ix_survey_invitation_token ON survey_invitation (token_hash);
