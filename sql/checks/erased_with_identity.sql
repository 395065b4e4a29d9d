-- En gallrad deltagare har kvar namn eller personnummer. Gallra deltagaren igen.
SELECT NULL AS participation_id, d.code AS participant_code, NULL AS insats, 'Namn eller personnummer finns kvar' AS what
FROM participant d
WHERE d.forbund_id = @ForbundId AND @UserId IS NULL AND d.erased_at IS NOT NULL
  AND (d.name_encrypted IS NOT NULL OR d.personal_number_encrypted IS NOT NULL OR d.personal_number_index IS NOT NULL)
ORDER BY d.id;
