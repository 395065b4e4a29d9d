-- Code lists, the calendar and the table that hands out row ids.
-- Code lists are shared by all förbund and filled from sql/seeds at every migration; labels may change there, codes may not.

CREATE TABLE row_id (
    -- Last id given out for each table. Ids are reserved before the row is written: the same on both engines, never
    -- reused, and known when a field is encrypted with its row's id as associated data.
    table_name NVARCHAR(60) NOT NULL PRIMARY KEY,
    last_id INTEGER NOT NULL CHECK (last_id >= 0)
);

CREATE TABLE calendar_period (
    -- Replaces date functions, so that views are shared between the engines. Months, quarters, tertials, half-years,
    -- years and rolling twelve months (named after the month they end in), 1990 to 2059.
    kind NVARCHAR(10) NOT NULL CHECK (kind IN ('month', 'quarter', 'tertial', 'half', 'year', 'rolling12')),
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    label NVARCHAR(40) NOT NULL,
    calendar_year INTEGER NOT NULL,
    PRIMARY KEY (kind, period_from)
);

CREATE TABLE gender (
    code NVARCHAR(10) NOT NULL PRIMARY KEY CHECK (code IN ('woman', 'man', 'unknown')),
    label NVARCHAR(30) NOT NULL,
    plural_label NVARCHAR(30) NOT NULL,
    sort_order INTEGER NOT NULL
);

CREATE TABLE age_group (
    -- Age is the calendar year of entry less the birth year; min_age and max_age are both included.
    code NVARCHAR(10) NOT NULL PRIMARY KEY,
    label NVARCHAR(30) NOT NULL,
    min_age INTEGER NOT NULL,
    max_age INTEGER NOT NULL,
    sort_order INTEGER NOT NULL
);

CREATE TABLE exit_reason (
    code NVARCHAR(40) NOT NULL PRIMARY KEY,
    label NVARCHAR(100) NOT NULL,
    exit_group NVARCHAR(20) NOT NULL CHECK (exit_group IN ('work', 'studies', 'job_seeking', 'other')),
    is_subsidised SMALLINT NOT NULL CHECK (is_subsidised IN (0, 1)),
    -- Neutral: nobody's success or failure (moved, died, parental leave); can be left out of the denominator.
    is_neutral SMALLINT NOT NULL CHECK (is_neutral IN (0, 1)),
    -- Misregistration is no exit at all and is left out of every count.
    is_misregistration SMALLINT NOT NULL CHECK (is_misregistration IN (0, 1)),
    sort_order INTEGER NOT NULL
);

CREATE TABLE livelihood_group (
    code NVARCHAR(30) NOT NULL PRIMARY KEY,
    label NVARCHAR(60) NOT NULL,
    sort_order INTEGER NOT NULL
);

CREATE TABLE livelihood (
    code NVARCHAR(40) NOT NULL PRIMARY KEY,
    label NVARCHAR(100) NOT NULL,
    livelihood_group NVARCHAR(30) NOT NULL REFERENCES livelihood_group (code),
    sort_order INTEGER NOT NULL
);

CREATE TABLE education_level (
    code NVARCHAR(40) NOT NULL PRIMARY KEY,
    label NVARCHAR(100) NOT NULL,
    sort_order INTEGER NOT NULL
);

CREATE TABLE referrer (
    code NVARCHAR(40) NOT NULL PRIMARY KEY,
    label NVARCHAR(100) NOT NULL,
    sort_order INTEGER NOT NULL
);

CREATE TABLE target_group (
    code NVARCHAR(40) NOT NULL PRIMARY KEY,
    label NVARCHAR(100) NOT NULL,
    sort_order INTEGER NOT NULL
);

CREATE TABLE specific_orientation (
    code NVARCHAR(40) NOT NULL PRIMARY KEY,
    label NVARCHAR(100) NOT NULL,
    sort_order INTEGER NOT NULL
);
