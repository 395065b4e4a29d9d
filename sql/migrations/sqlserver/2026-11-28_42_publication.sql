-- What has been published is kept: its numbers as they were told and as they were counted, and the document that they stand in. A row here
-- is never changed, and lives on when code lists, insatser or people change. Nothing names a person. These take the place of
-- two tables that nothing was ever written to.

DROP TABLE publication_cell;

DROP TABLE publication;

CREATE TABLE publication (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    -- The definition's name, arsredovisning.
    report NVARCHAR(60) NOT NULL,
    calendar_year INTEGER NOT NULL CHECK (calendar_year BETWEEN 1990 AND 2059),
    title NVARCHAR(200) NOT NULL,
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    policy NVARCHAR(20) NOT NULL CHECK (policy IN ('minst-5', 'avrundat-till-5', 'internt')),
    -- Why another policy than minst-5.
    policy_reason NVARCHAR(200) NULL,
    -- Whether only women and men are counted, since those of unknown gender are few.
    leaves_out_unknown_gender SMALLINT NOT NULL CHECK (leaves_out_unknown_gender IN (0, 1)),
    -- The moment that the register was read, and how far its ids had come: what has been changed since has higher ones.
    read_at DATETIME2(3) NOT NULL,
    last_participation INTEGER NOT NULL,
    last_assessment INTEGER NOT NULL,
    last_insats INTEGER NOT NULL,
    last_change INTEGER NOT NULL,
    last_event INTEGER NOT NULL,
    made_at DATETIME2(3) NOT NULL,
    made_by NVARCHAR(200) NOT NULL,
    -- The report's definition, all its files.
    definition NVARCHAR(MAX) NOT NULL,
    -- The finished report as JSON, compressed: its files are made from it whenever they are asked for.
    document VARBINARY(MAX) NOT NULL,
    -- What a reader of it has of each count of the register: the number, or that it is kept back; JSON, compressed. The next is protected by it.
    counts VARBINARY(MAX) NOT NULL,
    -- Of all that is kept here, numbers included.
    sha256 NVARCHAR(64) NOT NULL,
    replaces_id INTEGER NULL REFERENCES publication (id)
);

CREATE INDEX ix_publication_forbund ON publication (forbund_id, made_at);
-- One at most takes the place of another.
CREATE UNIQUE INDEX ux_publication_replaces ON publication (replaces_id) WHERE replaces_id IS NOT NULL;

CREATE TABLE publication_measure (
    publication_id INTEGER NOT NULL REFERENCES publication (id),
    ordinal INTEGER NOT NULL,
    -- What was asked for and what of it is told, as JSON.
    request NVARCHAR(MAX) NOT NULL,
    -- What the numbers are of, as it was defined then.
    definition_text NVARCHAR(MAX) NOT NULL,
    PRIMARY KEY (publication_id, ordinal)
);

CREATE TABLE publication_cell (
    publication_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    measure_ordinal INTEGER NOT NULL,
    definition_code NVARCHAR(60) NULL,
    statistic NVARCHAR(60) NOT NULL,
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    -- Null for the whole förbund; its name as it was then.
    insats_id INTEGER NULL REFERENCES insats (id),
    insats NVARCHAR(200) NULL,
    -- Codes, or alla.
    gender NVARCHAR(60) NOT NULL,
    age_group NVARCHAR(60) NOT NULL,
    education NVARCHAR(60) NOT NULL,
    referrer NVARCHAR(60) NOT NULL,
    category NVARCHAR(200) NULL,
    from_category NVARCHAR(200) NULL,
    state NVARCHAR(20) NOT NULL CHECK (state IN ('shown', 'hidden', 'protecting', 'left_out', 'no_data', 'not_asked')),
    -- högst, minst or ungefär, for a number that is not exact.
    bound NVARCHAR(20) NULL,
    -- As it was told, null where it is kept back.
    value FLOAT NULL,
    numerator BIGINT NULL,
    denominator BIGINT NULL,
    n BIGINT NULL,
    -- As it was counted, to be compared with the register later. Shown to nobody where it was kept back.
    counted_value FLOAT NULL,
    counted_numerator BIGINT NULL,
    counted_denominator BIGINT NULL,
    counted_n BIGINT NULL,
    PRIMARY KEY (publication_id, ordinal),
    FOREIGN KEY (publication_id, measure_ordinal) REFERENCES publication_measure (publication_id, ordinal)
);

-- Why the numbers of an ordered report are to be exact, which publication it replaces, and which it became.
ALTER TABLE report_job ADD reason NVARCHAR(200) NULL;

ALTER TABLE report_job ADD replaces_publication_id INTEGER NULL;

ALTER TABLE report_job ADD publication_id INTEGER NULL;

INSERT INTO row_id (table_name, last_id)
SELECT 'publication', 0
FROM (SELECT 1 AS one) t
WHERE NOT EXISTS (SELECT 1 FROM row_id r WHERE r.table_name = 'publication');
