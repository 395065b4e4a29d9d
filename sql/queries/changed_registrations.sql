-- What has been changed in a förbund since a moment, as far as it can alter a number, a goal or a word that is handed over or published.

-- name: ChangedRegistrations.Moment
-- row: RegisterMoment
-- How far ids and events have come. Ids are held until their row is saved, so none below comes later: what is above is what
-- has come since, whatever the clocks say.
SELECT
    @At AS at,
    COALESCE((SELECT last_id FROM row_id WHERE table_name = 'participation'), 0) AS last_participation,
    COALESCE((SELECT last_id FROM row_id WHERE table_name = 'assessment'), 0) AS last_assessment,
    COALESCE((SELECT last_id FROM row_id WHERE table_name = 'insats'), 0) AS last_insats,
    COALESCE((SELECT last_id FROM row_id WHERE table_name = 'change_history'), 0) AS last_change,
    last_event
FROM audit_chain
WHERE forbund_id = @ForbundId;

-- name: ChangedRegistrations.Since
-- row: ChangedFieldRow
-- Grain: a field of a stay, head count, sum of money, goal, insats, definition or word, from what it was at the moment to what it
-- is now; field is null for what has come since. A participant's field is told for each of the participant's stays, an
-- assessment's for its stay. What no number rests on (codes, names, personal numbers,
-- who is caseworker, texts) is left out. The plus keeps SQLite with the few last ids.
WITH line AS (
    SELECT h.entity, h.entity_id, h.field, MIN(h.id) AS first_id, MAX(h.id) AS last_id
    FROM change_history h
    WHERE +h.forbund_id = @ForbundId
      AND h.id > @LastChange
      AND NOT (h.entity = 'participant' AND h.field IN ('Code', 'Name', 'PersonalNumber', 'HasProtectedIdentity',
          'Consent', 'ConsentWithdrawn', 'CorrectionRequest', 'CorrectionAnswer'))
      AND NOT (h.entity = 'participation' AND h.field = 'Caseworker')
      -- An assessment that came after the moment has been removed: what it said was written just before.
      AND NOT (h.field = 'Assessment' AND EXISTS (
            SELECT 1 FROM change_history removed
            WHERE removed.id = h.id - 1 AND removed.entity = 'assessment' AND removed.entity_id > @LastAssessment))
    -- One line for each assessment that has been removed.
    GROUP BY h.entity, h.entity_id, h.field, CASE WHEN h.field = 'Assessment' THEN h.id ELSE 0 END
),
changed AS (
    SELECT line.entity, line.entity_id, line.field, was.old_value, now.new_value,
        CASE WHEN was.old_value IS NULL AND was.new_value IS NULL THEN 1 ELSE 0 END AS is_untold,
        was.changed_at AS first_changed_at, now.changed_at AS last_changed_at
    FROM line
    JOIN change_history was ON was.id = line.first_id
    JOIN change_history now ON now.id = line.last_id
),
-- When what is new was registered. What came with a file has no event of its own.
came AS (
    SELECT e.entity, e.entity_id, MIN(e.happened_at) AS happened_at
    FROM audit_event e
    WHERE e.forbund_id = @ForbundId AND e.event_number > @LastEvent AND e.entity IN ('participation', 'assessment', 'insats')
    GROUP BY e.entity, e.entity_id
),
of_stay AS (
    SELECT changed.entity_id AS participation_id, changed.field, changed.old_value, changed.new_value, changed.is_untold,
        changed.first_changed_at, changed.last_changed_at
    FROM changed
    WHERE changed.entity = 'participation'
    UNION ALL
    SELECT stay.id, changed.field, changed.old_value, changed.new_value, changed.is_untold, changed.first_changed_at, changed.last_changed_at
    FROM changed
    JOIN participation stay ON stay.participant_id = changed.entity_id
    WHERE changed.entity = 'participant'
    UNION ALL
    SELECT assessment.participation_id, changed.field, changed.old_value, changed.new_value, changed.is_untold,
        changed.first_changed_at, changed.last_changed_at
    FROM changed
    JOIN assessment ON assessment.id = changed.entity_id
    WHERE changed.entity = 'assessment' AND assessment.id <= @LastAssessment
    UNION ALL
    SELECT assessment.participation_id, 'Assessment', NULL,
        CONCAT(instrument.code, ' ', assessment.occasion, ' ', CAST(assessment.answered_on AS CHAR(10))), 0, came.happened_at, came.happened_at
    FROM assessment
    JOIN instrument ON instrument.id = assessment.instrument_id
    LEFT JOIN came ON came.entity = 'assessment' AND came.entity_id = assessment.id
    WHERE +assessment.forbund_id = @ForbundId AND assessment.id > @LastAssessment
),
stay_field AS (
    SELECT participation_id, field, old_value, new_value, is_untold, first_changed_at, last_changed_at
    FROM of_stay
    WHERE participation_id <= @LastParticipation
    UNION ALL
    SELECT stay.id, NULL, NULL, NULL, 0, came.happened_at, came.happened_at
    FROM participation stay
    LEFT JOIN came ON came.entity = 'participation' AND came.entity_id = stay.id
    WHERE +stay.forbund_id = @ForbundId
      AND stay.id > @LastParticipation
      AND COALESCE(stay.queued_on, stay.started_on) <= @To
      AND (stay.ended_on IS NULL OR stay.ended_on >= @From)
),
other_field AS (
    SELECT
        CASE
            WHEN changed.entity = 'insats' THEN 'insats'
            WHEN changed.entity = 'target' THEN 'target'
            WHEN SUBSTRING(changed.entity, 1, 11) = 'head_count.' THEN 'head_count'
            WHEN SUBSTRING(changed.entity, 1, 12) = 'insats_year.' THEN 'money'
            WHEN SUBSTRING(changed.entity, 1, 13) = 'forbund_cost.' THEN 'cost'
            WHEN SUBSTRING(changed.entity, 1, 21) = 'forbund_contribution.' OR SUBSTRING(changed.entity, 1, 13) = 'forbund_year.' THEN 'funds'
            WHEN SUBSTRING(changed.entity, 1, 20) = 'positive_definition.' THEN 'definition'
            WHEN SUBSTRING(changed.entity, 1, 12) = 'code_choice.' THEN 'word'
        END AS kind,
        CASE
            WHEN changed.entity = 'target' THEN target.insats_id
            WHEN changed.entity = 'insats' OR SUBSTRING(changed.entity, 1, 11) = 'head_count.' OR SUBSTRING(changed.entity, 1, 12) = 'insats_year.'
                THEN changed.entity_id
        END AS insats_id,
        CASE
            WHEN changed.entity = 'target' THEN target.calendar_year
            WHEN SUBSTRING(changed.entity, 1, 11) = 'head_count.' THEN CAST(SUBSTRING(changed.entity, 12, 4) AS INTEGER)
            WHEN SUBSTRING(changed.entity, 1, 12) = 'insats_year.' THEN CAST(SUBSTRING(changed.entity, 13, 4) AS INTEGER)
            WHEN SUBSTRING(changed.entity, 1, 13) IN ('forbund_cost.', 'forbund_year.') THEN CAST(SUBSTRING(changed.entity, 14, 4) AS INTEGER)
            WHEN SUBSTRING(changed.entity, 1, 21) = 'forbund_contribution.' THEN CAST(SUBSTRING(changed.entity, 22, 4) AS INTEGER)
        END AS calendar_year,
        CASE
            WHEN changed.entity = 'target' THEN target.measure
            WHEN SUBSTRING(changed.entity, 1, 13) = 'forbund_cost.' THEN SUBSTRING(changed.entity, 19, 250)
            WHEN SUBSTRING(changed.entity, 1, 21) = 'forbund_contribution.' THEN SUBSTRING(changed.entity, 27, 250)
            WHEN SUBSTRING(changed.entity, 1, 20) = 'positive_definition.' THEN SUBSTRING(changed.entity, 21, 250)
            WHEN SUBSTRING(changed.entity, 1, 12) = 'code_choice.' THEN SUBSTRING(changed.entity, 13, 250)
        END AS detail,
        changed.entity_id, changed.field, changed.old_value, changed.new_value, changed.is_untold,
        changed.first_changed_at, changed.last_changed_at
    FROM changed
    LEFT JOIN target ON changed.entity = 'target' AND target.id = changed.entity_id
    WHERE changed.entity NOT IN ('participation', 'participant', 'assessment')
      AND NOT (changed.entity = 'insats' AND changed.entity_id > @LastInsats)
    UNION ALL
    SELECT 'insats', insats.id, NULL, NULL, insats.id, NULL, NULL, NULL, 0, came.happened_at, came.happened_at
    FROM insats
    LEFT JOIN came ON came.entity = 'insats' AND came.entity_id = insats.id
    WHERE insats.forbund_id = @ForbundId AND insats.id > @LastInsats
),
told AS (
    SELECT
        'participation' AS kind,
        insats.id AS insats_id,
        insats.parent_id AS parent_insats_id,
        insats.name AS insats,
        NULL AS calendar_year,
        NULL AS detail,
        CASE WHEN insats.orientation = 'structural' THEN 1 ELSE 0 END AS is_structural,
        0 AS is_administration,
        stay.id AS entity_id,
        participant.code AS participant_code,
        -- Without a user it is the server itself that asks. Whoever works in the insats in another role is told of nobody.
        CASE WHEN @UserId IS NULL OR EXISTS (
                SELECT 1 FROM user_participation v
                JOIN app_user_role ON app_user_role.app_user_id = v.app_user_id AND app_user_role.forbund_id = v.forbund_id
                    AND app_user_role.role = 'caseworker'
                WHERE v.participation_id = stay.id AND v.app_user_id = @UserId AND (v.last_on >= @ReachedSince OR v.opened_through >= @Today)
            ) THEN 1 ELSE 0 END AS is_reached,
        stay.queued_on,
        -- An insats has its own days here.
        stay.started_on,
        stay.ended_on,
        COALESCE(exit_reason.is_misregistration, 0) AS is_misregistered,
        stay_field.field,
        stay_field.old_value,
        stay_field.new_value,
        stay_field.is_untold,
        stay_field.first_changed_at,
        stay_field.last_changed_at
    FROM stay_field
    JOIN participation stay ON stay.id = stay_field.participation_id
    JOIN participant ON participant.id = stay.participant_id
    JOIN insats ON insats.id = stay.insats_id
    LEFT JOIN exit_reason ON exit_reason.code = stay.exit_reason
    UNION ALL
    SELECT
        other_field.kind, insats.id, insats.parent_id, insats.name, other_field.calendar_year, other_field.detail,
        CASE WHEN insats.orientation = 'structural' THEN 1 ELSE 0 END,
        COALESCE(forbund_cost.is_administration, 0),
        other_field.entity_id,
        NULL, 1, NULL,
        CASE WHEN other_field.kind = 'insats' THEN insats.starts_on END,
        CASE WHEN other_field.kind = 'insats' THEN insats.ends_on END,
        0, other_field.field, other_field.old_value, other_field.new_value, other_field.is_untold,
        other_field.first_changed_at, other_field.last_changed_at
    FROM other_field
    LEFT JOIN insats ON insats.id = other_field.insats_id
    LEFT JOIN forbund_cost ON other_field.kind = 'cost' AND forbund_cost.forbund_id = @ForbundId
        AND forbund_cost.calendar_year = other_field.calendar_year AND forbund_cost.name = other_field.detail
    WHERE other_field.kind IS NOT NULL
)
SELECT kind, insats_id, parent_insats_id, insats, calendar_year, detail, is_structural, is_administration,
    entity_id, participant_code, is_reached, queued_on, started_on, ended_on,
    is_misregistered, field, old_value, new_value, is_untold, first_changed_at, last_changed_at
FROM told
ORDER BY insats COLLATE Finnish_Swedish_100_CI_AS, kind, entity_id, calendar_year, detail, first_changed_at, field;
