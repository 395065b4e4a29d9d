-- Anonymous participants: only how many.

-- name: HeadCounts.OfYear
-- row: HeadCountRow
SELECT h.insats_id, h.calendar_year, h.half, h.gender, h.number_of_people
FROM head_count h
JOIN gender g ON g.code = h.gender
WHERE h.forbund_id = @ForbundId AND h.calendar_year = @CalendarYear
ORDER BY h.insats_id, h.half, g.sort_order;

-- name: HeadCounts.Missing
-- row: MissingHeadCountRow
-- Numbers that nobody has reported for half-years of a year that have ended: women and men, or all of a
-- structural insats; is_by_half: 1 when the insats reports by halves.
SELECT a.insats_id, a.half, a.gender,
    CASE WHEN EXISTS (SELECT 1 FROM head_count h WHERE h.forbund_id = @ForbundId AND h.insats_id = a.insats_id
        AND h.calendar_year BETWEEN @CalendarYear - 1 AND @CalendarYear AND h.half > 0) THEN 1 ELSE 0 END AS is_by_half
FROM asked_head_count a
WHERE a.forbund_id = @ForbundId AND a.calendar_year = @CalendarYear AND a.half_to < @Today AND a.is_reported = 0
  AND (a.gender <> 'unknown' OR a.is_structural = 1)
ORDER BY a.insats_id, a.half, a.sort_order;

-- name: HeadCounts.Update
UPDATE head_count SET number_of_people = @NumberOfPeople
WHERE forbund_id = @ForbundId AND insats_id = @InsatsId AND calendar_year = @CalendarYear AND half = @Half AND gender = @Gender;

-- name: HeadCounts.Add
INSERT INTO head_count (forbund_id, insats_id, calendar_year, half, gender, number_of_people)
VALUES (@ForbundId, @InsatsId, @CalendarYear, @Half, @Gender, @NumberOfPeople);

-- name: HeadCounts.Remove
DELETE FROM head_count
WHERE forbund_id = @ForbundId AND insats_id = @InsatsId AND calendar_year = @CalendarYear AND half = @Half AND gender = @Gender;
