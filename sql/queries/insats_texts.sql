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
