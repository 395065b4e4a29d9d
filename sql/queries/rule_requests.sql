-- What one administrator asks for about the rules of access and another says yes to.

-- name: RuleRequests.Add
INSERT INTO rule_request (id, forbund_id, reach_months, is_password_off, settings_version, asked_by, asked_at, state)
VALUES (@Id, @ForbundId, @ReachMonths, @IsPasswordOff, @Version, @AskedById, @AskedAt, 'asked');

-- name: RuleRequests.AddRole
INSERT INTO rule_request_role (rule_request_id, role) VALUES (@Id, @Role);

-- name: RuleRequests.Waiting
-- row: RuleRequestRow
SELECT q.id, q.reach_months, q.is_password_off, q.settings_version, q.asked_by AS asked_by_id, a.user_name AS asked_by, q.asked_at
FROM rule_request q
JOIN app_user a ON a.id = q.asked_by
WHERE q.forbund_id = @ForbundId AND q.state = 'asked' AND q.asked_at > @Since
ORDER BY q.id;

-- name: RuleRequests.Roles
SELECT role FROM rule_request_role WHERE rule_request_id = @Id ORDER BY role;

-- name: RuleRequests.Decide
-- No row when somebody was here before.
UPDATE rule_request SET state = @State, decided_at = @DecidedAt, decided_by = @Actor
WHERE forbund_id = @ForbundId AND id = @Id AND state = 'asked';

-- name: RuleRequests.Replace
-- What is asked for anew takes the place of what was asked before.
UPDATE rule_request SET state = 'withdrawn', decided_at = @DecidedAt, decided_by = @Actor
WHERE forbund_id = @ForbundId AND state = 'asked';
