-- What the förbund is given by its members each year, and what it owns: the national form asks both.

CREATE TABLE contributor_kind (
    -- Who pays to a förbund. Codes may not change; labels and shares may, as the law does.
    code NVARCHAR(20) NOT NULL PRIMARY KEY,
    label NVARCHAR(60) NOT NULL,
    -- Of what the members pay, by law; null for whoever is no member.
    share_percent INTEGER NULL CHECK (share_percent BETWEEN 0 AND 100),
    sort_order INTEGER NOT NULL
);

CREATE TABLE forbund_contribution (
    -- Grain: a member (the state, the region, a kommun, ESF) in a year.
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    calendar_year INTEGER NOT NULL CHECK (calendar_year BETWEEN 1990 AND 2059),
    name NVARCHAR(200) NOT NULL,
    kind NVARCHAR(20) NOT NULL REFERENCES contributor_kind (code),
    -- Whole kronor; null until it is known.
    kronor BIGINT NULL CHECK (kronor >= 0),
    version INTEGER NOT NULL,
    PRIMARY KEY (forbund_id, calendar_year, name)
);

CREATE TABLE forbund_year (
    -- What is known of the förbund itself in a year.
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    calendar_year INTEGER NOT NULL CHECK (calendar_year BETWEEN 1990 AND 2059),
    -- Whole kronor, negative when the förbund owes more than it has; null until it is known.
    own_capital_kronor BIGINT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (forbund_id, calendar_year)
);
