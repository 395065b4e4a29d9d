-- What has been done: the audit chain, imports, publications and deliveries.

CREATE TABLE audit_chain (
    -- The end of each förbund's chain. Updated first in every transaction that writes an event, so that two writers
    -- can't both continue from the same event.
    forbund_id INTEGER NOT NULL PRIMARY KEY REFERENCES forbund (id),
    last_event INTEGER NOT NULL,
    last_hash NVARCHAR(64) NOT NULL
);

CREATE TABLE audit_event (
    -- Append only. event_hash covers the event and the hash before it, so that a changed or removed row shows.
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    event_number INTEGER NOT NULL,
    happened_at DATETIME2(3) NOT NULL,
    -- A user name, or 'finsam' for the command line.
    actor NVARCHAR(200) NOT NULL,
    action NVARCHAR(60) NOT NULL,
    entity NVARCHAR(60) NOT NULL,
    entity_id INTEGER NULL,
    -- Which fields, how many rows: never a name or a personal number.
    detail NVARCHAR(MAX) NOT NULL,
    previous_hash NVARCHAR(64) NOT NULL,
    event_hash NVARCHAR(64) NOT NULL,
    PRIMARY KEY (forbund_id, event_number)
);

CREATE TABLE import_batch (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    kind NVARCHAR(30) NOT NULL CHECK (kind IN ('insatser', 'instrument', 'deltagare', 'sjalvskattning')),
    file_name NVARCHAR(260) NOT NULL,
    file_sha256 NVARCHAR(64) NOT NULL,
    row_count INTEGER NOT NULL,
    added_count INTEGER NOT NULL,
    imported_at DATETIME2(3) NOT NULL
);

CREATE TABLE publication (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    kind NVARCHAR(40) NOT NULL,
    title NVARCHAR(200) NOT NULL,
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    -- The report's definition and filter as JSON.
    definition NVARCHAR(MAX) NOT NULL,
    policy NVARCHAR(20) NOT NULL CHECK (policy IN ('minst-5', 'avrundat-till-5', 'internt')),
    created_at DATETIME2(3) NOT NULL,
    created_by NVARCHAR(200) NOT NULL,
    cells_sha256 NVARCHAR(64) NOT NULL
);

CREATE TABLE publication_cell (
    publication_id INTEGER NOT NULL REFERENCES publication (id),
    ordinal INTEGER NOT NULL,
    table_id NVARCHAR(100) NOT NULL,
    -- The cell's dimensions as JSON, keys in alphabetical order.
    dimensions NVARCHAR(MAX) NOT NULL,
    state NVARCHAR(20) NOT NULL CHECK (state IN ('shown', 'hidden', 'no_data', 'not_asked')),
    value FLOAT NULL,
    numerator BIGINT NULL,
    denominator BIGINT NULL,
    lower_bound FLOAT NULL,
    upper_bound FLOAT NULL,
    n BIGINT NULL,
    PRIMARY KEY (publication_id, ordinal)
);

CREATE TABLE delivery (
    -- A hand-over to Uppföljning Finsam.
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    calendar_year INTEGER NOT NULL,
    half INTEGER NOT NULL CHECK (half IN (0, 1, 2)),
    national_role NVARCHAR(30) NOT NULL CHECK (national_role IN ('forbundsadministrator', 'deltagaransvarig')),
    file_sha256 NVARCHAR(64) NOT NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by NVARCHAR(200) NOT NULL
);
