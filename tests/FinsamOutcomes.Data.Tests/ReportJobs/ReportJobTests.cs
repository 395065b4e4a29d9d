using System.Collections.Concurrent;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Data.Tests.Publications;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.ReportJobs;

public sealed class ReportJobTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Workers_that_race_take_each_job_once(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new ReportJobStore(f.Test.Database);
        var requested = new List<int>();
        for (var i = 0; i < 12; i++)
            requested.Add(await RequestAsync(f, store));

        var taken = new ConcurrentBag<int>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (await store.ClaimNextAsync() is { } job)
                taken.Add(job.Id);
        })));

        taken.Order().ShouldBe(requested);
        (await store.OfForbundAsync(f.ForbundId)).ShouldAllBe(j => j.State == ReportJobStates.Running && j.Version == 1);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_job_is_taken_over_when_its_host_has_died_and_the_dead_host_can_no_longer_write(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new ReportJobStore(f.Test.Database);
        await RequestAsync(f, store);
        var first = (await store.ClaimNextAsync()).ShouldNotBeNull();
        f.Clock.Advance(TimeSpan.FromSeconds(100));
        (await store.BeatAsync(first, 3, 10, "Räknar avslut")).ShouldBeTrue();
        f.Clock.Advance(TimeSpan.FromSeconds(100));
        (await store.ClaimNextAsync()).ShouldBeNull("its host was heard 100 seconds ago");

        f.Clock.Advance(TimeSpan.FromSeconds(21));
        var second = (await store.ClaimNextAsync()).ShouldNotBeNull();
        (second.Id, second.Version, second.ProgressDone).ShouldBe((first.Id, 2, 0));
        (await store.BeatAsync(first, 4, 10, "Räknar avslut")).ShouldBeFalse();
        (await store.FinishAsync(first, [new("a.txt", "text/plain", [1])], f.Publication())).ShouldBeFalse();
        (await store.FailAsync(first, "X")).ShouldBeFalse();
        (await store.FinishAsync(second, [new("a.txt", "text/plain", [2])], f.Publication())).ShouldBeTrue();
        var done = (await store.OfForbundAsync(f.ForbundId)).ShouldHaveSingleItem();
        (done.State, done.IsOver).ShouldBe((ReportJobStates.Done, true));
        var kept = (await new PublicationStore(f.Test.Database).OfForbundAsync(f.ForbundId)).ShouldHaveSingleItem("what the dead host made was not kept");
        kept.Id.ShouldBe(done.PublicationId.ShouldNotBeNull());
        (await store.DownloadAsync(f.ForbundId, first.Id, 1, "prov")).ShouldNotBeNull().Content.ShouldBe([2]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_job_whose_host_died_while_its_clock_was_ahead_is_taken_over_when_the_clock_is_right(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new ReportJobStore(f.Test.Database);
        await RequestAsync(f, store);
        f.Clock.Advance(TimeSpan.FromDays(30));
        var first = (await store.ClaimNextAsync()).ShouldNotBeNull();
        (first.State, first.Version, first.HeartbeatAt).ShouldBe((ReportJobStates.Running, 1, f.Clock.GetUtcNow().UtcDateTime));
        f.Clock.Advance(TimeSpan.FromDays(-30));
        (await store.ClaimNextAsync()).ShouldNotBeNull().Version.ShouldBe(2);

        // A host whose clock is a little ahead is alive.
        f.Clock.Advance(TimeSpan.FromMinutes(-2));
        (await store.ClaimNextAsync()).ShouldBeNull();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Files_of_any_size_read_back_as_they_were_and_each_step_is_in_the_log(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new ReportJobStore(f.Test.Database);
        var id = await RequestAsync(f, store);
        var job = (await store.ClaimNextAsync()).ShouldNotBeNull();
        var large = RandomNumberGenerator.GetBytes(3_000_000);
        await store.FinishAsync(job, [new("årsredovisning.docx", "application/octet-stream", large), new("figurer/kön.svg", "image/svg+xml", [])], f.Publication());

        var files = (await store.FilesAsync(f.ForbundId))[id].ToList();
        files.Select(x => (x.Ordinal, x.FileName, x.Length)).ShouldBe([(1, "årsredovisning.docx", 3_000_000), (2, "figurer/kön.svg", 0)]);
        files[0].Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(large)));
        (await store.DownloadAsync(f.ForbundId, id, 1, "eva")).ShouldNotBeNull().Content.ShouldBe(large);
        (await store.DownloadAllAsync(f.ForbundId, id, "eva")).Count.ShouldBe(2);
        (await store.DownloadAsync(f.ForbundId, id, 3, "eva")).ShouldBeNull();
        (await store.DownloadAllAsync(f.ForbundId + 1, id, "eva")).ShouldBeEmpty("another förbund");
        (await store.FindAsync(f.ForbundId + 1, id)).ShouldBeNull();

        await store.DeleteAsync(f.ForbundId, id, "eva");
        (await store.OfForbundAsync(f.ForbundId)).ShouldBeEmpty();
        (await RegistryFixture.WrongFieldsAsync(() => store.DeleteAsync(f.ForbundId, id, "eva"))).ShouldBe(["JobId"]);
        await using var session = await f.Test.Database.ReadAsync();
        (await session.QueryAsync<AuditEventRow>("Audit.Events", new { ForbundId = f.ForbundId }))
            .Where(e => e.Entity == "report_job")
            .Select(e => (e.Action, e.Actor, e.EntityId))
            .ShouldBe([
                ("ReportJobs.Request", "anna", id),
                ("ReportJobs.Finish", "anna", id),
                ("ReportJobs.Download", "eva", id),
                ("ReportJobs.Download", "eva", id),
                ("ReportJobs.Delete", "eva", id),
            ]);
        (await AuditLog.CheckAsync(session, f.ForbundId)).Fault.ShouldBe(AuditFault.None);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_released_job_is_taken_again_and_a_failed_one_keeps_its_reference(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new ReportJobStore(f.Test.Database);
        await RequestAsync(f, store);
        await store.ReleaseAsync((await store.ClaimNextAsync()).ShouldNotBeNull());
        var again = (await store.ClaimNextAsync()).ShouldNotBeNull();
        (await store.FailAsync(again, "4F7A-91C2")).ShouldBeTrue();
        var failed = (await store.FindAsync(f.ForbundId, again.Id)).ShouldNotBeNull();
        (failed.State, failed.ErrorReference).ShouldBe((ReportJobStates.Failed, "4F7A-91C2"));
        (await store.ClaimNextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task What_cannot_be_made_is_refused_field_by_field()
    {
        await using var f = await RegistryFixture.CreateAsync("sqlite");
        var store = new ReportJobStore(f.Test.Database);
        var wrong = new NewReportJob { ForbundId = f.ForbundId, Report = " ", CalendarYear = 1800, Policy = "allt", Actor = "anna" };
        (await RegistryFixture.WrongFieldsAsync(() => store.RequestAsync(wrong))).ShouldBe(["Report", "CalendarYear", "Policy"]);
        (await store.OfForbundAsync(f.ForbundId)).ShouldBeEmpty();
    }

    private static Task<int> RequestAsync(RegistryFixture f, ReportJobStore store) =>
        store.RequestAsync(new NewReportJob { ForbundId = f.ForbundId, Report = "arsredovisning", CalendarYear = 2024, Policy = "minst-5", Actor = "anna" });
}
