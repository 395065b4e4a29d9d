-- Recovery codes are stored as HMAC with a key derived from the key file, of the SHA-256 that was stored before. Old rows are
-- keyed by the program at its next start, which has the key.
ALTER TABLE recovery_code ADD is_keyed INTEGER NOT NULL DEFAULT 0 CHECK (is_keyed IN (0, 1));
