-- Grain: one row per dimension, code and level that the code is counted in: itself and, when it is in the total, 'alla'.
-- number is the code's sort_order. 0 is a number too: queries write it where a dimension was not asked for, and it is 'alla'.
CREATE VIEW dimension_level AS
SELECT c.dimension, c.sort_order AS number, c.code AS level_code
FROM dimension_code c
UNION ALL
SELECT c.dimension, c.sort_order, 'alla'
FROM dimension_code c
WHERE c.is_in_total = 1
UNION ALL
SELECT DISTINCT c.dimension, 0, 'alla'
FROM dimension_code c;
