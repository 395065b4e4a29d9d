-- Grain: one row per user, stay in an insats that the user works in, and what may let the user reach it: each stay of the same participant there (last_on is its exit, or the last of all days while it is open), or the administrator's yes (opened_through).
-- A stay is reached when last_on is not before the day that the förbund reaches back to, or opened_through not before today.
CREATE VIEW user_stay AS
SELECT u.app_user_id, p.forbund_id, p.insats_id, p.participant_id, p.id AS participation_id,
    CASE WHEN t.ended_on IS NULL THEN '9999-12-31' ELSE t.ended_on END AS last_on,
    CAST(NULL AS DATE) AS opened_through
FROM participation p
JOIN participation t ON t.participant_id = p.participant_id AND t.insats_id = p.insats_id
JOIN user_insats u ON u.insats_id = p.insats_id
WHERE (t.id = p.id
   OR NOT EXISTS (SELECT 1 FROM closed_history c WHERE c.participant_id = p.participant_id AND c.insats_id = p.insats_id AND p.ended_on < c.ended_before))
  AND NOT EXISTS (SELECT 1 FROM false_return f WHERE f.participation_id = t.id)
UNION ALL
SELECT o.app_user_id, p.forbund_id, p.insats_id, p.participant_id, p.id, CAST(NULL AS DATE), o.opened_through
FROM reach_opening o
JOIN participation p ON p.participant_id = o.participant_id
JOIN user_insats u ON u.insats_id = p.insats_id AND u.app_user_id = o.app_user_id
WHERE o.state = 'opened';
