using FinsamOutcomes.Benchmarks.Invented;
using FinsamOutcomes.Benchmarks.Measuring;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>
/// From a file of participations to the files of the annual report: <c>finsam import deltagare</c> and <c>finsam rapport</c>, two
/// processes added together, beside <c>sqlite3 .import</c> of the same file. What has a goal is the processor time of the two.
/// </summary>
internal static class AnnualCase
{
    private static readonly (int Rows, double GoalSeconds)[] s_sizes = [(5_000, 1.0), (200_000, 2.2)];

    public static CaseResult Run(Bench bench)
    {
        var empty = bench.PathOf("tom.sqlite");
        InventedFiles.WriteInsatser(bench.PathOf("insatser.csv"));
        bench.Run("init", "--forbund", InventedForbund.Name, "--db", "sqlite:" + empty).Run();
        bench.Run("import", "insatser", bench.PathOf("insatser.csv"), "--db", "sqlite:" + empty).Run();
        var comparisons = new List<Comparison>();
        var notes = new List<string>();
        foreach (var (rows, goal) in s_sizes.Where(s => bench.Rows is null || bench.Rows == s.Rows))
        {
            var file = bench.PathOf($"deltagare-{rows}.csv");
            InventedFiles.WriteDeltagare(file, rows, isFull: true);
            var (imports, reports) = (new List<double>(), new List<double>());
            comparisons.Add(Comparison.Run(
                $"import and annual report of {rows:N0} participations, all 19 columns",
                () =>
                {
                    var (import, report) = Make(bench, empty, file);
                    imports.Add(import.Cpu);
                    reports.Add(report.Cpu);
                    return new Cost(import.Wall + report.Wall, import.Cpu + report.Cpu, Math.Max(import.PeakBytes, report.PeakBytes));
                },
                "`sqlite3 .import` of the file",
                () =>
                {
                    var bare = bench.PathOf("bar.sqlite");
                    Bench.DeleteDatabase(bare);
                    return new MeasuredProcess("sqlite3", bare, ".mode csv", ".separator ;", $".import \"{file}\" deltagare").Run();
                },
                bench.Runs));
            var total = Spread.Of(comparisons[^1].Costs.Select(c => c.Cpu)).Median;
            notes.Add(
                $"{rows:N0}: processor time {ResultTable.Number(total)} s, goal {ResultTable.Number(goal)} s ({(total <= goal ? "met" : "not met")}); import {ResultTable.Number(Spread.Of(imports).Median)} s, report {ResultTable.Number(Spread.Of(reports).Median)} s.");
        }

        return new CaseResult(comparisons, notes);
    }

    private static (Cost Import, Cost Report) Make(Bench bench, string empty, string file)
    {
        var registry = bench.PathOf("ar.sqlite");
        Bench.DeleteDatabase(registry);
        File.Copy(empty, registry);
        return (
            bench.Run("import", "deltagare", file, "--db", "sqlite:" + registry).Run(),
            bench.Run("rapport", "arsredovisning", "--ar", $"{MeasureCase.LastYear}", "--out", bench.PathOf("rapport"), "--db", "sqlite:" + registry).Run());
    }
}
