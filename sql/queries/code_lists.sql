-- The code lists, in the order they are shown.

-- name: CodeLists.Genders
-- row: CodeRow
SELECT code, label FROM gender ORDER BY sort_order;

-- name: CodeLists.ContributorKinds
-- row: CodeRow
SELECT code, label FROM contributor_kind ORDER BY sort_order;

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

-- name: CodeLists.OfForbund
-- row: CodeValueRow
-- A list as the förbund has chosen it: its own word where it has one, all that is not taken away offered. What is
-- registered by mistake is marked so and never chosen from a list.
SELECT
    l.code,
    COALESCE(c.label, l.label) AS label,
    l.label AS shared_label,
    c.label AS own_label,
    COALESCE(c.is_offered, 1) AS is_offered,
    COALESCE(c.version, 0) AS version
FROM code_list l
LEFT JOIN code_choice c ON c.forbund_id = @ForbundId AND c.list = l.list AND c.code = l.code
WHERE l.list = @List AND l.is_misregistration = 0
ORDER BY l.sort_order;

-- name: CodeLists.AddChoice
INSERT INTO code_choice (forbund_id, list, code, is_offered, label, version)
VALUES (@ForbundId, @List, @Code, @IsOffered, @Label, 1);

-- name: CodeLists.UpdateChoice
UPDATE code_choice
SET is_offered = @IsOffered, label = @Label, version = version + 1
WHERE forbund_id = @ForbundId AND list = @List AND code = @Code AND version = @Version;
