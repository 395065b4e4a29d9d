-- Other ways to sign in than a password: an identity at a provider (OpenID Connect), and passkeys (WebAuthn).

CREATE TABLE external_identity (
    -- Whom a provider knows as whom: connected by whoever had an invitation, or was signed in.
    id INTEGER NOT NULL PRIMARY KEY,
    app_user_id INTEGER NOT NULL REFERENCES app_user (id),
    -- The key of the provider in the settings, as it was when the identity was connected.
    provider NVARCHAR(40) NOT NULL,
    -- HMAC of issuer, claim and value: the value may be a personal number, and is compared without being read.
    subject_hash NVARCHAR(64) NOT NULL UNIQUE,
    -- The same text, encrypted: needed only when the key of the installation is changed.
    subject_encrypted VARBINARY(4000) NOT NULL,
    connected_at DATETIME2(3) NOT NULL,
    used_at DATETIME2(3) NULL
);

CREATE INDEX ix_external_identity_user ON external_identity (app_user_id);

CREATE TABLE passkey (
    id INTEGER NOT NULL PRIMARY KEY,
    app_user_id INTEGER NOT NULL REFERENCES app_user (id),
    -- What the owner calls it.
    name NVARCHAR(100) NOT NULL,
    -- SHA-256 of the credential's id, which may be longer than an index can hold.
    credential_hash NVARCHAR(64) NOT NULL UNIQUE,
    credential_id VARBINARY(1023) NOT NULL,
    public_key VARBINARY(2000) NOT NULL,
    sign_count BIGINT NOT NULL,
    transports NVARCHAR(200) NOT NULL,
    is_backup_eligible SMALLINT NOT NULL CHECK (is_backup_eligible IN (0, 1)),
    is_backed_up SMALLINT NOT NULL CHECK (is_backed_up IN (0, 1)),
    created_at DATETIME2(3) NOT NULL,
    used_at DATETIME2(3) NULL
);

CREATE INDEX ix_passkey_user ON passkey (app_user_id);

INSERT INTO row_id (table_name, last_id) SELECT 'external_identity', COALESCE(MAX(e.id), 0) FROM external_identity e;

INSERT INTO row_id (table_name, last_id) SELECT 'passkey', COALESCE(MAX(p.id), 0) FROM passkey p;
