-- The förbund, its insatser with delprojekt, money, targets, definitions of positive exit, and its users.
-- Every table below a förbund carries forbund_id, and references are made with it: a row can't point across the border.

CREATE TABLE forbund (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    -- Invented data is marked on every page that leaves the system.
    is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE insats (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    -- A delprojekt has its insats as parent; a parent has none itself, so there are two levels.
    parent_id INTEGER NULL,
    name TEXT NOT NULL COLLATE NOCASE,
    orientation TEXT NOT NULL CHECK (orientation IN ('individual', 'structural')),
    specific_orientation TEXT NULL REFERENCES specific_orientation (code),
    follow_up_method TEXT NOT NULL CHECK (follow_up_method IN ('individual', 'count')),
    is_esf INTEGER NOT NULL CHECK (is_esf IN (0, 1)),
    starts_on TEXT NOT NULL,
    ends_on TEXT NULL,
    -- Places at the same time (platser); null when no number is set.
    capacity INTEGER NULL CHECK (capacity >= 0),
    version INTEGER NOT NULL,
    CHECK (ends_on >= starts_on),
    UNIQUE (forbund_id, id),
    UNIQUE (forbund_id, name),
    FOREIGN KEY (forbund_id, parent_id) REFERENCES insats (forbund_id, id)
) STRICT;

CREATE TABLE insats_target_group (
    insats_id INTEGER NOT NULL REFERENCES insats (id),
    target_group TEXT NOT NULL REFERENCES target_group (code),
    PRIMARY KEY (insats_id, target_group)
) STRICT;

CREATE TABLE insats_year (
    insats_id INTEGER NOT NULL REFERENCES insats (id),
    calendar_year INTEGER NOT NULL CHECK (calendar_year BETWEEN 1990 AND 2059),
    budgeted_participants INTEGER NULL CHECK (budgeted_participants >= 0),
    -- Whole kronor; outcome is null until the year's books are known.
    budget_kronor INTEGER NULL,
    outcome_kronor INTEGER NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (insats_id, calendar_year)
) STRICT;

CREATE TABLE forbund_cost (
    -- Costs that belong to no insats: administration, evaluations.
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    calendar_year INTEGER NOT NULL CHECK (calendar_year BETWEEN 1990 AND 2059),
    name TEXT NOT NULL COLLATE NOCASE,
    budget_kronor INTEGER NULL,
    outcome_kronor INTEGER NULL,
    PRIMARY KEY (forbund_id, calendar_year, name)
) STRICT;

CREATE TABLE target (
    -- A goal for one measure and year, for the whole förbund (insats_id null) or one insats.
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    insats_id INTEGER NULL,
    measure TEXT NOT NULL,
    definition TEXT NULL,
    calendar_year INTEGER NOT NULL CHECK (calendar_year BETWEEN 1990 AND 2059),
    -- In the unit of the measure; a share is 0–1.
    goal REAL NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('at_least', 'at_most')),
    FOREIGN KEY (forbund_id, insats_id) REFERENCES insats (forbund_id, id)
) STRICT;

CREATE TABLE positive_definition (
    -- 'reasons': positive when the exit reason is listed below. 'increase': positive when work or study percent is
    -- higher after than before.
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('reasons', 'increase')),
    sort_order INTEGER NOT NULL,
    PRIMARY KEY (forbund_id, code)
) STRICT;

CREATE TABLE positive_definition_reason (
    forbund_id INTEGER NOT NULL,
    definition_code TEXT NOT NULL,
    exit_reason TEXT NOT NULL REFERENCES exit_reason (code),
    PRIMARY KEY (forbund_id, definition_code, exit_reason),
    FOREIGN KEY (forbund_id, definition_code) REFERENCES positive_definition (forbund_id, code)
) STRICT;

CREATE TABLE insats_text (
    -- What the people of an insats write for the annual report, in Markdown.
    insats_id INTEGER NOT NULL REFERENCES insats (id),
    calendar_year INTEGER NOT NULL CHECK (calendar_year BETWEEN 1990 AND 2059),
    section TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (insats_id, calendar_year, section)
) STRICT;

CREATE TABLE app_user (
    id INTEGER NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL COLLATE NOCASE,
    normalized_user_name TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    password_hash TEXT NULL,
    security_stamp TEXT NOT NULL,
    authenticator_key_encrypted BLOB NULL,
    is_two_factor_enabled INTEGER NOT NULL CHECK (is_two_factor_enabled IN (0, 1)),
    access_failed_count INTEGER NOT NULL,
    lockout_ends_at TEXT NULL,
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE app_user_role (
    app_user_id INTEGER NOT NULL REFERENCES app_user (id),
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    role TEXT NOT NULL CHECK (role IN ('caseworker', 'insats_manager', 'process_supporter', 'administrator', 'auditor')),
    PRIMARY KEY (app_user_id, forbund_id, role)
) STRICT;

CREATE TABLE app_user_insats (
    app_user_id INTEGER NOT NULL REFERENCES app_user (id),
    insats_id INTEGER NOT NULL REFERENCES insats (id),
    PRIMARY KEY (app_user_id, insats_id)
) STRICT;
