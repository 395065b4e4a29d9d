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
