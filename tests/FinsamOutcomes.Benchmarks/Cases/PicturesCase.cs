using System.Diagnostics;
using System.Text.RegularExpressions;
using FinsamOutcomes.Benchmarks.Measuring;
using FinsamOutcomes.Benchmarks.Web;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Reporting.StatisticsPage;
using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>Thirty pictures (PNG) of the statistics page asked for at once, and how long <c>/health</c> takes to answer meanwhile.</summary>
internal static class PicturesCase
{
    private const int Pictures = 30;

    // Some times a real förbund; more would measure the statistics page's questions instead.
    private const int Stays = 10_000;

    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(20);

    public static async Task<CaseResult> RunAsync(Bench bench)
    {
        await using var site = await BenchmarkSite.StartAsync(bench, stays: Stays);
        using var visitor = await site.SignInAsync(Role.ProcessSupporter, "bilder", []);
        using var watcher = new Visitor(site.Address, "vakt");
        var (from, to) = (new DateOnly(MeasureCase.LastYear, 1, 1), new DateOnly(MeasureCase.LastYear, 12, 31));
        var query = new StatisticsFilter { From = from, To = to, IsPublished = true }.ToQuery();
        var page = await visitor.GetAsync(site.Page("statistik") + query);
        var parts = Regex.Matches(page.Html, """statistik/([^"/?]+\.png)\?""").Select(m => m.Groups[1].Value).Distinct().ToList();
        string Picture(int i) => site.Page("statistik/") + parts[i % parts.Count] + query;
        foreach (var i in Enumerable.Range(0, parts.Count))
            Check(await visitor.GetAsync(Picture(i)));
        var alone = new List<TimeSpan>();
        for (var i = 0; i < Pictures; i++)
            alone.Add(Check(await visitor.GetAsync(Picture(i))).Time);
        var idle = await WatchAsync(watcher, Task.Delay(TimeSpan.FromSeconds(3)));
        var clock = Stopwatch.StartNew();
        var asked = Task.WhenAll(Enumerable.Range(0, Pictures).Select(i => Task.Run(() => visitor.GetAsync(Picture(i)))));
        var beside = await WatchAsync(watcher, asked);
        var seconds = clock.Elapsed.TotalSeconds;
        foreach (var answer in await asked)
            Check(answer);
        DatabaseEngine.CloseIdleFiles();
        var (calm, busy) = (Percentiles.Of(idle), Percentiles.Of(beside));
        return new CaseResult(
            [],
            [
                $"{Pictures} pictures asked for at once, of {parts.Count} parts of the statistics page at {bench.Rows ?? Stays} participations: "
                    + $"the last was there after {seconds:0.0} s; one at a time p50 {Percentiles.Of(alone).P50:0} ms each.",
                $"/health meanwhile: {busy.Count} answers, p50 {busy.P50:0.0} ms, slowest {beside.Max().TotalMilliseconds:0} ms. "
                    + $"With nothing asked for: {calm.Count} answers, p50 {calm.P50:0.0} ms, slowest {idle.Max().TotalMilliseconds:0} ms.",
            ]);
    }

    private static async Task<List<TimeSpan>> WatchAsync(Visitor watcher, Task meanwhile)
    {
        var times = new List<TimeSpan>();
        do
        {
            var answer = await watcher.GetAsync("/health");
            times.Add(answer.Status == 200 ? answer.Time : throw new InvalidOperationException($"/health was answered with {answer.Status}."));
            await Task.Delay(s_between);
        }
        while (!meanwhile.IsCompleted);
        return times;
    }

    // The first byte of a PNG is no letter.
    private static Answer Check(Answer answer) =>
        answer.Html.AsSpan(1).StartsWith("PNG") ? answer : throw new InvalidOperationException($"A picture was answered with {answer.Status}.");
}
