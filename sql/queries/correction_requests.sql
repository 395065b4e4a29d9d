-- What people ask to have corrected about themselves. The texts are encrypted before they come here.

-- name: CorrectionRequests.Of
-- row: CorrectionRequestRow
SELECT c.id, c.asked_on, c.request_encrypted, c.noted_by, c.noted_at, c.answer, c.answered_on, c.answer_encrypted, c.answered_by
FROM correction_request c
JOIN participant d ON d.id = c.participant_id
WHERE c.forbund_id = @ForbundId AND (d.id = @ParticipantId OR d.merged_into_id = @ParticipantId)
ORDER BY c.asked_on DESC, c.id DESC;

-- name: CorrectionRequests.Add
INSERT INTO correction_request (id, forbund_id, participant_id, asked_on, request_encrypted, noted_by, noted_at)
VALUES (@Id, @ForbundId, @ParticipantId, @AskedOn, @RequestEncrypted, @Actor, @NotedAt);

-- name: CorrectionRequests.Answer
-- erases
-- No row when somebody has answered before.
UPDATE correction_request SET answer = @Answer, answered_on = @AnsweredOn, answer_encrypted = @AnswerEncrypted, answered_by = @Actor
WHERE forbund_id = @ForbundId AND id = @Id AND answer IS NULL;

-- name: CorrectionRequests.Reopen
-- erases
-- An answer that was noted by mistake.
UPDATE correction_request SET answer = NULL, answered_on = NULL, answer_encrypted = NULL, answered_by = NULL
WHERE forbund_id = @ForbundId AND id = @Id AND answer IS NOT NULL;
