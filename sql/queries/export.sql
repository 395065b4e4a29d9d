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

-- name: Export.Antal
-- row: ExportedHeadCount
SELECT
    i.name AS insats,
    h.calendar_year,
    CASE h.half WHEN 0 THEN 'hela_aret' WHEN 1 THEN 'halvar_1' ELSE 'halvar_2' END AS period,
    CASE h.gender WHEN 'woman' THEN 'kvinna' WHEN 'man' THEN 'man' ELSE 'okant' END AS gender,
    h.number_of_people
FROM head_count h
JOIN insats i ON i.id = h.insats_id
JOIN gender g ON g.code = h.gender
WHERE h.forbund_id = @ForbundId
ORDER BY i.id, h.calendar_year, h.half, g.sort_order;

-- name: Export.Medel
-- row: ExportedFunds
-- The members of each year, and below them the förbund's own capital.
SELECT funds.calendar_year, funds.kind, funds.member, funds.kronor
FROM (
    SELECT
        m.calendar_year,
        CASE m.kind WHEN 'state' THEN 'stat' WHEN 'municipality' THEN 'kommun' WHEN 'other' THEN 'annan' ELSE m.kind END AS kind,
        m.name AS member,
        m.kronor,
        k.sort_order
    FROM forbund_contribution m
    JOIN contributor_kind k ON k.code = m.kind
    WHERE m.forbund_id = @ForbundId
    UNION ALL
    SELECT y.calendar_year, 'eget_kapital', NULL, y.own_capital_kronor, 1000000
    FROM forbund_year y
    WHERE y.forbund_id = @ForbundId
) funds
ORDER BY funds.calendar_year, funds.sort_order, funds.member COLLATE Finnish_Swedish_100_CI_AS;

-- name: Export.Ekonomi
-- row: ExportedEconomy
-- The insatser of each year, and below them what the förbund itself costs.
SELECT money.calendar_year, money.insats, money.cost, money.budgeted_participants, money.budget_kronor, money.outcome_kronor, money.is_administration
FROM (
    SELECT y.calendar_year, i.name AS insats, NULL AS cost, y.budgeted_participants, y.budget_kronor, y.outcome_kronor, NULL AS is_administration,
        i.id AS place
    FROM insats_year y
    JOIN insats i ON i.id = y.insats_id
    WHERE i.forbund_id = @ForbundId
    UNION ALL
    SELECT c.calendar_year, NULL, c.name, NULL, c.budget_kronor, c.outcome_kronor, CASE c.is_administration WHEN 1 THEN 'ja' ELSE 'nej' END, 2147483647
    FROM forbund_cost c
    WHERE c.forbund_id = @ForbundId
) money
ORDER BY money.calendar_year, money.place, money.cost COLLATE Finnish_Swedish_100_CI_AS;

-- name: Export.Mal
-- row: ExportedTarget
SELECT
    t.calendar_year,
    i.name AS insats,
    t.measure,
    t.definition,
    CASE t.direction WHEN 'at_least' THEN 'minst' ELSE 'hogst' END AS direction,
    CAST(t.goal AS FLOAT) AS goal
FROM target t
LEFT JOIN insats i ON i.id = t.insats_id
WHERE t.forbund_id = @ForbundId
ORDER BY t.id;
