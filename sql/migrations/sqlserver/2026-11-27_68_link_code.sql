-- The half of a link that the one who asked for it has: a code that the page of the link asks for.

-- HMAC of the code, with the key file; null where the request leads to no link.
ALTER TABLE access_request ADD code_hash NVARCHAR(64) NULL;

-- Whose code the link asks for; null where nobody else had to say yes.
ALTER TABLE user_invitation ADD access_request_id INTEGER NULL REFERENCES access_request (id);

ALTER TABLE user_invitation ADD wrong_codes INTEGER NOT NULL DEFAULT 0 CHECK (wrong_codes >= 0);
