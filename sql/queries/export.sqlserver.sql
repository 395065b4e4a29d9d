-- SQL Server: the order within STRING_AGG has its own words.

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
    (SELECT STRING_AGG(t.target_group, ',') WITHIN GROUP (ORDER BY t.target_group) FROM insats_target_group t WHERE t.insats_id = i.id) AS target_groups
FROM insats i
LEFT JOIN insats o ON o.id = i.parent_id
WHERE i.forbund_id = @ForbundId
ORDER BY i.id;

-- name: Export.Deltagare
-- row: ExportedParticipation
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
    (SELECT STRING_AGG(CONCAT(l.livelihood, ':', l.percent_share), ',') WITHIN GROUP (ORDER BY l.livelihood)
        FROM livelihood_share l WHERE l.participation_id = p.id AND l.occasion = 'before') AS livelihood_before,
    (SELECT STRING_AGG(CONCAT(l.livelihood, ':', l.percent_share), ',') WITHIN GROUP (ORDER BY l.livelihood)
        FROM livelihood_share l WHERE l.participation_id = p.id AND l.occasion = 'after') AS livelihood_after,
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
WHERE p.forbund_id = @ForbundId
ORDER BY p.id;
