-- The installation's one key, and what it has encrypted.

-- name: Privacy.CountEncrypted
-- How many values can't be read without the key that encrypted them, in the whole installation.
SELECT (SELECT COUNT(*) FROM participant WHERE name_encrypted IS NOT NULL OR personal_number_encrypted IS NOT NULL)
    + (SELECT COUNT(*) FROM app_user WHERE authenticator_key_encrypted IS NOT NULL)
    + (SELECT COUNT(*) FROM data_protection_key);

-- name: Privacy.DataProtectionKeys
-- row: DataProtectionKeyRow
SELECT id, xml_encrypted FROM data_protection_key ORDER BY id;

-- name: Privacy.AddDataProtectionKey
INSERT INTO data_protection_key (id, friendly_name, xml_encrypted) VALUES (@Id, @FriendlyName, @XmlEncrypted);
