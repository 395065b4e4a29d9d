-- Grain: one row per participation and occasion (before, after) with an occupation, in the four groups of SUS.
-- Work goes before studies and studies before job seeking, so that everybody is in one group only.
CREATE VIEW occupation_group AS
SELECT
    o.participation_id,
    o.occasion,
    CASE WHEN o.work_percent > 0 THEN 'work'
         WHEN o.study_percent > 0 THEN 'studies'
         WHEN o.is_job_seeking = 1 THEN 'job_seeking'
         ELSE 'other' END AS occupation_group
FROM occupation o;
