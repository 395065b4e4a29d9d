-- The registry: participants, their participations, livelihood and occupation before and after, and anonymous counts.

CREATE TABLE participant (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    -- The pseudonym used everywhere outside the caseworker's own page.
    code NVARCHAR(50) NOT NULL,
    gender NVARCHAR(10) NOT NULL REFERENCES gender (code),
    birth_year INTEGER NULL CHECK (birth_year BETWEEN 1900 AND 2059),
    -- AES-256-GCM with the row's id as associated data; the index is HMAC-SHA-256 for search. Never with protected identity.
    name_encrypted VARBINARY(1000) NULL,
    personal_number_encrypted VARBINARY(200) NULL,
    personal_number_index VARBINARY(32) NULL,
    has_protected_identity SMALLINT NOT NULL CHECK (has_protected_identity IN (0, 1)),
    -- When the person was erased (gallring): the row stays without identity so that published sums still hold.
    erased_at DATETIME2(3) NULL,
    version INTEGER NOT NULL,
    UNIQUE (forbund_id, id),
    UNIQUE (forbund_id, code),
    CHECK (has_protected_identity = 0 OR (name_encrypted IS NULL AND personal_number_encrypted IS NULL AND personal_number_index IS NULL))
);

CREATE INDEX ix_participant_personal_number ON participant (forbund_id, personal_number_index);

CREATE TABLE consent (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    scope NVARCHAR(40) NOT NULL,
    given_on DATE NOT NULL,
    withdrawn_on DATE NULL,
    CHECK (withdrawn_on >= given_on),
    FOREIGN KEY (forbund_id, participant_id) REFERENCES participant (forbund_id, id)
);

CREATE TABLE participation (
    -- One person's stay in one insats. In queue while started_on is null; ongoing while ended_on is null.
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    insats_id INTEGER NOT NULL,
    queued_on DATE NULL CHECK (queued_on BETWEEN '1990-01-01' AND '2059-12-31'),
    started_on DATE NULL CHECK (started_on BETWEEN '1990-01-01' AND '2059-12-31'),
    ended_on DATE NULL CHECK (ended_on BETWEEN '1990-01-01' AND '2059-12-31'),
    -- Null with ended_on set: the exit is known, its reason is still to be filled in.
    exit_reason NVARCHAR(40) NULL REFERENCES exit_reason (code),
    is_planned_exit SMALLINT NULL CHECK (is_planned_exit IN (0, 1)),
    referrer NVARCHAR(40) NULL REFERENCES referrer (code),
    education_level NVARCHAR(40) NULL REFERENCES education_level (code),
    version INTEGER NOT NULL,
    CHECK (queued_on IS NOT NULL OR started_on IS NOT NULL),
    CHECK (started_on >= queued_on),
    CHECK (ended_on >= started_on),
    CHECK (ended_on >= queued_on),
    CHECK (exit_reason IS NULL OR ended_on IS NOT NULL),
    FOREIGN KEY (forbund_id, participant_id) REFERENCES participant (forbund_id, id),
    FOREIGN KEY (forbund_id, insats_id) REFERENCES insats (forbund_id, id)
);

CREATE INDEX ix_participation_participant ON participation (participant_id, insats_id);
-- Holds all that counting by insats and gender reads, so that a million participations are counted from the index alone.
CREATE INDEX ix_participation_forbund ON participation (forbund_id, started_on, ended_on, queued_on, insats_id, participant_id, exit_reason);
CREATE INDEX ix_participation_ended ON participation (forbund_id, ended_on);

CREATE TABLE participation_caseworker (
    -- Who followed the participant, and when: a change of caseworker lowers the chances, so continuity is measured.
    participation_id INTEGER NOT NULL REFERENCES participation (id),
    app_user_id INTEGER NOT NULL REFERENCES app_user (id),
    from_on DATE NOT NULL,
    to_on DATE NULL,
    CHECK (to_on >= from_on),
    PRIMARY KEY (participation_id, app_user_id, from_on)
);

CREATE TABLE livelihood_share (
    participation_id INTEGER NOT NULL REFERENCES participation (id),
    occasion NVARCHAR(10) NOT NULL CHECK (occasion IN ('before', 'after')),
    livelihood NVARCHAR(40) NOT NULL REFERENCES livelihood (code),
    -- Per cent of the person's livelihood, 1–100.
    percent_share INTEGER NOT NULL CHECK (percent_share BETWEEN 1 AND 100),
    PRIMARY KEY (participation_id, occasion, livelihood)
);

CREATE TABLE occupation (
    participation_id INTEGER NOT NULL REFERENCES participation (id),
    occasion NVARCHAR(10) NOT NULL CHECK (occasion IN ('before', 'after')),
    work_percent INTEGER NOT NULL CHECK (work_percent BETWEEN 0 AND 100),
    study_percent INTEGER NOT NULL CHECK (study_percent BETWEEN 0 AND 100),
    is_job_seeking SMALLINT NOT NULL CHECK (is_job_seeking IN (0, 1)),
    PRIMARY KEY (participation_id, occasion)
);

CREATE TABLE head_count (
    -- Anonymous participants: only how many. half 0 is the whole year, 1 and 2 its halves.
    forbund_id INTEGER NOT NULL,
    insats_id INTEGER NOT NULL,
    calendar_year INTEGER NOT NULL CHECK (calendar_year BETWEEN 1990 AND 2059),
    half INTEGER NOT NULL CHECK (half IN (0, 1, 2)),
    gender NVARCHAR(10) NOT NULL REFERENCES gender (code),
    number_of_people INTEGER NOT NULL CHECK (number_of_people >= 0),
    PRIMARY KEY (insats_id, calendar_year, half, gender),
    FOREIGN KEY (forbund_id, insats_id) REFERENCES insats (forbund_id, id)
);
