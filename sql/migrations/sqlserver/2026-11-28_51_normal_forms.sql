-- What codes of participants and names of insatser are told apart by, the same on both engines: made by the program (NormalForm), compared sign by sign.

ALTER TABLE participant ADD code_key NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL DEFAULT '';

ALTER TABLE insats ADD name_key NVARCHAR(700) COLLATE Latin1_General_100_BIN2 NOT NULL DEFAULT '';
