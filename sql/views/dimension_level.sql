-- Grain: one row per dimension, code and level that the code is counted in: itself and, when it is in the total, 'alla'.
-- 'alla' is a code too: queries write it where a dimension was not asked for.
CREATE VIEW dimension_level AS
SELECT c.dimension, c.code, c.code AS level_code
FROM dimension_code c
UNION ALL
SELECT c.dimension, c.code, 'alla'
FROM dimension_code c
WHERE c.is_in_total = 1
UNION ALL
SELECT DISTINCT c.dimension, 'alla', 'alla'
FROM dimension_code c;
