-- Gallring: who falls due, what has been decided, and what is erased of each person.

-- name: Erasures.Due
-- row: DueParticipantRow
-- Those who fall due at a day at the latest, the oldest first; not those whom an erasure that is not done is about already.
SELECT d.id AS participant_id, d.code, u.last_on, u.due_on
FROM participant_due u
JOIN participant d ON d.id = u.participant_id
WHERE u.forbund_id = @ForbundId AND u.due_on <= @Through AND d.erased_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM erasure_participant x JOIN erasure e ON e.id = x.erasure_id
      WHERE x.participant_id = d.id AND x.outcome IS NULL AND (e.state = 'approved' OR (e.state = 'asked' AND e.asked_at > @Since)))
ORDER BY u.due_on, d.id;

-- name: Erasures.InsatserDue
-- row: DueInsatsRow
-- Where those who fall due have been: one row for each of their insatser.
SELECT DISTINCT p.participant_id, i.name AS insats
FROM participation p
JOIN insats i ON i.id = p.insats_id
JOIN participant_due u ON u.participant_id = p.participant_id
JOIN participant d ON d.id = p.participant_id
WHERE p.forbund_id = @ForbundId AND u.forbund_id = @ForbundId AND u.due_on <= @Through AND d.erased_at IS NULL;

-- name: Erasures.State
-- row: ErasureStateRow
-- Of one participant: whether a stay is open, and when gallring falls due; no row for one without stays.
SELECT last_on, is_open, due_on FROM participant_due WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId;

-- name: Erasures.InsatserOf
SELECT i.name
FROM insats i
WHERE i.forbund_id = @ForbundId AND EXISTS (SELECT 1 FROM participation p WHERE p.insats_id = i.id AND p.participant_id = @ParticipantId)
ORDER BY i.name COLLATE Finnish_Swedish_100_CI_AS, i.id;

-- name: Erasures.Holdings
-- row: ErasureHoldingsRow
-- What is stored of one participant and the records merged into it: what goes, and what stays.
SELECT
    (SELECT COUNT(*) FROM participant d WHERE d.forbund_id = @ForbundId AND (d.id = @ParticipantId OR d.merged_into_id = @ParticipantId)) AS codes,
    (SELECT COUNT(*) FROM participant d WHERE d.forbund_id = @ForbundId AND (d.id = @ParticipantId OR d.merged_into_id = @ParticipantId)
        AND d.name_encrypted IS NOT NULL) AS names,
    (SELECT COUNT(*) FROM participant d WHERE d.forbund_id = @ForbundId AND (d.id = @ParticipantId OR d.merged_into_id = @ParticipantId)
        AND d.personal_number_encrypted IS NOT NULL) AS personal_numbers,
    (SELECT COUNT(*) FROM consent c JOIN participant d ON d.id = c.participant_id
        WHERE c.forbund_id = @ForbundId AND (d.id = @ParticipantId OR d.merged_into_id = @ParticipantId)) AS consents,
    (SELECT COUNT(*) FROM correction_request c JOIN participant d ON d.id = c.participant_id
        WHERE c.forbund_id = @ForbundId AND (d.id = @ParticipantId OR d.merged_into_id = @ParticipantId)) AS correction_requests,
    (SELECT COUNT(*) FROM quality_dismissal q JOIN participation p ON p.id = q.participation_id
        WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId AND q.note <> '') AS texts,
    (SELECT COUNT(*) FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId) AS stays,
    (SELECT COUNT(*) FROM assessment a JOIN participation p ON p.id = a.participation_id
        WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId) AS assessments;

-- name: Erasures.InsatserWithTexts
-- The insatser of a participant, and those above them, that people have written about: names may stand there, and nothing looks for them.
SELECT DISTINCT i.name
FROM participation p
JOIN insats own ON own.id = p.insats_id
JOIN insats i ON i.id = own.id OR i.id = own.parent_id
WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId
    AND EXISTS (SELECT 1 FROM insats_text t WHERE t.insats_id = i.id AND t.body <> '');

-- name: Erasures.Add
INSERT INTO erasure (id, forbund_id, reason, asked_by, asked_by_id, asked_at, state, decided_at, decided_by)
VALUES (@Id, @ForbundId, @Reason, @Actor, @AskedById, @AskedAt, @State, @DecidedAt, @DecidedBy);

-- name: Erasures.AddParticipant
INSERT INTO erasure_participant (erasure_id, forbund_id, participant_id, due_on) VALUES (@ErasureId, @ForbundId, @ParticipantId, @DueOn);

-- name: Erasures.CountWaitingFor
-- Whether an erasure of the participant is asked for or decided already.
SELECT COUNT(*)
FROM erasure_participant x
JOIN erasure e ON e.id = x.erasure_id
WHERE x.forbund_id = @ForbundId AND x.participant_id = @ParticipantId AND x.outcome IS NULL
  AND (e.state = 'approved' OR (e.state = 'asked' AND e.asked_at > @Since));

-- name: Erasures.Latest
-- row: ErasureRow
-- Those that wait, those at work and what has been done, the latest first.
SELECT e.id, e.reason, e.asked_by, e.asked_by_id, e.asked_at, e.state, e.decided_at, e.decided_by, e.done_at, e.cleaned_at,
    (SELECT COUNT(*) FROM erasure_participant x WHERE x.erasure_id = e.id) AS people,
    (SELECT COUNT(*) FROM erasure_participant x WHERE x.erasure_id = e.id AND x.outcome = 'erased') AS erased,
    (SELECT COUNT(*) FROM erasure_participant x WHERE x.erasure_id = e.id AND x.outcome = 'kept') AS kept
FROM erasure e
WHERE e.forbund_id = @ForbundId AND (e.state IN ('approved', 'done') OR (e.state = 'asked' AND e.asked_at > @Since))
ORDER BY e.id DESC;

-- name: Erasures.Participants
-- row: DueParticipantRow
-- Whom an erasure is about and whose turn has not come.
SELECT d.id AS participant_id, d.code, u.last_on, x.due_on
FROM erasure_participant x
JOIN participant d ON d.id = x.participant_id
LEFT JOIN participant_due u ON u.participant_id = d.id
WHERE x.forbund_id = @ForbundId AND x.erasure_id = @Id AND x.outcome IS NULL
ORDER BY x.due_on, d.id;

-- name: Erasures.Decide
-- No row when somebody was here before.
UPDATE erasure SET state = @State, decided_at = @DecidedAt, decided_by = @Actor
WHERE forbund_id = @ForbundId AND id = @Id AND state = 'asked';

-- name: Erasures.Undone
-- row: UndoneErasureRow
-- Of every förbund: what has been decided and is not done, or is done and not cleaned after.
SELECT e.id, e.forbund_id, e.reason, e.asked_by, e.decided_by, e.state
FROM erasure e
WHERE (e.state = 'approved' OR (e.state = 'done' AND e.cleaned_at IS NULL)) AND (@ForbundId IS NULL OR e.forbund_id = @ForbundId)
ORDER BY e.id;

-- name: Erasures.Next
-- Whose turn it is after somebody; null when all have had theirs.
SELECT MIN(x.participant_id) FROM erasure_participant x
WHERE x.forbund_id = @ForbundId AND x.erasure_id = @Id AND x.outcome IS NULL AND x.participant_id > @After;

-- name: Erasures.Settle
UPDATE erasure_participant SET outcome = @Outcome
WHERE forbund_id = @ForbundId AND erasure_id = @Id AND participant_id = @ParticipantId AND outcome IS NULL;

-- name: Erasures.CountOutcome
SELECT COUNT(*) FROM erasure_participant WHERE forbund_id = @ForbundId AND erasure_id = @Id AND outcome = @Outcome;

-- name: Erasures.Finish
UPDATE erasure SET state = 'done', done_at = @DoneAt WHERE forbund_id = @ForbundId AND id = @Id AND state = 'approved';

-- name: Erasures.Clean
UPDATE erasure SET cleaned_at = @CleanedAt WHERE state = 'done' AND cleaned_at IS NULL AND id <= @Through;

-- name: Erasures.LastDone
-- The last of those that are done and not cleaned after; null when there is none.
SELECT MAX(id) FROM erasure WHERE state = 'done' AND cleaned_at IS NULL;

-- name: Erasures.Living
-- row: LivingParticipantRow
-- Who is in the register and not erased, in every förbund.
SELECT forbund_id, id, erasure_mark FROM participant WHERE erased_at IS NULL;

-- name: Erasures.Erased
-- row: LivingParticipantRow
-- Who is erased, in every förbund: each stands in the file of those who have been erased.
SELECT forbund_id, id, erasure_mark FROM participant WHERE erased_at IS NOT NULL;

-- name: Erasures.Mark
-- row: ErasureMarkRow
SELECT erasure_mark, CASE WHEN erased_at IS NULL THEN 0 ELSE 1 END AS is_erased FROM participant WHERE forbund_id = @ForbundId AND id = @ParticipantId;

-- name: Erasures.CodeKeys
-- What a participant is or has been called.
SELECT code FROM participant WHERE forbund_id = @ForbundId AND id = @ParticipantId
UNION
SELECT old_value FROM change_history
WHERE forbund_id = @ForbundId AND entity = 'participant' AND entity_id = @ParticipantId AND field = 'Code' AND old_value IS NOT NULL;

-- name: Erasures.ErasePerson
-- erases
-- Gender and birth year stay, and the row that the stays belong to, so that what was published can be counted again.
UPDATE participant
SET code = @Code, code_key = @CodeKey, name_encrypted = NULL, personal_number_encrypted = NULL, personal_number_index = NULL,
    has_protected_identity = 0, erased_at = @ErasedAt, version = version + 1
WHERE forbund_id = @ForbundId AND id = @ParticipantId AND erased_at IS NULL;

-- name: Erasures.ForgetHistory
-- erases
-- Codes go from the history too, and that the identity was protected. Also where another record tells of a merge with this one.
UPDATE change_history SET old_value = NULL, new_value = NULL
WHERE forbund_id = @ForbundId
  AND ((entity = 'participant' AND entity_id = @ParticipantId AND field IN ('Code', 'MergedCode', 'MergedInto', 'HasProtectedIdentity',
            'Consent', 'ConsentWithdrawn', 'CorrectionRequest', 'CorrectionAnswer'))
    OR (entity = 'participation' AND field = 'Participant'
        AND entity_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId))
    OR (entity = 'participant' AND field IN ('MergedCode', 'MergedInto')
        AND entity_id IN (SELECT CASE WHEN m.kept_id = @ParticipantId THEN m.merged_id ELSE m.kept_id END FROM participant_merge m
            WHERE m.forbund_id = @ForbundId AND (m.kept_id = @ParticipantId OR m.merged_id = @ParticipantId)))
    OR (entity = 'participation' AND field = 'Participant'
        AND entity_id IN (SELECT s.participation_id FROM participant_merge_stay s JOIN participant_merge m ON m.id = s.merge_id
            WHERE m.forbund_id = @ForbundId AND (m.kept_id = @ParticipantId OR m.merged_id = @ParticipantId))));

-- name: Erasures.ForgetRemarks
-- erases
-- Why a remark was put to rest; that it was stays, so that it doesn't come back.
UPDATE quality_dismissal SET note = ''
WHERE participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId);

-- name: Erasures.RemoveInvitations
-- erases
-- What would let answers be given in the person's name.
DELETE FROM survey_invitation
WHERE forbund_id = @ForbundId
  AND participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId);

-- name: Erasures.RemoveConsents
-- erases
DELETE FROM consent WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId;

-- name: Erasures.RemoveCorrectionRequests
-- erases
DELETE FROM correction_request WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId;

-- name: Erasures.RemoveMarks
-- What was asked about somebody who is removed altogether.
DELETE FROM erasure_participant WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId;
