-- Grain: one row per participation (not misregistered) and what happened to it: queue, unqueue, start, end.
-- Counts at a date or in a period are sums of events up to a day, so that participations are read once however many
-- periods are asked for. Who left the queue without starting has no start and therefore no end: it is not an exit.
CREATE VIEW participation_event AS
SELECT f.forbund_id, f.insats_id, 'start' AS event_kind, f.started_on AS happened_on, f.gender, f.age_group, f.education, f.referrer
FROM participation_fact f
WHERE f.started_on IS NOT NULL
UNION ALL
SELECT f.forbund_id, f.insats_id, 'end', f.ended_on, f.gender, f.age_group, f.education, f.referrer
FROM participation_fact f
WHERE f.started_on IS NOT NULL AND f.ended_on IS NOT NULL
UNION ALL
SELECT f.forbund_id, f.insats_id, 'queue', f.queued_on, f.gender, f.age_group, f.education, f.referrer
FROM participation_fact f
WHERE f.queued_on IS NOT NULL
UNION ALL
SELECT f.forbund_id, f.insats_id, 'unqueue', COALESCE(f.started_on, f.ended_on), f.gender, f.age_group, f.education, f.referrer
FROM participation_fact f
WHERE f.queued_on IS NOT NULL AND COALESCE(f.started_on, f.ended_on) IS NOT NULL;
