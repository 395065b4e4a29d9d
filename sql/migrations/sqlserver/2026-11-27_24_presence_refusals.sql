-- How many answers of a day were refused because somebody is in the register, in one's own insatser or not.

ALTER TABLE presence_watch ADD refusal_count INTEGER NOT NULL DEFAULT 0 CHECK (refusal_count >= 0);
