-- How far back a caseworker reaches those who have left, and who has been let in after that.

-- name: Reach.Settings
-- row: AccessSettingRow
SELECT reach_months, is_password_off, version FROM access_setting WHERE forbund_id = @ForbundId;

-- name: Reach.CodeRoles
SELECT role FROM code_required_role WHERE forbund_id = @ForbundId ORDER BY role;

-- name: Reach.AddSettings
INSERT INTO access_setting (forbund_id, reach_months, is_password_off, version) VALUES (@ForbundId, @ReachMonths, @IsPasswordOff, 1);

-- name: Reach.SetSettings
UPDATE access_setting SET reach_months = @ReachMonths, is_password_off = @IsPasswordOff, version = version + 1
WHERE forbund_id = @ForbundId AND version = @Version;

-- name: Reach.ClearCodeRoles
DELETE FROM code_required_role WHERE forbund_id = @ForbundId;

-- name: Reach.AddCodeRole
INSERT INTO code_required_role (forbund_id, role) VALUES (@ForbundId, @Role);

-- name: Reach.FormerByCode
-- The participant with a code who has been in an insats that the user works in, whether reached or not.
SELECT d.id
FROM participant d
WHERE d.forbund_id = @ForbundId AND d.erased_at IS NULL
  AND d.id = (SELECT COALESCE(m.merged_into_id, m.id) FROM participant m WHERE m.forbund_id = @ForbundId AND m.code_key = @CodeKey)
  AND EXISTS (SELECT 1 FROM participation p JOIN user_insats u ON u.insats_id = p.insats_id WHERE p.participant_id = d.id AND u.app_user_id = @UserId);

-- name: Reach.FormerByNumber
SELECT d.id
FROM participant d
WHERE d.forbund_id = @ForbundId AND d.erased_at IS NULL
  AND d.id IN (SELECT COALESCE(m.merged_into_id, m.id) FROM participant m WHERE m.forbund_id = @ForbundId AND m.personal_number_index = @PersonalNumberIndex)
  AND EXISTS (SELECT 1 FROM participation p JOIN user_insats u ON u.insats_id = p.insats_id WHERE p.participant_id = d.id AND u.app_user_id = @UserId);

-- name: Reach.CountClosed
-- Stays in the user's insatser that the user does not reach.
SELECT COUNT(*)
FROM participation p
JOIN user_insats u ON u.insats_id = p.insats_id AND u.app_user_id = @UserId
WHERE p.forbund_id = @ForbundId AND p.participant_id = @ParticipantId
  AND p.id NOT IN (
    SELECT v.participation_id
    FROM user_participation v
    WHERE v.forbund_id = @ForbundId AND v.participant_id = @ParticipantId AND v.app_user_id = @UserId
        AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today));

-- name: Reach.LastOn
-- What the reach of a stay that has ended is counted from.
SELECT e.last_on FROM participation_end e WHERE e.forbund_id = @ForbundId AND e.participation_id = @ParticipationId;

-- name: Reach.CountAsked
SELECT COUNT(*) FROM reach_opening WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId AND app_user_id = @UserId AND state = 'asked';

-- name: Reach.Ask
INSERT INTO reach_opening (id, forbund_id, participant_id, app_user_id, reason, asked_at, state)
VALUES (@Id, @ForbundId, @ParticipantId, @UserId, @Reason, @AskedAt, 'asked');

-- name: Reach.Openings
-- row: ReachOpeningRow
-- Those that are asked for and those that are open, of one user or of all, the oldest first; not of those who are erased.
SELECT o.id, o.participant_id, d.code, o.app_user_id AS user_id, a.display_name, a.user_name, o.reason, o.asked_at, o.state, o.decided_by, o.opened_through
FROM reach_opening o
JOIN participant d ON d.id = o.participant_id
JOIN app_user a ON a.id = o.app_user_id
WHERE o.forbund_id = @ForbundId AND d.erased_at IS NULL AND (@UserId IS NULL OR o.app_user_id = @UserId)
  AND (o.state = 'asked' OR (o.state = 'opened' AND o.opened_through >= @Today) OR (o.state = 'refused' AND o.decided_at >= @Since))
ORDER BY o.id;

-- name: Reach.InsatserOfOpening
-- What the insatser are called that an opening lets its user into.
SELECT DISTINCT i.name
FROM reach_opening o
JOIN participation p ON p.participant_id = o.participant_id
JOIN user_insats u ON u.insats_id = p.insats_id AND u.app_user_id = o.app_user_id
JOIN insats i ON i.id = p.insats_id
WHERE o.forbund_id = @ForbundId AND o.id = @Id;

-- name: Reach.Decide
UPDATE reach_opening
SET state = @NewState, decided_at = @DecidedAt, decided_by = @Actor, opened_through = @OpenedThrough
WHERE forbund_id = @ForbundId AND id = @Id AND state = @State;

-- name: Reach.MoveClosedHistory
-- After new stays were written, those from an id on: where nobody reaches the earlier ones in the insats, they stay closed.
UPDATE closed_history SET ended_before = @ReachedSince
WHERE forbund_id = @ForbundId AND ended_before < @ReachedSince
  AND EXISTS (
    SELECT 1 FROM participation n
    WHERE n.participant_id = closed_history.participant_id AND n.insats_id = closed_history.insats_id AND n.id >= @FirstId)
  AND NOT EXISTS (
    SELECT 1 FROM participation_end e
    WHERE e.participant_id = closed_history.participant_id AND e.insats_id = closed_history.insats_id AND e.participation_id < @FirstId
      AND e.is_misregistered = 0 AND e.last_on >= @ReachedSince);

-- name: Reach.CloseHistory
-- The plus keeps SQLite with the new ids.
INSERT INTO closed_history (forbund_id, participant_id, insats_id, ended_before)
SELECT DISTINCT n.forbund_id, n.participant_id, n.insats_id, @ReachedSince
FROM participation n
WHERE +n.forbund_id = @ForbundId AND n.id >= @FirstId
  AND EXISTS (
    SELECT 1 FROM participation p
    WHERE p.participant_id = n.participant_id AND p.insats_id = n.insats_id AND p.id < @FirstId)
  AND NOT EXISTS (
    SELECT 1 FROM participation_end e
    WHERE e.participant_id = n.participant_id AND e.insats_id = n.insats_id AND e.participation_id < @FirstId
      AND e.is_misregistered = 0 AND e.last_on >= @ReachedSince)
  AND NOT EXISTS (SELECT 1 FROM closed_history c WHERE c.participant_id = n.participant_id AND c.insats_id = n.insats_id);

-- name: Reach.CloseMerged
-- A stay that nobody reaches stays closed beside those of the other record that are reached.
INSERT INTO closed_history (forbund_id, participant_id, insats_id, ended_before)
SELECT DISTINCT o.forbund_id, @KeptId, o.insats_id, @ReachedSince
FROM participation_end o
WHERE o.forbund_id = @ForbundId AND o.participant_id IN (@KeptId, @MergedId) AND o.last_on < @ReachedSince
  AND (EXISTS (SELECT 1 FROM closed_history c WHERE c.participant_id = o.participant_id AND c.insats_id = o.insats_id)
    OR NOT EXISTS (SELECT 1 FROM participation_end s WHERE s.participant_id = o.participant_id AND s.insats_id = o.insats_id
        AND s.is_misregistered = 0 AND s.last_on >= @ReachedSince))
  AND EXISTS (SELECT 1 FROM participation_end t WHERE t.participant_id IN (@KeptId, @MergedId) AND t.insats_id = o.insats_id AND t.last_on >= @ReachedSince)
  AND NOT EXISTS (SELECT 1 FROM closed_history c WHERE c.participant_id = @KeptId AND c.insats_id = o.insats_id);

-- name: Reach.CloseMoved
-- Earlier stays there that nobody reaches stay closed beside the one that comes.
INSERT INTO closed_history (forbund_id, participant_id, insats_id, ended_before)
SELECT DISTINCT e.forbund_id, e.participant_id, e.insats_id, @ReachedSince
FROM participation_end e
WHERE e.forbund_id = @ForbundId AND e.participant_id = @ParticipantId AND e.insats_id = @InsatsId
  AND NOT EXISTS (SELECT 1 FROM participation_end s WHERE s.participant_id = e.participant_id AND s.insats_id = e.insats_id
      AND s.is_misregistered = 0 AND s.last_on >= @ReachedSince)
  AND NOT EXISTS (SELECT 1 FROM closed_history c WHERE c.participant_id = e.participant_id AND c.insats_id = e.insats_id);

-- name: Reach.CountReasons
SELECT COUNT(*) FROM reach_opening WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId AND reason <> '';

-- name: Reach.EndOpenings
-- erases
-- Of somebody who is erased: why goes, and who knows whom it was about is let in no longer.
UPDATE reach_opening SET reason = '', state = CASE WHEN state = 'refused' THEN state ELSE 'ended' END
WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId;

-- name: Reach.RemoveOpenings
DELETE FROM reach_opening WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId;

-- name: Reach.RemoveClosed
DELETE FROM closed_history WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId;

-- name: Reach.CountOpeningsOfBatch
-- Requests about participants that a file added.
SELECT COUNT(*) FROM reach_opening WHERE forbund_id = @ForbundId AND participant_id BETWEEN @FirstParticipant AND @LastParticipant;

-- name: Reach.RemoveClosedOfBatch
DELETE FROM closed_history WHERE forbund_id = @ForbundId AND participant_id BETWEEN @FirstParticipant AND @LastParticipant;

-- name: Reach.OpeningsOf
-- row: ParticipantOpeningRow
-- Who has asked to see a participant again, for the extract of the person.
SELECT o.asked_at, a.display_name, o.reason, o.state, o.decided_by, o.opened_through
FROM reach_opening o
JOIN app_user a ON a.id = o.app_user_id
WHERE o.forbund_id = @ForbundId AND o.participant_id = @ParticipantId
ORDER BY o.id;
