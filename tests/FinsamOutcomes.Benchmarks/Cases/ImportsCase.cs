using System.Diagnostics;
using System.Globalization;
using System.Text;
using FinsamOutcomes.Benchmarks.Web;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Web;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Pages.Import;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>
/// Eight administrators send files of the largest size at once, every other to be tried and every other to be read in,
/// while a report waits and a caseworker registers ten people. Afterwards everything that was answered as saved is there.
/// </summary>
internal static class ImportsCase
{
    private const int Files = 8;
    private const int Registrations = 10;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    public static async Task<CaseResult> RunAsync(Bench bench)
    {
        await using var site = await BenchmarkSite.StartAsync(bench, new WebSettings { ImportPatience = TimeSpan.FromMinutes(5) });
        var before = await CountAsync(site);
        using var caseworker = await site.SignInAsync("inlasning", site.Insatser);
        var report = await site.Get<ReportJobStore>()
            .RequestAsync(
                new NewReportJob
                {
                    ForbundId = site.ForbundId,
                    Report = "projektredovisning",
                    CalendarYear = 2024,
                    Policy = "minst-5",
                    Actor = "prov",
                });
        var administrators = new List<Visitor>();
        for (var i = 0; i < Files; i++)
            administrators.Add(await site.SignInAsync(Role.Administrator, string.Create(CultureInfo.InvariantCulture, $"chef{i}")));
        var clock = Stopwatch.StartNew();
        var imports = administrators.Select((a, i) => Task.Run(() => SendAsync(site, a, i))).ToList();
        var (saved, longest, random) = (0, TimeSpan.Zero, new Random(1));
        while (imports.Exists(t => !t.IsCompleted) || saved < Registrations)
        {
            var form = await caseworker.FormAsync(site.Page("deltagare/ny"), "Input.Gender");
            var answer = await caseworker.SendAsync(
                form,
                [.. NewPerson.Fields(random, site.Insatser[saved % site.Insatser.Count].ToString(CultureInfo.InvariantCulture))]);
            saved += answer.Location is not null ? 1 : 0;
            longest = answer.Time > longest ? answer.Time : longest;
            await Task.Delay(200);
        }

        var answers = await Task.WhenAll(imports);
        var seconds = clock.Elapsed.TotalSeconds;
        administrators.ForEach(a => a.Dispose());
        var wrong = answers
            .Select(a => a.Answer)
            .Where((a, i) => !a.Html.Contains(i % 2 == 0 ? "Filen går att läsa in." : "Filen är inläst.", StringComparison.Ordinal))
            .Select(a => $"a file was answered with status {a.Status}")
            .ToList();
        var rows = answers.Where((_, i) => i % 2 == 1).Sum(a => a.Rows);
        var after = await CountAsync(site);
        if (after - before != rows + saved)
            wrong.Add($"{after - before} participations more, {rows} in files and {saved} registered");
        await using var session = await site.Database.ReadAsync();
        if ((await AuditLog.CheckAsync(session, site.ForbundId)).BrokenEvent is { } broken)
            wrong.Add($"the audit chain is broken at {broken}");
        if (longest > s_longest)
            wrong.Add($"a registration took {longest.TotalSeconds:0.0} s");
        var state = (await site.Get<ReportJobStore>().FindAsync(site.ForbundId, report))!.State;
        return new CaseResult(
            [],
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Files} files of 20 MB in {seconds:0} s, half of them read in: {rows} rows. {saved} registrations meanwhile, the longest {longest.TotalMilliseconds:0} ms. The report is {state}. Peak memory of host and clients together {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000} MB."
                ),
                .. wrong,
            ])
        { IsFailed = wrong.Count > 0 };
    }

    private static async Task<(Answer Answer, int Rows)> SendAsync(BenchmarkSite site, Visitor visitor, int number)
    {
        var file = new StringBuilder("deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning\n", IndexModel.LargestFile);
        var rows = 0;
        while (file.Length < IndexModel.LargestFile - 200)
            file.Append(
                CultureInfo.InvariantCulture,
                $"FIL{number}-{++rows};{Invented.InventedForbund.Insatser[rows % Invented.InventedForbund.Insatser.Count].Name};{(rows % 2 == 0 ? "kvinna" : "man")};1990;gymnasium;2024-01-{1 + (rows % 28):00};2024-06-{1 + (rows % 28):00};arbete\n"
            );
        var content = Encoding.UTF8.GetBytes(file.ToString());
        file.Clear();
        var address = site.Page("inlasning?slag=deltagare");
        var form = await visitor.FormAsync(address, "Input.File");
        return (await visitor.SendFileAsync(form, number % 2 == 0 ? form.Action : address + "&handler=save", "Input.File", content), rows);
    }

    private static async Task<int> CountAsync(BenchmarkSite site)
    {
        await using var session = await site.Database.ReadAsync();
        return (await session.QueryAsync<KnownParticipation>("Import.Participations", new { site.ForbundId })).Count;
    }
}
