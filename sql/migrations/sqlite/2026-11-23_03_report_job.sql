-- Reports that are made in the background, and their files: in the database, so that every host can give them.

CREATE TABLE report_job (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    report TEXT NOT NULL,
    calendar_year INTEGER NOT NULL CHECK (calendar_year BETWEEN 1990 AND 2059),
    policy TEXT NOT NULL CHECK (policy IN ('minst-5', 'avrundat-till-5', 'internt')),
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
    requested_by TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    started_at TEXT NULL,
    -- Written every few seconds by the host that makes the report; a host that stops has died.
    heartbeat_at TEXT NULL,
    finished_at TEXT NULL,
    progress_done INTEGER NOT NULL,
    progress_total INTEGER NOT NULL,
    progress_text TEXT NOT NULL,
    -- Also in the log of the host where it failed.
    error_reference TEXT NULL,
    -- One more each time a host takes the job: whoever holds an older number has lost it.
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX ix_report_job_forbund ON report_job (forbund_id, requested_at);
CREATE INDEX ix_report_job_state ON report_job (state, id);

CREATE TABLE report_file (
    report_job_id INTEGER NOT NULL REFERENCES report_job (id),
    ordinal INTEGER NOT NULL,
    -- With / between a folder and its files, as in a zip.
    file_name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL,
    length INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (report_job_id, ordinal),
    UNIQUE (report_job_id, file_name)
) STRICT;
