-- En insats som följs upp på individnivå har bara antal ett år. Registrera deltagarna, eller registrera insatsen på nytt med uppföljning av antal.
SELECT NULL AS participation_id, NULL AS participant_code, i.name AS insats, 'Bara antal, inga deltagare' AS what
FROM head_count h
JOIN insats i ON i.id = h.insats_id
JOIN calendar_period c ON c.kind = 'year' AND c.calendar_year = h.calendar_year
WHERE h.forbund_id = @ForbundId
  AND i.id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND i.follow_up_method = 'individual' AND h.number_of_people > 0
  AND NOT EXISTS (
    SELECT 1 FROM participation p
    WHERE p.insats_id = i.id AND p.started_on <= c.period_to AND (p.ended_on IS NULL OR p.ended_on >= c.period_from))
GROUP BY i.name
ORDER BY i.name COLLATE Finnish_Swedish_100_CI_AS;
