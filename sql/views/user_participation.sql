-- Grain: at least one row per user, stay in an insats that the user works in, and stay that may let the user reach it: last_on is how long, as in participation_end; opened_through is the last day of the administrator's yes.
-- A stay is reached when last_on is not before the day that the förbund reaches back to, or opened_through not before today. The one place that says so: whatever shows a caseworker a person or a stay asks it.
-- A stay is reached by itself and by the other stays of the participant in the insats, but for what was closed when the participant came back. A misregistered stay was no return: it opens no other, and itself no longer than the participant's other stays in the insats, or where there are none, wherever they are.
CREATE VIEW user_participation AS
SELECT a.app_user_id, p.forbund_id, p.insats_id, p.participant_id, p.participation_id,
    CASE WHEN (t.is_misregistered = 0 AND t.insats_id = p.insats_id) OR t.last_on < p.last_on THEN t.last_on ELSE p.last_on END AS last_on,
    (SELECT MAX(o.opened_through) FROM reach_opening o WHERE o.participant_id = p.participant_id
        AND o.app_user_id = a.app_user_id AND o.state = 'opened') AS opened_through
FROM participation_end p
JOIN user_insats a ON a.insats_id = p.insats_id
JOIN participation_end t ON t.participant_id = p.participant_id
WHERE (t.insats_id = p.insats_id AND t.is_misregistered = 0
    AND (t.participation_id = p.participation_id
      OR NOT EXISTS (SELECT 1 FROM closed_history c WHERE c.participant_id = p.participant_id AND c.insats_id = p.insats_id AND p.last_on < c.ended_before)))
  OR (p.is_misregistered = 1
    AND NOT EXISTS (SELECT 1 FROM participation_end e WHERE e.participant_id = p.participant_id AND e.insats_id = p.insats_id AND e.is_misregistered = 0)
    AND (t.participation_id < p.participation_id OR t.is_misregistered = 0
      OR (t.participation_id = p.participation_id
        AND NOT EXISTS (SELECT 1 FROM participation_end e WHERE e.participant_id = p.participant_id
            AND e.participation_id <> p.participation_id AND (e.is_misregistered = 0 OR e.participation_id < p.participation_id)))));
