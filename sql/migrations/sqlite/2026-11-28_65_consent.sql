-- Written consent: where the form is kept, encrypted as names are, since people write what they like there.

ALTER TABLE consent ADD form_place_encrypted BLOB NULL;

ALTER TABLE consent ADD version INTEGER NOT NULL DEFAULT 1;

CREATE INDEX ix_consent_participant ON consent (participant_id, withdrawn_on);

INSERT INTO row_id (table_name, last_id) SELECT 'consent', COALESCE(MAX(c.id), 0) FROM consent c;
