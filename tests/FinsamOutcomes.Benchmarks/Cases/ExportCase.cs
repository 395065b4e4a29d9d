using FinsamOutcomes.Benchmarks.Invented;
using FinsamOutcomes.Benchmarks.Measuring;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary><c>finsam export deltagare</c> beside <c>sqlite3 -csv</c> with the same query, and its memory for few rows and many.</summary>
internal static class ExportCase
{
    private const int FewRows = 10_000;

    // What the query says in words that sqlite3 before 3.44 lacks, in older words; the rows are the same, which is checked.
    private const string Aggregate = "STRING_AGG(CONCAT(l.livelihood, ':', l.percent_share), ',' ORDER BY l.livelihood)";
    private const string OlderAggregate = "GROUP_CONCAT(l.livelihood || ':' || l.percent_share, ',')";

    public static async Task<CaseResult> RunAsync(Bench bench, string database)
    {
        var rows = bench.Rows ?? 1_000_000;
        var few = bench.PathOf("fa.sqlite");
        await InventedDatabase.FillAsync("sqlite:" + few, FewRows);
        var forbund = 1;
        var query = SqlCatalogue
            .For("sqlite")["Export.Deltagare"]
            .Text.Replace(Aggregate, OlderAggregate, StringComparison.Ordinal)
            .Replace("@ForbundId", $"{forbund}", StringComparison.Ordinal);
        var (ours, theirs) = (bench.PathOf("export.csv"), bench.PathOf("sqlite3.csv"));
        var reference = new MeasuredProcess("sqlite3", "-readonly", "-csv", "-header", "-separator", ";", database, query) { OutputFile = theirs };
        var comparison = Comparison.Run(
            $"export of {rows:N0} participations, 19 columns",
            () => Export(bench, database, ours),
            "`sqlite3 -csv`, same query",
            reference.Run,
            bench.Runs) with
        { Goal = 2 };
        RequireSameRows(ours, theirs);
        var peakOfFew = Spread.Of(Enumerable.Range(0, bench.Runs).Select(_ => (double)Export(bench, few, bench.PathOf("fa.csv")).PeakBytes));
        var ratio = comparison.Peak.Median / peakOfFew.Median;
        return new CaseResult(
            [comparison],
            $"Peak memory of the export: {comparison.Peak.Median / (1 << 20):0} MB at {rows:N0} rows, {peakOfFew.Median / (1 << 20):0} MB at {FewRows:N0}: ratio {ResultTable.Number(ratio)} (goal ≤ 1.30: {(ratio <= 1.3 ? "met" : "**not met**")})."
        );
    }

    private static Cost Export(Bench bench, string database, string file) =>
        bench.Run("export", "deltagare", "--out", file, "--db", "sqlite:" + database).Run();

    // sqlite3 quotes more fields than it must and writes its own column names; apart from that the files are to be the same.
    private static void RequireSameRows(string ours, string theirs)
    {
        using var a = File.ReadLines(ours).Skip(1).GetEnumerator();
        using var b = File.ReadLines(theirs).Skip(1).GetEnumerator();
        for (var row = 1; ; row++)
        {
            var (hasA, hasB) = (a.MoveNext(), b.MoveNext());
            if (!hasA && !hasB)
                return;
            if (hasA != hasB || a.Current.Replace("\"", "", StringComparison.Ordinal) != b.Current.Replace("\"", "", StringComparison.Ordinal))
                throw new InvalidOperationException($"Row {row} of the export is not what sqlite3 wrote.");
        }
    }
}
