-- What one administrator asks for and another has to say yes to, and what a user is told about their own account.

CREATE TABLE access_request (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    kind TEXT NOT NULL CHECK (kind IN ('roles', 'invite', 'renew', 'reset', 'reactivate', 'deactivate', 'remove')),
    -- Whom it is about; null for somebody who has no account.
    app_user_id INTEGER NULL REFERENCES app_user (id),
    -- The link to make anew, of 'renew'.
    invitation_id INTEGER NULL REFERENCES user_invitation (id),
    user_name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    -- The account's version when it was asked: what has changed since is asked for again.
    user_version INTEGER NULL,
    asked_by INTEGER NOT NULL REFERENCES app_user (id),
    asked_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'withdrawn')),
    decided_at TEXT NULL,
    decided_by TEXT NULL
) STRICT;

CREATE INDEX ix_access_request_state ON access_request (forbund_id, state, id);

CREATE TABLE access_request_role (
    access_request_id INTEGER NOT NULL REFERENCES access_request (id),
    role TEXT NOT NULL CHECK (role IN ('caseworker', 'insats_manager', 'process_supporter', 'administrator', 'auditor')),
    PRIMARY KEY (access_request_id, role)
) STRICT;

CREATE TABLE access_request_insats (
    access_request_id INTEGER NOT NULL REFERENCES access_request (id),
    insats_id INTEGER NOT NULL REFERENCES insats (id),
    PRIMARY KEY (access_request_id, insats_id)
) STRICT;

CREATE TABLE account_notice (
    -- Something was done to a user's account by somebody, shown at the next sign-in.
    id INTEGER NOT NULL PRIMARY KEY,
    app_user_id INTEGER NOT NULL REFERENCES app_user (id),
    happened_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    -- As in the log.
    action TEXT NOT NULL,
    -- Roles; no personal data.
    detail TEXT NOT NULL,
    seen_at TEXT NULL
) STRICT;

CREATE INDEX ix_account_notice_user ON account_notice (app_user_id, seen_at);

INSERT INTO row_id (table_name, last_id)
SELECT t.table_name, 0
FROM (
    SELECT 'access_request' AS table_name
    UNION ALL SELECT 'account_notice'
) t
WHERE NOT EXISTS (SELECT 1 FROM row_id r WHERE r.table_name = t.table_name);
