-- What measures are laid out over: periods, insatser, codes and items. Measures fill the cells.
-- All measure queries read the tables of measure_tables.sql and take the same arguments. @Per is a kind of calendar_period, or
-- 'none' for @From–@To as one period; the periods themselves are in [#period], and @FirstDay and @LastDay are the day numbers of
-- the first and the last of all their days. @TodayDay is a day number too.
-- @ByX = 1 gives each value of a dimension and its total 'alla', 0 the total only; what is counted carries them
-- in one number, its code_key, and the levels that a code_key is counted in are in [#code_level].
-- @Insats = 0 is the whole förbund, otherwise the id of the insats that is looked at, with its delprojekt if @ByInsats = 1; the levels
-- are in [#insats_level]. @Gender and @AgeGroups (',2,3,') are numbers of dimension_level and leave out all others; 0 and empty are
-- everybody.
-- CROSS JOIN with its condition under WHERE, where a long table meets a short: SQLite reads the left one first then.

-- name: Measures.Periods
-- row: MeasurePeriodRow
SELECT c.period_from, c.period_to, c.label
FROM calendar_period c
WHERE c.kind = @Per AND c.period_to BETWEEN @From AND @To AND (@Per = 'rolling12' OR c.period_from >= @From)
ORDER BY c.period_to;

-- name: Measures.Insatser
-- row: MeasureInsatsRow
-- Each insats followed by its delprojekt. is_counted_only: 1 when neither it nor any delprojekt of it follows individuals.
SELECT i.id, COALESCE(i.parent_id, 0) AS parent_id, i.name, i.starts_on, i.ends_on,
    CASE WHEN i.orientation = 'structural' THEN 1 ELSE 0 END AS is_structural,
    CASE WHEN i.follow_up_method = 'count' AND NOT EXISTS (SELECT 1 FROM insats d
        WHERE d.parent_id = i.id AND d.follow_up_method <> 'count') THEN 1 ELSE 0 END AS is_counted_only
FROM insats i
LEFT JOIN insats o ON o.id = i.parent_id
WHERE i.forbund_id = @ForbundId
ORDER BY COALESCE(o.name, i.name) COLLATE Finnish_Swedish_100_CI_AS, CASE WHEN i.parent_id IS NULL THEN 0 ELSE 1 END, i.name COLLATE Finnish_Swedish_100_CI_AS;

-- name: Measures.Codes
-- row: DimensionCodeRow
-- In the förbund's own words where it has them.
SELECT d.dimension, d.code, d.sort_order AS number, COALESCE(c.label, d.label) AS label
FROM dimension_code d
LEFT JOIN code_choice c ON c.forbund_id = @ForbundId AND c.code = d.code
    AND c.list = CASE d.dimension WHEN 'education' THEN 'education_level' ELSE d.dimension END
    AND d.dimension IN ('education', 'referrer', 'exit_reason')
ORDER BY d.dimension, d.sort_order;

-- name: Measures.Items
-- row: MeasureItemRow
-- The items that can be asked, newest text in Swedish; instrument_version says which when an instrument has several.
SELECT
    i.id AS item_id, s.code AS instrument, s.instrument_version, s.respondent, i.code AS item,
    COALESCE(t.body, i.code) AS text, i.scale_min, i.scale_max, i.is_higher_better, i.smallest_change
FROM instrument s
JOIN instrument_item i ON i.instrument_id = s.id
LEFT JOIN item_text t ON t.instrument_item_id = i.id AND t.language = 'sv'
WHERE s.forbund_id = @ForbundId
ORDER BY s.code, s.respondent DESC, s.instrument_version, i.position;
