-- Grain: one row per stay and other stay of the same participant in the same insats, by which the first is reached as long as the other is. Not for a stay that was closed when its participant came back.
CREATE VIEW later_stay AS
SELECT p.id AS participation_id, t.ended_on
FROM participation p
JOIN participation t ON t.participant_id = p.participant_id AND t.insats_id = p.insats_id AND t.id <> p.id
WHERE NOT EXISTS (SELECT 1 FROM closed_history c WHERE c.participant_id = p.participant_id AND c.insats_id = p.insats_id AND p.ended_on < c.ended_before)
  AND NOT EXISTS (SELECT 1 FROM false_return f WHERE f.participation_id = t.id);
