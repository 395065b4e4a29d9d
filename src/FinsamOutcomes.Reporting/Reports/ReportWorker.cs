using System.Globalization;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>
/// Makes the reports that wait in the database, one at a time. Each host runs one; a report whose host died is made by
/// another, and a host that is told to stop gives its report back.
/// </summary>
/// <param name="database">The installation's database.</param>
/// <param name="logFailure">Told what went wrong with a report, with the number that its user is shown; null logs nothing.</param>
/// <param name="pause">How long it waits when there is nothing to do, or the database is away; two seconds unless given.</param>
public sealed class ReportWorker(FinsamDatabase database, Action<string, Exception>? logFailure = null, TimeSpan? pause = null)
{
    // A report that has taken three hosts with it is not tried on a fourth.
    private const int MostTries = 3;

    private const int MostTriesToKeep = 5;

    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(1);

    private readonly ReportJobStore _jobs = new(database);
    private readonly TimeSpan _pause = pause ?? TimeSpan.FromSeconds(2);

    /// <summary>Works until it is told to stop, whatever happens meanwhile: the whole host would end with it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await RunNextAsync(cancellationToken))
                    continue;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database may be away for a while; the report is taken up again when it is back.
                Tell("", e);
            }

            await Task.Delay(_pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Makes the next report; false when none waits.</summary>
    public async Task<bool> RunNextAsync(CancellationToken cancellationToken = default)
    {
        if (await _jobs.ClaimNextAsync(cancellationToken) is not { } job)
            return false;
        if (job.Version > MostTries)
        {
            await FailAsync(job, new InvalidOperationException($"Report job {job.Id} was begun {MostTries} times and never finished."), part: null);
            return true;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = new LatestProgress();
        var beating = BeatAsync(job, progress, stop);
        try
        {
            var (files, publication) = await Task.Run(() => MakeAsync(job, progress, stop.Token), stop.Token);
            await InsistAsync(() => _jobs.FinishAsync(job, files, publication, stop.Token), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Lost to another host or deleted: the version no longer fits, and nothing is given back.
            await InsistAsync(() => _jobs.ReleaseAsync(job, CancellationToken.None), CancellationToken.None);
        }
        catch (Exception e) when (DatabaseFaults.Of(e) != DatabaseFault.None)
        {
            // No fault of the report's. If it can't be given back either, it is taken over when nothing has been heard for a while.
            await InsistAsync(() => _jobs.ReleaseAsync(job, CancellationToken.None), CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            await FailAsync(job, e, progress.Latest?.Text);
        }
        finally
        {
            await stop.CancelAsync();
            await beating;
        }

        return true;
    }

    // What a report has come to is worth some waiting: the database may be busy with a large file.
    private async Task InsistAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception e) when (tries < MostTriesToKeep && !cancellationToken.IsCancellationRequested)
            {
                Tell("", e);
                await Task.Delay(_pause, cancellationToken);
            }
        }
    }

    private async Task<(IReadOnlyList<NewReportFile> Files, NewPublication Publication)> MakeAsync(
        ReportJobRow job, LatestProgress progress, CancellationToken cancellationToken)
    {
        var forbund = (await new ForbundStore(database).AllAsync(cancellationToken)).Single(f => f.Id == job.ForbundId);
        if (!PublicationPolicies.TryParse(job.Policy, out var policy))
            throw new InvalidOperationException($"The policy of report job {job.Id} is unknown.");
        var request = new ReportRequest { Forbund = forbund, Definition = ReportDefinition.Load(job.Report), Year = job.CalendarYear, Policy = policy };
        var built = await new ReportBuilder(database).BuildAsync(request, progress, cancellationToken);
        var id = await new PublicationStore(database).ReserveIdAsync(cancellationToken);
        var report = built.As(id, job.ReplacesPublicationId, database.Clock.LocalTimeZone);
        var document = report.Document;
        var (done, files) = (progress.Latest?.Total ?? 0, ReportFiles.Count(document));
        var total = done + files;
        var made = ReportFiles.Make(
            document,
            string.Create(CultureInfo.InvariantCulture, $"{job.Report}-{job.CalendarYear}"),
            text => progress.Report(new ReportProgress(done++, total, text)),
            cancellationToken: cancellationToken);
        return (
            [.. made.Select(f => new NewReportFile(f.Name, f.ContentType, f.Content))],
            report.ToKeep(job.RequestedBy, job.Reason, job.ReplacesPublicationId));
    }

    // One beat a second says both that the host lives and how far it has come. A job that is no longer its own is stopped;
    // a beat that could not be written is tried again, and told of once.
    private async Task BeatAsync(ReportJobRow job, LatestProgress progress, CancellationTokenSource stop)
    {
        var isTold = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var latest = progress.Latest ?? new ReportProgress(0, 0, job.ProgressText);
                if (!await _jobs.BeatAsync(job, latest.Done, latest.Total, latest.Text, stop.Token))
                {
                    await stop.CancelAsync();
                    return;
                }

                isTold = false;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The report is made, or the host stops.
                return;
            }
            catch (Exception e)
            {
                if (!isTold)
                    Tell("", e);
                isTold = true;
            }

            await Task.Delay(s_beat, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <param name="job">The report.</param>
    /// <param name="exception">What went wrong.</param>
    /// <param name="part">What was being made: its user can then look at that text or insats.</param>
    private async Task FailAsync(ReportJobRow job, Exception exception, string? part)
    {
        var reference = RandomNumberGenerator.GetHexString(8);
        reference = $"{reference[..4]}-{reference[4..]}";
        Tell(reference, exception);
        await InsistAsync(() => _jobs.FailAsync(job, reference, part, CancellationToken.None), CancellationToken.None);
    }

    private void Tell(string reference, Exception exception)
    {
        try
        {
            logFailure?.Invoke(reference, exception);
        }
        catch (Exception)
        {
            // A log that can't be written to shall not end the work.
        }
    }

    private sealed class LatestProgress : IProgress<ReportProgress>
    {
        private volatile ReportProgress? _latest;

        public ReportProgress? Latest => _latest;

        public void Report(ReportProgress value) => _latest = value;
    }
}
