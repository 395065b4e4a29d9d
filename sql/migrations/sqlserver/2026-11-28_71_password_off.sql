-- A förbund may let nobody sign in with a password.

ALTER TABLE access_setting ADD is_password_off SMALLINT NOT NULL DEFAULT 0 CHECK (is_password_off IN (0, 1));

-- What is asked for, as of the other rules.
ALTER TABLE rule_request ADD is_password_off SMALLINT NOT NULL DEFAULT 0 CHECK (is_password_off IN (0, 1));
