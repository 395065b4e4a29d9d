-- Grain: one row per stay: last_on is the day that reach is counted from, the last of all days while it is open. An exit that has been moved later counts from the day that was registered first.
CREATE VIEW participation_end AS
SELECT p.id AS participation_id, p.forbund_id, p.insats_id, p.participant_id,
    CASE WHEN p.ended_on IS NULL THEN '9999-12-31' WHEN p.first_ended_on < p.ended_on THEN p.first_ended_on ELSE p.ended_on END AS last_on,
    CASE WHEN p.exit_reason IN (SELECT r.code FROM exit_reason r WHERE r.is_misregistration = 1) THEN 1 ELSE 0 END AS is_misregistered
FROM participation p;
