using System.Security.Cryptography;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.ReportJobs;

/// <summary>
/// The queue of reports and their files. Any number of hosts may work on one database: a job is taken by the one whose
/// update comes first, and taken over when its host has been silent for <see cref="Patience"/>.
/// </summary>
public sealed class ReportJobStore(FinsamDatabase database)
{
    private const string Waiting = "Väntar på sin tur";
    private const string Failed = "Avbröts av ett fel";
    private const string Begins = "Börjar";

    /// <summary>A host that has not been heard for so long is dead.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The reports of a förbund, newest first.</summary>
    public async Task<IReadOnlyList<ReportJobRow>> OfForbundAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<ReportJobRow>("ReportJobs.OfForbund", new { ForbundId = forbundId }, cancellationToken);
    }

    public async Task<ReportJobRow?> FindAsync(int forbundId, int jobId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<ReportJobRow>("ReportJobs.Find", new { ForbundId = forbundId, JobId = jobId }, cancellationToken);
    }

    /// <summary>The files of all the förbund's reports, without their content.</summary>
    public async Task<ILookup<int, ReportFileRow>> FilesAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return (await session.QueryAsync<ReportFileRow>("ReportJobs.Files", new { ForbundId = forbundId }, cancellationToken)).ToLookup(f => f.ReportJobId);
    }

    /// <summary>Puts a report in the queue; returns its id.</summary>
    public async Task<int> RequestAsync(NewReportJob job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        await using var write = await RegistrationWrite.OpenAsync(database, job.ForbundId, job.Actor, cancellationToken);
        var errors = new FieldErrors();
        var report = errors.Text(job.Report, nameof(job.Report), "vilken rapport du vill ha", 60);
        if (job.CalendarYear > database.Today.Year)
            errors.Add(nameof(job.CalendarYear), $"{job.CalendarYear} har inte börjat, så det finns inget att redovisa. Välj ett år som har börjat.");
        else
            errors.Year(job.CalendarYear, nameof(job.CalendarYear));
        errors.AddIf(job.Policy is not ("minst-5" or "avrundat-till-5" or "internt"), nameof(job.Policy), "Välj hur små tal ska skyddas.");
        errors.ThrowIfAny();
        var reason = job.Policy == "internt" ? LoggedReason.Check(job.Reason, nameof(job.Reason)) : null;
        if (job.ReplacesPublicationId is { } replaced)
        {
            await PublicationStore.RequireReplaceableAsync(write.Session, job.ForbundId, replaced, (report, job.CalendarYear, job.Policy), cancellationToken);
            var all = await write.Session.QueryAsync<ReportJobRow>("ReportJobs.OfForbund", new { job.ForbundId }, cancellationToken);
            if (all.Any(j => !j.IsOver && j.ReplacesPublicationId == replaced))
                throw FieldErrors.Single(nameof(job.ReplacesPublicationId), "Rapporten görs redan om. Se under Rapporter.");
        }

        var id = await write.Session.ReserveIdsAsync("report_job", cancellationToken: cancellationToken);
        await write.Session.ExecuteAsync(
            "ReportJobs.Request",
            new
            {
                Id = id,
                job.ForbundId,
                Report = report,
                job.CalendarYear,
                job.Policy,
                RequestedBy = job.Actor,
                RequestedAt = write.Session.UtcNow,
                Text = Waiting,
                Reason = reason,
                job.ReplacesPublicationId,
            },
            cancellationToken);
        var replaces = job.ReplacesPublicationId is { } number ? $", ersätter publicering {number}" : "";
        var detail = $"{report} {job.CalendarYear} {job.Policy}{replaces}{(reason is null ? "" : $". Skäl: {reason}")}";
        await write.CommitAsync("ReportJobs.Request", "report_job", id, detail);
        return id;
    }

    /// <summary>Takes the oldest job that waits or whose host has died; null when there is none. Keep the row: its version is the proof.</summary>
    public async Task<ReportJobRow?> ClaimNextAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            ReportJobRow? job;
            DateTime now, deadBefore, notYet;
            await using (var session = await database.ReadAsync(cancellationToken))
            {
                now = session.UtcNow;
                (deadBefore, notYet) = (now - Patience, now + FinsamDatabase.ClocksApart);
                if (
                    await session.SingleOrDefaultAsync<ReportJobTurnRow>("ReportJobs.Next", new { DeadBefore = deadBefore, NotYet = notYet }, cancellationToken)
                    is not { } turn)
                    return null;
                job = await session.SingleOrDefaultAsync<ReportJobRow>("ReportJobs.Find", new { turn.ForbundId, JobId = turn.Id }, cancellationToken);
            }

            // One statement decides: of several hosts that saw the same job, one changes the row.
            if (
                job is not null
                && await WriteAsync(
                    "ReportJobs.Claim",
                    new
                    {
                        job.ForbundId,
                        JobId = job.Id,
                        job.Version,
                        Now = now,
                        DeadBefore = deadBefore,
                        NotYet = notYet,
                        Text = Begins,
                    },
                    cancellationToken))
                return job with
                {
                    State = ReportJobStates.Running,
                    Version = job.Version + 1,
                    StartedAt = now,
                    HeartbeatAt = now,
                    ProgressDone = 0,
                    ProgressTotal = 0,
                    ProgressText = Begins,
                };
        }
    }

    /// <summary>Says that the host is alive and how far it has come; false when the job is no longer its own.</summary>
    public async Task<bool> BeatAsync(ReportJobRow job, int done, int total, string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return await WriteAsync(
            "ReportJobs.Beat",
            new
            {
                job.ForbundId,
                JobId = job.Id,
                job.Version,
                Now = database.Clock.GetUtcNow().UtcDateTime,
                Done = done,
                Total = total,
                Text = Short(text),
            },
            cancellationToken);
    }

    /// <summary>Gives a job back to the queue, when the host is told to stop.</summary>
    public async Task ReleaseAsync(ReportJobRow job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        await WriteAsync("ReportJobs.Release", new { job.ForbundId, JobId = job.Id, job.Version, Text = Waiting }, cancellationToken);
    }

    /// <summary>Keeps the publication and its files and marks the report as done, all or nothing; false when the job is no longer the caller's.</summary>
    public async Task<bool> FinishAsync(
        ReportJobRow job, IReadOnlyList<NewReportFile> files, NewPublication publication, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(publication);
        await using var write = await RegistrationWrite.OpenAsync(database, job.ForbundId, job.RequestedBy, cancellationToken);
        var publicationId = await PublicationStore.KeepAsync(write, publication, cancellationToken);
        if (
            await write.Session.ExecuteAsync(
                "ReportJobs.Finish",
                new
                {
                    job.ForbundId,
                    JobId = job.Id,
                    job.Version,
                    Now = write.Session.UtcNow,
                    Text = "Klar",
                    PublicationId = publicationId,
                },
                cancellationToken) == 0)
            return false;
        for (var i = 0; i < files.Count; i++)
        {
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(files[i].Content));
            await write.Session.ExecuteAsync(
                "ReportJobs.AddFile",
                new
                {
                    job.ForbundId,
                    JobId = job.Id,
                    Ordinal = i + 1,
                    files[i].FileName,
                    files[i].ContentType,
                    files[i].Content,
                    Length = (long)files[i].Content.Length,
                    Sha256 = sha256,
                },
                cancellationToken);
        }

        await write.CommitAsync("ReportJobs.Finish", "report_job", job.Id, $"{files.Count} {(files.Count == 1 ? "fil" : "filer")}");
        return true;
    }

    /// <summary>
    /// Marks the report as failed, with the number that the host's log has and the part that was being made; false when the
    /// job is no longer the caller's.
    /// </summary>
    public async Task<bool> FailAsync(ReportJobRow job, string reference, string? part = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        await using var write = await RegistrationWrite.OpenAsync(database, job.ForbundId, job.RequestedBy, cancellationToken);
        if (
            await write.Session.ExecuteAsync(
                "ReportJobs.Fail",
                new
                {
                    job.ForbundId,
                    JobId = job.Id,
                    job.Version,
                    Now = write.Session.UtcNow,
                    Reference = reference,
                    Text = part is null ? Failed : Short($"{Failed} vid: {part}"),
                },
                cancellationToken) == 0)
            return false;
        await write.CommitAsync("ReportJobs.Fail", "report_job", job.Id, reference);
        return true;
    }

    /// <summary>Gives one file of a report to somebody, which is an event in the log; null when there is no such file, or it is not theirs to read.</summary>
    public async Task<ReportFileContent?> DownloadAsync(int forbundId, int jobId, int ordinal, string actor, CancellationToken cancellationToken = default) =>
        await ReadAsync(forbundId, jobId, f => f.Ordinal == ordinal, actor, f => f[0].FileName, cancellationToken) is [var file] ? file : null;

    /// <summary>Gives all files of a report to somebody, which is one event in the log; empty when there are none, or they are not theirs to read.</summary>
    public Task<IReadOnlyList<ReportFileContent>> DownloadAllAsync(int forbundId, int jobId, string actor, CancellationToken cancellationToken = default) =>
        ReadAsync(forbundId, jobId, _ => true, actor, f => $"{f.Count} {(f.Count == 1 ? "fil" : "filer")}", cancellationToken);

    /// <summary>Removes a report with its files; a host that is making it stops.</summary>
    public async Task DeleteAsync(int forbundId, int jobId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var arguments = new { ForbundId = forbundId, JobId = jobId };
        var job = await write.Session.SingleOrDefaultAsync<ReportJobRow>("ReportJobs.Find", arguments, cancellationToken)
            ?? throw FieldErrors.Single("JobId", "Rapporten finns inte. Någon annan kan ha tagit bort den.");
        await write.Session.ExecuteAsync("ReportJobs.DeleteFiles", arguments, cancellationToken);
        await write.Session.ExecuteAsync("ReportJobs.Delete", arguments, cancellationToken);
        await write.CommitAsync("ReportJobs.Delete", "report_job", jobId, $"{job.Report} {job.CalendarYear} {job.Policy}");
    }

    private async Task<IReadOnlyList<ReportFileContent>> ReadAsync(
        int forbundId,
        int jobId,
        Func<ReportFileRow, bool> wanted,
        string actor,
        Func<IReadOnlyList<ReportFileRow>, string> detail,
        CancellationToken cancellationToken)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        var job = await session.SingleOrDefaultAsync<ReportJobRow>("ReportJobs.Find", new { ForbundId = forbundId, JobId = jobId }, cancellationToken);
        if (job?.MayBeReadBy(actor) != true)
            return [];
        IReadOnlyList<ReportFileRow> files =
        [
            .. (await session.QueryAsync<ReportFileRow>("ReportJobs.Files", new { ForbundId = forbundId }, cancellationToken)).Where(f =>
                f.ReportJobId == jobId && wanted(f)),
        ];
        if (files.Count == 0)
            return [];
        var contents = new List<ReportFileContent>();
        foreach (var file in files)
            contents.Add(
                new ReportFileContent(
                    file,
                    (
                        await session.SingleOrDefaultAsync<byte[]>(
                            "ReportJobs.Content",
                            new
                            {
                                ForbundId = forbundId,
                                JobId = jobId,
                                file.Ordinal,
                            },
                            cancellationToken))!));
        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = forbundId,
                Actor = actor,
                Action = "ReportJobs.Download",
                Entity = "report_job",
                EntityId = jobId,
                Detail = detail(files) + (job.IsExact ? ", exakta tal" : ""),
            },
            cancellationToken);
        await session.CommitAsync(cancellationToken);
        return contents;
    }

    // The job's version decides whether anything is changed.
    private async Task<bool> WriteAsync(string query, object arguments, CancellationToken cancellationToken)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        var changed = await session.ExecuteAsync(query, arguments, cancellationToken) == 1;
        await session.CommitAsync(cancellationToken);
        return changed;
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..199] + "…";
}
