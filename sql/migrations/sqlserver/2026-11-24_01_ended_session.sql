-- Sessions that were ended by signing out: their cookie, wherever a copy of it is, opens nothing.

CREATE TABLE ended_session (
    -- SHA-256 of the session's number, which is in the encrypted cookie.
    session_hash NVARCHAR(64) NOT NULL PRIMARY KEY,
    -- After this the cookie is too old anyhow, and the row goes.
    expires_at DATETIME2(3) NOT NULL
);
