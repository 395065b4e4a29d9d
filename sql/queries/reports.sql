-- What a report needs beside the measures and the texts of insatser: money, targets.

-- name: Reports.Economy
-- row: EconomyRow
-- Grain: an insats without parent (with its delprojekt), a delprojekt (level 1), or a cost of the förbund's own
-- (level 2, such as administration). Null is "not known", never 0. is_incomplete: a part of the sum has a budget without
-- an outcome or the other way round, so that the two can't be set against each other. without_…: delprojekt that lack a figure
-- which is not in the sum either (insats_money_gap), so that the sum is at least so much.
SELECT
    money.sort_name,
    money.name,
    money.economy_level,
    money.insats_id,
    money.budget_kronor,
    money.outcome_kronor,
    money.is_incomplete,
    COALESCE(gaps.without_budget, 0) AS without_budget,
    COALESCE(gaps.without_outcome, 0) AS without_outcome
FROM (
    SELECT
        top_insats.name AS sort_name,
        top_insats.name,
        0 AS economy_level,
        top_insats.id AS insats_id,
        SUM(insats_year.budget_kronor) AS budget_kronor,
        SUM(insats_year.outcome_kronor) AS outcome_kronor,
        MAX(CASE WHEN insats_year.budget_kronor IS NULL AND insats_year.outcome_kronor IS NOT NULL THEN 1
                 WHEN insats_year.budget_kronor IS NOT NULL AND insats_year.outcome_kronor IS NULL THEN 1 ELSE 0 END) AS is_incomplete
    FROM insats top_insats
    JOIN insats part ON part.forbund_id = top_insats.forbund_id
        AND (part.id = top_insats.id OR part.parent_id = top_insats.id)
    JOIN insats_year ON insats_year.insats_id = part.id AND insats_year.calendar_year = @Year
    WHERE top_insats.forbund_id = @ForbundId AND top_insats.parent_id IS NULL
    GROUP BY top_insats.id, top_insats.name
    UNION ALL
    SELECT parent.name, part.name, 1, part.id, insats_year.budget_kronor, insats_year.outcome_kronor, 0
    FROM insats part
    JOIN insats parent ON parent.id = part.parent_id
    JOIN insats_year ON insats_year.insats_id = part.id AND insats_year.calendar_year = @Year
    WHERE part.forbund_id = @ForbundId
    UNION ALL
    SELECT forbund_cost.name, forbund_cost.name, 2, NULL, forbund_cost.budget_kronor, forbund_cost.outcome_kronor, 0
    FROM forbund_cost
    WHERE forbund_cost.forbund_id = @ForbundId AND forbund_cost.calendar_year = @Year
) money
LEFT JOIN (
    SELECT gap.top_insats_id, SUM(gap.lacks_budget) AS without_budget, SUM(gap.lacks_outcome) AS without_outcome
    FROM insats_money_gap gap
    WHERE gap.forbund_id = @ForbundId AND gap.calendar_year = @Year AND gap.insats_id <> gap.top_insats_id
    GROUP BY gap.top_insats_id
) gaps ON money.economy_level = 0 AND gaps.top_insats_id = money.insats_id
ORDER BY CASE WHEN money.economy_level = 2 THEN 1 ELSE 0 END, money.sort_name COLLATE Finnish_Swedish_100_CI_AS,
    money.economy_level, money.name COLLATE Finnish_Swedish_100_CI_AS;

-- name: Reports.EconomyTotal
-- row: EconomyTotalRow
-- Grain: one row, the förbund's year. Sums what is known; an insats and its delprojekt are each counted once.
-- is_incomplete as in Reports.Economy; without_…: insatser, delprojekt and costs whose figure is missing in the sum.
SELECT
    SUM(money.budget_kronor) AS budget_kronor,
    SUM(money.outcome_kronor) AS outcome_kronor,
    MAX(CASE WHEN money.budget_kronor IS NULL AND money.outcome_kronor IS NOT NULL THEN 1
             WHEN money.budget_kronor IS NOT NULL AND money.outcome_kronor IS NULL THEN 1 ELSE 0 END) AS is_incomplete,
    COALESCE(SUM(money.lacks_budget), 0) AS without_budget,
    COALESCE(SUM(money.lacks_outcome), 0) AS without_outcome
FROM (
    SELECT insats_year.budget_kronor, insats_year.outcome_kronor, 0 AS lacks_budget, 0 AS lacks_outcome
    FROM insats_year
    JOIN insats ON insats.id = insats_year.insats_id
    WHERE insats.forbund_id = @ForbundId AND insats_year.calendar_year = @Year
    UNION ALL
    SELECT forbund_cost.budget_kronor, forbund_cost.outcome_kronor, CASE WHEN forbund_cost.budget_kronor IS NULL THEN 1 ELSE 0 END,
        CASE WHEN forbund_cost.outcome_kronor IS NULL THEN 1 ELSE 0 END
    FROM forbund_cost
    WHERE forbund_cost.forbund_id = @ForbundId AND forbund_cost.calendar_year = @Year
    UNION ALL
    SELECT NULL, NULL, gap.lacks_budget, gap.lacks_outcome
    FROM insats_money_gap gap
    WHERE gap.forbund_id = @ForbundId AND gap.calendar_year = @Year
) money;

-- name: Reports.Targets
-- row: TargetRow
-- Grain: a target of the year. insats is null when it is for the whole förbund.
SELECT target.measure, target.definition, insats.name AS insats, target.goal, target.direction,
    CASE WHEN insats.orientation = 'structural' THEN 1 ELSE 0 END AS is_structural
FROM target
LEFT JOIN insats ON insats.id = target.insats_id
WHERE target.forbund_id = @ForbundId AND target.calendar_year = @Year
ORDER BY CASE WHEN insats.name IS NULL THEN 0 ELSE 1 END, insats.name COLLATE Finnish_Swedish_100_CI_AS, target.measure, target.id;
