-- Grain: one row per insats and level that it is counted in: the whole förbund (level_id 0), its parent, itself.
-- level_parent_id is the insats that the level is a delprojekt of, 0 when it is none.
CREATE VIEW insats_level AS
SELECT i.forbund_id, i.id AS insats_id, 0 AS level_id, 0 AS level_parent_id
FROM insats i
UNION ALL
SELECT i.forbund_id, i.id, i.id, COALESCE(i.parent_id, 0)
FROM insats i
UNION ALL
SELECT i.forbund_id, i.id, i.parent_id, 0
FROM insats i
WHERE i.parent_id IS NOT NULL;
