using System.Diagnostics;
using FinsamOutcomes.Benchmarks.Measuring;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>
/// Every measure that the annual report prints, over the whole register, beside the plainest hand-written count in
/// <c>sqlite3</c>; and the annual report itself.
/// </summary>
internal static class MeasureCase
{
    public const int LastYear = 2024;

    // Exits in the year by gender: one pass over the participations and one look-up for each that counts.
    public const string PlainQuery = """
        SELECT d.gender, COUNT(*) FROM participation p JOIN participant d ON d.id = p.participant_id
        WHERE p.forbund_id = 1 AND p.ended_on BETWEEN '2024-01-01' AND '2024-12-31' GROUP BY d.gender
        """;

    public static async Task<CaseResult> RunAsync(Bench bench, string database)
    {
        var rows = bench.Rows ?? 1_000_000;
        await using var snapshot = await MeasureSnapshot.OpenAsync(await FinsamDatabase.OpenAsync("sqlite:" + database), forbundId: 1);
        var reference = new MeasuredProcess("sqlite3", "-readonly", database, PlainQuery);
        var comparisons = new List<Comparison>();
        foreach (var (name, request) in Requests())
        {
            comparisons.Add(Comparison.Run(
                $"{name} at {rows:N0}",
                () => Compute(snapshot, request),
                "`sqlite3`, exits of the year by gender",
                reference.Run,
                bench.Runs));
        }

        return new CaseResult(comparisons);
    }

    /// <summary>The annual report of the last year, all its files.</summary>
    public static CaseResult RunReport(Bench bench, string database) => new([Comparison.Run(
        $"`finsam rapport arsredovisning` at {bench.Rows ?? 1_000_000:N0}, the whole process",
        () => bench.Run("rapport", "arsredovisning", "--ar", $"{LastYear}", "--out", bench.PathOf("rapport"), "--db", "sqlite:" + database).Run(),
        "`sqlite3`, exits of the year by gender",
        new MeasuredProcess("sqlite3", "-readonly", database, PlainQuery).Run,
        bench.Runs)]);

    private static IEnumerable<(string Name, MeasureRequest Request)> Requests()
    {
        var year = new MeasureRequest
        {
            Measure = "",
            ForbundId = 1,
            From = new DateOnly(LastYear, 1, 1),
            To = new DateOnly(LastYear, 12, 31),
            By = MeasureDimensions.Gender,
        };
        foreach (
            var measure in new[]
            {
                "deltaganden",
                "personer",
                "ko",
                "genomstromning",
                "tid-i-insats",
                "positiva-avslut",
                "avslutsorsaker",
                "forsorjning",
                "sysselsattning",
                "sjalvskattning",
            })
            yield return ($"`{measure}` by gender", year with { Measure = measure });
        yield return ("`personer` by gender and age", year with { Measure = "personer", By = MeasureDimensions.Gender | MeasureDimensions.Age });
        yield return ("`deltaganden` by gender and insats", year with { Measure = "deltaganden", By = MeasureDimensions.Gender | MeasureDimensions.Insats });
        yield return (
            "`positiva-avslut` by gender and insats",
            year with
            {
                Measure = "positiva-avslut",
                By = MeasureDimensions.Gender | MeasureDimensions.Insats,
            });
        yield return ("`konsskillnad`", year with { Measure = "konsskillnad", By = MeasureDimensions.None });
        yield return (
            "`deltaganden` by gender, each month of four years",
            year with
            {
                Measure = "deltaganden",
                From = new DateOnly(LastYear - 3, 1, 1),
                Per = PeriodKind.Month,
            });
        yield return (
            "`positiva-avslut` by gender, each tertial of four years",
            year with
            {
                Measure = "positiva-avslut",
                From = new DateOnly(LastYear - 3, 1, 1),
                Per = PeriodKind.Tertial,
            });
    }

    private static Cost Compute(MeasureSnapshot snapshot, MeasureRequest request)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var cells = snapshot.ComputeAsync(request).GetAwaiter().GetResult();
        var cost = new Cost(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, PeakBytes: 0);
        return cells.Count > 0 ? cost : throw new InvalidOperationException($"{request.Measure} gave no cells.");
    }
}
