-- SQL Server: what is looked for before it is added is held, or two that answer at once would both find nothing.

-- name: Accounts.EndSession
INSERT INTO ended_session (session_hash, expires_at)
SELECT @SessionHash, @ExpiresAt
WHERE NOT EXISTS (SELECT 1 FROM ended_session WITH (UPDLOCK, HOLDLOCK) WHERE session_hash = @SessionHash);
