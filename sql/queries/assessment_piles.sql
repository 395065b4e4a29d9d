-- A pile of papers: the stays of one insats that an instrument is registered for, one after the other.

-- name: AssessmentPiles.Stays
-- row: PileStay
-- Those who could answer at the occasion: at start and follow-up those who take part, at and after exit those who have
-- left since @EndedFrom. has_assessment says whether it is registered, from @RegisteredFrom on.
SELECT p.id AS participation_id, d.code AS participant_code, p.started_on, p.ended_on,
    CASE WHEN EXISTS (
        SELECT 1 FROM assessment a
        WHERE a.participation_id = p.id AND a.instrument_id = @InstrumentId AND a.occasion = @Occasion AND a.answered_on >= @RegisteredFrom
    ) THEN 1 ELSE 0 END AS has_assessment
FROM participation p
JOIN participant d ON d.id = p.participant_id
LEFT JOIN exit_reason r ON r.code = p.exit_reason
WHERE p.forbund_id = @ForbundId AND p.insats_id = @InsatsId AND p.started_on IS NOT NULL AND d.erased_at IS NULL
  AND COALESCE(r.is_misregistration, 0) = 0
  AND ((@Occasion IN ('start', 'followup') AND p.ended_on IS NULL) OR (@Occasion IN ('exit', 'after') AND p.ended_on >= @EndedFrom))
ORDER BY d.code, p.id;

-- name: AssessmentPiles.StaysByCode
-- row: CodeStay
-- The latest first: somebody who came back has several.
SELECT p.id AS participation_id, d.code AS participant_code
FROM participation p
JOIN participant d ON d.id = p.participant_id
LEFT JOIN exit_reason r ON r.code = p.exit_reason
WHERE p.forbund_id = @ForbundId AND p.insats_id = @InsatsId AND d.code = @Code AND p.started_on IS NOT NULL AND d.erased_at IS NULL
  AND COALESCE(r.is_misregistration, 0) = 0
ORDER BY p.started_on DESC, p.id DESC;

-- name: AssessmentPiles.Stay
-- row: AssessedStay
SELECT p.id AS participation_id, p.insats_id, i.name AS insats, d.code AS participant_code, p.started_on, p.ended_on
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
WHERE p.forbund_id = @ForbundId AND p.id = @ParticipationId;
