-- What has been published, kept as it was told. Rows are added, and never changed or removed.

-- name: Publications.LastRows
-- row: PublicationMarksRow
-- The newest rows of the register: what has come later has higher ids.
SELECT COALESCE((SELECT MAX(x.id) FROM participation x WHERE x.forbund_id = @ForbundId), 0) AS last_participation_id,
    COALESCE((SELECT MAX(a.id) FROM assessment a WHERE a.forbund_id = @ForbundId), 0) AS last_assessment_id
FROM forbund f
WHERE f.id = @ForbundId;

-- name: Publications.Add
INSERT INTO publication (id, forbund_id, report, calendar_year, title, period_from, period_to, policy, policy_reason, leaves_out_unknown_gender,
    read_at, last_participation_id, last_assessment_id, made_at, made_by, definition, document, sha256, replaces_id)
VALUES (@Id, @ForbundId, @Report, @CalendarYear, @Title, @PeriodFrom, @PeriodTo, @Policy, @PolicyReason, @LeavesOutUnknownGender,
    @ReadAt, @LastParticipationId, @LastAssessmentId, @MadeAt, @MadeBy, @Definition, @Document, @Sha256, @ReplacesId);

-- name: Publications.OfForbund
-- row: PublicationRow
SELECT p.id, p.forbund_id, p.report, p.calendar_year, p.title, p.period_from, p.period_to, p.policy, p.policy_reason, p.leaves_out_unknown_gender,
    p.read_at, p.last_participation_id, p.last_assessment_id, p.made_at, p.made_by, p.sha256, p.replaces_id, r.id AS replaced_by_id
FROM publication p
LEFT JOIN publication r ON r.replaces_id = p.id
WHERE p.forbund_id = @ForbundId
ORDER BY p.id DESC;

-- name: Publications.Find
-- row: PublicationRow
SELECT p.id, p.forbund_id, p.report, p.calendar_year, p.title, p.period_from, p.period_to, p.policy, p.policy_reason, p.leaves_out_unknown_gender,
    p.read_at, p.last_participation_id, p.last_assessment_id, p.made_at, p.made_by, p.sha256, p.replaces_id, r.id AS replaced_by_id
FROM publication p
LEFT JOIN publication r ON r.replaces_id = p.id
WHERE p.forbund_id = @ForbundId AND p.id = @PublicationId;

-- name: Publications.Newest
-- row: PublicationRow
-- Of each report and year the newest that anybody may have read, for those years whose numbers a report of @CalendarYear repeats.
SELECT p.id, p.forbund_id, p.report, p.calendar_year, p.title, p.period_from, p.period_to, p.policy, p.policy_reason, p.leaves_out_unknown_gender,
    p.read_at, p.last_participation_id, p.last_assessment_id, p.made_at, p.made_by, p.sha256, p.replaces_id, r.id AS replaced_by_id
FROM publication p
LEFT JOIN publication r ON r.replaces_id = p.id
WHERE p.id IN (
    SELECT MAX(q.id)
    FROM publication q
    WHERE q.forbund_id = @ForbundId AND q.policy = 'minst-5' AND q.calendar_year BETWEEN @CalendarYear - 4 AND @CalendarYear + 4
    GROUP BY q.report, q.calendar_year)
ORDER BY p.id;

-- name: Publications.Content
-- row: PublicationContentRow
SELECT p.definition, p.document
FROM publication p
WHERE p.forbund_id = @ForbundId AND p.id = @PublicationId;

-- name: Publications.Measures
-- row: PublicationMeasureRow
SELECT m.ordinal, m.request, m.definition_text
FROM publication_measure m
JOIN publication p ON p.id = m.publication_id
WHERE p.forbund_id = @ForbundId AND p.id = @PublicationId
ORDER BY m.ordinal;

-- name: Publications.Cells
-- row: PublicationCellRow
SELECT c.ordinal, c.measure_ordinal, c.definition_code, c.statistic, c.period_from, c.period_to, c.insats_id, c.insats, c.gender, c.age_group,
    c.education, c.referrer, c.category, c.from_category, c.state, c.value, c.numerator, c.denominator, c.n,
    c.counted_value, c.counted_numerator, c.counted_denominator, c.counted_n
FROM publication_cell c
JOIN publication p ON p.id = c.publication_id
WHERE p.forbund_id = @ForbundId AND p.id = @PublicationId
ORDER BY c.ordinal;
