-- Views that have another name since: one word for one thing.

DROP VIEW IF EXISTS user_stay;

DROP VIEW IF EXISTS stay_end;
