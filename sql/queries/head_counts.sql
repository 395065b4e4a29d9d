-- Anonymous participants: only how many.

-- name: HeadCounts.OfYear
-- row: HeadCountRow
SELECT h.insats_id, h.calendar_year, h.half, h.gender, h.number_of_people
FROM head_count h
JOIN gender g ON g.code = h.gender
WHERE h.forbund_id = @ForbundId AND h.calendar_year = @CalendarYear
ORDER BY h.insats_id, h.half, g.sort_order;

-- name: HeadCounts.Update
UPDATE head_count SET number_of_people = @NumberOfPeople
WHERE forbund_id = @ForbundId AND insats_id = @InsatsId AND calendar_year = @CalendarYear AND half = @Half AND gender = @Gender;

-- name: HeadCounts.Add
INSERT INTO head_count (forbund_id, insats_id, calendar_year, half, gender, number_of_people)
VALUES (@ForbundId, @InsatsId, @CalendarYear, @Half, @Gender, @NumberOfPeople);

-- name: HeadCounts.Remove
DELETE FROM head_count
WHERE forbund_id = @ForbundId AND insats_id = @InsatsId AND calendar_year = @CalendarYear AND half = @Half AND gender = @Gender;
