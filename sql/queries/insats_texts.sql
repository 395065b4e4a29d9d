-- What the people of an insats write for the annual report.

-- name: InsatsTexts.OfYear
-- row: InsatsTextRow
SELECT t.insats_id, t.calendar_year, t.section, t.body, t.version
FROM insats_text t
JOIN insats i ON i.id = t.insats_id
WHERE i.forbund_id = @ForbundId AND t.calendar_year = @CalendarYear
ORDER BY t.insats_id, t.section;

-- name: InsatsTexts.Add
INSERT INTO insats_text (insats_id, calendar_year, section, body, version)
SELECT i.id, @CalendarYear, @Section, @Body, 1
FROM insats i
WHERE i.forbund_id = @ForbundId AND i.id = @InsatsId;

-- name: InsatsTexts.Update
UPDATE insats_text
SET body = @Body, version = version + 1
WHERE insats_id IN (SELECT i.id FROM insats i WHERE i.forbund_id = @ForbundId AND i.id = @InsatsId)
  AND calendar_year = @CalendarYear AND section = @Section AND version = @Version;

-- name: InsatsTexts.Progress
-- row: InsatsReportProgressRow
-- What each insats that was open in the year has for the annual report. @Sections is the codes of its texts with commas
-- around each (',beskrivning,resultat,'). Money is often kept for the insats as a whole, so that an outcome in the family
-- is enough.
SELECT
    i.id AS insats_id,
    COALESCE(i.parent_id, 0) AS parent_id,
    i.name,
    (SELECT COUNT(*) FROM insats_text t WHERE t.insats_id = i.id AND t.calendar_year = @CalendarYear AND t.body <> ''
        AND @Sections LIKE CONCAT('%,', t.section, ',%')) AS written_texts,
    CASE WHEN EXISTS (
        SELECT 1
        FROM insats_year y
        JOIN insats f ON f.id = y.insats_id
        WHERE y.calendar_year = @CalendarYear AND y.outcome_kronor IS NOT NULL
          AND (f.id = i.id OR f.id = i.parent_id OR f.parent_id = i.id)
    ) THEN 1 ELSE 0 END AS has_outcome
FROM insats i
LEFT JOIN insats o ON o.id = i.parent_id
JOIN calendar_period c ON c.kind = 'year' AND c.calendar_year = @CalendarYear
WHERE i.forbund_id = @ForbundId AND i.starts_on <= c.period_to AND (i.ends_on IS NULL OR i.ends_on >= c.period_from)
ORDER BY COALESCE(o.name, i.name) COLLATE Finnish_Swedish_100_CI_AS, CASE WHEN i.parent_id IS NULL THEN 0 ELSE 1 END, i.name COLLATE Finnish_Swedish_100_CI_AS;
