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
