-- Self-assessments and caseworkers' assessments, with their answers.

-- name: Assessments.OfParticipation
-- row: AssessmentRow
SELECT id, participation_id, instrument_id, occasion, respondent, answered_on, version
FROM assessment
WHERE forbund_id = @ForbundId AND participation_id = @ParticipationId
ORDER BY answered_on, id;

-- name: Assessments.Answers
-- row: AnswerRow
SELECT n.assessment_id, t.code AS item_code, n.value, n.missing_reason
FROM answer n
JOIN assessment a ON a.id = n.assessment_id
JOIN instrument_item t ON t.id = n.instrument_item_id
WHERE a.forbund_id = @ForbundId AND a.participation_id = @ParticipationId
ORDER BY n.assessment_id, t.position;

-- name: Assessments.Register
INSERT INTO assessment (id, forbund_id, participation_id, instrument_id, occasion, respondent, answered_on)
SELECT @Id, p.forbund_id, p.id, @InstrumentId, @Occasion, @Respondent, @AnsweredOn
FROM participation p
WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId;

-- name: Assessments.AddAnswer
INSERT INTO answer (assessment_id, instrument_item_id, value, missing_reason)
SELECT a.id, @InstrumentItemId, @Value, @MissingReason
FROM assessment a
WHERE a.forbund_id = @ForbundId AND a.id = @AssessmentId;

-- name: Assessments.Find
-- row: AssessmentRow
SELECT id, participation_id, instrument_id, occasion, respondent, answered_on, version
FROM assessment
WHERE forbund_id = @ForbundId AND id = @AssessmentId;

-- name: Assessments.Correct
UPDATE assessment SET occasion = @Occasion, answered_on = @AnsweredOn, version = version + 1
WHERE forbund_id = @ForbundId AND id = @AssessmentId AND version = @Version;

-- name: Assessments.ClearAnswers
DELETE FROM answer
WHERE assessment_id IN (SELECT a.id FROM assessment a WHERE a.forbund_id = @ForbundId AND a.id = @AssessmentId);

-- name: Assessments.Remove
DELETE FROM assessment WHERE forbund_id = @ForbundId AND id = @AssessmentId AND version = @Version;

-- name: Assessments.Pile
-- row: AssessmentPileRow
-- The ongoing, and those that ended since a day.
WITH pile AS (
    SELECT p.id AS participation_id, p.participant_id, d.code, p.started_on, p.ended_on,
        CASE WHEN EXISTS (
            SELECT 1 FROM assessment a
            JOIN instrument m ON m.id = a.instrument_id
            WHERE a.participation_id = p.id AND a.occasion = @Occasion AND m.code = k.code AND m.respondent = k.respondent) THEN 1 ELSE 0 END AS has_assessment,
        (SELECT MAX(a.answered_on) FROM assessment a
            JOIN instrument m ON m.id = a.instrument_id
            WHERE a.participation_id = p.id AND m.code = k.code AND m.respondent = k.respondent) AS last_on
    FROM participation p
    JOIN participant d ON d.id = p.participant_id
    JOIN instrument k ON k.forbund_id = p.forbund_id AND k.id = @InstrumentId
    WHERE p.forbund_id = @ForbundId AND p.insats_id = @InsatsId AND p.started_on IS NOT NULL AND d.erased_at IS NULL
      AND (p.ended_on IS NULL OR p.ended_on >= @EndedSince)
      AND (@UserId IS NULL OR EXISTS (SELECT 1 FROM user_participation v
          WHERE v.participation_id = p.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)))
      AND (p.exit_reason IS NULL OR p.exit_reason NOT IN (SELECT r.code FROM exit_reason r WHERE r.is_misregistration = 1))
)
SELECT participation_id, participant_id, code, started_on, ended_on, has_assessment, last_on
FROM pile
ORDER BY has_assessment, code, participation_id;
