-- Which key the encrypted values are read with, so that a key file of another database is found out.

CREATE TABLE key_check (
    -- One row: the installation has one key.
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    -- HMAC under a key derived from it: says whether a key is the same and nothing of what it is.
    check_value VARBINARY(32) NOT NULL,
    noted_at DATETIME2(3) NOT NULL
);
