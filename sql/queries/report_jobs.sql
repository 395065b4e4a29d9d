-- Reports made in the background: the queue, who makes which, and the files.
-- Whoever makes a job holds its version; every statement that writes to it asks for that version, so that a host that
-- was thought dead can't write over the one that took the job after it.

-- name: ReportJobs.Request
INSERT INTO report_job (id, forbund_id, report, calendar_year, policy, state, requested_by, requested_at, progress_done, progress_total, progress_text, version,
    reason, replaces_publication_id)
VALUES (@Id, @ForbundId, @Report, @CalendarYear, @Policy, 'queued', @RequestedBy, @RequestedAt, 0, 0, @Text, 0, @Reason, @ReplacesPublicationId);

-- name: ReportJobs.Next
-- row: ReportJobTurnRow
-- The oldest job that waits, or whose host has died: it has been silent, or was last heard at a time that has not come,
-- by a clock that was ahead. One worker serves every förbund of the installation.
SELECT j.id, j.forbund_id, j.version
FROM report_job j
WHERE j.id = (SELECT MIN(q.id) FROM report_job q WHERE q.state = 'queued' OR (q.state = 'running'
    AND (q.heartbeat_at < @DeadBefore OR q.heartbeat_at > @NotYet)));

-- name: ReportJobs.Claim
-- Changes a row only for the first of those who try: the others had the version before.
UPDATE report_job
SET state = 'running', version = version + 1, started_at = @Now, heartbeat_at = @Now, progress_done = 0, progress_total = 0, progress_text = @Text
WHERE forbund_id = @ForbundId AND id = @JobId AND version = @Version AND (state = 'queued' OR (state = 'running'
    AND (heartbeat_at < @DeadBefore OR heartbeat_at > @NotYet)));

-- name: ReportJobs.Beat
UPDATE report_job
SET heartbeat_at = @Now, progress_done = @Done, progress_total = @Total, progress_text = @Text
WHERE forbund_id = @ForbundId AND id = @JobId AND version = @Version AND state = 'running';

-- name: ReportJobs.Release
-- Back in the queue, for the next host that has time.
UPDATE report_job
SET state = 'queued', heartbeat_at = NULL, started_at = NULL, progress_text = @Text
WHERE forbund_id = @ForbundId AND id = @JobId AND version = @Version AND state = 'running';

-- name: ReportJobs.Finish
UPDATE report_job
SET state = 'done', finished_at = @Now, progress_done = progress_total, progress_text = @Text, error_reference = NULL,
    publication_id = @PublicationId
WHERE forbund_id = @ForbundId AND id = @JobId AND version = @Version AND state = 'running';

-- name: ReportJobs.Fail
UPDATE report_job
SET state = 'failed', finished_at = @Now, progress_text = @Text, error_reference = @Reference
WHERE forbund_id = @ForbundId AND id = @JobId AND version = @Version AND state = 'running';

-- name: ReportJobs.AddFile
INSERT INTO report_file (report_job_id, ordinal, file_name, content_type, content, length, sha256)
SELECT j.id, @Ordinal, @FileName, @ContentType, @Content, @Length, @Sha256
FROM report_job j
WHERE j.forbund_id = @ForbundId AND j.id = @JobId;

-- name: ReportJobs.OfForbund
-- row: ReportJobRow
SELECT id, forbund_id, report, calendar_year, policy, state, requested_by, requested_at, started_at, heartbeat_at, finished_at,
    progress_done, progress_total, progress_text, error_reference, version,
    reason, replaces_publication_id, publication_id
FROM report_job
WHERE forbund_id = @ForbundId
ORDER BY requested_at DESC, id DESC;

-- name: ReportJobs.Find
-- row: ReportJobRow
SELECT id, forbund_id, report, calendar_year, policy, state, requested_by, requested_at, started_at, heartbeat_at, finished_at,
    progress_done, progress_total, progress_text, error_reference, version,
    reason, replaces_publication_id, publication_id
FROM report_job
WHERE forbund_id = @ForbundId AND id = @JobId;

-- name: ReportJobs.Files
-- row: ReportFileRow
SELECT f.report_job_id, f.ordinal, f.file_name, f.content_type, f.length, f.sha256
FROM report_file f
JOIN report_job j ON j.id = f.report_job_id
WHERE j.forbund_id = @ForbundId
ORDER BY f.report_job_id, f.ordinal;

-- name: ReportJobs.Content
SELECT f.content
FROM report_file f
JOIN report_job j ON j.id = f.report_job_id
WHERE j.forbund_id = @ForbundId AND j.id = @JobId AND f.ordinal = @Ordinal;

-- name: ReportJobs.DeleteFiles
DELETE FROM report_file
WHERE report_job_id IN (SELECT j.id FROM report_job j WHERE j.forbund_id = @ForbundId AND j.id = @JobId);

-- name: ReportJobs.Delete
DELETE FROM report_job WHERE forbund_id = @ForbundId AND id = @JobId;
