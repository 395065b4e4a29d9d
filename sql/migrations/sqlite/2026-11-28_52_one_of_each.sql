-- One participant of each code and one insats of each name, by their normal forms. Until the program has made them for the rows that
-- are here already (StoredForms), each row has one of its own.

UPDATE participant SET code_key = CONCAT('ID', id);

UPDATE insats SET name_key = CONCAT('ID', id);

CREATE UNIQUE INDEX ux_participant_code_key ON participant (forbund_id, code_key);

CREATE UNIQUE INDEX ux_insats_name_key ON insats (forbund_id, name_key);

-- Names are searched without the marks on their letters from here on: the program makes the index anew at the first search.
DELETE FROM participant_name_index;
