-- Other systems that read and register through the API: each is an account that nobody signs in to, with keys.

ALTER TABLE app_user ADD is_system SMALLINT NOT NULL DEFAULT 0 CHECK (is_system IN (0, 1));

CREATE TABLE api_key (
    id INTEGER NOT NULL PRIMARY KEY,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    -- The system: its roles and insatser are those of the account.
    app_user_id INTEGER NOT NULL REFERENCES app_user (id),
    -- SHA-256 of the secret part of the key, 256 random bits, which is kept nowhere.
    key_hash NVARCHAR(64) NOT NULL,
    made_at DATETIME2(3) NOT NULL,
    made_by NVARCHAR(200) NOT NULL,
    made_by_id INTEGER NOT NULL REFERENCES app_user (id),
    -- The last day that it works.
    expires_on DATE NOT NULL,
    -- Null while it waits for another administrator's yes.
    approved_at DATETIME2(3) NULL,
    approved_by NVARCHAR(200) NULL,
    revoked_at DATETIME2(3) NULL,
    revoked_by NVARCHAR(200) NULL,
    -- By day, so that reading doesn't write.
    last_used_on DATE NULL
);

CREATE INDEX ix_api_key_forbund ON api_key (forbund_id, app_user_id);

INSERT INTO row_id (table_name, last_id) VALUES ('api_key', 0);
