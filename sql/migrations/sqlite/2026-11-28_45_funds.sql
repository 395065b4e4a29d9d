-- What the förbund is given by its members each year, and what it owns: the national form asks both.

CREATE TABLE contributor_kind (
    -- Who pays to a förbund. Codes may not change; labels and shares may, as the law does.
    code TEXT NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    -- Of what the members pay, by law; null for whoever is no member.
    share_percent INTEGER NULL CHECK (share_percent BETWEEN 0 AND 100),
    sort_order INTEGER NOT NULL
) STRICT;

CREATE TABLE forbund_contribution (
    -- Grain: a member (the state, the region, a kommun, ESF) in a year.
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    calendar_year INTEGER NOT NULL CHECK (calendar_year BETWEEN 1990 AND 2059),
    name TEXT NOT NULL COLLATE NOCASE,
    kind TEXT NOT NULL REFERENCES contributor_kind (code),
    -- Whole kronor; null until it is known.
    kronor INTEGER NULL CHECK (kronor >= 0),
    version INTEGER NOT NULL,
    PRIMARY KEY (forbund_id, calendar_year, name)
) STRICT;

CREATE TABLE forbund_year (
    -- What is known of the förbund itself in a year.
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    calendar_year INTEGER NOT NULL CHECK (calendar_year BETWEEN 1990 AND 2059),
    -- Whole kronor, negative when the förbund owes more than it has; null until it is known.
    own_capital_kronor INTEGER NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (forbund_id, calendar_year)
) STRICT;
