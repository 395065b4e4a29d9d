-- Identities at providers and passkeys of an account: how somebody signs in without a password.

-- name: ExternalIdentities.Of
-- row: ExternalIdentityRow
SELECT id, app_user_id, provider, connected_at, used_at FROM external_identity WHERE app_user_id = @UserId ORDER BY id;

-- name: ExternalIdentities.Find
-- row: ExternalIdentityRow
SELECT id, app_user_id, provider, connected_at, used_at FROM external_identity WHERE subject_hash = @SubjectHash;

-- name: ExternalIdentities.Owner
SELECT app_user_id FROM external_identity WHERE id = @Id;

-- name: ExternalIdentities.Add
INSERT INTO external_identity (id, app_user_id, provider, subject_hash, subject_encrypted, connected_at, used_at)
VALUES (@Id, @UserId, @Provider, @SubjectHash, @SubjectEncrypted, @ConnectedAt, @ConnectedAt);

-- name: ExternalIdentities.Use
UPDATE external_identity SET used_at = @UsedAt WHERE id = @Id;

-- name: ExternalIdentities.Remove
-- erases
DELETE FROM external_identity WHERE app_user_id = @UserId AND id = @Id;

-- name: ExternalIdentities.RemoveAll
-- erases
DELETE FROM external_identity WHERE app_user_id = @UserId;

-- name: Passkeys.Of
-- row: PasskeyRow
SELECT id, app_user_id, name, credential_id, public_key, sign_count, transports, is_backup_eligible, is_backed_up, created_at, used_at
FROM passkey
WHERE app_user_id = @UserId
ORDER BY id;

-- name: Passkeys.Find
-- row: PasskeyRow
SELECT id, app_user_id, name, credential_id, public_key, sign_count, transports, is_backup_eligible, is_backed_up, created_at, used_at
FROM passkey
WHERE credential_hash = @CredentialHash;

-- name: Passkeys.Add
INSERT INTO passkey (id, app_user_id, name, credential_hash, credential_id, public_key, sign_count, transports, is_backup_eligible, is_backed_up, created_at)
VALUES (@Id, @UserId, @Name, @CredentialHash, @CredentialId, @PublicKey, @SignCount, @Transports, @IsBackupEligible, @IsBackedUp, @CreatedAt);

-- name: Passkeys.Use
UPDATE passkey SET sign_count = @SignCount, is_backed_up = @IsBackedUp, used_at = @UsedAt WHERE app_user_id = @UserId AND credential_hash = @CredentialHash;

-- name: Passkeys.Rename
UPDATE passkey SET name = @Name WHERE app_user_id = @UserId AND id = @Id;

-- name: Passkeys.Remove
DELETE FROM passkey WHERE app_user_id = @UserId AND id = @Id;

-- name: Passkeys.RemoveAll
DELETE FROM passkey WHERE app_user_id = @UserId;

-- name: SignInWays.CountPasskeys
SELECT COUNT(*) FROM passkey WHERE app_user_id = @UserId;

-- name: SignInWays.CountUsable
-- Whether anybody can sign in to the account.
SELECT COUNT(*) FROM usable_account WHERE app_user_id = @UserId;

-- name: SignInWays.CountForbundWithoutPasswords
-- In the whole installation: the sign-in page answers everybody alike, and knows no förbund yet.
SELECT COUNT(*) FROM access_setting WHERE is_password_off = 1;

-- name: SignInWays.CountPasswordOff
-- The förbund of the account where passwords are not used: one is enough.
SELECT COUNT(*)
FROM app_user_role r
JOIN access_setting s ON s.forbund_id = r.forbund_id
WHERE r.app_user_id = @UserId AND s.is_password_off = 1;
