-- Antal är registrerat för en tid då insatsen inte pågick, och räknas ändå i statistiken. Ta bort antalet, eller rätta insatsens start och slut.
SELECT NULL AS participation_id, NULL AS participant_code, o.name AS insats, CONCAT('Antal utanför insatsens tid: ', o.calendar_year) AS what
FROM outside_head_count o
WHERE o.forbund_id = @ForbundId
  AND o.insats_id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
GROUP BY o.name, o.calendar_year
ORDER BY o.name COLLATE Finnish_Swedish_100_CI_AS, o.calendar_year;
