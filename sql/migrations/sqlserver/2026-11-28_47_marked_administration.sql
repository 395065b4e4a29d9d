-- Costs from before they could be marked: those that their names say are administration. A file of its own, since SQL Server
-- reads a whole file before it runs it, and the column must be there then.

UPDATE forbund_cost SET is_administration = 1
WHERE LOWER(name) LIKE '%administration%' OR LOWER(name) LIKE '%kansli%' OR LOWER(name) LIKE '%styrelse%';
