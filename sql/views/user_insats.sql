-- Grain: one row per user and insats that the user works in: those assigned, and the delprojekt of an assigned insats.
CREATE VIEW user_insats AS
SELECT a.app_user_id, i.forbund_id, i.id AS insats_id
FROM app_user_insats a
JOIN insats i ON i.id = a.insats_id
UNION
SELECT a.app_user_id, d.forbund_id, d.id
FROM app_user_insats a
JOIN insats d ON d.parent_id = a.insats_id;
