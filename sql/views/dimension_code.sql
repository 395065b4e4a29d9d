-- Grain: one row per dimension and code that a count can be divided by, with the label that people read.
-- is_in_total: 0 for a missing before or after, which belongs to attrition and not to the total of those asked.
CREATE VIEW dimension_code AS
SELECT 'gender' AS dimension, g.code, g.plural_label AS label, g.sort_order, 1 AS is_in_total
FROM gender g
UNION ALL
SELECT 'age', a.code, a.label, a.sort_order, 1
FROM age_group a
UNION ALL
SELECT 'age', 'unknown', 'Okänd ålder', 99, 1
UNION ALL
SELECT 'education', e.code, e.label, e.sort_order, 1
FROM education_level e
UNION ALL
SELECT 'referrer', r.code, r.label, r.sort_order, 1
FROM referrer r
UNION ALL
SELECT 'referrer', 'unknown', 'Uppgift saknas', 99, 1
UNION ALL
SELECT 'exit_reason', x.code, x.label, x.sort_order, 1
FROM exit_reason x
WHERE x.is_misregistration = 0
UNION ALL
SELECT 'exit_reason', 'unknown', 'Uppgift saknas', 99, 1
UNION ALL
SELECT 'livelihood', l.code, l.label, l.sort_order, 1
FROM livelihood_group l
UNION ALL
SELECT 'livelihood', 'unknown', 'Uppgift saknas', 99, 0
UNION ALL
SELECT 'occupation', 'work', 'Arbetar', 1, 1
UNION ALL
SELECT 'occupation', 'studies', 'Studerar', 2, 1
UNION ALL
SELECT 'occupation', 'job_seeking', 'Söker aktivt arbete', 3, 1
UNION ALL
SELECT 'occupation', 'other', 'Annat', 4, 1
UNION ALL
SELECT 'occupation', 'unknown', 'Uppgift saknas', 99, 0;
