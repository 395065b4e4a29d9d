-- Grain: one row per misregistered stay of a participant in an insats where what was before it had been closed: nobody came back, so it opens nothing, neither itself nor what is older.
CREATE VIEW false_return AS
SELECT p.id AS participation_id
FROM participation p
JOIN exit_reason r ON r.code = p.exit_reason AND r.is_misregistration = 1
JOIN closed_history c ON c.participant_id = p.participant_id AND c.insats_id = p.insats_id;
