-- What an administrator asks for about the rules of access and another has to say yes to.

CREATE TABLE rule_request (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    reach_months INTEGER NOT NULL CHECK (reach_months BETWEEN 1 AND 60),
    -- Of the rules when it was asked: what has changed since is asked for again.
    settings_version INTEGER NOT NULL,
    asked_by INTEGER NOT NULL REFERENCES app_user (id),
    asked_at DATETIME2(3) NOT NULL,
    state NVARCHAR(20) NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'withdrawn')),
    decided_at DATETIME2(3) NULL,
    decided_by NVARCHAR(200) NULL
);

CREATE INDEX ix_rule_request_state ON rule_request (forbund_id, state, id);

CREATE TABLE rule_request_role (
    -- Roles that are to need a second factor.
    rule_request_id INTEGER NOT NULL REFERENCES rule_request (id),
    role NVARCHAR(30) NOT NULL CHECK (role IN ('caseworker', 'insats_manager', 'process_supporter', 'administrator', 'auditor')),
    PRIMARY KEY (rule_request_id, role)
);

INSERT INTO row_id (table_name, last_id)
SELECT 'rule_request', 0
WHERE NOT EXISTS (SELECT 1 FROM row_id r WHERE r.table_name = 'rule_request');
