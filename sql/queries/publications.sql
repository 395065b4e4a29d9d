-- What has been published, kept as it was told. Rows are added, and never changed or removed.

-- name: Publications.Add
INSERT INTO publication (id, forbund_id, report, calendar_year, title, period_from, period_to, policy, policy_reason, leaves_out_unknown_gender,
    read_at, last_participation, last_assessment, last_insats, last_change, last_event, made_at, made_by, definition, document, counts, sha256, replaces_id)
VALUES (@Id, @ForbundId, @Report, @CalendarYear, @Title, @PeriodFrom, @PeriodTo, @Policy, @PolicyReason, @LeavesOutUnknownGender,
    @ReadAt, @LastParticipation, @LastAssessment, @LastInsats, @LastChange, @LastEvent, @MadeAt, @MadeBy, @Definition, @Document, @Counts, @Sha256, @ReplacesId);

-- name: Publications.OfForbund
-- row: PublicationRow
SELECT p.id, p.forbund_id, p.report, p.calendar_year, p.title, p.period_from, p.period_to, p.policy, p.policy_reason, p.leaves_out_unknown_gender,
    p.read_at, p.last_participation, p.last_assessment, p.last_insats, p.last_change, p.last_event, p.made_at, p.made_by, p.sha256, p.replaces_id, r.id AS replaced_by_id
FROM publication p
LEFT JOIN publication r ON r.replaces_id = p.id
WHERE p.forbund_id = @ForbundId
ORDER BY p.id DESC;

-- name: Publications.Find
-- row: PublicationRow
SELECT p.id, p.forbund_id, p.report, p.calendar_year, p.title, p.period_from, p.period_to, p.policy, p.policy_reason, p.leaves_out_unknown_gender,
    p.read_at, p.last_participation, p.last_assessment, p.last_insats, p.last_change, p.last_event, p.made_at, p.made_by, p.sha256, p.replaces_id, r.id AS replaced_by_id
FROM publication p
LEFT JOIN publication r ON r.replaces_id = p.id
WHERE p.forbund_id = @ForbundId AND p.id = @PublicationId;

-- name: Publications.Newest
-- row: PublicationRow
-- Of each report and year the newest that anybody may have read, for those years whose numbers a report of @CalendarYear repeats.
SELECT p.id, p.forbund_id, p.report, p.calendar_year, p.title, p.period_from, p.period_to, p.policy, p.policy_reason, p.leaves_out_unknown_gender,
    p.read_at, p.last_participation, p.last_assessment, p.last_insats, p.last_change, p.last_event, p.made_at, p.made_by, p.sha256, p.replaces_id, r.id AS replaced_by_id
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
SELECT p.definition, p.document, p.counts
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
    c.education, c.referrer, c.category, c.from_category, c.state, c.bound, c.value, c.numerator, c.denominator, c.n,
    c.counted_value, c.counted_numerator, c.counted_denominator, c.counted_n
FROM publication_cell c
JOIN publication p ON p.id = c.publication_id
WHERE p.forbund_id = @ForbundId AND p.id = @PublicationId
ORDER BY c.ordinal;

-- name: Publications.Stays
-- row: CountedStayRow
-- The stays that a number is counted from, as the register is now, of those that the user reaches: @What is which rule of time, 'during',
-- 'new', 'ended' or 'ongoing'. Gender, age group, education, referrer and reason are codes, or alla; @InsatsId 0 is the whole förbund.
SELECT f.participation_id, f.participant_id, d.code AS participant_code, i.name AS insats, x.started_on, x.ended_on, x.exit_reason,
    COALESCE(k.is_positive, 0) AS is_positive
FROM participation_fact f
JOIN participation x ON x.id = f.participation_id
JOIN participant d ON d.id = f.participant_id
JOIN insats i ON i.id = f.insats_id
JOIN insats_level l ON l.insats_id = f.insats_id AND l.level_id = @InsatsId
JOIN dimension_level g ON g.dimension = 'gender' AND g.number = f.gender AND g.level_code = @Gender
JOIN dimension_level a ON a.dimension = 'age' AND a.level_code = @AgeGroup
    AND a.number = COALESCE((SELECT MIN(y.sort_order) FROM age_group y WHERE f.age BETWEEN y.min_age AND y.max_age), 99)
JOIN dimension_level e ON e.dimension = 'education' AND e.number = f.education AND e.level_code = @Education
JOIN dimension_level r ON r.dimension = 'referrer' AND r.number = f.referrer AND r.level_code = @Referrer
JOIN dimension_level q ON q.dimension = 'exit_reason' AND q.number = f.exit_reason AND q.level_code = @ExitReason
LEFT JOIN positive_exit_kind k ON k.forbund_id = f.forbund_id AND k.definition_code = @Definition
    AND k.exit_reason = f.exit_reason AND k.has_increased = f.has_increased
WHERE f.forbund_id = @ForbundId
    AND ((@What = 'during' AND f.started_day <= @LastDay AND f.ended_day >= @FirstDay)
        OR (@What = 'new' AND f.started_day BETWEEN @FirstDay AND @LastDay)
        OR (@What = 'ended' AND f.ended_day BETWEEN @FirstDay AND @LastDay AND f.started_day IS NOT NULL)
        OR (@What = 'ongoing' AND f.started_day <= @LastDay AND f.ended_day > @LastDay))
    AND (@WithoutNeutral = 0 OR f.is_neutral = 0)
    AND (@WithoutUnknownGender = 0 OR d.gender <> 'unknown')
    AND EXISTS (SELECT 1 FROM user_participation v
        WHERE v.participation_id = f.participation_id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today))
ORDER BY i.name COLLATE Finnish_Swedish_100_CI_AS, x.started_on, f.participation_id;
