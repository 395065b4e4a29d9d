-- What a caseworker should do in their own insatser, for those whom they reach.

-- name: Todo.ExitsWithoutReason
-- row: TodoRow
-- Not those where somebody has said that the reason can't be had, nor of the erased, where nothing can be changed.
SELECT p.id AS participation_id, p.participant_id, d.code, p.insats_id, i.name AS insats, p.ended_on AS since_on
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
WHERE p.forbund_id = @ForbundId AND d.erased_at IS NULL AND p.started_on IS NOT NULL AND p.ended_on IS NOT NULL AND p.exit_reason IS NULL
  AND p.insats_id IN (SELECT u.insats_id FROM user_insats u WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId)
  AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participation_id = p.id AND v.app_user_id = @UserId
      AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today))
  AND NOT EXISTS (SELECT 1 FROM quality_dismissal q WHERE q.participation_id = p.id AND q.[rule] = 'exit_without_reason')
ORDER BY p.ended_on, p.id;

-- name: Todo.LongInQueue
-- row: TodoRow
SELECT p.id AS participation_id, p.participant_id, d.code, p.insats_id, i.name AS insats, p.queued_on AS since_on
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
WHERE p.forbund_id = @ForbundId AND p.ended_on IS NULL AND p.started_on IS NULL AND p.queued_on < @QueuedBefore
  AND p.insats_id IN (SELECT u.insats_id FROM user_insats u WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId)
ORDER BY p.queued_on, p.id;

-- name: Todo.MissingConsents
-- row: TodoRow
-- Those in queue or enrolled where the insats asks for written consent and none covers the registration. since_on is the day
-- they were put in queue, else the entry.
SELECT p.id AS participation_id, p.participant_id, d.code, p.insats_id, i.name AS insats, COALESCE(p.queued_on, p.started_on) AS since_on
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
LEFT JOIN insats_privacy_rule r ON r.insats_id = i.id
LEFT JOIN insats_privacy_rule o ON o.insats_id = i.parent_id
WHERE p.forbund_id = @ForbundId AND p.ended_on IS NULL AND d.erased_at IS NULL AND (r.needs_consent = 1 OR o.needs_consent = 1)
  AND p.insats_id IN (SELECT u.insats_id FROM user_insats u WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId)
  AND NOT EXISTS (SELECT 1 FROM consent c JOIN participant m ON m.id = c.participant_id
      WHERE (m.id = d.id OR m.merged_into_id = d.id) AND c.scope = 'registration' AND c.withdrawn_on IS NULL)
ORDER BY COALESCE(p.queued_on, p.started_on), p.id;

-- name: Todo.CorrectionRequests
-- row: TodoPersonRow
-- What those whom the user reaches have asked to have corrected, and nobody has answered.
SELECT d.id AS participant_id, d.code, MIN(c.asked_on) AS since_on
FROM correction_request c
JOIN participant m ON m.id = c.participant_id
JOIN participant d ON d.id = COALESCE(m.merged_into_id, m.id)
WHERE c.forbund_id = @ForbundId AND c.answer IS NULL AND d.erased_at IS NULL
  AND EXISTS (SELECT 1 FROM user_participation v WHERE v.participant_id = d.id AND v.app_user_id = @UserId
      AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today))
GROUP BY d.id, d.code
ORDER BY MIN(c.asked_on), d.id;

-- name: Todo.AssessmentsDue
-- row: AssessmentDueRow
-- Only for instruments and occasions that the insats has used since @UsedSince, whatever version, and only for stays that
-- began when the instrument was in use there. since_on is what the wait is counted from: the entry, the latest assessment
-- or the exit.
WITH own AS (
    SELECT p.id, p.participant_id, p.insats_id, p.started_on, p.ended_on
    FROM participation p
    WHERE p.forbund_id = @ForbundId AND p.started_on IS NOT NULL
      AND p.insats_id IN (SELECT u.insats_id FROM user_insats u WHERE u.forbund_id = @ForbundId AND u.app_user_id = @UserId)
      AND (p.exit_reason IS NULL OR p.exit_reason NOT IN (SELECT r.code FROM exit_reason r WHERE r.is_misregistration = 1))
),
done AS (
    SELECT o.id, o.insats_id, m.code, m.respondent, a.occasion, a.answered_on
    FROM own o
    JOIN assessment a ON a.participation_id = o.id
    JOIN instrument m ON m.id = a.instrument_id
),
used AS (
    SELECT insats_id, code, respondent, occasion, MIN(answered_on) AS first_on
    FROM done
    GROUP BY insats_id, code, respondent, occasion
    HAVING MAX(answered_on) >= @UsedSince
),
last_done AS (
    SELECT id, code, respondent, MAX(answered_on) AS last_on,
        MAX(CASE occasion WHEN 'start' THEN 1 ELSE 0 END) AS has_start,
        MAX(CASE WHEN occasion IN ('exit', 'after') THEN 1 ELSE 0 END) AS has_exit
    FROM done
    GROUP BY id, code, respondent
),
due AS (
    SELECT o.id, u.code, u.respondent, u.occasion,
        CASE u.occasion WHEN 'start' THEN o.started_on WHEN 'followup' THEN l.last_on ELSE o.ended_on END AS since_on
    FROM own o
    JOIN used u ON u.insats_id = o.insats_id
    LEFT JOIN last_done l ON l.id = o.id AND l.code = u.code AND l.respondent = u.respondent
    WHERE (u.occasion = 'start' AND o.ended_on IS NULL AND o.started_on < @StartedBefore AND o.started_on >= u.first_on AND COALESCE(l.has_start, 0) = 0)
       OR (u.occasion = 'followup' AND o.ended_on IS NULL AND l.last_on < @FollowedUpBefore)
       OR (u.occasion = 'exit' AND o.ended_on >= @EndedSince AND l.has_start = 1 AND l.has_exit = 0)
),
latest AS (
    SELECT m.id, m.code, m.respondent,
        ROW_NUMBER() OVER (PARTITION BY m.code, m.respondent ORDER BY m.instrument_version DESC) AS age
    FROM instrument m
    WHERE m.forbund_id = @ForbundId
)
SELECT o.id AS participation_id, o.participant_id, d.code, o.insats_id, i.name AS insats, m.id AS instrument_id, m.code AS instrument,
    m.respondent, x.occasion, x.since_on
FROM due x
JOIN own o ON o.id = x.id
JOIN participant d ON d.id = o.participant_id
JOIN insats i ON i.id = o.insats_id
JOIN latest m ON m.code = x.code AND m.respondent = x.respondent AND m.age = 1
WHERE d.erased_at IS NULL AND EXISTS (SELECT 1 FROM user_participation v
    WHERE v.participation_id = o.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today))
ORDER BY x.since_on, o.id, m.code, m.respondent;
