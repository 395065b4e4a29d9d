-- Dates as day numbers, so that days are counted with whole numbers and not cut out of text. The engine reckons them itself:
-- whoever writes a date writes its number too.

-- Days since 0001-01-01, as .NET's DateOnly.DayNumber counts them.
ALTER TABLE participation ADD queued_day INTEGER NULL GENERATED ALWAYS AS (CAST(julianday(queued_on) - 1721425.5 AS INTEGER)) VIRTUAL;

ALTER TABLE participation ADD started_day INTEGER NULL GENERATED ALWAYS AS (CAST(julianday(started_on) - 1721425.5 AS INTEGER)) VIRTUAL;

ALTER TABLE participation ADD ended_day INTEGER NULL GENERATED ALWAYS AS (CAST(julianday(ended_on) - 1721425.5 AS INTEGER)) VIRTUAL;

ALTER TABLE calendar_period ADD from_day INTEGER NULL GENERATED ALWAYS AS (CAST(julianday(period_from) - 1721425.5 AS INTEGER)) VIRTUAL;

ALTER TABLE calendar_period ADD to_day INTEGER NULL GENERATED ALWAYS AS (CAST(julianday(period_to) - 1721425.5 AS INTEGER)) VIRTUAL;

-- A whole förbund is read in the order that its rows lie in.
CREATE INDEX ix_participation_in_order ON participation (forbund_id, id);
