-- Something random of each participant, so that somebody who is erased is told from who gets the same id and code after a restore.

-- Empty for those who were registered before this: one value of their own each would be another in every copy that is put back.
ALTER TABLE participant ADD erasure_mark TEXT NOT NULL DEFAULT '';
