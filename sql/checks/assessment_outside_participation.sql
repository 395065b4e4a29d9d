-- En skattning är gjord utanför deltagandets tid. Rätta datumet eller tillfället.
SELECT p.id AS participation_id, d.code AS participant_code, i.name AS insats,
    CASE WHEN a.answered_on < COALESCE(p.queued_on, p.started_on) THEN 'Skattad innan deltagandet börjar'
         WHEN a.occasion = 'after' THEN 'Skattad efter avslut, men deltagandet pågår'
         ELSE 'Skattad som start eller uppföljning efter avslutet' END AS what
FROM assessment a
JOIN participation p ON p.id = a.participation_id
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
LEFT JOIN exit_reason r ON r.code = p.exit_reason
WHERE a.forbund_id = @ForbundId AND COALESCE(r.is_misregistration, 0) = 0
  AND p.insats_id IN (
    SELECT s.id FROM insats s
    WHERE s.forbund_id = @ForbundId AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_insats u WHERE u.insats_id = s.id AND u.app_user_id = @UserId)))
  AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_participation v
      WHERE v.participation_id = p.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)))
  AND (a.answered_on < COALESCE(p.queued_on, p.started_on)
    OR (a.occasion IN ('start', 'followup') AND a.answered_on > p.ended_on)
    OR (a.occasion = 'after' AND p.ended_on IS NULL))
ORDER BY p.id, a.id;
