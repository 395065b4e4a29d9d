-- What an import compares a file with, and what it changes beside its bulk inserts.

-- name: Import.Codes
-- row: KnownCode
-- Every code list that a file may use, in the order it is shown.
SELECT list, code, label, is_misregistration FROM code_list ORDER BY list, sort_order;

-- name: Import.Insatser
-- row: KnownInsats
SELECT id, parent_id, name, orientation, specific_orientation, follow_up_method, is_esf, starts_on, ends_on, capacity
FROM insats
WHERE forbund_id = @ForbundId
ORDER BY id;

-- name: Import.TargetGroups
-- row: KnownTargetGroup
SELECT t.insats_id, t.target_group
FROM insats_target_group t
JOIN insats i ON i.id = t.insats_id
WHERE i.forbund_id = @ForbundId;

-- name: Import.Participants
-- row: KnownParticipant
SELECT id, code, gender, birth_year, CASE WHEN erased_at IS NULL THEN 0 ELSE 1 END AS is_erased
FROM participant
WHERE forbund_id = @ForbundId
ORDER BY id;

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
-- Fills in what was not known before: an entry from the queue, an exit, a referrer.
UPDATE participation
SET queued_on = @QueuedOn, started_on = @StartedOn, ended_on = @EndedOn, exit_reason = @ExitReason,
    is_planned_exit = @IsPlannedExit, referrer = @Referrer, education_level = @EducationLevel, version = version + 1
WHERE id = @Id AND forbund_id = @ForbundId;

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

-- name: Import.AddBatch
INSERT INTO import_batch (id, forbund_id, kind, file_name, file_sha256, row_count, added_count, imported_at)
VALUES (@Id, @ForbundId, @Kind, @FileName, @FileSha256, @RowCount, @AddedCount, @ImportedAt);
