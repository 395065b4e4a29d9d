-- Grain: one row per code of the lists that registrations choose from, as all förbund share them.
CREATE VIEW code_list AS
SELECT 'exit_reason' AS list, r.code, r.label, r.is_misregistration, r.sort_order
FROM exit_reason r
UNION ALL
SELECT 'education_level', e.code, e.label, 0, e.sort_order
FROM education_level e
UNION ALL
SELECT 'referrer', r.code, r.label, 0, r.sort_order
FROM referrer r
UNION ALL
SELECT 'livelihood', l.code, l.label, 0, l.sort_order
FROM livelihood l
UNION ALL
SELECT 'target_group', t.code, t.label, 0, t.sort_order
FROM target_group t
UNION ALL
SELECT 'specific_orientation', o.code, o.label, 0, o.sort_order
FROM specific_orientation o;
