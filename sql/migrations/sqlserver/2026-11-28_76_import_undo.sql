-- Which rows a file of participants added, so that the reading can be undone while nothing has been built on it.

ALTER TABLE import_batch ADD imported_by NVARCHAR(200) NULL;
-- Facts that were filled in or corrected of what was registered already, which no undoing takes back.
ALTER TABLE import_batch ADD filled_in_count INTEGER NULL;
ALTER TABLE import_batch ADD first_participant INTEGER NULL;
ALTER TABLE import_batch ADD last_participant INTEGER NULL;
ALTER TABLE import_batch ADD first_participation INTEGER NULL;
ALTER TABLE import_batch ADD last_participation INTEGER NULL;
ALTER TABLE import_batch ADD undone_at DATETIME2(3) NULL;
