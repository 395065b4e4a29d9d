-- What has been done: the audit chain, imports, publications and deliveries.

CREATE TABLE audit_chain (
    -- The end of each förbund's chain. Updated first in every transaction that writes an event, so that two writers
    -- can't both continue from the same event.
    forbund_id INTEGER NOT NULL PRIMARY KEY REFERENCES forbund (id),
    last_event INTEGER NOT NULL,
    last_hash TEXT NOT NULL
) STRICT;

CREATE TABLE audit_event (
    -- Append only. event_hash covers the event and the hash before it, so that a changed or removed row shows.
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    event_number INTEGER NOT NULL,
    happened_at TEXT NOT NULL,
    -- A user name, or 'finsam' for the command line.
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id INTEGER NULL,
    -- Which fields, how many rows: never a name or a personal number.
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    event_hash TEXT NOT NULL,
    PRIMARY KEY (forbund_id, event_number)
) STRICT;

CREATE TABLE import_batch (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    kind TEXT NOT NULL CHECK (kind IN ('insatser', 'instrument', 'deltagare', 'sjalvskattning')),
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    added_count INTEGER NOT NULL,
    imported_at TEXT NOT NULL
) STRICT;

CREATE TABLE publication (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    -- The report's definition and filter as JSON.
    definition TEXT NOT NULL,
    policy TEXT NOT NULL CHECK (policy IN ('minst-5', 'avrundat-till-5', 'internt')),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    cells_sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE publication_cell (
    publication_id INTEGER NOT NULL REFERENCES publication (id),
    ordinal INTEGER NOT NULL,
    table_id TEXT NOT NULL,
    -- The cell's dimensions as JSON, keys in alphabetical order.
    dimensions TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('shown', 'hidden', 'no_data', 'not_asked')),
    value REAL NULL,
    numerator INTEGER NULL,
    denominator INTEGER NULL,
    lower_bound REAL NULL,
    upper_bound REAL NULL,
    n INTEGER NULL,
    PRIMARY KEY (publication_id, ordinal)
) STRICT;

CREATE TABLE delivery (
    -- A hand-over to Uppföljning Finsam.
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    calendar_year INTEGER NOT NULL,
    half INTEGER NOT NULL CHECK (half IN (0, 1, 2)),
    national_role TEXT NOT NULL CHECK (national_role IN ('forbundsadministrator', 'deltagaransvarig')),
    file_sha256 TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL
) STRICT;
