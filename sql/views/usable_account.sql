-- Grain: one row per active account that somebody can sign in to: by a password where it may be used, a provider or a passkey.
CREATE VIEW usable_account AS
SELECT u.id AS app_user_id
FROM app_user u
WHERE u.is_active = 1 AND u.is_system = 0
  AND ((u.password_hash IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM app_user_role r
            JOIN access_setting s ON s.forbund_id = r.forbund_id
            WHERE r.app_user_id = u.id AND s.is_password_off = 1))
    OR EXISTS (SELECT 1 FROM external_identity e WHERE e.app_user_id = u.id)
    OR EXISTS (SELECT 1 FROM passkey p WHERE p.app_user_id = u.id));
