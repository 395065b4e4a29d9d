-- How often each user was told that somebody outside their own insatser is in the register.

CREATE TABLE presence_watch (
    forbund_id INTEGER NOT NULL REFERENCES forbund (id),
    app_user_id INTEGER NOT NULL REFERENCES app_user (id),
    counted_on DATE NOT NULL,
    match_count INTEGER NOT NULL CHECK (match_count >= 0),
    -- From then on names and numbers of new participants are refused, until an administrator has looked; null is not stopped.
    stopped_at DATETIME2(3) NULL,
    PRIMARY KEY (forbund_id, app_user_id)
);
