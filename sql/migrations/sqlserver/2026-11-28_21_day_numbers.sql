-- Dates as day numbers, so that days are counted with whole numbers and not cut out of text. The engine reckons them itself:
-- whoever writes a date writes its number too.

-- Days since 0001-01-01, as .NET's DateOnly.DayNumber counts them.
ALTER TABLE participation ADD queued_day AS DATEDIFF(DAY, DATEFROMPARTS(1, 1, 1), queued_on) PERSISTED;

ALTER TABLE participation ADD started_day AS DATEDIFF(DAY, DATEFROMPARTS(1, 1, 1), started_on) PERSISTED;

ALTER TABLE participation ADD ended_day AS DATEDIFF(DAY, DATEFROMPARTS(1, 1, 1), ended_on) PERSISTED;

ALTER TABLE calendar_period ADD from_day AS DATEDIFF(DAY, DATEFROMPARTS(1, 1, 1), period_from) PERSISTED;

ALTER TABLE calendar_period ADD to_day AS DATEDIFF(DAY, DATEFROMPARTS(1, 1, 1), period_to) PERSISTED;

-- A whole förbund is read in the order that its rows lie in.
CREATE INDEX ix_participation_in_order ON participation (forbund_id, id);
