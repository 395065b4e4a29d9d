-- The user as the sign-in sees them: in no förbund yet.

-- name: Accounts.Find
-- row: AppUser
SELECT id, user_name, normalized_user_name, display_name, password_hash, security_stamp, authenticator_key_encrypted,
    is_two_factor_enabled, access_failed_count, lockout_ends_at, is_active, last_code_period, version
FROM app_user
WHERE id = @Id;

-- name: Accounts.FindByName
-- row: AppUser
SELECT id, user_name, normalized_user_name, display_name, password_hash, security_stamp, authenticator_key_encrypted,
    is_two_factor_enabled, access_failed_count, lockout_ends_at, is_active, last_code_period, version
FROM app_user
WHERE normalized_user_name = @NormalizedUserName;

-- name: Accounts.Count
SELECT COUNT(*) FROM app_user;

-- name: Accounts.Session
-- row: AskedSession
-- Asked at every request: no row for an account that has been switched off, nor for a session that was signed out.
SELECT u.security_stamp,
    CASE
        WHEN u.is_two_factor_enabled = 0
            AND EXISTS (
                SELECT 1
                FROM app_user_role AS r
                JOIN code_required_role AS c ON c.forbund_id = r.forbund_id AND c.role = r.role
                WHERE r.app_user_id = u.id
            )
        THEN 1 ELSE 0
    END AS is_factor_asked
FROM app_user AS u
WHERE u.id = @Id AND u.is_active = 1
    AND NOT EXISTS (SELECT 1 FROM ended_session WHERE session_hash = @SessionHash);

-- name: Accounts.EndSession
-- Of a session, or of the challenge that a passkey has answered. No row when it has ended before.
INSERT INTO ended_session (session_hash, expires_at)
SELECT @SessionHash, @ExpiresAt
WHERE NOT EXISTS (SELECT 1 FROM ended_session WHERE session_hash = @SessionHash);

-- name: Accounts.ForgetEndedSessions
DELETE FROM ended_session WHERE expires_at < @Now;

-- name: Accounts.Add
INSERT INTO app_user (id, user_name, normalized_user_name, display_name, password_hash, security_stamp,
    is_two_factor_enabled, access_failed_count, is_active, created_at)
VALUES (@Id, @UserName, @NormalizedUserName, @DisplayName, @PasswordHash, @SecurityStamp, 0, 0, 1, @CreatedAt);

-- name: Accounts.Save
-- erases
UPDATE app_user
SET password_hash = @PasswordHash, security_stamp = @SecurityStamp, authenticator_key_encrypted = @AuthenticatorKeyEncrypted,
    is_two_factor_enabled = @IsTwoFactorEnabled
WHERE id = @Id;

-- name: Accounts.CountFailure
UPDATE app_user SET access_failed_count = access_failed_count + 1 WHERE id = @Id;

-- name: Accounts.Failures
SELECT access_failed_count FROM app_user WHERE id = @Id;

-- name: Accounts.SetLockout
UPDATE app_user SET access_failed_count = 0, lockout_ends_at = @LockoutEndsAt WHERE id = @Id;

-- name: Accounts.UseCodePeriod
-- No row when the code of this period, or of a later one, has been used.
UPDATE app_user SET last_code_period = @Period WHERE id = @Id AND last_code_period < @Period;

-- name: Accounts.ClearRecoveryCodes
DELETE FROM recovery_code WHERE app_user_id = @Id;

-- name: Accounts.AddRecoveryCode
INSERT INTO recovery_code (app_user_id, code_hash, is_keyed) VALUES (@Id, @CodeHash, 1);

-- name: Accounts.UseRecoveryCode
DELETE FROM recovery_code WHERE app_user_id = @Id AND code_hash = @CodeHash AND is_keyed = 1;

-- name: Accounts.UnkeyedRecoveryCodes
-- row: UnkeyedCodeRow
SELECT app_user_id, code_hash FROM recovery_code WHERE is_keyed = 0;

-- name: Accounts.KeyRecoveryCode
UPDATE recovery_code SET code_hash = @CodeHash, is_keyed = 1 WHERE app_user_id = @Id AND code_hash = @OldHash AND is_keyed = 0;

-- name: Accounts.Rehash
UPDATE app_user SET password_hash = @NewHash WHERE id = @Id AND password_hash = @OldHash;

-- name: Accounts.RecoveryCodes
SELECT COUNT(*) FROM recovery_code WHERE app_user_id = @Id;

-- name: Accounts.CountCodeRoles
-- The user's roles, in any förbund, that must have a second factor there.
SELECT COUNT(*)
FROM app_user_role AS r
JOIN code_required_role AS c ON c.forbund_id = r.forbund_id AND c.role = r.role
WHERE r.app_user_id = @Id;

-- name: Accounts.EndSessions
UPDATE app_user SET security_stamp = @SecurityStamp WHERE id = @Id;

-- name: Accounts.ForbundIds
-- The förbund in whose logs the account's own events are written.
SELECT DISTINCT forbund_id FROM app_user_role WHERE app_user_id = @Id ORDER BY forbund_id;
