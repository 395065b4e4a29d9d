-- The hand-over to Uppföljning Finsam: its form is national_form_field. The national system knows insatser, not delprojekt: a delprojekt is counted in
-- its insats, and a person who was in two delprojekt of the same insats is one person there.

-- name: UppfoljningFinsam.Insatser
-- row: UppfoljningFinsamInsatsRow
-- Grain: an insats without parent that was open at some time in the year. Money and budgeted participants are the sum of
-- the insats and its delprojekt; null when none of them has a figure, which is not the same as 0. has_individual, has_structural:
-- the orientations of it and of those of its delprojekt that are open in the period.
SELECT
    top_insats.id AS insats_id,
    top_insats.name AS insats,
    top_insats.orientation,
    MAX(CASE WHEN part.orientation = 'individual' AND (part.id = top_insats.id OR (part.starts_on <= @To
        AND (part.ends_on IS NULL OR part.ends_on >= @From))) THEN 1 ELSE 0 END) AS has_individual,
    MAX(CASE WHEN part.orientation = 'structural' AND (part.id = top_insats.id OR (part.starts_on <= @To
        AND (part.ends_on IS NULL OR part.ends_on >= @From))) THEN 1 ELSE 0 END) AS has_structural,
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
ORDER BY top_insats.name COLLATE Finnish_Swedish_100_CI_AS;

-- name: UppfoljningFinsam.Form
-- row: NationalFormFieldRow
-- The fields that the form asks now, each role's in order.
SELECT national_role, field, label, asked_of, is_by_choice
FROM national_form_field
WHERE is_asked = 1
ORDER BY national_role, sort_order;

-- name: UppfoljningFinsam.Forbund
-- row: UppfoljningFinsamForbundRow
-- Grain: one row, the förbund in the year. Sums are null where a part of them is not known, such as a cost of the administration
-- without a figure.
SELECT
    forbund.name AS forbund,
    forbund_funds.kronor AS funds_kronor,
    forbund_year.own_capital_kronor,
    administration.costs AS administration_costs,
    CASE WHEN administration.with_budget = administration.costs THEN administration.budget_kronor END AS administration_budget_kronor,
    CASE WHEN administration.with_outcome = administration.costs THEN administration.outcome_kronor END AS administration_outcome_kronor
FROM forbund
CROSS JOIN (
    SELECT COUNT(*) AS costs, COUNT(budget_kronor) AS with_budget, COUNT(outcome_kronor) AS with_outcome,
        SUM(budget_kronor) AS budget_kronor, SUM(outcome_kronor) AS outcome_kronor
    FROM forbund_cost
    WHERE forbund_id = @ForbundId AND calendar_year = @Year AND is_administration = 1
) administration
LEFT JOIN forbund_funds ON forbund_funds.forbund_id = forbund.id AND forbund_funds.calendar_year = @Year
LEFT JOIN forbund_year ON forbund_year.forbund_id = forbund.id AND forbund_year.calendar_year = @Year
WHERE forbund.id = @ForbundId;

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
-- Grain: an insats without parent × gender, in what is individual of it and its delprojekt. Persons with a participation in the period (started by its end, not ended
-- before its start, not misregistered), and anonymous participants of the period's head counts. is_at_most: two half-years
-- are added, so whoever was there in both counts twice.
WITH counted AS (
    SELECT
        COALESCE(insats.parent_id, insats.id) AS insats_id,
        participant.gender,
        COUNT(DISTINCT participant.id) AS persons,
        0 AS anonymous,
        0 AS is_at_most
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
        SUM(COALESCE(head_count_span.number_of_people, 0)),
        MAX(head_count_span.is_at_most)
    FROM head_count_span
    JOIN insats ON insats.id = head_count_span.insats_id
    WHERE head_count_span.forbund_id = @ForbundId
      AND head_count_span.span_kind = CASE WHEN @Half = 0 THEN 'year' ELSE 'half' END
      AND head_count_span.span_from = @From
      AND head_count_span.span_to = @To
      AND insats.orientation = 'individual'
    GROUP BY COALESCE(insats.parent_id, insats.id), head_count_span.gender
)
SELECT insats_id, gender, SUM(persons) AS persons, SUM(anonymous) AS anonymous, MAX(is_at_most) AS is_at_most
FROM counted
GROUP BY insats_id, gender;

-- name: UppfoljningFinsam.Structural
-- row: UppfoljningFinsamStructuralRow
-- Grain: an insats without parent where somebody has counted people in what is structural of it and its delprojekt. One number without
-- gender: those who were once counted by gender are added. is_at_most as in UppfoljningFinsam.Participants.
SELECT COALESCE(insats.parent_id, insats.id) AS insats_id, SUM(COALESCE(head_count_span.number_of_people, 0)) AS number_of_people,
    MAX(head_count_span.is_at_most) AS is_at_most
FROM head_count_span
JOIN insats ON insats.id = head_count_span.insats_id
WHERE head_count_span.forbund_id = @ForbundId
  AND insats.orientation = 'structural'
  AND head_count_span.span_kind = CASE WHEN @Half = 0 THEN 'year' ELSE 'half' END
  AND head_count_span.span_from = @From
  AND head_count_span.span_to = @To
GROUP BY COALESCE(insats.parent_id, insats.id);

-- name: UppfoljningFinsam.MixedOrientations
-- row: UppfoljningFinsamMixedOrientationRow
-- Grain: a delprojekt that is open in the period, of the other orientation than its insats. To the national system an insats has one.
SELECT delprojekt.id AS insats_id, delprojekt.name AS insats, delprojekt.orientation, top_insats.name AS top_insats
FROM insats delprojekt
JOIN insats top_insats ON top_insats.id = delprojekt.parent_id
WHERE delprojekt.forbund_id = @ForbundId
  AND delprojekt.orientation <> top_insats.orientation
  AND delprojekt.starts_on <= @To
  AND (delprojekt.ends_on IS NULL OR delprojekt.ends_on >= @From)
  AND top_insats.starts_on <= @To
  AND (top_insats.ends_on IS NULL OR top_insats.ends_on >= @From)
ORDER BY delprojekt.name COLLATE Finnish_Swedish_100_CI_AS;

-- name: UppfoljningFinsam.UnknownGender
-- row: UppfoljningFinsamUnknownGenderRow
-- Grain: a participation in the period whose participant's gender is unknown: to be settled before the hand-over.
SELECT participant.code AS participant_code, insats.id AS insats_id, insats.name AS insats, participation.started_on
FROM participation
JOIN participant ON participant.id = participation.participant_id
JOIN insats ON insats.id = participation.insats_id
LEFT JOIN exit_reason ON exit_reason.code = participation.exit_reason
WHERE participation.forbund_id = @ForbundId
  AND participant.gender = 'unknown'
  AND participation.started_on <= @To
  AND (participation.ended_on IS NULL OR participation.ended_on >= @From)
  AND COALESCE(exit_reason.is_misregistration, 0) = 0
ORDER BY insats.name COLLATE Finnish_Swedish_100_CI_AS, participant.code, participation.started_on;

-- name: UppfoljningFinsam.MissedExits
-- row: UppfoljningFinsamMissedExitRow
-- Grain: an insats or delprojekt that has closed by the end of the period and today, with stays that have no exit. They count
-- as ongoing for ever, and are left out where the insats itself is no longer handed over. top_insats is the insats that goes on to
-- be handed over, with them in it; null when there is none.
SELECT insats.id AS insats_id, insats.name AS insats, insats.ends_on,
    CASE WHEN top_insats.ends_on IS NULL OR top_insats.ends_on > insats.ends_on THEN top_insats.name END AS top_insats,
    COUNT(*) AS participations
FROM participation
JOIN insats ON insats.id = participation.insats_id
LEFT JOIN insats top_insats ON top_insats.id = insats.parent_id
WHERE participation.forbund_id = @ForbundId
  AND participation.started_on <= @To
  AND participation.ended_on IS NULL
  AND insats.ends_on <= @To
  AND insats.ends_on < @Today
GROUP BY insats.id, insats.name, insats.ends_on, top_insats.ends_on, top_insats.name
ORDER BY insats.name COLLATE Finnish_Swedish_100_CI_AS;

-- name: UppfoljningFinsam.LeftOut
-- row: UppfoljningFinsamLeftOutRow
-- Grain: a delprojekt that is open in the period, of an insats that had closed before it: neither is handed over.
SELECT delprojekt.id AS insats_id, delprojekt.name AS insats, top_insats.name AS top_insats, top_insats.ends_on
FROM insats delprojekt
JOIN insats top_insats ON top_insats.id = delprojekt.parent_id
WHERE delprojekt.forbund_id = @ForbundId
  AND delprojekt.starts_on <= @To
  AND (delprojekt.ends_on IS NULL OR delprojekt.ends_on >= @From)
  AND top_insats.ends_on < @From
ORDER BY delprojekt.name COLLATE Finnish_Swedish_100_CI_AS;

-- name: UppfoljningFinsam.OutsideCounts
-- row: UppfoljningFinsamOutsideCountRow
-- Grain: an insats × the year or half-year that numbers were written for though it wasn't open then.
SELECT insats_id, name AS insats, half, CASE WHEN follow_up_method = 'count' THEN 1 ELSE 0 END AS is_followed_by_count,
    SUM(number_of_people) AS number_of_people
FROM outside_head_count
WHERE forbund_id = @ForbundId
  AND calendar_year = @Year
  AND (@Half = 0 OR half = 0 OR half = @Half)
GROUP BY insats_id, name, half, follow_up_method
ORDER BY name COLLATE Finnish_Swedish_100_CI_AS, insats_id, half;

-- name: UppfoljningFinsam.MissingCounts
-- row: UppfoljningFinsamMissingCountRow
-- Grain: an insats or delprojekt × half-year × gender (a structural one: unknown, all of them) whose number is not known, which is not the same as 0: nobody has written
-- how many (asked_head_count, as in the measure personer), or (half 0) its anonymous participants were counted for the whole year
-- and a half-year is asked for. None of unknown gender goes without saying where a number of women or men is there. A second
-- half that hasn't begun is not asked about in its year. is_counted_by_half: 1 where it matters which half is missing.
WITH missing AS (
    SELECT
        COALESCE(asked.parent_id, asked.insats_id) AS top_insats_id,
        asked.insats_id,
        insats.name,
        asked.gender,
        asked.half,
        CASE WHEN EXISTS (SELECT 1 FROM head_count WHERE head_count.forbund_id = @ForbundId
            AND head_count.insats_id = asked.insats_id AND head_count.calendar_year = @Year AND head_count.half > 0)
            OR EXISTS (SELECT 1 FROM insats delprojekt WHERE delprojekt.parent_id = asked.insats_id AND delprojekt.follow_up_method = 'count'
                AND delprojekt.starts_on <= @To AND (delprojekt.ends_on IS NULL OR delprojekt.ends_on >= @From)) THEN 1 ELSE 0 END AS is_counted_by_half,
        0 AS year_only,
        1 AS is_followed_by_count,
        asked.is_structural,
        asked.sort_order
    FROM asked_head_count asked
    JOIN insats ON insats.id = asked.insats_id
    WHERE asked.forbund_id = @ForbundId
      AND asked.calendar_year = @Year
      AND asked.half_from <= @To AND asked.half_to >= @From
      AND (asked.half_from <= @Today OR asked.half_from = @From)
      AND asked.is_reported = 0
      AND (asked.gender <> 'unknown' OR asked.is_structural = 1 OR NOT EXISTS (
            SELECT 1 FROM asked_head_count other
            WHERE other.forbund_id = @ForbundId AND other.insats_id = asked.insats_id AND other.calendar_year = @Year
                AND other.half = asked.half AND other.is_reported = 1
        ))
    UNION ALL
    SELECT
        COALESCE(insats.parent_id, insats.id),
        insats.id,
        insats.name,
        head_count.gender,
        0,
        0,
        head_count.number_of_people,
        CASE WHEN insats.follow_up_method = 'count' THEN 1 ELSE 0 END,
        CASE WHEN insats.orientation = 'structural' THEN 1 ELSE 0 END,
        gender.sort_order
    FROM head_count
    JOIN insats ON insats.id = head_count.insats_id
    JOIN gender ON gender.code = head_count.gender
    WHERE head_count.forbund_id = @ForbundId
      AND head_count.calendar_year = @Year
      AND head_count.half = 0
      AND head_count.number_of_people > 0
      AND @Half <> 0
)
SELECT top_insats_id, insats_id, name AS insats, gender, half, is_counted_by_half, year_only, is_followed_by_count, is_structural
FROM missing
ORDER BY name COLLATE Finnish_Swedish_100_CI_AS, insats_id, sort_order, half;

-- name: UppfoljningFinsam.MissingMoney
-- row: UppfoljningFinsamMissingMoneyRow
-- Grain: an insats or delprojekt of the year that lacks a figure which the form asks for, of either orientation: see insats_money_gap.
SELECT gap.top_insats_id, gap.insats_id, insats.name AS insats, gap.lacks_participants, gap.lacks_budget, gap.lacks_outcome
FROM insats_money_gap gap
JOIN insats ON insats.id = gap.insats_id
WHERE gap.forbund_id = @ForbundId
  AND gap.calendar_year = @Year
  AND (gap.lacks_participants = 1 OR gap.lacks_budget = 1 OR gap.lacks_outcome = 1)
ORDER BY insats.name COLLATE Finnish_Swedish_100_CI_AS, gap.insats_id;

-- name: UppfoljningFinsam.RecordDelivery
INSERT INTO delivery (id, forbund_id, calendar_year, half, national_role, file_sha256, created_at, created_by, is_copied, has_choice)
VALUES (@Id, @ForbundId, @Year, @Half, @NationalRole, @FileSha256, @CreatedAt, @CreatedBy, @IsCopied, @HasChoice);

-- name: UppfoljningFinsam.RecordReceipt
INSERT INTO delivery_receipt (delivery_id, file_name, content, counted_at, last_participation, last_assessment, last_insats, last_change, last_event)
SELECT delivery.id, @FileName, @Content, @CountedAt, @LastParticipation, @LastAssessment, @LastInsats, @LastChange, @LastEvent
FROM delivery
WHERE delivery.forbund_id = @ForbundId AND delivery.id = @Id;

-- name: UppfoljningFinsam.HandOver
-- Once for each delivery: nothing happens when somebody has said it already.
INSERT INTO delivery_handed_over (delivery_id, handed_over_at, handed_over_by)
SELECT delivery.id, @At, @By
FROM delivery
WHERE delivery.forbund_id = @ForbundId AND delivery.id = @Id
  AND NOT EXISTS (SELECT 1 FROM delivery_handed_over done WHERE done.delivery_id = delivery.id);

-- name: UppfoljningFinsam.TakeBackHandOver
-- Said by mistake, at the moment that was shown; the receipt stays, and what was said and taken back is in the log.
DELETE FROM delivery_handed_over
WHERE delivery_id = @Id AND handed_over_at = @HandedOverAt AND EXISTS (SELECT 1 FROM delivery WHERE delivery.forbund_id = @ForbundId AND delivery.id = delivery_handed_over.delivery_id);

-- name: UppfoljningFinsam.Deliveries
-- row: DeliveryRow
-- Every delivery of the förbund, newest first. What was counted and how far the register had come is null for one from before
-- receipts were kept. followed_by is the next delivery of the same period and role. is_compared: 1 for the one of its period and role
-- that the figures of now are held against: the last that was handed over, else the last that was taken.
WITH listed AS (
    SELECT
        delivery.id,
        delivery.calendar_year,
        delivery.half,
        delivery.national_role,
        delivery.file_sha256,
        delivery.created_at,
        delivery.created_by,
        delivery.is_copied,
        delivery.has_choice,
        delivery_handed_over.handed_over_at,
        delivery_handed_over.handed_over_by,
        LEAD(delivery.id) OVER (PARTITION BY delivery.calendar_year, delivery.half, delivery.national_role ORDER BY delivery.id) AS followed_by,
        ROW_NUMBER() OVER (
            PARTITION BY delivery.calendar_year, delivery.half, delivery.national_role
            ORDER BY CASE WHEN delivery_handed_over.delivery_id IS NULL THEN 1 ELSE 0 END, delivery_handed_over.handed_over_at DESC,
                delivery.id DESC) AS turn
    FROM delivery
    LEFT JOIN delivery_handed_over ON delivery_handed_over.delivery_id = delivery.id
    WHERE delivery.forbund_id = @ForbundId
)
SELECT
    listed.id,
    listed.calendar_year,
    listed.half,
    listed.national_role,
    listed.file_sha256,
    listed.created_at,
    listed.created_by,
    listed.is_copied,
    listed.has_choice,
    listed.handed_over_at,
    listed.handed_over_by,
    delivery_receipt.file_name,
    delivery_receipt.counted_at,
    delivery_receipt.last_participation,
    delivery_receipt.last_assessment,
    delivery_receipt.last_insats,
    delivery_receipt.last_change,
    delivery_receipt.last_event,
    listed.followed_by,
    CASE WHEN listed.turn = 1 THEN 1 ELSE 0 END AS is_compared
FROM listed
LEFT JOIN delivery_receipt ON delivery_receipt.delivery_id = listed.id
ORDER BY listed.id DESC;

-- name: UppfoljningFinsam.DeliveryFields
-- row: DeliveryFieldRow
-- Grain: a field of the förbund or an insats as it was handed over, in the order of the file.
SELECT delivery_entry.line, delivery_entry.position, delivery_entry.insats_id, delivery_entry.name, delivery_entry.field, delivery_entry.label,
    delivery_entry.state, delivery_entry.value, delivery_entry.reason
FROM delivery_entry
JOIN delivery ON delivery.id = delivery_entry.delivery_id
WHERE delivery.forbund_id = @ForbundId AND delivery.id = @DeliveryId
ORDER BY delivery_entry.line, delivery_entry.position;

-- name: UppfoljningFinsam.DeliveryContent
SELECT delivery_receipt.content
FROM delivery_receipt
JOIN delivery ON delivery.id = delivery_receipt.delivery_id
WHERE delivery.forbund_id = @ForbundId AND delivery.id = @DeliveryId;
