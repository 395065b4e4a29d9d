-- Written consent, and who lacks it. A consent that was given to a record that has been merged counts for the one it is now.

-- name: Consents.Of
-- row: ConsentRow
SELECT c.id, c.participant_id, c.scope, c.given_on, c.withdrawn_on, c.form_place_encrypted, c.version
FROM consent c
JOIN participant d ON d.id = c.participant_id
WHERE c.forbund_id = @ForbundId AND (d.id = @ParticipantId OR d.merged_into_id = @ParticipantId)
ORDER BY c.given_on DESC, c.id DESC;

-- name: Consents.Add
INSERT INTO consent (id, forbund_id, participant_id, scope, given_on, withdrawn_on, form_place_encrypted, version)
VALUES (@Id, @ForbundId, @ParticipantId, @Scope, @GivenOn, NULL, @FormPlaceEncrypted, 1);

-- name: Consents.Withdraw
UPDATE consent SET withdrawn_on = @WithdrawnOn, version = version + 1
WHERE forbund_id = @ForbundId AND id = @Id AND version = @Version;

-- name: Consents.Remove
-- erases
DELETE FROM consent WHERE forbund_id = @ForbundId AND id = @Id AND version = @Version;

-- name: Consents.InsatserBeforeName
-- The insatser of a participant, or the one that somebody new is to enter, that ask for written consent before a name is
-- stored, where there is none.
SELECT i.name
FROM insats i
LEFT JOIN insats_privacy_rule r ON r.insats_id = i.id
LEFT JOIN insats_privacy_rule o ON o.insats_id = i.parent_id
WHERE i.forbund_id = @ForbundId AND (r.consent_before_name = 1 OR o.consent_before_name = 1)
  AND (i.id = @InsatsId OR EXISTS (SELECT 1 FROM participation p LEFT JOIN exit_reason x ON x.code = p.exit_reason
      WHERE p.insats_id = i.id AND p.participant_id = @ParticipantId AND COALESCE(x.is_misregistration, 0) = 0))
  AND NOT EXISTS (SELECT 1 FROM consent c JOIN participant d ON d.id = c.participant_id
      WHERE (d.id = @ParticipantId OR d.merged_into_id = @ParticipantId) AND c.scope = 'identity' AND c.withdrawn_on IS NULL)
ORDER BY i.name COLLATE Finnish_Swedish_100_CI_AS, i.id;
