-- The code lists, in the order they are shown.

-- name: CodeLists.Genders
-- row: CodeRow
SELECT code, label FROM gender ORDER BY sort_order;

-- name: CodeLists.Referrers
-- row: CodeRow
SELECT code, label FROM referrer ORDER BY sort_order;

-- name: CodeLists.EducationLevels
-- row: CodeRow
SELECT code, label FROM education_level ORDER BY sort_order;

-- name: CodeLists.Livelihoods
-- row: CodeRow
SELECT code, label FROM livelihood ORDER BY sort_order;

-- name: CodeLists.TargetGroups
-- row: CodeRow
SELECT code, label FROM target_group ORDER BY sort_order;

-- name: CodeLists.SpecificOrientations
-- row: CodeRow
SELECT code, label FROM specific_orientation ORDER BY sort_order;

-- name: CodeLists.ExitReasons
-- row: ExitReasonRow
SELECT code, label, exit_group, is_subsidised, is_neutral, is_misregistration FROM exit_reason ORDER BY sort_order;
