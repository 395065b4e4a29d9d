-- Grain: one row per definition of positive exit, reason for exit (99 when nobody wrote it down) and has_increased of
-- participation_fact: what the definition makes of such an exit.
-- is_missing: 1 when what the definition asks for is not known, a reason or an occupation before and after; the exit is then not
-- positive, and every table that counts it says how many there are.
-- is_judged: 0 when the definition asks for an occupation before and after that nobody wrote down; it is then not positive.
CREATE VIEW positive_exit_kind AS
SELECT
    d.forbund_id,
    d.code AS definition_code,
    x.exit_reason,
    i.has_increased,
    CASE WHEN p.exit_reason IS NOT NULL THEN 1
         WHEN d.kind = 'increase' AND i.has_increased = 1 THEN 1
         ELSE 0 END AS is_positive,
    CASE WHEN d.kind = 'reasons' OR i.has_increased < 2 THEN 1 ELSE 0 END AS is_judged,
    CASE WHEN d.kind = 'reasons' AND x.code IS NULL THEN 1
         WHEN d.kind = 'increase' AND i.has_increased = 2 THEN 1
         ELSE 0 END AS is_missing
FROM positive_definition d
CROSS JOIN (SELECT r.code, r.sort_order AS exit_reason FROM exit_reason r UNION ALL SELECT NULL, 99) x
CROSS JOIN (SELECT 0 AS has_increased UNION ALL SELECT 1 UNION ALL SELECT 2) i
LEFT JOIN positive_definition_reason p ON p.forbund_id = d.forbund_id AND p.definition_code = d.code AND p.exit_reason = x.code AND d.kind = 'reasons';
