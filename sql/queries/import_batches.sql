-- The files of participants that have been read in, and the undoing of one. Ids are given in the order that rows are added, and
-- those of one file stand together: from the first to the last of the batch.

-- name: ImportBatches.Latest
-- row: ImportBatchRow
-- The latest of the förbund that have not been undone, and that say which rows they added.
SELECT id, row_count, added_count, imported_at, imported_by, filled_in_count, first_participant, last_participant, first_participation, last_participation
FROM import_batch
WHERE forbund_id = @ForbundId AND kind = 'deltagare' AND undone_at IS NULL AND first_participation IS NOT NULL
ORDER BY id DESC;

-- name: ImportBatches.WhatElse
-- row: BuiltOnImportRow
-- What has been built on the rows of a batch, and stands in the way of undoing it.
SELECT
    (SELECT COUNT(*) FROM participation p
        WHERE p.forbund_id = @ForbundId AND p.id BETWEEN @FirstParticipation AND @LastParticipation AND p.version > 1)
    + (SELECT COUNT(*) FROM participant d
        WHERE d.forbund_id = @ForbundId AND d.id BETWEEN @FirstParticipant AND @LastParticipant
          AND (d.version > 1 OR d.erased_at IS NOT NULL OR d.merged_into_id IS NOT NULL)) AS changed,
    (SELECT COUNT(*) FROM participation p
        WHERE p.forbund_id = @ForbundId AND p.participant_id BETWEEN @FirstParticipant AND @LastParticipant
          AND p.id NOT BETWEEN @FirstParticipation AND @LastParticipation) AS later_stays,
    (SELECT COUNT(*) FROM assessment a JOIN participation p ON p.id = a.participation_id
        WHERE p.forbund_id = @ForbundId AND p.id BETWEEN @FirstParticipation AND @LastParticipation) AS assessments,
    (SELECT COUNT(*) FROM consent c WHERE c.forbund_id = @ForbundId AND c.participant_id BETWEEN @FirstParticipant AND @LastParticipant)
    + (SELECT COUNT(*) FROM correction_request c WHERE c.forbund_id = @ForbundId AND c.participant_id BETWEEN @FirstParticipant AND @LastParticipant)
    + (SELECT COUNT(*) FROM erasure_participant e WHERE e.forbund_id = @ForbundId AND e.participant_id BETWEEN @FirstParticipant AND @LastParticipant)
    + (SELECT COUNT(*) FROM participant_merge m WHERE m.forbund_id = @ForbundId
        AND (m.kept_id BETWEEN @FirstParticipant AND @LastParticipant OR m.merged_id BETWEEN @FirstParticipant AND @LastParticipant))
    + (SELECT COUNT(*) FROM participant_merge_stay s JOIN participant_merge m ON m.id = s.merge_id
        WHERE m.forbund_id = @ForbundId AND s.participation_id BETWEEN @FirstParticipation AND @LastParticipation) AS papers,
    (SELECT COUNT(*) FROM delivery_receipt r JOIN delivery e ON e.id = r.delivery_id
        WHERE e.forbund_id = @ForbundId AND r.last_participation >= @FirstParticipation)
    + (SELECT COUNT(*) FROM publication b WHERE b.forbund_id = @ForbundId AND b.last_participation >= @FirstParticipation) AS counted;

-- name: ImportBatches.RemoveDismissals
DELETE FROM quality_dismissal
WHERE participation_id IN (SELECT p.id FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.id BETWEEN @FirstParticipation AND @LastParticipation);

-- name: ImportBatches.RemoveCaseworkers
DELETE FROM participation_caseworker
WHERE participation_id IN (SELECT p.id FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.id BETWEEN @FirstParticipation AND @LastParticipation);

-- name: ImportBatches.RemoveLivelihoods
DELETE FROM livelihood_share
WHERE participation_id IN (SELECT p.id FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.id BETWEEN @FirstParticipation AND @LastParticipation);

-- name: ImportBatches.RemoveOccupations
DELETE FROM occupation
WHERE participation_id IN (SELECT p.id FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.id BETWEEN @FirstParticipation AND @LastParticipation);

-- name: ImportBatches.RemoveStays
-- erases
DELETE FROM participation WHERE forbund_id = @ForbundId AND id BETWEEN @FirstParticipation AND @LastParticipation;

-- name: ImportBatches.RemoveNames
DELETE FROM participant_name_index
WHERE forbund_id = @ForbundId AND participant_id BETWEEN @FirstParticipant AND @LastParticipant;

-- name: ImportBatches.RemoveParticipants
-- erases
DELETE FROM participant WHERE forbund_id = @ForbundId AND id BETWEEN @FirstParticipant AND @LastParticipant;

-- name: ImportBatches.Undo
-- No row when somebody was here before.
UPDATE import_batch SET undone_at = @UndoneAt WHERE forbund_id = @ForbundId AND id = @Id AND undone_at IS NULL;
