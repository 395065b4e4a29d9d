using System.Globalization;

namespace FinsamOutcomes.Benchmarks.Measuring;

/// <summary>The results as a Markdown table, for the screen and for README.md.</summary>
internal static class ResultTable
{
    public static string Markdown(IEnumerable<Comparison> comparisons)
    {
        var lines = new List<string>
        {
            "| measured | against | time, median (min–max) | of it, median (min–max) | ratio, median (min–max) | ratio of CPU time | peak memory | goal |",
            "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |",
        };
        foreach (var c in comparisons)
        {
            var goal = c.Goal is { } goalRatio ? $"≤ {Number(goalRatio)}: {(c.Ratio.Median <= goalRatio ? "met" : "**not met**")}" : "";
            var peak = c.Peak.Median > 0 ? $"{c.Peak.Median / (1 << 20):0} MB" : "";
            lines.Add(
                $"| {c.Name} | {c.Against} | {Seconds(c.Wall)} | {Seconds(c.BaseWall)} | **{Number(c.Ratio.Median)}** ({Number(c.Ratio.Min)}–{Number(c.Ratio.Max)}) | {Number(c.CpuRatio.Median)} | {peak} | {goal} |"
            );
        }

        return string.Join('\n', lines) + "\n";
    }

    public static string Number(double value) => value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    private static string Seconds(Spread s)
    {
        var (scale, unit) = s.Median >= 1 ? (1.0, "s") : s.Median >= 0.001 ? (1e3, "ms") : (1e6, "µs");
        return $"{Number(s.Median * scale)} ({Number(s.Min * scale)}–{Number(s.Max * scale)}) {unit}";
    }
}
