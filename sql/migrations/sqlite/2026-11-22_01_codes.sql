-- Code lists, the calendar and the table that hands out row ids.
-- Code lists are shared by all förbund and filled from sql/seeds at every migration; labels may change there, codes may not.

CREATE TABLE row_id (
    -- Last id given out for each table. Ids are reserved before the row is written: the same on both engines, never
    -- reused, and known when a field is encrypted with its row's id as associated data.
    table_name TEXT NOT NULL PRIMARY KEY,
    last_id INTEGER NOT NULL CHECK (last_id >= 0)
) STRICT;

CREATE TABLE calendar_period (
    -- Replaces date functions, so that views are shared between the engines. Months, quarters, tertials, half-years,
    -- years and rolling twelve months (named after the month they end in), 1990 to 2059.
    kind TEXT NOT NULL CHECK (kind IN ('month', 'quarter', 'tertial', 'half', 'year', 'rolling12')),
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    label TEXT NOT NULL,
    calendar_year INTEGER NOT NULL,
    PRIMARY KEY (kind, period_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE gender (
    code TEXT NOT NULL PRIMARY KEY CHECK (code IN ('woman', 'man', 'unknown')),
    label TEXT NOT NULL,
    plural_label TEXT NOT NULL,
    sort_order INTEGER NOT NULL
) STRICT;

CREATE TABLE age_group (
    -- Age is the calendar year of entry less the birth year; min_age and max_age are both included.
    code TEXT NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    min_age INTEGER NOT NULL,
    max_age INTEGER NOT NULL,
    sort_order INTEGER NOT NULL
) STRICT;

CREATE TABLE exit_reason (
    code TEXT NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    exit_group TEXT NOT NULL CHECK (exit_group IN ('work', 'studies', 'job_seeking', 'other')),
    is_subsidised INTEGER NOT NULL CHECK (is_subsidised IN (0, 1)),
    -- Neutral: nobody's success or failure (moved, died, parental leave); can be left out of the denominator.
    is_neutral INTEGER NOT NULL CHECK (is_neutral IN (0, 1)),
    -- Misregistration is no exit at all and is left out of every count.
    is_misregistration INTEGER NOT NULL CHECK (is_misregistration IN (0, 1)),
    sort_order INTEGER NOT NULL
) STRICT;

CREATE TABLE livelihood_group (
    code TEXT NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    sort_order INTEGER NOT NULL
) STRICT;

CREATE TABLE livelihood (
    code TEXT NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    livelihood_group TEXT NOT NULL REFERENCES livelihood_group (code),
    sort_order INTEGER NOT NULL
) STRICT;

CREATE TABLE education_level (
    code TEXT NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    sort_order INTEGER NOT NULL
) STRICT;

CREATE TABLE referrer (
    code TEXT NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    sort_order INTEGER NOT NULL
) STRICT;

CREATE TABLE target_group (
    code TEXT NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    sort_order INTEGER NOT NULL
) STRICT;

CREATE TABLE specific_orientation (
    code TEXT NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    sort_order INTEGER NOT NULL
) STRICT;
