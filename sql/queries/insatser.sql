-- Insatser and delprojekt, their years, the förbund's own costs, and targets.

-- name: Insatser.All
-- row: InsatsRow
SELECT id, parent_id, name, orientation, specific_orientation, follow_up_method, is_esf, starts_on, ends_on, capacity, version
FROM insats
WHERE forbund_id = @ForbundId;

-- name: Insatser.Find
-- row: InsatsRow
SELECT id, parent_id, name, orientation, specific_orientation, follow_up_method, is_esf, starts_on, ends_on, capacity, version
FROM insats
WHERE forbund_id = @ForbundId AND id = @InsatsId;

-- name: Insatser.TargetGroups
-- row: InsatsTargetGroupRow
SELECT t.insats_id, t.target_group
FROM insats_target_group t
JOIN insats i ON i.id = t.insats_id
JOIN target_group g ON g.code = t.target_group
WHERE i.forbund_id = @ForbundId
ORDER BY t.insats_id, g.sort_order;

-- name: Insatser.Add
INSERT INTO insats (id, forbund_id, parent_id, name, name_key, orientation, specific_orientation, follow_up_method, is_esf, starts_on, ends_on,
    capacity, version)
VALUES (@Id, @ForbundId, @ParentId, @Name, @NameKey, @Orientation, @SpecificOrientation, @FollowUpMethod, @IsEsf, @StartsOn, @EndsOn, @Capacity, 1);

-- name: Insatser.Update
-- Orientation, follow-up method and ESF are not here: they are locked as soon as the insats is created. The specific
-- orientation is filled in once.
UPDATE insats
SET name = @Name, name_key = CASE WHEN @KeepsForm = 1 THEN name_key ELSE @NameKey END,
    specific_orientation = COALESCE(specific_orientation, @SpecificOrientation),
    starts_on = @StartsOn, ends_on = @EndsOn, capacity = @Capacity, version = version + 1
WHERE forbund_id = @ForbundId AND id = @Id AND version = @Version;

-- name: Insatser.PassOnName
-- A name that none has any longer goes to the oldest of those that have the same in another spelling, from before that was refused.
UPDATE insats SET name_key = @NameKey
WHERE forbund_id = @ForbundId
  AND id = (SELECT MIN(o.id) FROM insats o WHERE o.forbund_id = @ForbundId AND o.name_key = CONCAT(@NameKey, 'ID', o.id))
  AND NOT EXISTS (SELECT 1 FROM insats h WHERE h.forbund_id = @ForbundId AND h.name_key = @NameKey);

-- name: Insatser.ClearTargetGroups
DELETE FROM insats_target_group
WHERE insats_id IN (SELECT i.id FROM insats i WHERE i.forbund_id = @ForbundId AND i.id = @InsatsId);

-- name: Insatser.AddTargetGroup
INSERT INTO insats_target_group (insats_id, target_group)
SELECT i.id, @TargetGroup FROM insats i WHERE i.forbund_id = @ForbundId AND i.id = @InsatsId;

-- name: Insatser.Years
-- row: InsatsYearRow
SELECT y.insats_id, y.calendar_year, y.budgeted_participants, y.budget_kronor, y.outcome_kronor, y.version
FROM insats_year y
JOIN insats i ON i.id = y.insats_id
WHERE i.forbund_id = @ForbundId AND y.calendar_year = @CalendarYear
ORDER BY y.insats_id;

-- name: Insatser.AddYear
INSERT INTO insats_year (insats_id, calendar_year, budgeted_participants, budget_kronor, outcome_kronor, version)
SELECT i.id, @CalendarYear, @BudgetedParticipants, @BudgetKronor, @OutcomeKronor, 1
FROM insats i
WHERE i.forbund_id = @ForbundId AND i.id = @InsatsId;

-- name: Insatser.UpdateYear
UPDATE insats_year
SET budgeted_participants = @BudgetedParticipants, budget_kronor = @BudgetKronor, outcome_kronor = @OutcomeKronor, version = version + 1
WHERE insats_id IN (SELECT i.id FROM insats i WHERE i.forbund_id = @ForbundId AND i.id = @InsatsId)
  AND calendar_year = @CalendarYear AND version = @Version;

-- name: Insatser.Costs
-- row: ForbundCostRow
SELECT name, is_administration, budget_kronor, outcome_kronor, version
FROM forbund_cost
WHERE forbund_id = @ForbundId AND calendar_year = @CalendarYear;

-- name: Insatser.UpdateCost
UPDATE forbund_cost
SET is_administration = @IsAdministration, budget_kronor = @BudgetKronor, outcome_kronor = @OutcomeKronor, version = version + 1
WHERE forbund_id = @ForbundId AND calendar_year = @CalendarYear AND name = @Name AND version = @Version;

-- name: Insatser.AddCost
INSERT INTO forbund_cost (forbund_id, calendar_year, name, is_administration, budget_kronor, outcome_kronor, version)
VALUES (@ForbundId, @CalendarYear, @Name, @IsAdministration, @BudgetKronor, @OutcomeKronor, 1);

-- name: Insatser.RemoveCost
DELETE FROM forbund_cost WHERE forbund_id = @ForbundId AND calendar_year = @CalendarYear AND name = @Name AND version = @Version;

-- name: Insatser.Targets
-- row: TargetRow
SELECT id, insats_id, measure, definition, calendar_year, goal, direction, version
FROM target
WHERE forbund_id = @ForbundId AND calendar_year = @CalendarYear
ORDER BY id;

-- name: Insatser.AddTarget
INSERT INTO target (id, forbund_id, insats_id, measure, definition, calendar_year, goal, direction, version)
VALUES (@Id, @ForbundId, @InsatsId, @Measure, @Definition, @CalendarYear, @Goal, @Direction, 1);

-- name: Insatser.UpdateTarget
UPDATE target SET goal = @Goal, direction = @Direction, version = version + 1 WHERE forbund_id = @ForbundId AND id = @Id AND version = @Version;

-- name: Insatser.RemoveTarget
DELETE FROM target WHERE forbund_id = @ForbundId AND id = @TargetId AND version = @Version;

-- name: Insatser.StillIn
-- row: StillInRow
-- Who has no exit from the insats: those longest in it first, then those in its queue.
SELECT p.id AS participation_id, d.code, p.queued_on, p.started_on, p.version
FROM participation p
JOIN participant d ON d.id = p.participant_id
WHERE p.forbund_id = @ForbundId AND p.insats_id = @InsatsId AND p.ended_on IS NULL
ORDER BY CASE WHEN p.started_on IS NULL THEN 1 ELSE 0 END, p.started_on, p.queued_on, p.id;

-- name: Insatser.Occupancy
-- row: InsatsOccupancyRow
-- Participations on a day, by insats: those who take part and those in queue. A delprojekt is not counted in its insats.
-- Today those with an entry ahead wait for it; who did on an earlier day isn't known without a day in queue.
SELECT
    p.insats_id,
    SUM(CASE WHEN p.started_on <= @Day THEN 1 ELSE 0 END) AS ongoing,
    SUM(CASE WHEN p.started_on IS NULL OR p.started_on > @Day THEN 1 ELSE 0 END) AS queued
FROM participation p
WHERE p.forbund_id = @ForbundId AND (p.ended_on IS NULL OR p.ended_on > @Day) AND (COALESCE(p.queued_on, p.started_on) <= @Day OR @Day = @Today)
GROUP BY p.insats_id;
