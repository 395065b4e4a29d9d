using System.Collections.Concurrent;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Testing;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Reporting.Tests.Reports;

/// <summary>Whatever the database answers the worker, the worker goes on: the whole host would end with it.</summary>
public sealed class ReportWorkerFaultTests
{
    private static readonly Dictionary<string, Func<Exception>> s_kinds = new(StringComparer.Ordinal)
    {
        ["TimeoutException"] = () => new TimeoutException("hemligt"),
        ["InvalidOperationException"] = () => new InvalidOperationException("hemligt"),
        ["DbException, busy"] = () => new SqliteException("hemligt", SQLitePCL.raw.SQLITE_BUSY),
        ["DbException, broken"] = () => new SqliteException("hemligt", SQLitePCL.raw.SQLITE_CORRUPT),
        ["DbException, full"] = () => new SqliteException("hemligt", SQLitePCL.raw.SQLITE_FULL),
        ["IOException"] = () => new IOException("hemligt"),
        ["UnauthorizedAccessException"] = () => new UnauthorizedAccessException("hemligt"),
        ["DatabaseLostException"] = () => new DatabaseLostException(new InvalidOperationException("hemligt")),
        ["OperationCanceledException of somebody else's"] = () => new OperationCanceledException("hemligt"),
    };

    public static TheoryData<string> Kinds => [.. s_kinds.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Each_call_to_the_store_may_throw_and_the_next_report_is_made(string kind)
    {
        await using var fixture = await ReportFixture.SmallAsync();

        // A report that fails has each kind of call but the one that keeps the files: those are tried below.
        for (var nth = 1; nth <= 7; nth++)
            await GoesOnAsync(fixture, "finns-inte", opening => opening == nth ? s_kinds[kind]() : null, $"{kind} at opening {nth}");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Each_fault_while_a_report_is_made_or_kept_leaves_it_made_or_failed_and_never_running(string kind)
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var openings = await GoesOnAsync(fixture, "projektredovisning", _ => null, "nothing wrong");
        foreach (var nth in new[] { 5, openings - 1, openings })
            await GoesOnAsync(fixture, "projektredovisning", opening => opening == nth ? s_kinds[kind]() : null, $"{kind} at opening {nth}");
    }

    // Runs a worker beside a fault until the report is over; returns how many connections it took.
    private static async Task<int> GoesOnAsync(ReportFixture fixture, string report, Func<int, Exception?> fault, string what)
    {
        var real = fixture.Test.Database;
        var store = new ReportJobStore(real);
        var id = await store.RequestAsync(new NewReportJob { ForbundId = fixture.Forbund.Id, Report = report, CalendarYear = 2024, Policy = "minst-5", Actor = "anna" });
        var engine = new FaultyEngine(real.Engine, fault);
        var told = new ConcurrentBag<Exception>();
        using var stop = new CancellationTokenSource();
        var working = new ReportWorker(new FinsamDatabase(engine, real.Clock), (_, exception) => told.Add(exception), TimeSpan.FromMilliseconds(5)).RunAsync(stop.Token);
        // Long, for a machine with much else to do: a report that is never over is what is looked for, not a slow one.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        ReportJobRow job;
        while (!(job = (await store.FindAsync(fixture.Forbund.Id, id))!).IsOver)
        {
            working.IsCompleted.ShouldBeFalse(what);
            patience.IsCancellationRequested.ShouldBeFalse($"{what}: still {job.State}");
            await Task.Delay(20);
        }

        await stop.CancelAsync();
        await working.WaitAsync(TimeSpan.FromMinutes(1));
        if (report == "projektredovisning" && told.IsEmpty)
            job.State.ShouldBe(ReportJobStates.Done, what);
        return engine.Openings;
    }
}
