-- How long a caseworker reaches those who have left, who has been let in after that, and who must have a second factor.

CREATE TABLE access_setting (
    -- A förbund without a row has the program's own values: AccessSettings.
    forbund_id INTEGER NOT NULL PRIMARY KEY REFERENCES forbund (id),
    -- Months after the last exit from an insats that its caseworkers reach the participant.
    reach_months INTEGER NOT NULL CHECK (reach_months BETWEEN 1 AND 60),
    version INTEGER NOT NULL
);

CREATE TABLE code_required_role (
    -- Roles whose users must have a second factor.
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    role NVARCHAR(30) NOT NULL CHECK (role IN ('caseworker', 'insats_manager', 'process_supporter', 'administrator', 'auditor')),
    PRIMARY KEY (forbund_id, role)
);

CREATE TABLE reach_opening (
    -- A caseworker asks to see a participant again whom they no longer reach; an administrator answers.
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    app_user_id INTEGER NOT NULL REFERENCES app_user (id),
    reason NVARCHAR(500) NOT NULL,
    asked_at DATETIME2(3) NOT NULL,
    state NVARCHAR(20) NOT NULL CHECK (state IN ('asked', 'opened', 'refused', 'ended')),
    decided_at DATETIME2(3) NULL,
    decided_by NVARCHAR(200) NULL,
    -- The last day, included; null unless it is or was open.
    opened_through DATE NULL,
    CHECK (state <> 'opened' OR opened_through IS NOT NULL),
    FOREIGN KEY (forbund_id, participant_id) REFERENCES participant (forbund_id, id)
);

CREATE INDEX ix_reach_opening_participant ON reach_opening (participant_id, app_user_id, state);
CREATE INDEX ix_reach_opening_state ON reach_opening (forbund_id, state, id);

CREATE TABLE closed_history (
    -- A participant who came back after the reach had ended: stays in the insats that ended before the day stay closed.
    forbund_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    insats_id INTEGER NOT NULL,
    ended_before DATE NOT NULL,
    PRIMARY KEY (participant_id, insats_id),
    FOREIGN KEY (forbund_id, participant_id) REFERENCES participant (forbund_id, id),
    FOREIGN KEY (forbund_id, insats_id) REFERENCES insats (forbund_id, id)
);

INSERT INTO row_id (table_name, last_id)
SELECT 'reach_opening', 0
WHERE NOT EXISTS (SELECT 1 FROM row_id WHERE table_name = 'reach_opening');
