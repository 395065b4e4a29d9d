using System.Collections.Concurrent;
using System.Data.Common;
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

    // What the database does is no fault of the report's: its user would else have to order it again.
    [Theory]
    [InlineData("TimeoutException")]
    [InlineData("DbException, full")]
    [InlineData("DatabaseLostException")]
    public async Task A_report_that_the_database_interrupts_is_made_all_the_same(string kind)
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var store = new ReportJobStore(fixture.Test.Database);
        var id = await store.RequestAsync(Job(fixture, "projektredovisning"));
        var engine = new FaultyEngine(fixture.Test.Database.Engine, opening => opening is >= 5 and <= 8 ? s_kinds[kind]() : null);
        using var stop = new CancellationTokenSource();
        var working = new ReportWorker(new FinsamDatabase(engine, fixture.Test.Database.Clock), pause: TimeSpan.FromMilliseconds(5)).RunAsync(stop.Token);
        (await OverAsync(fixture, store, id, working, kind)).State.ShouldBe(ReportJobStates.Done);
        engine.Openings.ShouldBeGreaterThan(8);
        await stop.CancelAsync();
        await working.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_log_that_can_not_be_written_to_does_not_end_the_work()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var store = new ReportJobStore(fixture.Test.Database);
        using var stop = new CancellationTokenSource();
        var working = new ReportWorker(fixture.Test.Database, (_, _) => throw new IOException("hemligt"), TimeSpan.FromMilliseconds(5)).RunAsync(stop.Token);
        for (var report = 1; report <= 2; report++)
        {
            var id = await store.RequestAsync(Job(fixture, "finns-inte"));
            (await OverAsync(fixture, store, id, working, $"report {report}")).State.ShouldBe(ReportJobStates.Failed);
        }

        await stop.CancelAsync();
        await working.WaitAsync(TimeSpan.FromMinutes(1));
    }

    // Without beats another host takes the report for left behind, and its user sees no progress.
    [Theory]
    [InlineData("TimeoutException")]
    [InlineData("IOException")]
    [InlineData("DatabaseLostException")]
    public async Task A_beat_that_could_not_be_written_is_followed_by_others(string kind)
    {
        Assert.SkipWhen(!LongRun.IsOn && kind != "TimeoutException", LongRun.Off);
        await using var fixture = await ReportFixture.SmallAsync();
        var real = fixture.Test.Database;
        var store = new ReportJobStore(real);
        var id = await store.RequestAsync(Job(fixture, "projektredovisning"));

        // Two take the report, one reads all that it tells, slowly enough for several beats, and the first of these fails.
        var isRead = false;
        var hasFailed = 0;
        var engine = new FaultyEngine(
            real.Engine,
            _ => Volatile.Read(ref isRead) && Interlocked.Exchange(ref hasFailed, 1) == 0 ? s_kinds[kind]() : null,
            connection =>
            {
                Slow(connection);
                Volatile.Write(ref isRead, true);
            });
        using var stop = new CancellationTokenSource();
        var working = new ReportWorker(new FinsamDatabase(engine, real.Clock), pause: TimeSpan.FromMilliseconds(5)).RunAsync(stop.Token);
        var most = 0;
        await OverAsync(fixture, store, id, working, kind, job => most = Math.Max(most, job.ProgressDone));
        most.ShouldBeGreaterThan(0);
        await stop.CancelAsync();
        await working.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static void Slow(DbConnection connection) =>
        SQLitePCL.raw.sqlite3_progress_handler(
            ((Microsoft.Data.Sqlite.SqliteConnection)connection).Handle,
            200,
            _ =>
            {
                Thread.Sleep(1);
                return 0;
            },
            null);

    private static NewReportJob Job(ReportFixture fixture, string report) =>
        new() { ForbundId = fixture.Forbund.Id, Report = report, CalendarYear = 2024, Policy = "minst-5", Actor = "anna" };

    // The report when it is over; until then it is shown each time that it is looked at.
    private static async Task<ReportJobRow> OverAsync(
        ReportFixture fixture, ReportJobStore store, int id, Task working, string what, Action<ReportJobRow>? look = null)
    {
        // Long, for a machine with much else to do: a report that is never over is what is looked for, not a slow one.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        ReportJobRow job;
        while (!(job = (await store.FindAsync(fixture.Forbund.Id, id))!).IsOver)
        {
            look?.Invoke(job);
            working.IsCompleted.ShouldBeFalse(what);
            patience.IsCancellationRequested.ShouldBeFalse($"{what}: still {job.State}");
            await Task.Delay(20);
        }

        return job;
    }

    // Runs a worker beside a fault until the report is over; returns how many connections it took.
    private static async Task<int> GoesOnAsync(ReportFixture fixture, string report, Func<int, Exception?> fault, string what)
    {
        var real = fixture.Test.Database;
        var store = new ReportJobStore(real);
        var id = await store.RequestAsync(Job(fixture, report));
        var engine = new FaultyEngine(real.Engine, fault);
        var told = new ConcurrentBag<Exception>();
        using var stop = new CancellationTokenSource();
        var working = new ReportWorker(new FinsamDatabase(engine, real.Clock), (_, exception) => told.Add(exception), TimeSpan.FromMilliseconds(5)).RunAsync(
            stop.Token);
        var job = await OverAsync(fixture, store, id, working, what);
        await stop.CancelAsync();
        await working.WaitAsync(TimeSpan.FromMinutes(1));
        if (report == "projektredovisning" && told.IsEmpty)
            job.State.ShouldBe(ReportJobStates.Done, what);
        return engine.Openings;
    }
}
