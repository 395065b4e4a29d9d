-- Grain: one row per participation and occasion (before, after) with an occupation, in the four groups of SUS, which are the
-- sort_order of dimension_code: 1 works, 2 studies, 3 seeks work, 4 other.
-- Work goes before studies and studies before job seeking, so that everybody is in one group only.
CREATE VIEW occupation_group AS
SELECT
    o.participation_id,
    o.occasion,
    o.work_percent,
    o.study_percent,
    CASE WHEN o.work_percent > 0 THEN 1
         WHEN o.study_percent > 0 THEN 2
         WHEN o.is_job_seeking = 1 THEN 3
         ELSE 4 END AS occupation_group
FROM occupation o;
