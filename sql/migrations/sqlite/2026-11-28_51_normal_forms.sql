-- What codes of participants and names of insatser are told apart by, the same on both engines: made by the program (NormalForm), compared sign by sign.

ALTER TABLE participant ADD code_key TEXT NOT NULL DEFAULT '';

ALTER TABLE insats ADD name_key TEXT NOT NULL DEFAULT '';
