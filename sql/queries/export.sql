-- The register in the form of the import files: one row a line, the columns in the order of the format. Codes become the
-- words of the files here, so that a row can be written straight out. Numbers with decimals are read as FLOAT: SQL Server
-- keeps them as DECIMAL, SQLite as REAL.

-- name: Export.Insatser
-- row: ExportedInsats
SELECT
    i.name,
    o.name AS parent,
    CASE i.orientation WHEN 'individual' THEN 'individinriktad' ELSE 'strukturovergripande' END AS orientation,
    CASE i.follow_up_method WHEN 'individual' THEN 'individ' ELSE 'antal' END AS follow_up_method,
    CASE i.is_esf WHEN 1 THEN 'ja' ELSE 'nej' END AS is_esf,
    i.starts_on,
    i.ends_on,
    i.capacity,
    i.specific_orientation,
    (SELECT STRING_AGG(t.target_group, ',' ORDER BY t.target_group) FROM insats_target_group t WHERE t.insats_id = i.id) AS target_groups
FROM insats i
LEFT JOIN insats o ON o.id = i.parent_id
WHERE i.forbund_id = @ForbundId
ORDER BY i.id;

-- name: Export.Languages
-- The languages besides Swedish that any question has a text in.
SELECT DISTINCT t.language
FROM item_text t
JOIN instrument_item q ON q.id = t.instrument_item_id
JOIN instrument i ON i.id = q.instrument_id
WHERE i.forbund_id = @ForbundId AND t.language <> 'sv'
ORDER BY t.language;

-- name: Export.Instrument
-- row: ExportedInstrumentItem
SELECT
    i.code AS instrument,
    i.instrument_version,
    CASE i.respondent WHEN 'participant' THEN 'deltagare' ELSE 'handlaggare' END AS respondent,
    q.code AS item,
    t.body AS text,
    CAST(q.scale_min AS FLOAT) AS scale_min,
    CAST(q.scale_max AS FLOAT) AS scale_max,
    CASE q.is_higher_better WHEN 1 THEN 'hogre_ar_battre' ELSE 'lagre_ar_battre' END AS direction,
    CAST(q.smallest_change AS FLOAT) AS smallest_change
FROM instrument i
JOIN instrument_item q ON q.instrument_id = i.id
LEFT JOIN item_text t ON t.instrument_item_id = q.id AND t.language = 'sv'
WHERE i.forbund_id = @ForbundId
ORDER BY i.id, q.position;

-- name: Export.ItemTexts
-- One language's text of each question, in the order of Export.Instrument.
SELECT t.body
FROM instrument i
JOIN instrument_item q ON q.instrument_id = i.id
LEFT JOIN item_text t ON t.instrument_item_id = q.id AND t.language = @Language
WHERE i.forbund_id = @ForbundId
ORDER BY i.id, q.position;

-- name: Export.Deltagare
-- row: ExportedParticipation
-- The misregistered are there too: the file is the register, not a count.
SELECT
    d.code,
    i.name AS insats,
    CASE d.gender WHEN 'woman' THEN 'kvinna' WHEN 'man' THEN 'man' ELSE 'okant' END AS gender,
    d.birth_year,
    p.education_level,
    p.started_on,
    p.ended_on,
    p.exit_reason,
    p.queued_on,
    CASE p.is_planned_exit WHEN 1 THEN 'ja' WHEN 0 THEN 'nej' END AS is_planned_exit,
    p.referrer,
    (SELECT STRING_AGG(CONCAT(l.livelihood, ':', l.percent_share), ',' ORDER BY l.livelihood) FROM livelihood_share l
        WHERE l.participation_id = p.id AND l.occasion = 'before') AS livelihood_before,
    (SELECT STRING_AGG(CONCAT(l.livelihood, ':', l.percent_share), ',' ORDER BY l.livelihood) FROM livelihood_share l
        WHERE l.participation_id = p.id AND l.occasion = 'after') AS livelihood_after,
    b.work_percent AS work_before,
    b.study_percent AS study_before,
    CASE b.is_job_seeking WHEN 1 THEN 'ja' WHEN 0 THEN 'nej' END AS job_seeking_before,
    a.work_percent AS work_after,
    a.study_percent AS study_after,
    CASE a.is_job_seeking WHEN 1 THEN 'ja' WHEN 0 THEN 'nej' END AS job_seeking_after,
    CASE d.has_protected_identity WHEN 1 THEN 'ja' END AS has_protected_identity
FROM participation p
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
LEFT JOIN occupation b ON b.participation_id = p.id AND b.occasion = 'before'
LEFT JOIN occupation a ON a.participation_id = p.id AND a.occasion = 'after'
-- The plus keeps SQLite from the index on dates, and so from sorting the whole table in memory.
WHERE +p.forbund_id = @ForbundId
ORDER BY p.id;

-- name: Export.Sjalvskattning
-- row: ExportedAnswer
SELECT
    d.code,
    i.name AS insats,
    n.code AS instrument,
    CASE s.occasion WHEN 'start' THEN 'start' WHEN 'followup' THEN 'uppfoljning' WHEN 'exit' THEN 'avslut' ELSE 'efter' END AS occasion,
    s.answered_on,
    q.code AS item,
    CAST(r.value AS FLOAT) AS value,
    CASE s.respondent WHEN 'participant' THEN 'deltagare' ELSE 'handlaggare' END AS respondent,
    n.instrument_version,
    p.started_on,
    CASE r.missing_reason WHEN 'not_asked' THEN 'ej_tillfragad' WHEN 'declined' THEN 'vill_ej_svara' WHEN 'unknown' THEN 'vet_ej' END AS missing_reason
FROM assessment s
JOIN answer r ON r.assessment_id = s.id
JOIN instrument_item q ON q.id = r.instrument_item_id
JOIN instrument n ON n.id = s.instrument_id
JOIN participation p ON p.id = s.participation_id
JOIN participant d ON d.id = p.participant_id
JOIN insats i ON i.id = p.insats_id
WHERE s.forbund_id = @ForbundId
ORDER BY s.id, q.position;
