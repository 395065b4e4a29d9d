using System.Diagnostics;
using System.Net;
using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Import;

public sealed class ImportsAtOnceTests(ITestOutputHelper output)
{
    private const string Header = "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning";

    /// <summary>
    /// Smaller files than people may send, so that it takes seconds; <c>imports</c> among the benchmarks does the same with
    /// 20 MB. A registration is let wait longer than there, since tests share the machine.
    /// </summary>
    [Fact]
    public async Task Eight_files_at_once_stop_nobody_from_registering_and_nothing_is_lost()
    {
        await using var host = await WebHost.StartAsync(settings: new WebSettings { TriesPerMinute = 10_000, ImportPatience = TimeSpan.FromMinutes(2) });
        var insats = await host.AddInsatsAsync();
        using var caseworker = await host.SignInAsync(Role.Caseworker, insats);
        var report = await host.Get<ReportJobStore>()
            .RequestAsync(
                new NewReportJob
                {
                    ForbundId = host.ForbundId,
                    Report = "arsredovisning",
                    CalendarYear = 2023,
                    Policy = "minst-5",
                    Actor = "prov",
                });
        const int Files = 8,
            Rows = 12_000,
            Registrations = 10;
        var imports = Enumerable
            .Range(0, Files)
            .Select(async i =>
            {
                using var administrator = await host.SignInAsync(Role.Administrator);
                var file = Encoding.UTF8.GetBytes(
                    $"{Header}\n{string.Concat(Enumerable.Range(1, Rows).Select(n => $"F{i}-{n};Insam;kvinna;1990;;2024-01-10;;\n"))}");
                return await administrator.SendFileAsync($"/f/{host.ForbundId}/inlasning?slag=deltagare", i % 2 == 0 ? "Pröva först" : "Läs in", file);
            })
            .ToList();

        var longest = TimeSpan.Zero;
        for (var i = 0; i < Registrations; i++)
        {
            var form = await caseworker.GetAsync($"/f/{host.ForbundId}/deltagare/ny");
            var clock = Stopwatch.StartNew();
            var saved = await caseworker.PostFormAsync(
                form,
                "Input.Gender",
                ("Input.Gender", "woman"),
                ("Input.BirthYear", $"{1960 + i}"),
                ("Input.InsatsId", $"{insats}"),
                ("Input.StartedOn", "2024-02-01"));
            longest = clock.Elapsed > longest ? clock.Elapsed : longest;
            saved.Url.AbsolutePath.ShouldMatch(@"/deltagare/\d+$", saved.Content);
        }

        var pages = await Task.WhenAll(imports);
        output.WriteLine($"Longest registration {longest.TotalMilliseconds:0} ms; memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000} MB.");
        pages.ShouldAllBe(p => p.Status == HttpStatusCode.OK);
        pages.Count(p => p.Content.Contains("Filen är inläst.")).ShouldBe(Files / 2);
        pages.Count(p => p.Content.Contains("Filen går att läsa in. Inget är sparat än.")).ShouldBe(Files / 2);
        longest.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        await using var session = await host.Database.ReadAsync();
        (await session.QueryAsync<KnownParticipation>("Import.Participations", new { host.ForbundId })).Count.ShouldBe((Files / 2 * Rows) + Registrations);
        (await AuditLog.CheckAsync(session, host.ForbundId)).Fault.ShouldBe(AuditFault.None);
        for (
            var tries = 0;
            tries < 600 && (await host.Get<ReportJobStore>().FindAsync(host.ForbundId, report))!.State is ReportJobStates.Queued or ReportJobStates.Running;
            tries++)
            await Task.Delay(100);
        (await host.Get<ReportJobStore>().FindAsync(host.ForbundId, report))!.State.ShouldBe(ReportJobStates.Done);
    }

    [Fact]
    public async Task Who_waits_too_long_for_another_import_is_told_and_may_try_again()
    {
        await using var host = await WebHost.StartAsync(settings: new WebSettings { TriesPerMinute = 10_000, ImportPatience = TimeSpan.FromMilliseconds(300) });
        await host.AddInsatsAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/inlasning?slag=deltagare";
        var file = Encoding.UTF8.GetBytes($"{Header}\nA-1;Insam;kvinna;1990;;2024-01-10;;\n");
        await using (await host.Database.Engine.TryHoldAsync($"inlasning-{host.ForbundId}", CancellationToken.None))
        {
            var busy = await browser.SendFileAsync(address, "Läs in", file);
            busy.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            busy.Response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
            busy.Errors.ShouldBe(["En annan inläsning pågår i förbundet, så filen har inte lästs. Vänta tills den är klar och läs in filen igen."]);
            busy.Content.ShouldContain("Filen har inte lästs:");
        }

        (await browser.SendFileAsync(address, "Läs in", file)).Content.ShouldContain("Filen är inläst.");
    }
}
