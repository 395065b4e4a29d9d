-- The tables that measures are counted from, made for one connection and gone with it: the facts of a förbund at one moment, and
-- the small lists that counts are laid out by. Here as SQLite makes them.

-- name: MeasureTables.CreateFact
-- Grain and columns: see the view participation_fact. age_group is the number of the group that the age is in, 99 when it is not known.
CREATE TEMP TABLE [#participation_fact] (
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
-- Grain: one row per age that is in an age group.
CREATE TEMP TABLE [#age] (
    age INTEGER NOT NULL PRIMARY KEY,
    age_group INTEGER NOT NULL
);

-- name: MeasureTables.CreateExitKind
-- Grain: one row per definition of the förbund, reason and has_increased; see the view positive_exit_kind.
CREATE TEMP TABLE [#exit_kind] (
    definition_code TEXT NOT NULL,
    exit_reason INTEGER NOT NULL,
    has_increased INTEGER NOT NULL,
    is_positive INTEGER NOT NULL,
    is_judged INTEGER NOT NULL,
    is_missing INTEGER NOT NULL,
    PRIMARY KEY (definition_code, exit_reason, has_increased)
) WITHOUT ROWID;

-- name: MeasureTables.CreateDimensionLevel
-- Grain: see the view dimension_level.
CREATE TEMP TABLE [#dimension_level] (
    dimension TEXT NOT NULL,
    number INTEGER NOT NULL,
    level_code TEXT NOT NULL,
    PRIMARY KEY (dimension, number, level_code)
) WITHOUT ROWID;

-- name: MeasureTables.CreateInsatsLevel
-- Grain: one row per insats and level that a request counts it in: level_id is an insats, or 0 for the whole förbund.
CREATE TEMP TABLE [#insats_level] (
    insats_id INTEGER NOT NULL,
    level_id INTEGER NOT NULL,
    PRIMARY KEY (insats_id, level_id)
) WITHOUT ROWID;

-- name: MeasureTables.CreateCodeLevel
-- Grain: one row per code_key and combination of levels that it is counted in. code_key is the numbers of gender, age group, education
-- and referrer, two digits each (2040199), 00 where it was not asked for. Gender 00 is there too where gender was asked for: persons
-- are counted before they are divided by it. level_key is the same number of the combination, with 00 for 'alla': short to sort by.
CREATE TEMP TABLE [#code_level] (
    code_key INTEGER NOT NULL,
    level_key INTEGER NOT NULL,
    gender_code TEXT NOT NULL,
    age_group_code TEXT NOT NULL,
    education_code TEXT NOT NULL,
    referrer_code TEXT NOT NULL,
    PRIMARY KEY (code_key, level_key)
) WITHOUT ROWID;

-- name: MeasureTables.CreateLevelCode
-- Grain: one row per level_key of [#code_level].
CREATE TEMP TABLE [#level_code] (
    level_key INTEGER NOT NULL PRIMARY KEY,
    gender_code TEXT NOT NULL,
    age_group_code TEXT NOT NULL,
    education_code TEXT NOT NULL,
    referrer_code TEXT NOT NULL
);

-- name: MeasureTables.CreatePeriod
-- Grain: one row per period that is asked for. The keys are what an event is put in its periods by: the months that a period
-- begins and ends with (202405), since calendar periods are whole months; or 1, when @From–@To is the only period.
CREATE TEMP TABLE [#period] (
    period_from TEXT NOT NULL PRIMARY KEY,
    period_to TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    from_key INTEGER NOT NULL,
    to_key INTEGER NOT NULL
);

-- name: MeasureTables.FillAge
-- Looked up for every stay: once for each age instead. The numbers 0–209 are taken from the calendar, which has the years 1990–2059.
INSERT INTO [#age] (age, age_group)
SELECT c.calendar_year - 1990 + m.more, MIN(a.sort_order)
FROM calendar_period c
CROSS JOIN (SELECT 0 AS more UNION ALL SELECT 70 UNION ALL SELECT 140) m
JOIN age_group a ON c.calendar_year - 1990 + m.more BETWEEN a.min_age AND a.max_age
WHERE c.kind = 'year'
GROUP BY c.calendar_year - 1990 + m.more;

-- name: MeasureTables.FillFact
-- Those that ended on @FromDay or later but before @BeforeDay; what is still open ends on the last of all days. A publication may
-- leave a gender out (@WithoutGender, else 0).
INSERT INTO [#participation_fact] (participation_id, participant_id, insats_id, queued_day, queued_month, started_day, started_month,
    ended_day, ended_month, exit_reason, is_neutral, gender, age_group, education, referrer, occupation_before, occupation_after, has_increased)
SELECT f.participation_id, f.participant_id, f.insats_id, f.queued_day, f.queued_month, f.started_day, f.started_month,
    f.ended_day, f.ended_month, f.exit_reason, f.is_neutral, f.gender, COALESCE(a.age_group, 99), f.education, f.referrer,
    f.occupation_before, f.occupation_after, f.has_increased
FROM participation_fact f
LEFT JOIN [#age] a ON a.age = f.age
WHERE f.forbund_id = @ForbundId AND f.ended_day >= @FromDay AND f.ended_day < @BeforeDay
    AND (@WithoutGender = 0 OR f.gender <> @WithoutGender)
ORDER BY f.participation_id;

-- name: MeasureTables.EmptyFactOfGender
DELETE FROM [#participation_fact] WHERE gender = @WithoutGender;

-- name: MeasureTables.FillExitKind
INSERT INTO [#exit_kind] (definition_code, exit_reason, has_increased, is_positive, is_judged, is_missing)
SELECT k.definition_code, k.exit_reason, k.has_increased, k.is_positive, k.is_judged, k.is_missing
FROM positive_exit_kind k
WHERE k.forbund_id = @ForbundId;

-- name: MeasureTables.FillDimensionLevel
INSERT INTO [#dimension_level] (dimension, number, level_code)
SELECT d.dimension, d.number, d.level_code
FROM dimension_level d;

-- name: MeasureTables.EmptyInsatsLevel
DELETE FROM [#insats_level];

-- name: MeasureTables.FillInsatsLevel
INSERT INTO [#insats_level] (insats_id, level_id)
SELECT l.insats_id, l.level_id
FROM insats_level l
WHERE l.forbund_id = @ForbundId AND (l.level_id = @Insats OR (@ByInsats = 1 AND (@Insats = 0 OR l.level_parent_id = @Insats)));

-- name: MeasureTables.EmptyCodeLevel
DELETE FROM [#code_level];

-- name: MeasureTables.FillCodeLevel
INSERT INTO [#code_level] (code_key, level_key, gender_code, age_group_code, education_code, referrer_code)
SELECT g.number * 1000000 + a.number * 10000 + e.number * 100 + r.number,
    CASE g.level_code WHEN 'alla' THEN 0 ELSE g.number * 1000000 END + CASE a.level_code WHEN 'alla' THEN 0 ELSE a.number * 10000 END
    + CASE e.level_code WHEN 'alla' THEN 0 ELSE e.number * 100 END + CASE r.level_code WHEN 'alla' THEN 0 ELSE r.number END,
    g.level_code, a.level_code, e.level_code, r.level_code
FROM [#dimension_level] g
JOIN [#dimension_level] a ON a.dimension = 'age' AND CASE a.number WHEN 0 THEN 0 ELSE 1 END = @ByAge
JOIN [#dimension_level] e ON e.dimension = 'education' AND CASE e.number WHEN 0 THEN 0 ELSE 1 END = @ByEducation
JOIN [#dimension_level] r ON r.dimension = 'referrer' AND CASE r.number WHEN 0 THEN 0 ELSE 1 END = @ByReferrer
WHERE g.dimension = 'gender' AND (g.number = 0 OR @ByGender = 1);

-- name: MeasureTables.EmptyLevelCode
DELETE FROM [#level_code];

-- name: MeasureTables.FillLevelCode
INSERT INTO [#level_code] (level_key, gender_code, age_group_code, education_code, referrer_code)
SELECT DISTINCT c.level_key, c.gender_code, c.age_group_code, c.education_code, c.referrer_code
FROM [#code_level] c;

-- name: MeasureTables.EmptyPeriod
DELETE FROM [#period];

-- name: MeasureTables.FillPeriod
INSERT INTO [#period] (period_from, period_to, from_day, to_day, from_key, to_key)
SELECT c.period_from, c.period_to, c.from_day, c.to_day,
    CAST(REPLACE(SUBSTRING(CAST(c.period_from AS CHAR(10)), 1, 7), '-', '') AS INTEGER),
    CAST(REPLACE(SUBSTRING(CAST(c.period_to AS CHAR(10)), 1, 7), '-', '') AS INTEGER)
FROM calendar_period c
WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
UNION ALL
SELECT @From, @To, @FirstDay, @LastDay, 1, 1
FROM forbund b
WHERE b.id = @ForbundId AND @Per = 'none';
