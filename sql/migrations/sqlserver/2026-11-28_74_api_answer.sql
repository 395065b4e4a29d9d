-- What a registration through the API was answered, for the system that asks again since it never got the answer.

CREATE TABLE api_answer (
    app_user_id INTEGER NOT NULL REFERENCES app_user (id),
    -- SHA-256 of the system's own word for the registration (Idempotency-Key): compared sign by sign, whatever it holds.
    request_key NVARCHAR(64) NOT NULL,
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    -- HMAC-SHA-256 of what was sent, with the secret of the API key, which is not in the database: it can't be guessed from it.
    request_hash NVARCHAR(64) NOT NULL,
    -- Ids alone, also of who has been removed since: asked again, nobody is registered anew.
    participant_id INTEGER NOT NULL,
    participation_id INTEGER NOT NULL,
    answered_at DATETIME2(3) NOT NULL,
    PRIMARY KEY (app_user_id, request_key)
);
