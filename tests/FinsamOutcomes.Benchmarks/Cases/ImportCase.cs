using FinsamOutcomes.Benchmarks.Invented;
using FinsamOutcomes.Benchmarks.Measuring;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>
/// <c>finsam import deltagare</c>, which checks every rule and writes to tables with keys, checks and an audit event,
/// beside <c>sqlite3 .import</c> of the same file into a bare table of text. Both write to a database on disk.
/// </summary>
internal static class ImportCase
{
    public static CaseResult Run(Bench bench)
    {
        var rows = bench.Rows ?? 100_000;
        var empty = bench.PathOf("tom.sqlite");
        InventedFiles.WriteInsatser(bench.PathOf("insatser.csv"));
        bench.Run("init", "--forbund", InventedForbund.Name, "--db", "sqlite:" + empty).Run();
        bench.Run("import", "insatser", bench.PathOf("insatser.csv"), "--db", "sqlite:" + empty).Run();
        return new CaseResult([.. new[] { false, true }.Select(isFull => Compare(bench, empty, rows, isFull))]);
    }

    private static Comparison Compare(Bench bench, string empty, int rows, bool isFull)
    {
        var file = bench.PathOf(isFull ? "deltagare-alla-kolumner.csv" : "deltagare.csv");
        InventedFiles.WriteDeltagare(file, rows, isFull);
        var registry = bench.PathOf("import.sqlite");
        var bare = bench.PathOf("bar.sqlite");
        return Comparison.Run(
            $"import of {rows:N0} participations, {(isFull ? "all 19 columns (livelihood and occupation go to tables of their own)" : "the 8 columns of JOBS II")}",
            () =>
            {
                Bench.DeleteDatabase(registry);
                File.Copy(empty, registry);
                return bench.Run("import", "deltagare", file, "--db", "sqlite:" + registry).Run();
            },
            "`sqlite3 .import` into a bare table",
            () =>
            {
                Bench.DeleteDatabase(bare);
                return new MeasuredProcess("sqlite3", bare, ".mode csv", ".separator ;", $".import \"{file}\" deltagare").Run();
            },
            bench.Runs) with
        { Goal = 4 };
    }
}
