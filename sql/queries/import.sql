-- What an import compares a file with, and what it changes beside its bulk inserts.

-- name: Import.Codes
-- row: KnownCode
-- Every code list that a file may use, in the order it is shown.
SELECT list, code, label, is_misregistration FROM code_list ORDER BY list, sort_order;

-- name: Import.Insatser
-- row: KnownInsats
SELECT id, parent_id, name, orientation, specific_orientation, follow_up_method, is_esf, starts_on, ends_on, capacity, version
FROM insats
WHERE forbund_id = @ForbundId
ORDER BY id;

-- name: Import.HeadCounts
-- row: KnownHeadCount
SELECT insats_id, calendar_year, half, gender, number_of_people
FROM head_count
WHERE forbund_id = @ForbundId;

-- name: Import.Contributions
-- row: KnownContribution
SELECT calendar_year, name, kind, kronor, version
FROM forbund_contribution
WHERE forbund_id = @ForbundId;

-- name: Import.ForbundYears
-- row: KnownForbundYear
SELECT calendar_year, own_capital_kronor, version
FROM forbund_year
WHERE forbund_id = @ForbundId;

-- name: Import.InsatsYears
-- row: KnownInsatsYear
SELECT y.insats_id, y.calendar_year, y.budgeted_participants, y.budget_kronor, y.outcome_kronor, y.version
FROM insats_year y
JOIN insats i ON i.id = y.insats_id
WHERE i.forbund_id = @ForbundId;

-- name: Import.ForbundCosts
-- row: KnownForbundCost
SELECT calendar_year, name, is_administration, budget_kronor, outcome_kronor, version
FROM forbund_cost
WHERE forbund_id = @ForbundId;

-- name: Import.Targets
-- row: KnownTarget
SELECT id, insats_id, measure, definition, calendar_year, goal, direction, version
FROM target
WHERE forbund_id = @ForbundId;

-- name: Import.TargetGroups
-- row: KnownTargetGroup
SELECT t.insats_id, t.target_group
FROM insats_target_group t
JOIN insats i ON i.id = t.insats_id
WHERE i.forbund_id = @ForbundId;

-- name: Import.Participants
-- row: KnownParticipant
SELECT id, code, code_key, gender, birth_year, CASE WHEN erased_at IS NULL THEN 0 ELSE 1 END AS is_erased, merged_into_id
FROM participant
WHERE forbund_id = @ForbundId
-- Those that others have been merged into before those.
ORDER BY CASE WHEN merged_into_id IS NULL THEN 0 ELSE 1 END, id;

-- name: Import.Identities
-- row: KnownIdentity
-- Read only where a file has names or personal numbers.
SELECT id, COALESCE(merged_into_id, id) AS kept_id, name_encrypted, personal_number_index, has_protected_identity
FROM participant
WHERE forbund_id = @ForbundId AND erased_at IS NULL;

-- name: Import.CaseworkerInsatser
-- Where the user may store names: the insatser of a caseworker, as on the participant's page.
SELECT u.insats_id
FROM user_insats u
JOIN app_user_role r ON r.app_user_id = u.app_user_id AND r.forbund_id = u.forbund_id AND r.role = 'caseworker'
WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId;

-- name: Import.ConsentInsatser
-- Insatser that ask for written consent before a name is stored, by themselves or for the insats above: as Consents.InsatserBeforeName.
SELECT i.id
FROM insats i
LEFT JOIN insats_privacy_rule r ON r.insats_id = i.id
LEFT JOIN insats_privacy_rule o ON o.insats_id = i.parent_id
WHERE i.forbund_id = @ForbundId AND (r.consent_before_name = 1 OR o.consent_before_name = 1);

-- name: Import.ConsentGiven
-- Participants who have given it; one who others are merged into has theirs too.
SELECT DISTINCT COALESCE(d.merged_into_id, d.id)
FROM consent c
JOIN participant d ON d.id = c.participant_id
WHERE c.forbund_id = @ForbundId AND c.scope = 'identity' AND c.withdrawn_on IS NULL;

-- name: Import.ConsentStays
-- Participants with a stay in an insats that asks for it.
SELECT DISTINCT p.participant_id
FROM participation p
JOIN insats i ON i.id = p.insats_id
LEFT JOIN insats_privacy_rule r ON r.insats_id = i.id
LEFT JOIN insats_privacy_rule o ON o.insats_id = i.parent_id
LEFT JOIN exit_reason x ON x.code = p.exit_reason
WHERE p.forbund_id = @ForbundId AND (r.consent_before_name = 1 OR o.consent_before_name = 1) AND COALESCE(x.is_misregistration, 0) = 0;

-- name: Import.ReachedParticipants
-- Those whom the user who reads the file in reaches already.
SELECT DISTINCT v.participant_id
FROM user_participation v
WHERE v.forbund_id = @ForbundId AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today);

-- name: Import.Participations
-- row: KnownParticipation
SELECT id, participant_id, insats_id, queued_on, started_on, ended_on, exit_reason, is_planned_exit, referrer, education_level
FROM participation
WHERE forbund_id = @ForbundId
ORDER BY id;

-- name: Import.LivelihoodShares
-- row: KnownLivelihoodShare
SELECT l.participation_id, l.occasion, l.livelihood, l.percent_share
FROM livelihood_share l
JOIN participation p ON p.id = l.participation_id
WHERE p.forbund_id = @ForbundId;

-- name: Import.Occupations
-- row: KnownOccupation
SELECT o.participation_id, o.occasion, o.work_percent, o.study_percent, o.is_job_seeking
FROM occupation o
JOIN participation p ON p.id = o.participation_id
WHERE p.forbund_id = @ForbundId;

-- name: Import.CompleteParticipation
-- Fills in what was not known before (an entry from the queue, an exit, a referrer), or corrects what was.
UPDATE participation
SET first_ended_on = COALESCE(first_ended_on, ended_on), queued_on = @QueuedOn, started_on = @StartedOn, ended_on = @EndedOn, exit_reason = @ExitReason,
    is_planned_exit = @IsPlannedExit, referrer = @Referrer, education_level = @EducationLevel, version = version + 1
WHERE id = @Id AND forbund_id = @ForbundId;

-- name: Import.CompleteAssessment
-- Some of its answers came with a file: whoever is correcting it has not seen them.
UPDATE assessment SET version = version + 1 WHERE forbund_id = @ForbundId AND id = @Id;

-- name: Import.SetHistoryVersion
-- The lines that a file has written get the version of the row that they are about.
UPDATE change_history
SET version = CASE
    WHEN entity = 'participation' THEN (SELECT p.version FROM participation p WHERE p.id = change_history.entity_id)
    WHEN entity = 'participant' THEN (SELECT d.version FROM participant d WHERE d.id = change_history.entity_id)
    ELSE (SELECT a.version FROM assessment a WHERE a.id = change_history.entity_id)
END
WHERE forbund_id = @ForbundId AND id >= @FirstId AND entity IN ('participation', 'participant', 'assessment');

-- name: Import.WithPersonalNumber
-- Their gender and birth year follow from the number.
SELECT id FROM participant WHERE forbund_id = @ForbundId AND personal_number_index IS NOT NULL;

-- name: Import.CorrectParticipant
UPDATE participant SET gender = @Gender, birth_year = @BirthYear, version = version + 1
WHERE forbund_id = @ForbundId AND id = @Id AND erased_at IS NULL;

-- name: Import.SetIdentity
-- erases
-- Of somebody who had none: what is registered is never written over by a file.
UPDATE participant
SET name_encrypted = COALESCE(name_encrypted, @NameEncrypted), personal_number_encrypted = COALESCE(personal_number_encrypted, @PersonalNumberEncrypted),
    personal_number_index = COALESCE(personal_number_index, @PersonalNumberIndex), version = version + 1
WHERE forbund_id = @ForbundId AND id = @Id AND erased_at IS NULL AND has_protected_identity = 0;

-- name: Import.RemoveLivelihood
DELETE FROM livelihood_share
WHERE occasion = @Occasion AND participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.id = @Id);

-- name: Import.RemoveOccupation
DELETE FROM occupation
WHERE occasion = @Occasion AND participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.id = @Id);

-- name: Import.CorrectAnswer
UPDATE answer SET value = @Value, missing_reason = @MissingReason
WHERE instrument_item_id = @InstrumentItemId
    AND assessment_id IN (SELECT s.id FROM assessment s WHERE s.forbund_id = @ForbundId AND s.id = @AssessmentId);

-- name: Import.Instruments
-- row: KnownInstrument
SELECT id, code, instrument_version, respondent, CASE WHEN locked_at IS NULL THEN 0 ELSE 1 END AS is_locked
FROM instrument
WHERE forbund_id = @ForbundId
ORDER BY id;

-- name: Import.InstrumentItems
-- row: KnownInstrumentItem
SELECT q.id, q.instrument_id, q.code, q.position, q.scale_min, q.scale_max, q.is_higher_better, q.smallest_change
FROM instrument_item q
JOIN instrument i ON i.id = q.instrument_id
WHERE i.forbund_id = @ForbundId
ORDER BY q.instrument_id, q.position;

-- name: Import.ItemTexts
-- row: KnownItemText
SELECT t.instrument_item_id, t.language, t.body
FROM item_text t
JOIN instrument_item q ON q.id = t.instrument_item_id
JOIN instrument i ON i.id = q.instrument_id
WHERE i.forbund_id = @ForbundId;

-- name: Import.RemoveItemTexts
-- Of an instrument that nobody has answered yet and that the file describes anew.
DELETE FROM item_text
WHERE instrument_item_id IN (
    SELECT q.id FROM instrument_item q JOIN instrument i ON i.id = q.instrument_id WHERE i.forbund_id = @ForbundId AND i.id = @Id AND i.locked_at IS NULL
);

-- name: Import.RemoveItems
DELETE FROM instrument_item
WHERE instrument_id IN (SELECT id FROM instrument WHERE forbund_id = @ForbundId AND id = @Id AND locked_at IS NULL);

-- name: Import.LockInstrument
UPDATE instrument SET locked_at = @LockedAt WHERE forbund_id = @ForbundId AND id = @Id AND locked_at IS NULL;

-- name: Import.Assessments
-- row: KnownAssessment
SELECT id, participation_id, instrument_id, occasion, answered_on
FROM assessment
WHERE forbund_id = @ForbundId;

-- name: Import.Answers
-- row: KnownAnswer
SELECT a.assessment_id, a.instrument_item_id, a.value, a.missing_reason
FROM answer a
JOIN assessment s ON s.id = a.assessment_id
WHERE s.forbund_id = @ForbundId;

-- name: Import.Marks
-- row: KnownMark
-- How far ids have been handed out: what has a higher one was not there. Ids are held until their row is saved, so none
-- below comes later.
SELECT table_name, last_id
FROM row_id
WHERE table_name IN ('participant', 'participation', 'insats', 'instrument', 'instrument_item', 'assessment', 'change_history', 'import_batch');

-- name: Import.ChangedSince
-- row: ChangedMeanwhile
-- What has come or been changed in the förbund since the marks, as far as it can touch a file: about whom, or which kind.
-- Everything that is changed leaves a new row or a line in the history. The plus keeps SQLite with the few last ids.
SELECT 'participant' AS what, d.id AS participant_id, d.code
FROM participant d
WHERE d.forbund_id = @ForbundId AND d.id > @Participant
UNION
SELECT 'participant', d.id, d.code
FROM participation p
JOIN participant d ON d.id = p.participant_id
WHERE +p.forbund_id = @ForbundId AND p.id > @Participation
UNION
SELECT 'participant', d.id, d.code
FROM change_history h
JOIN participant d ON d.forbund_id = h.forbund_id AND d.id = h.entity_id
WHERE +h.forbund_id = @ForbundId AND h.id > @ChangeHistory AND h.entity = 'participant'
UNION
SELECT 'participant', d.id, d.code
FROM change_history h
JOIN participation p ON p.id = h.entity_id
JOIN participant d ON d.id = p.participant_id
WHERE +h.forbund_id = @ForbundId AND h.id > @ChangeHistory AND h.entity = 'participation'
UNION
SELECT 'assessment', d.id, d.code
FROM assessment a
JOIN participation p ON p.id = a.participation_id
JOIN participant d ON d.id = p.participant_id
WHERE +a.forbund_id = @ForbundId AND a.id > @Assessment
UNION
SELECT 'assessment', d.id, d.code
FROM change_history h
JOIN assessment a ON a.id = h.entity_id
JOIN participation p ON p.id = a.participation_id
JOIN participant d ON d.id = p.participant_id
WHERE +h.forbund_id = @ForbundId AND h.id > @ChangeHistory AND h.entity = 'assessment'
UNION
SELECT 'insats', NULL, NULL FROM insats i WHERE i.forbund_id = @ForbundId AND i.id > @Insats
UNION
SELECT 'insats', NULL, NULL FROM change_history h WHERE +h.forbund_id = @ForbundId AND h.id > @ChangeHistory AND h.entity = 'insats'
UNION
SELECT 'sum', NULL, NULL
FROM change_history h
WHERE +h.forbund_id = @ForbundId AND h.id > @ChangeHistory
  AND (h.entity = 'target' OR h.entity LIKE 'head_count.%' OR h.entity LIKE 'insats_year.%' OR h.entity LIKE 'forbund%.%')
UNION
SELECT 'instrument', NULL, NULL FROM instrument i WHERE i.forbund_id = @ForbundId AND i.id > @Instrument
UNION
SELECT 'instrument', NULL, NULL
FROM instrument_item q
JOIN instrument i ON i.id = q.instrument_id
WHERE i.forbund_id = @ForbundId AND q.id > @InstrumentItem
UNION
-- Somebody has been removed, whom the file may tell of: as after another file, all is compared again.
SELECT 'import', NULL, NULL
FROM change_history h
WHERE +h.forbund_id = @ForbundId AND h.id > @ChangeHistory AND h.entity = 'participant' AND h.field = 'Removed'
UNION
SELECT 'import', NULL, NULL FROM import_batch b WHERE b.forbund_id = @ForbundId AND b.id > @ImportBatch;

-- name: Import.InstrumentWithCode
SELECT id
FROM instrument
WHERE forbund_id = @ForbundId AND code = @Code AND instrument_version = @InstrumentVersion AND respondent = @Respondent;

-- name: Import.ItemWithCode
SELECT q.id
FROM instrument_item q
JOIN instrument i ON i.id = q.instrument_id
WHERE i.forbund_id = @ForbundId AND i.id = @InstrumentId AND q.code = @Code;

-- name: Import.AddBatch
INSERT INTO import_batch (id, forbund_id, kind, file_name, file_sha256, row_count, added_count, imported_at, imported_by, filled_in_count,
    first_participant, last_participant, first_participation, last_participation)
VALUES (@Id, @ForbundId, @Kind, @FileName, @FileSha256, @RowCount, @AddedCount, @ImportedAt, @ImportedBy, @FilledInCount,
    @FirstParticipant, @LastParticipant, @FirstParticipation, @LastParticipation);
