-- Two records of one person made one, and undone. What is shown of it is asked for beside what the user reaches: see user_participation.

-- name: Merges.Stays
-- row: MergeStayRow
-- Of both records, whose each is.
SELECT p.id AS participation_id, p.participant_id, p.version, i.name AS insats, p.queued_on, p.started_on, p.ended_on, p.exit_reason,
    CASE WHEN EXISTS (SELECT 1 FROM user_participation v WHERE v.participation_id = p.id AND v.app_user_id = @UserId
        AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)) THEN 1 ELSE 0 END AS is_reached
FROM participation p
JOIN insats i ON i.id = p.insats_id
WHERE p.forbund_id = @ForbundId AND p.participant_id IN (@KeptId, @MergedId)
ORDER BY COALESCE(p.started_on, p.queued_on), p.id;

-- name: Merges.Overlapping
-- row: MergeOverlapRow
-- Stays of one that overlap one of the other in the same insats, by the rule of a new stay.
SELECT a.id AS participation_id, i.name AS insats, COALESCE(a.started_on, a.queued_on) AS from_on, COALESCE(b.started_on, b.queued_on) AS other_from_on
FROM participation a
JOIN participation b ON b.forbund_id = a.forbund_id AND b.insats_id = a.insats_id
JOIN insats i ON i.id = a.insats_id
LEFT JOIN exit_reason ar ON ar.code = a.exit_reason
LEFT JOIN exit_reason br ON br.code = b.exit_reason
WHERE a.forbund_id = @ForbundId AND a.participant_id = @KeptId AND b.participant_id = @MergedId
  AND COALESCE(ar.is_misregistration, 0) = 0 AND COALESCE(br.is_misregistration, 0) = 0
  AND (a.started_on IS NOT NULL OR a.ended_on IS NULL) AND (b.started_on IS NOT NULL OR b.ended_on IS NULL)
  AND (a.ended_on IS NULL OR a.ended_on > COALESCE(b.started_on, b.queued_on))
  AND (b.ended_on IS NULL OR b.ended_on > COALESCE(a.started_on, a.queued_on))
ORDER BY i.name COLLATE Finnish_Swedish_100_CI_AS, a.id;

-- name: Merges.MoveStay
UPDATE participation SET participant_id = @ToId, version = version + 1 WHERE forbund_id = @ForbundId AND id = @ParticipationId;

-- name: Merges.Take
-- erases
-- What the kept record has after a merge or its undoing.
UPDATE participant
SET gender = @Gender, birth_year = @BirthYear, name_encrypted = @NameEncrypted, personal_number_encrypted = @PersonalNumberEncrypted,
    personal_number_index = @PersonalNumberIndex, version = version + 1
WHERE forbund_id = @ForbundId AND id = @Id AND version = @Version AND erased_at IS NULL;

-- name: Merges.Into
UPDATE participant SET merged_into_id = @KeptId, version = version + 1 WHERE forbund_id = @ForbundId AND id = @MergedId AND version = @Version;

-- name: Merges.Follow
-- Those that had been merged into the record follow it.
UPDATE participant SET merged_into_id = @KeptId WHERE forbund_id = @ForbundId AND merged_into_id = @MergedId;

-- name: Merges.OutOf
UPDATE participant SET merged_into_id = NULL, version = version + 1 WHERE forbund_id = @ForbundId AND id = @MergedId AND merged_into_id = @KeptId;

-- name: Merges.FollowBack
UPDATE participant SET merged_into_id = @MergedId
WHERE forbund_id = @ForbundId AND merged_into_id = @KeptId
  AND id IN (SELECT m.merged_id FROM participant_merge m WHERE m.forbund_id = @ForbundId AND m.kept_id = @MergedId AND m.undone_at IS NULL);

-- name: Merges.Add
INSERT INTO participant_merge (id, forbund_id, kept_id, merged_id, merged_at, merged_by, kept_version, gender_before, took_birth_year, took_name, took_number)
VALUES (@Id, @ForbundId, @KeptId, @MergedId, @MergedAt, @Actor, @KeptVersion, @GenderBefore, @TookBirthYear, @TookName, @TookNumber);

-- name: Merges.OfKept
-- row: MergeRow
-- Those that stand, the latest first.
SELECT m.id, m.kept_id, m.merged_id, o.code AS merged_code, m.merged_at, m.merged_by, m.kept_version,
    m.gender_before, m.took_birth_year, m.took_name, m.took_number
FROM participant_merge m
JOIN participant o ON o.id = m.merged_id
WHERE m.forbund_id = @ForbundId AND m.kept_id = @KeptId AND m.undone_at IS NULL
ORDER BY m.id DESC;

-- name: Merges.CountBuiltOn
-- Stays that have come to the kept record since the merge, have gone, or been changed.
SELECT
    (SELECT COUNT(*) FROM participation p WHERE p.forbund_id = @ForbundId AND p.participant_id = @KeptId
        AND NOT EXISTS (SELECT 1 FROM participant_merge_stay s WHERE s.merge_id = @Id AND s.participation_id = p.id AND s.version = p.version))
    + (SELECT COUNT(*) FROM participant_merge_stay s WHERE s.merge_id = @Id
        AND NOT EXISTS (SELECT 1 FROM participation p WHERE p.forbund_id = @ForbundId AND p.id = s.participation_id AND p.participant_id = @KeptId)) AS built;

-- name: Merges.MovedStays
-- Those that were the other's before.
SELECT s.participation_id
FROM participant_merge_stay s
JOIN participant_merge m ON m.id = s.merge_id
WHERE m.forbund_id = @ForbundId AND m.id = @Id AND s.owner_id = m.merged_id
ORDER BY s.participation_id;

-- name: Merges.Undo
UPDATE participant_merge SET undone_at = @UndoneAt, undone_by = @Actor WHERE forbund_id = @ForbundId AND id = @Id AND undone_at IS NULL;

-- name: Merges.AllOf
-- row: ParticipantCodeRow
-- The records that have been merged into one.
SELECT id, code FROM participant WHERE forbund_id = @ForbundId AND merged_into_id = @KeptId ORDER BY id;
