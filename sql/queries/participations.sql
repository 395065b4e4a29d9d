-- Participations: queue, entry, exit, and the participant's situation before and after.

-- name: Participations.Find
-- row: ParticipationRow
SELECT id, participant_id, insats_id, queued_on, started_on, ended_on, exit_reason, is_planned_exit, referrer, education_level, version
FROM participation
WHERE forbund_id = @ForbundId AND id = @ParticipationId;

-- name: Participations.ParticipantOf
SELECT participant_id FROM participation WHERE forbund_id = @ForbundId AND id = @ParticipationId;

-- name: Participations.OfParticipant
-- row: ParticipationRow
-- All, or those that a user reaches.
SELECT id, participant_id, insats_id, queued_on, started_on, ended_on, exit_reason, is_planned_exit, referrer, education_level, version
FROM participation
WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId
  AND (@UserId IS NULL OR id IN (
    SELECT v.participation_id
    FROM user_participation v
    WHERE v.forbund_id = @ForbundId AND v.participant_id = @ParticipantId AND v.app_user_id = @UserId
        AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)))
ORDER BY COALESCE(started_on, queued_on), id;

-- name: Participations.Reached
-- row: ParticipationRow
-- Those that a user reaches among some, whose ids stand between commas: ,1,25,3,
SELECT p.id, p.participant_id, p.insats_id, p.queued_on, p.started_on, p.ended_on, p.exit_reason, p.is_planned_exit, p.referrer,
    p.education_level, p.version
FROM participation p
WHERE p.forbund_id = @ForbundId AND @Ids LIKE CONCAT('%,', p.id, ',%')
  AND p.insats_id IN (SELECT u.insats_id FROM user_insats u WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId)
  AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participation_id = p.id AND v.app_user_id = @UserId
      AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today));

-- name: Participations.Slice
-- row: ParticipationSliceRow
-- Those in a user's insatser that come next after an id, so many at a time, with whether the user reaches each: the ids are
-- found first, so that the reach is asked of a page and not of all.
WITH next_ones AS (
    SELECT p.id, ROW_NUMBER() OVER (ORDER BY p.id) AS position
    FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.id > @AfterId AND (@InsatsId IS NULL OR p.insats_id = @InsatsId)
      AND p.insats_id IN (SELECT u.insats_id FROM user_insats u WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId)
      AND (@FromOn IS NULL OR p.ended_on IS NULL OR p.ended_on >= @FromOn)
      AND (@ToOn IS NULL OR COALESCE(p.started_on, p.queued_on) <= @ToOn)
)
SELECT p.id, p.participant_id, d.code, p.insats_id, p.queued_on, p.started_on, p.ended_on, p.exit_reason, p.is_planned_exit, p.referrer,
    p.education_level, p.version,
    CASE WHEN EXISTS (SELECT 1 FROM user_participation v WHERE v.participation_id = p.id AND v.app_user_id = @UserId
        AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)) THEN 1 ELSE 0 END AS is_reached
FROM next_ones n
JOIN participation p ON p.id = n.id
JOIN participant d ON d.id = p.participant_id
WHERE n.position <= @Taken
ORDER BY p.id;

-- name: Participations.LastEducation
-- The latest that is known of a participant's education, from the stays that a user reaches; nothing when none says it.
WITH known AS (
    SELECT p.education_level, ROW_NUMBER() OVER (ORDER BY COALESCE(p.started_on, p.queued_on) DESC, p.id DESC) AS age
    FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId AND p.education_level IS NOT NULL
      AND (p.exit_reason IS NULL OR p.exit_reason NOT IN (SELECT r.code FROM exit_reason r WHERE r.is_misregistration = 1))
      AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participation_id = p.id AND v.app_user_id = @UserId
          AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today))
)
SELECT education_level FROM known WHERE age = 1;

-- name: Participations.OpenInInsats
-- row: ParticipationRow
-- In queue or ongoing.
SELECT id, participant_id, insats_id, queued_on, started_on, ended_on, exit_reason, is_planned_exit, referrer, education_level, version
FROM participation
WHERE forbund_id = @ForbundId AND insats_id = @InsatsId AND ended_on IS NULL
ORDER BY COALESCE(started_on, queued_on), id;

-- name: Participations.CountOverlapping
-- Other stays of the participant in the insats that overlap the time from @FromOn to @ToOn. A stay lasts until its last day: who
-- leaves may come back the same day. Standing in queue counts while nothing has ended it; misregistrations never do.
SELECT COUNT(*)
FROM participation p
LEFT JOIN exit_reason r ON r.code = p.exit_reason
WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId AND p.insats_id = @InsatsId AND p.id <> @ParticipationId
  AND COALESCE(r.is_misregistration, 0) = 0
  AND (p.started_on IS NOT NULL OR p.ended_on IS NULL)
  AND (p.ended_on IS NULL OR p.ended_on > @FromOn)
  AND COALESCE(p.started_on, p.queued_on) < @ToOn;

-- name: Participations.Register
-- In queue when there is no start; with an end when the whole stay is past.
INSERT INTO participation (id, forbund_id, participant_id, insats_id, queued_on, started_on, ended_on, exit_reason,
    is_planned_exit, referrer, education_level, version)
VALUES (@Id, @ForbundId, @ParticipantId, @InsatsId, @QueuedOn, @StartedOn, @EndedOn, @ExitReason, @IsPlannedExit, @Referrer, @EducationLevel, 1);

-- name: Participations.Enter
-- From the queue.
UPDATE participation SET started_on = @StartedOn, version = version + 1
WHERE forbund_id = @ForbundId AND id = @ParticipationId AND version = @Version AND started_on IS NULL AND ended_on IS NULL;

-- name: Participations.SetExit
-- An exit that is changed or taken back is remembered, unless it was a mistake.
UPDATE participation
SET first_ended_on = CASE WHEN @IsMistake = 1 THEN NULL ELSE COALESCE(first_ended_on, ended_on) END,
    ended_on = @EndedOn, exit_reason = @ExitReason, is_planned_exit = @IsPlannedExit, version = version + 1
WHERE forbund_id = @ForbundId AND id = @ParticipationId AND version = @Version;

-- name: Participations.Correct
UPDATE participation
SET first_ended_on = COALESCE(first_ended_on, ended_on), queued_on = @QueuedOn, started_on = @StartedOn, ended_on = @EndedOn,
    exit_reason = @ExitReason, is_planned_exit = @IsPlannedExit,
    referrer = @Referrer, education_level = @EducationLevel, version = version + 1
WHERE forbund_id = @ForbundId AND id = @ParticipationId AND version = @Version;

-- name: Participations.Move
-- To the insats where it belongs.
UPDATE participation SET insats_id = @InsatsId, version = version + 1
WHERE forbund_id = @ForbundId AND id = @ParticipationId AND version = @Version;

-- name: Participations.Touch
-- Something that belongs to it was changed.
UPDATE participation SET version = version + 1
WHERE forbund_id = @ForbundId AND id = @ParticipationId AND version = @Version;

-- name: Participations.Livelihoods
-- row: LivelihoodRow
SELECT s.occasion, s.livelihood, s.percent_share
FROM livelihood_share s
JOIN participation p ON p.id = s.participation_id
JOIN livelihood l ON l.code = s.livelihood
WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId
ORDER BY s.occasion, l.sort_order;

-- name: Participations.ClearLivelihoods
DELETE FROM livelihood_share
WHERE participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId)
  AND occasion = @Occasion;

-- name: Participations.AddLivelihood
INSERT INTO livelihood_share (participation_id, occasion, livelihood, percent_share)
SELECT p.id, @Occasion, @Livelihood, @PercentShare
FROM participation p
WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId;

-- name: Participations.Occupations
-- row: OccupationRow
SELECT o.occasion, o.work_percent, o.study_percent, o.is_job_seeking
FROM occupation o
JOIN participation p ON p.id = o.participation_id
WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId
ORDER BY o.occasion;

-- name: Participations.ClearOccupation
DELETE FROM occupation
WHERE participation_id IN (SELECT p.id FROM participation p WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId)
  AND occasion = @Occasion;

-- name: Participations.AddOccupation
INSERT INTO occupation (participation_id, occasion, work_percent, study_percent, is_job_seeking)
SELECT p.id, @Occasion, @WorkPercent, @StudyPercent, @IsJobSeeking
FROM participation p
WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId;
