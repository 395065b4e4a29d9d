-- Accounts: what signing in needs beside app_user, one-time links, and the keys that cookies are protected with.

-- Raised by every change of a user's roles, insatser or state, so that two administrators don't undo each other.
ALTER TABLE app_user ADD version INTEGER NOT NULL DEFAULT 1;

-- The period of 30 seconds whose one-time code was used last: a code works once.
ALTER TABLE app_user ADD last_code_period INTEGER NOT NULL DEFAULT 0;

CREATE TABLE recovery_code (
    app_user_id INTEGER NOT NULL REFERENCES app_user (id),
    -- SHA-256; the codes are random and long enough not to be guessed from it.
    code_hash TEXT NOT NULL,
    PRIMARY KEY (app_user_id, code_hash)
) STRICT;

CREATE TABLE user_invitation (
    -- A one-time link. 'setup': the first user of the installation, no förbund. 'invitation': somebody new in a förbund.
    -- 'reset': a new password for a user that exists.
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NULL REFERENCES forbund (id),
    kind TEXT NOT NULL CHECK (kind IN ('setup', 'invitation', 'reset')),
    app_user_id INTEGER NULL REFERENCES app_user (id),
    user_name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    -- SHA-256 of the token, which is in the link and nowhere else.
    token_hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT NULL,
    withdrawn_at TEXT NULL,
    CHECK (kind = 'setup' OR forbund_id IS NOT NULL),
    CHECK (kind <> 'reset' OR app_user_id IS NOT NULL)
) STRICT;

CREATE TABLE user_invitation_role (
    invitation_id INTEGER NOT NULL REFERENCES user_invitation (id),
    role TEXT NOT NULL CHECK (role IN ('caseworker', 'insats_manager', 'process_supporter', 'administrator', 'auditor')),
    PRIMARY KEY (invitation_id, role)
) STRICT;

CREATE TABLE user_invitation_insats (
    invitation_id INTEGER NOT NULL REFERENCES user_invitation (id),
    insats_id INTEGER NOT NULL REFERENCES insats (id),
    PRIMARY KEY (invitation_id, insats_id)
) STRICT;

CREATE TABLE data_protection_key (
    -- ASP.NET Core's keys to cookies and forms, shared by all hosts on the database.
    id INTEGER NOT NULL PRIMARY KEY,
    friendly_name TEXT NOT NULL,
    xml_encrypted BLOB NOT NULL
) STRICT;
