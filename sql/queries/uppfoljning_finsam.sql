-- The hand-over to Uppföljning Finsam. The national system knows insatser, not delprojekt: a delprojekt is counted in
-- its insats, and a person who was in two delprojekt of the same insats is one person there.

-- name: UppfoljningFinsam.Insatser
-- row: UppfoljningFinsamInsatsRow
-- Grain: an insats without parent that was open at some time in the year. Money and budgeted participants are the sum of
-- the insats and its delprojekt; null when none of them has a figure, which is not the same as 0.
SELECT
    top_insats.id AS insats_id,
    top_insats.name AS insats,
    top_insats.orientation,
    orientation_list.label AS specific_orientation,
    top_insats.follow_up_method,
    top_insats.is_esf,
    top_insats.starts_on,
    top_insats.ends_on,
    SUM(budget_year.budgeted_participants) AS budgeted_participants,
    SUM(budget_year.budget_kronor) AS budget_kronor,
    SUM(budget_year.outcome_kronor) AS outcome_kronor
FROM insats top_insats
JOIN insats part ON part.forbund_id = top_insats.forbund_id
    AND (part.id = top_insats.id OR part.parent_id = top_insats.id)
LEFT JOIN insats_year budget_year ON budget_year.insats_id = part.id AND budget_year.calendar_year = @Year
LEFT JOIN specific_orientation orientation_list ON orientation_list.code = top_insats.specific_orientation
WHERE top_insats.forbund_id = @ForbundId
  AND top_insats.parent_id IS NULL
  AND top_insats.starts_on <= @To
  AND (top_insats.ends_on IS NULL OR top_insats.ends_on >= @From)
GROUP BY top_insats.id, top_insats.name, top_insats.orientation, orientation_list.label, top_insats.follow_up_method,
    top_insats.is_esf, top_insats.starts_on, top_insats.ends_on
ORDER BY top_insats.name COLLATE Finnish_Swedish_CI_AS;

-- name: UppfoljningFinsam.TargetGroups
-- row: UppfoljningFinsamTargetGroupRow
SELECT link.insats_id, target_group.label
FROM insats_target_group link
JOIN insats ON insats.id = link.insats_id
JOIN target_group ON target_group.code = link.target_group
WHERE insats.forbund_id = @ForbundId
ORDER BY link.insats_id, target_group.sort_order;

-- name: UppfoljningFinsam.Participants
-- row: UppfoljningFinsamParticipantsRow
-- Grain: an insats without parent × gender. Persons with a participation in the period (started by its end, not ended
-- before its start, not misregistered), and anonymous participants of the period's head counts.
WITH counted AS (
    SELECT
        COALESCE(insats.parent_id, insats.id) AS insats_id,
        participant.gender,
        COUNT(DISTINCT participant.id) AS persons,
        0 AS anonymous
    FROM participation
    JOIN participant ON participant.id = participation.participant_id
    JOIN insats ON insats.id = participation.insats_id
    LEFT JOIN exit_reason ON exit_reason.code = participation.exit_reason
    WHERE participation.forbund_id = @ForbundId
      AND participation.started_on <= @To
      AND (participation.ended_on IS NULL OR participation.ended_on >= @From)
      AND COALESCE(exit_reason.is_misregistration, 0) = 0
    GROUP BY COALESCE(insats.parent_id, insats.id), participant.gender
    UNION ALL
    -- The same anonymous participants as in the measure personer: a half-year has none that were counted for the year only.
    SELECT
        COALESCE(insats.parent_id, insats.id),
        head_count_span.gender,
        0,
        SUM(COALESCE(head_count_span.number_of_people, 0))
    FROM head_count_span
    JOIN insats ON insats.id = head_count_span.insats_id
    WHERE head_count_span.forbund_id = @ForbundId
      AND head_count_span.span_kind = CASE WHEN @Half = 0 THEN 'year' ELSE 'half' END
      AND head_count_span.span_from = @From
      AND head_count_span.span_to = @To
    GROUP BY COALESCE(insats.parent_id, insats.id), head_count_span.gender
)
SELECT insats_id, gender, SUM(persons) AS persons, SUM(anonymous) AS anonymous
FROM counted
GROUP BY insats_id, gender;

-- name: UppfoljningFinsam.UnknownGender
-- row: UppfoljningFinsamUnknownGenderRow
-- Grain: a participation in the period whose participant's gender is unknown: to be settled before the hand-over.
SELECT participant.code AS participant_code, insats.name AS insats, participation.started_on
FROM participation
JOIN participant ON participant.id = participation.participant_id
JOIN insats ON insats.id = participation.insats_id
LEFT JOIN exit_reason ON exit_reason.code = participation.exit_reason
WHERE participation.forbund_id = @ForbundId
  AND participant.gender = 'unknown'
  AND participation.started_on <= @To
  AND (participation.ended_on IS NULL OR participation.ended_on >= @From)
  AND COALESCE(exit_reason.is_misregistration, 0) = 0
ORDER BY insats.name COLLATE Finnish_Swedish_CI_AS, participant.code, participation.started_on;

-- name: UppfoljningFinsam.YearOnlyHeadCounts
-- Anonymous participants that were counted for the whole year only, and so can't be handed over for a half-year.
SELECT COALESCE(SUM(head_count.number_of_people), 0)
FROM head_count
WHERE head_count.forbund_id = @ForbundId
  AND head_count.calendar_year = @Year
  AND head_count.half = 0
  AND @Half <> 0;

-- name: UppfoljningFinsam.RecordDelivery
INSERT INTO delivery (id, forbund_id, calendar_year, half, national_role, file_sha256, created_at, created_by)
VALUES (@Id, @ForbundId, @Year, @Half, @NationalRole, @FileSha256, @CreatedAt, @CreatedBy);
