-- SQL Server's temporary tables belong to the connection by their name, and keep text as the tables that it comes from.

-- name: MeasureTables.CreateFact
CREATE TABLE [#participation_fact] (
    participation_id INTEGER NOT NULL PRIMARY KEY,
    participant_id INTEGER NOT NULL,
    insats_id INTEGER NOT NULL,
    queued_day INTEGER NULL,
    queued_month INTEGER NULL,
    started_day INTEGER NULL,
    started_month INTEGER NULL,
    ended_day INTEGER NOT NULL,
    ended_month INTEGER NOT NULL,
    exit_reason INTEGER NOT NULL,
    is_neutral INTEGER NOT NULL,
    gender INTEGER NOT NULL,
    age_group INTEGER NOT NULL,
    education INTEGER NOT NULL,
    referrer INTEGER NOT NULL,
    occupation_before INTEGER NOT NULL,
    occupation_after INTEGER NOT NULL,
    has_increased INTEGER NOT NULL
);

-- name: MeasureTables.CreateAge
CREATE TABLE [#age] (
    age INTEGER NOT NULL PRIMARY KEY,
    age_group INTEGER NOT NULL
);

-- name: MeasureTables.CreateExitKind
CREATE TABLE [#exit_kind] (
    definition_code NVARCHAR(60) COLLATE DATABASE_DEFAULT NOT NULL,
    exit_reason INTEGER NOT NULL,
    has_increased INTEGER NOT NULL,
    is_positive INTEGER NOT NULL,
    is_judged INTEGER NOT NULL,
    is_missing INTEGER NOT NULL,
    PRIMARY KEY (definition_code, exit_reason, has_increased)
);

-- name: MeasureTables.CreateDimensionLevel
CREATE TABLE [#dimension_level] (
    dimension NVARCHAR(20) COLLATE DATABASE_DEFAULT NOT NULL,
    number INTEGER NOT NULL,
    level_code NVARCHAR(60) COLLATE DATABASE_DEFAULT NOT NULL,
    PRIMARY KEY (dimension, number, level_code)
);

-- name: MeasureTables.CreateInsatsLevel
CREATE TABLE [#insats_level] (
    insats_id INTEGER NOT NULL,
    level_id INTEGER NOT NULL,
    PRIMARY KEY (insats_id, level_id)
);

-- name: MeasureTables.CreateCodeLevel
CREATE TABLE [#code_level] (
    code_key INTEGER NOT NULL,
    level_key INTEGER NOT NULL,
    gender_code NVARCHAR(60) COLLATE DATABASE_DEFAULT NOT NULL,
    age_group_code NVARCHAR(60) COLLATE DATABASE_DEFAULT NOT NULL,
    education_code NVARCHAR(60) COLLATE DATABASE_DEFAULT NOT NULL,
    referrer_code NVARCHAR(60) COLLATE DATABASE_DEFAULT NOT NULL,
    PRIMARY KEY (code_key, level_key)
);

-- name: MeasureTables.CreateLevelCode
CREATE TABLE [#level_code] (
    level_key INTEGER NOT NULL PRIMARY KEY,
    gender_code NVARCHAR(60) COLLATE DATABASE_DEFAULT NOT NULL,
    age_group_code NVARCHAR(60) COLLATE DATABASE_DEFAULT NOT NULL,
    education_code NVARCHAR(60) COLLATE DATABASE_DEFAULT NOT NULL,
    referrer_code NVARCHAR(60) COLLATE DATABASE_DEFAULT NOT NULL
);

-- name: MeasureTables.CreatePeriod
CREATE TABLE [#period] (
    period_from DATE NOT NULL PRIMARY KEY,
    period_to DATE NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    from_key INTEGER NOT NULL,
    to_key INTEGER NOT NULL
);
