-- What has been published is kept: its numbers as they were told and as they were counted, and the document that they stand in. A row here
-- is never changed, and lives on when code lists, insatser or people change. Nothing names a person. These take the place of
-- two tables that nothing was ever written to.

DROP TABLE publication_cell;

DROP TABLE publication;

CREATE TABLE publication (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    -- The definition's name, arsredovisning.
    report TEXT NOT NULL,
    calendar_year INTEGER NOT NULL CHECK (calendar_year BETWEEN 1990 AND 2059),
    title TEXT NOT NULL,
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    policy TEXT NOT NULL CHECK (policy IN ('minst-5', 'avrundat-till-5', 'internt')),
    -- Why another policy than minst-5.
    policy_reason TEXT NULL,
    -- Whether only women and men are counted, since those of unknown gender are few.
    leaves_out_unknown_gender INTEGER NOT NULL CHECK (leaves_out_unknown_gender IN (0, 1)),
    -- The moment that the register was read, and how far its ids had come: what has been changed since has higher ones.
    read_at TEXT NOT NULL,
    last_participation INTEGER NOT NULL,
    last_assessment INTEGER NOT NULL,
    last_insats INTEGER NOT NULL,
    last_change INTEGER NOT NULL,
    last_event INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    -- The report's definition, all its files.
    definition TEXT NOT NULL,
    -- The finished report as JSON, compressed: its files are made from it whenever they are asked for.
    document BLOB NOT NULL,
    -- What a reader of it has of each count of the register: the number, or that it is kept back; JSON, compressed. The next is protected by it.
    counts BLOB NOT NULL,
    -- Of all that is kept here, numbers included.
    sha256 TEXT NOT NULL,
    replaces_id INTEGER NULL REFERENCES publication (id)
) STRICT;

CREATE INDEX ix_publication_forbund ON publication (forbund_id, made_at);
-- One at most takes the place of another.
CREATE UNIQUE INDEX ux_publication_replaces ON publication (replaces_id) WHERE replaces_id IS NOT NULL;

CREATE TABLE publication_measure (
    publication_id INTEGER NOT NULL REFERENCES publication (id),
    ordinal INTEGER NOT NULL,
    -- What was asked for and what of it is told, as JSON.
    request TEXT NOT NULL,
    -- What the numbers are of, as it was defined then.
    definition_text TEXT NOT NULL,
    PRIMARY KEY (publication_id, ordinal)
) STRICT;

CREATE TABLE publication_cell (
    publication_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    measure_ordinal INTEGER NOT NULL,
    definition_code TEXT NULL,
    statistic TEXT NOT NULL,
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    -- Null for the whole förbund; its name as it was then.
    insats_id INTEGER NULL REFERENCES insats (id),
    insats TEXT NULL,
    -- Codes, or alla.
    gender TEXT NOT NULL,
    age_group TEXT NOT NULL,
    education TEXT NOT NULL,
    referrer TEXT NOT NULL,
    category TEXT NULL,
    from_category TEXT NULL,
    state TEXT NOT NULL CHECK (state IN ('shown', 'hidden', 'protecting', 'left_out', 'no_data', 'not_asked')),
    -- högst, minst or ungefär, for a number that is not exact.
    bound TEXT NULL,
    -- As it was told, null where it is kept back.
    value REAL NULL,
    numerator INTEGER NULL,
    denominator INTEGER NULL,
    n INTEGER NULL,
    -- As it was counted, to be compared with the register later. Shown to nobody where it was kept back.
    counted_value REAL NULL,
    counted_numerator INTEGER NULL,
    counted_denominator INTEGER NULL,
    counted_n INTEGER NULL,
    PRIMARY KEY (publication_id, ordinal),
    FOREIGN KEY (publication_id, measure_ordinal) REFERENCES publication_measure (publication_id, ordinal)
) STRICT;

-- Why the numbers of an ordered report are to be exact, which publication it replaces, and which it became.
ALTER TABLE report_job ADD reason TEXT NULL;

ALTER TABLE report_job ADD replaces_publication_id INTEGER NULL;

ALTER TABLE report_job ADD publication_id INTEGER NULL;

INSERT INTO row_id (table_name, last_id)
SELECT 'publication', 0
FROM (SELECT 1 AS one) t
WHERE NOT EXISTS (SELECT 1 FROM row_id r WHERE r.table_name = 'publication');
