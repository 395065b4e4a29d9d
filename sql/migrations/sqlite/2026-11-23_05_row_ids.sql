-- A row for each table whose ids are handed out, so that of two hosts that each want the first one neither fails.
INSERT INTO row_id (table_name, last_id)
SELECT t.table_name, 0
FROM (
    SELECT 'app_user' AS table_name
    UNION ALL SELECT 'assessment'
    UNION ALL SELECT 'change_history'
    UNION ALL SELECT 'data_protection_key'
    UNION ALL SELECT 'delivery'
    UNION ALL SELECT 'forbund'
    UNION ALL SELECT 'import_batch'
    UNION ALL SELECT 'insats'
    UNION ALL SELECT 'instrument'
    UNION ALL SELECT 'instrument_item'
    UNION ALL SELECT 'participant'
    UNION ALL SELECT 'participation'
    UNION ALL SELECT 'report_job'
    UNION ALL SELECT 'target'
    UNION ALL SELECT 'user_invitation'
) t
WHERE NOT EXISTS (SELECT 1 FROM row_id r WHERE r.table_name = t.table_name);
