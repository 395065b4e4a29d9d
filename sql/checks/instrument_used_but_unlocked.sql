-- Ett besvarat instrument är inte låst, så att frågorna kan ändras i efterhand. Registrera en skattning till med det, så låses det.
SELECT NULL AS participation_id, NULL AS participant_code, NULL AS insats, m.code AS what
FROM instrument m
WHERE m.forbund_id = @ForbundId AND @UserId IS NULL AND m.locked_at IS NULL
  AND EXISTS (SELECT 1 FROM assessment a WHERE a.instrument_id = m.id)
ORDER BY m.id;
