using System.Diagnostics;
using FinsamOutcomes.Benchmarks.Measuring;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.StatisticsPage;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>The statistics page's whole answer, beside the plainest hand-written count in <c>sqlite3</c>.</summary>
internal static class StatisticsCase
{
    public static async Task<CaseResult> RunAsync(Bench bench, string database)
    {
        var opened = await FinsamDatabase.OpenAsync("sqlite:" + database);
        var forbund = (await new ForbundStore(opened).AllAsync()).Single();
        var service = new StatisticsService(opened);
        var reference = new MeasuredProcess("sqlite3", "-readonly", database, MeasureCase.PlainQuery);
        var year = new StatisticsFilter
        {
            From = new DateOnly(MeasureCase.LastYear, 1, 1),
            To = new DateOnly(MeasureCase.LastYear, 12, 31),
            IsPublished = true,
        };
        var insats = (await service.ChoicesAsync(forbund.Id)).Insatser[0].Id;
        (string Name, StatisticsFilter Filter)[] filters =
        [
            ("the whole förbund", year),
            ("women of two age groups in one insats", year with { InsatsId = insats, Gender = "woman", AgeGroups = "16-24,25-29" }),
            ("four years", year with { From = year.From.AddYears(-3) }),
        ];
        return new CaseResult([.. filters.Select(f => Comparison.Run(
            $"the statistics page, {f.Name}, at {bench.Rows ?? 1_000_000:N0}",
            () => Build(service, forbund, f.Filter),
            "`sqlite3`, exits of the year by gender",
            reference.Run,
            bench.Runs))]);
    }

    private static Cost Build(StatisticsService service, ForbundRow forbund, StatisticsFilter filter)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var view = service.BuildAsync(forbund, filter).GetAwaiter().GetResult();
        var cost = new Cost(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, PeakBytes: 0);
        return view.Parts.Count > 0 ? cost : throw new InvalidOperationException("The page is empty.");
    }
}
