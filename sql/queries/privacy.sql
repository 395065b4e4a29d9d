-- The installation's one key, and what it has encrypted.

-- name: Privacy.CountEncrypted
-- How many values can't be read without the key that encrypted them, in the whole installation.
SELECT (SELECT COUNT(*) FROM participant WHERE name_encrypted IS NOT NULL OR personal_number_encrypted IS NOT NULL)
    + (SELECT COUNT(*) FROM consent WHERE form_place_encrypted IS NOT NULL)
    + (SELECT COUNT(*) FROM correction_request)
    + (SELECT COUNT(*) FROM app_user WHERE authenticator_key_encrypted IS NOT NULL)
    + (SELECT COUNT(*) FROM external_identity)
    + (SELECT COUNT(*) FROM data_protection_key);

-- name: Privacy.KeyCheck
-- Tells the key that the encrypted values are read with; null before there is one.
SELECT check_value FROM key_check;

-- name: Privacy.ForgetKeyCheck
DELETE FROM key_check;

-- name: Privacy.NoteKeyCheck
INSERT INTO key_check (id, check_value, noted_at) VALUES (1, @CheckValue, @NotedAt);

-- name: Privacy.Encrypted
-- row: EncryptedValueRow
-- Every value that needs the key, where it stands, and whose it is.
SELECT 'participant' AS table_name, 'name_encrypted' AS column_name, d.id AS row_id, d.forbund_id, d.name_encrypted AS stored
FROM participant d WHERE d.name_encrypted IS NOT NULL
UNION ALL
SELECT 'participant', 'personal_number_encrypted', d.id, d.forbund_id, d.personal_number_encrypted
FROM participant d WHERE d.personal_number_encrypted IS NOT NULL
UNION ALL
SELECT 'consent', 'form_place_encrypted', c.id, c.forbund_id, c.form_place_encrypted
FROM consent c WHERE c.form_place_encrypted IS NOT NULL
UNION ALL
SELECT 'correction_request', 'request_encrypted', c.id, c.forbund_id, c.request_encrypted
FROM correction_request c
UNION ALL
SELECT 'correction_request', 'answer_encrypted', c.id, c.forbund_id, c.answer_encrypted
FROM correction_request c WHERE c.answer_encrypted IS NOT NULL
UNION ALL
SELECT 'app_user', 'authenticator_key_encrypted', u.id, 0, u.authenticator_key_encrypted
FROM app_user u WHERE u.authenticator_key_encrypted IS NOT NULL
UNION ALL
SELECT 'external_identity', 'subject_encrypted', e.id, 0, e.subject_encrypted
FROM external_identity e
UNION ALL
SELECT 'data_protection_key', 'xml_encrypted', k.id, 0, k.xml_encrypted
FROM data_protection_key k;

-- name: Privacy.CountLostKeys
-- How often somebody has gone on with a new key since the old one was lost; what the old one locked stays stored, unreadable.
SELECT COUNT(*) FROM audit_event WHERE action = 'Privacy.NewKey';

-- name: Privacy.ForbundIds
-- In the order that everybody takes the logs.
SELECT id FROM forbund ORDER BY id;

-- name: Privacy.RemoveDataProtectionKey
DELETE FROM data_protection_key WHERE id = @Id;

-- name: Privacy.DataProtectionKeys
-- row: DataProtectionKeyRow
SELECT id, xml_encrypted FROM data_protection_key ORDER BY id;

-- name: Privacy.AddDataProtectionKey
INSERT INTO data_protection_key (id, friendly_name, xml_encrypted) VALUES (@Id, @FriendlyName, @XmlEncrypted);

-- name: Privacy.NumberIndexes
-- row: NumberIndexRow
-- What personal numbers are found by, beside the numbers.
SELECT id, forbund_id, personal_number_encrypted, personal_number_index FROM participant WHERE personal_number_encrypted IS NOT NULL;

-- name: Privacy.ChangeName
-- erases
-- As the others below: only what is as it was read.
UPDATE participant SET name_encrypted = @Stored WHERE forbund_id = @ForbundId AND id = @RowId AND name_encrypted = @Was;

-- name: Privacy.ChangeNumber
-- erases
UPDATE participant SET personal_number_encrypted = @Stored, personal_number_index = @NumberIndex
WHERE forbund_id = @ForbundId AND id = @RowId AND personal_number_encrypted = @Was;

-- name: Privacy.ChangeFormPlace
-- erases
UPDATE consent SET form_place_encrypted = @Stored WHERE forbund_id = @ForbundId AND id = @RowId AND form_place_encrypted = @Was;

-- name: Privacy.ChangeRequest
-- erases
UPDATE correction_request SET request_encrypted = @Stored WHERE forbund_id = @ForbundId AND id = @RowId AND request_encrypted = @Was;

-- name: Privacy.ChangeAnswer
-- erases
UPDATE correction_request SET answer_encrypted = @Stored WHERE forbund_id = @ForbundId AND id = @RowId AND answer_encrypted = @Was;

-- name: Privacy.ChangeAuthenticatorKey
-- erases
UPDATE app_user SET authenticator_key_encrypted = @Stored WHERE id = @RowId AND authenticator_key_encrypted = @Was;

-- name: Privacy.ChangeSubject
-- erases
UPDATE external_identity SET subject_encrypted = @Stored, subject_hash = @SubjectHash WHERE id = @RowId AND subject_encrypted = @Was;

-- name: Privacy.ChangeDataProtectionKey
-- erases
UPDATE data_protection_key SET xml_encrypted = @Stored WHERE id = @RowId AND xml_encrypted = @Was;

-- name: Privacy.RecoveryCodeUsers
-- Those whose recovery codes, kept with the key, can't be taken over to another.
SELECT DISTINCT app_user_id FROM recovery_code ORDER BY app_user_id;
