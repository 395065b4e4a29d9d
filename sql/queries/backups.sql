-- Backups: what a copy of the database holds, and when copies have been made.

-- name: Backups.Mark
SELECT database_mark FROM installation;

-- name: Backups.SetMark
INSERT INTO installation (id, database_mark) VALUES (1, @DatabaseMark);

-- name: Backups.Counts
-- row: TableCountRow
-- How many rows there are of what people have registered, so that a copy can be held against the database.
SELECT 'forbund' AS table_name, COUNT(*) AS row_count FROM forbund
UNION ALL SELECT 'insats', COUNT(*) FROM insats
UNION ALL SELECT 'participant', COUNT(*) FROM participant
UNION ALL SELECT 'participant_erased', COUNT(*) FROM participant WHERE erased_at IS NOT NULL
UNION ALL SELECT 'participation', COUNT(*) FROM participation
UNION ALL SELECT 'assessment', COUNT(*) FROM assessment
UNION ALL SELECT 'head_count', COUNT(*) FROM head_count
UNION ALL SELECT 'consent', COUNT(*) FROM consent
UNION ALL SELECT 'correction_request', COUNT(*) FROM correction_request
UNION ALL SELECT 'app_user', COUNT(*) FROM app_user
UNION ALL SELECT 'publication', COUNT(*) FROM publication
UNION ALL SELECT 'delivery', COUNT(*) FROM delivery
UNION ALL SELECT 'change_history', COUNT(*) FROM change_history
UNION ALL SELECT 'audit_event', COUNT(*) FROM audit_event;

-- name: Backups.ChainEnds
-- row: ChainEndRow
-- How far each log has come.
SELECT forbund_id, last_event, last_hash FROM audit_chain ORDER BY forbund_id;

-- name: Backups.Keep
INSERT INTO backup_made (id, made_at, made_by, folder_name, fault) VALUES (@Id, @MadeAt, @MadeBy, @FolderName, @Fault);

-- name: Backups.AccountIds
-- Whose sessions end when a backup is put back.
SELECT id FROM app_user ORDER BY id;

-- name: Backups.StoppedAccounts
-- row: StoppedAccountRow
SELECT id, normalized_user_name FROM app_user WHERE is_active = 0 ORDER BY id;

-- name: Backups.StoppedKeys
-- row: StoppedKeyRow
SELECT id, forbund_id, key_hash FROM api_key WHERE revoked_at IS NOT NULL ORDER BY id;

-- name: Backups.StopAccount
-- The same account in the copy, if it is in use there.
UPDATE app_user SET is_active = 0 WHERE id = @Id AND normalized_user_name = @NormalizedUserName AND is_active = 1;

-- name: Backups.StopKey
-- The same key in the copy, if it works there.
UPDATE api_key SET revoked_at = @Now, revoked_by = @Actor WHERE forbund_id = @ForbundId AND id = @Id AND key_hash = @KeyHash AND revoked_at IS NULL;

-- name: Backups.CountRestored
-- How often the database has been put back since from another backup, by its own log.
SELECT COUNT(*) FROM audit_event WHERE action = 'Backups.Restore' AND happened_at > @Since AND detail NOT LIKE @FromThis;

-- name: Backups.Accounts
-- row: StoppedAccountRow
-- All there are, so that one that is new in the database is told from one that has no role.
SELECT id, normalized_user_name FROM app_user ORDER BY id;

-- name: Backups.Access
-- row: HeldAccessRow
-- Grain: a role or an insats of an account in a förbund.
SELECT r.app_user_id AS user_id, u.user_name, u.normalized_user_name, r.forbund_id, r.role, CAST(NULL AS INTEGER) AS insats_id
FROM app_user_role r
JOIN app_user u ON u.id = r.app_user_id
UNION ALL
SELECT g.app_user_id, u.user_name, u.normalized_user_name, i.forbund_id, NULL, g.insats_id
FROM app_user_insats g
JOIN app_user u ON u.id = g.app_user_id
JOIN insats i ON i.id = g.insats_id
ORDER BY forbund_id, user_id, role, insats_id;

-- name: Backups.RemoveRole
-- But not that of the last administrator, without whom nobody could give the förbund another.
DELETE FROM app_user_role
WHERE forbund_id = @ForbundId AND app_user_id = @UserId AND role = @Role
  AND (@Role <> 'administrator' OR EXISTS (
    SELECT 1
    FROM app_user_role o
    JOIN app_user u ON u.id = o.app_user_id
    WHERE o.forbund_id = @ForbundId AND o.role = 'administrator' AND o.app_user_id <> @UserId AND u.is_active = 1));

-- name: Backups.RemoveInsats
DELETE FROM app_user_insats
WHERE app_user_id = @UserId AND insats_id = (SELECT i.id FROM insats i WHERE i.forbund_id = @ForbundId AND i.id = @InsatsId);

-- name: Backups.Protected
-- row: LivingParticipantRow
-- Who has protected identity, in every förbund.
SELECT forbund_id, id, erasure_mark FROM participant WHERE has_protected_identity = 1 AND erased_at IS NULL;

-- name: Backups.Protect
-- erases
-- The same person in the copy, if not protected there: protection takes away name and number, as when it is registered.
UPDATE participant
SET has_protected_identity = 1, name_encrypted = NULL, personal_number_encrypted = NULL, personal_number_index = NULL
WHERE forbund_id = @ForbundId AND id = @Id AND erasure_mark = @ErasureMark AND has_protected_identity = 0 AND erased_at IS NULL;

-- name: Backups.WithdrawnConsents
-- row: WithdrawnConsentRow
SELECT id, forbund_id, participant_id, scope, given_on, withdrawn_on FROM consent WHERE withdrawn_on IS NOT NULL ORDER BY id;

-- name: Backups.WithdrawConsent
-- The same consent in the copy, if it holds there.
UPDATE consent SET withdrawn_on = @WithdrawnOn, version = version + 1
WHERE forbund_id = @ForbundId AND id = @Id AND participant_id = @ParticipantId AND given_on <= @WithdrawnOn AND withdrawn_on IS NULL;

-- name: Backups.WithdrawLinks
-- Of then: whoever has one that has been used or withdrawn since would come in by it.
UPDATE user_invitation SET withdrawn_at = @Now WHERE used_at IS NULL AND withdrawn_at IS NULL AND expires_at > @Now;

-- name: Backups.LatestBy
-- row: BackupMadeRow
-- The latest try of one kind.
SELECT made_at, folder_name, fault FROM backup_made WHERE id = (SELECT MAX(l.id) FROM backup_made l WHERE l.made_by = @MadeBy);

-- name: Backups.Latest
-- row: BackupMadeRow
-- The latest try, and the latest that became whole.
SELECT b.made_at, b.folder_name, b.fault
FROM backup_made b
WHERE b.id = (SELECT MAX(l.id) FROM backup_made l) OR b.id = (SELECT MAX(w.id) FROM backup_made w WHERE w.fault IS NULL)
ORDER BY b.id;
