-- Grain: one row per participation and definition of positive exit that its förbund has.
-- is_missing: 1 when it ended without what the definition asks for, a reason or an occupation before and after; it is then
-- not positive, and every table that counts it says how many there are.
-- is_judged: 0 when the definition asks for an occupation before and after that nobody wrote down; it is then not positive.
CREATE VIEW positive_exit AS
SELECT
    x.id AS participation_id,
    d.code AS definition_code,
    CASE WHEN r.exit_reason IS NOT NULL THEN 1
         WHEN d.kind = 'increase' AND (a.work_percent > b.work_percent OR a.study_percent > b.study_percent) THEN 1
         ELSE 0 END AS is_positive,
    CASE WHEN d.kind = 'reasons' OR (b.participation_id IS NOT NULL AND a.participation_id IS NOT NULL) THEN 1 ELSE 0 END AS is_judged,
    CASE WHEN x.ended_on IS NULL THEN 0
         WHEN d.kind = 'reasons' AND x.exit_reason IS NULL THEN 1
         WHEN d.kind = 'increase' AND (b.participation_id IS NULL OR a.participation_id IS NULL) THEN 1
         ELSE 0 END AS is_missing
FROM participation x
JOIN positive_definition d ON d.forbund_id = x.forbund_id
LEFT JOIN positive_definition_reason r ON r.forbund_id = d.forbund_id AND r.definition_code = d.code AND r.exit_reason = x.exit_reason AND d.kind = 'reasons'
LEFT JOIN occupation b ON b.participation_id = x.id AND b.occasion = 'before' AND d.kind = 'increase'
LEFT JOIN occupation a ON a.participation_id = x.id AND a.occasion = 'after' AND d.kind = 'increase';
