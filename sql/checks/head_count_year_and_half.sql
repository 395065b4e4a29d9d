-- Antal är angivet både för hela året och för ett halvår. Ta bort det ena, annars räknas samma personer två gånger.
SELECT NULL AS participation_id, NULL AS participant_code, i.name AS insats, 'Helår och halvår' AS what
FROM insats i
WHERE i.forbund_id = @ForbundId
  AND i.id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND EXISTS (
    SELECT 1
    FROM head_count y
    JOIN head_count h ON h.insats_id = y.insats_id AND h.calendar_year = y.calendar_year AND h.half > 0
    WHERE y.insats_id = i.id AND y.half = 0)
ORDER BY i.id;
