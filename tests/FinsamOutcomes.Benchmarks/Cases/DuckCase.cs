using System.Diagnostics;
using FinsamOutcomes.Benchmarks.Measuring;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>
/// Every measure over the whole register, beside DuckDB (a database made for such questions) that answers the same question from the
/// same rows. Ours is counted in a snapshot whose table of facts is made, which is a comparison of its own; each in a new one, so that
/// nothing has been counted before. Both answers are added up and have to agree.
/// </summary>
internal static class DuckCase
{
    private const string Stay = """
        SELECT p.*, g.gender, COALESCE(r.is_neutral, 0) AS is_neutral
        FROM participation p JOIN participant g ON g.id = p.participant_id LEFT JOIN exit_reason r ON r.code = p.exit_reason
        WHERE COALESCE(r.is_misregistration, 0) = 0
        """;

    // Apart, since it costs more than the rest: only where it is asked for.
    private const string StayByAge = """
        SELECT p.*, g.gender, COALESCE(r.is_neutral, 0) AS is_neutral, COALESCE(a.code, 'unknown') AS age_group
        FROM participation p JOIN participant g ON g.id = p.participant_id LEFT JOIN exit_reason r ON r.code = p.exit_reason
        LEFT JOIN age_group a ON year(COALESCE(p.started_on, p.queued_on)) - g.birth_year BETWEEN a.min_age AND a.max_age
        WHERE COALESCE(r.is_misregistration, 0) = 0
        """;

    private const string IsInYear = " AND p.started_on <= DATE '2024-12-31' AND (p.ended_on IS NULL OR p.ended_on >= DATE '2024-01-01')";

    private const string InYear = $"WITH stay AS ({Stay}{IsInYear}) ";

    private const string Ended = $"WITH stay AS ({Stay} AND p.started_on IS NOT NULL AND p.ended_on BETWEEN DATE '2024-01-01' AND DATE '2024-12-31') ";

    private const string Counts = """
        COUNT(*) FILTER (WHERE started_on >= DATE '2024-01-01'), COUNT(*) FILTER (WHERE ended_on <= DATE '2024-12-31'),
        COUNT(*) FILTER (WHERE ended_on IS NULL OR ended_on > DATE '2024-12-31'), COUNT(*) AS n
        """;

    private const string IsPositive =
        "exit_reason IN (SELECT d.exit_reason FROM positive_definition_reason d WHERE d.definition_code = 'arbete-eller-studier')";

    private const string Levels = "JOIN (SELECT id, id AS level FROM insats UNION ALL SELECT id, 0 FROM insats UNION ALL SELECT id, parent_id FROM insats WHERE parent_id IS NOT NULL) l ON l.id = s.insats_id";

    public static async Task<CaseResult> RunAsync(Bench bench, string path)
    {
        var rows = bench.Rows ?? 1_000_000;
        var database = await FinsamDatabase.OpenAsync("sqlite:" + path);
        Console.Error.WriteLine("  copying to DuckDB …");
        using var duck = new DuckCopy(path);
        var comparisons = new List<Comparison>
        {
            Comparison.Run(
                $"the table of facts, what had not ended before the year, at {rows:N0}",
                () => MakeFacts(database),
                "DuckDB, the same columns of the same rows",
                () => duck.Run($"CREATE OR REPLACE TABLE fact AS {StayByAge} AND (p.ended_on IS NULL OR p.ended_on >= DATE '2024-01-01')").Cost,
                bench.Runs),
        };
        foreach (var question in Questions())
        {
            comparisons.Add(Comparison.Run(
                $"{question.Name} at {rows:N0}",
                () => Compute(database, question, duck.Run(question.Sql).Sum),
                "DuckDB",
                () => duck.Run(question.Sql).Cost,
                bench.Runs) with
            { Goal = 2 });
        }

        return new CaseResult(comparisons);
    }

    private static IEnumerable<Question> Questions()
    {
        var year = new MeasureRequest
        {
            Measure = "",
            ForbundId = 1,
            From = new DateOnly(MeasureCase.LastYear, 1, 1),
            To = new DateOnly(MeasureCase.LastYear, 12, 31),
            By = MeasureDimensions.Gender,
        };
        yield return new(
            "`deltaganden` by gender",
            year with { Measure = "deltaganden" },
            c => c.Statistic == "in_period",
            InYear + $"SELECT gender, {Counts} FROM stay GROUP BY GROUPING SETS ((gender), ())");
        yield return new(
            "`deltaganden` by gender and insats",
            year with { Measure = "deltaganden", By = MeasureDimensions.Gender | MeasureDimensions.Insats },
            c => c.Statistic == "in_period",
            InYear + $"SELECT l.level, gender, {Counts} FROM stay s {Levels} GROUP BY GROUPING SETS ((l.level, gender), (l.level))");
        yield return new(
            "`deltaganden` by gender, each month of four years",
            year with { Measure = "deltaganden", From = new DateOnly(MeasureCase.LastYear - 3, 1, 1), Per = PeriodKind.Month },
            c => c.Statistic == "in_period",
            $"""
            WITH stay AS ({Stay} AND p.started_on <= DATE '2024-12-31' AND (p.ended_on IS NULL OR p.ended_on >= DATE '2021-01-01')),
            months AS (SELECT CAST(m AS DATE) AS first, CAST(m + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE) AS last
                FROM generate_series(DATE '2021-01-01', DATE '2024-12-01', INTERVAL 1 MONTH) t(m)),
            moves AS (SELECT gender, date_trunc('month', started_on) AS moved, 1 AS came, 0 AS went FROM stay UNION ALL
                SELECT gender, date_trunc('month', ended_on), 0, 1 FROM stay WHERE ended_on IS NOT NULL),
            counted AS (SELECT gender, moved, SUM(came) AS came, SUM(went) AS went FROM moves GROUP BY gender, moved)
            SELECT first, gender, SUM(went) FILTER (WHERE moved BETWEEN first AND last), SUM(came) FILTER (WHERE moved BETWEEN first AND last),
                CAST(SUM(came) - COALESCE(SUM(went) FILTER (WHERE moved < first), 0) AS BIGINT) AS n
            FROM months JOIN counted ON moved <= last GROUP BY GROUPING SETS ((first, gender), (first))
            """);
        yield return new(
            "`personer` by gender",
            year with { Measure = "personer" },
            c => c.Statistic == "in_period",
            InYear + "SELECT gender, COUNT(DISTINCT participant_id) AS n FROM stay GROUP BY GROUPING SETS ((gender), ())");
        yield return new(
            "`personer` by gender and age",
            year with { Measure = "personer", By = MeasureDimensions.Gender | MeasureDimensions.Age },
            c => c.Statistic == "in_period",
            $"WITH stay AS ({StayByAge}{IsInYear}) " + "SELECT gender, age_group, COUNT(DISTINCT participant_id) AS n FROM stay GROUP BY GROUPING SETS ((gender, age_group), (gender), (age_group), ())");
        yield return new(
            "`ko` by gender",
            year with { Measure = "ko" },
            c => c.Statistic == "queued_at_end",
            $"""
            WITH stay AS ({Stay} AND p.queued_on <= DATE '2024-12-31' AND (COALESCE(p.started_on, p.ended_on) IS NULL OR COALESCE(p.started_on, p.ended_on) > DATE '2024-12-31'))
            SELECT gender, COUNT(*) AS n FROM stay GROUP BY GROUPING SETS ((gender), ())
            """);
        yield return new(
            "`tid-till-avslut` by gender (the counts of each day)",
            year with { Measure = "tid-till-avslut" },
            c => c.Statistic == "participations",
            InYear + $"""
            SELECT gender, LEAST(COALESCE(ended_on, DATE '2024-12-31'), DATE '2024-12-31') - started_on AS days,
                COUNT(*) FILTER (WHERE ended_on <= DATE '2024-12-31'), COUNT(*) FILTER (WHERE ended_on <= DATE '2024-12-31' AND {IsPositive}),
                COUNT(*) AS n
            FROM stay GROUP BY GROUPING SETS ((gender, days), (days))
            UNION ALL
            SELECT gender, DATE '2023-12-31' - started_on AS before, COUNT(*), 0, 0 FROM stay WHERE started_on < DATE '2024-01-01' GROUP BY GROUPING SETS ((gender, before), (before))
            """);
        yield return new(
            "`positiva-avslut` by gender",
            year with { Measure = "positiva-avslut" },
            c => c.Statistic == "share",
            Ended + $"SELECT gender, SUM(is_neutral), COUNT(*) FILTER (WHERE {IsPositive}), COUNT(*) AS n FROM stay GROUP BY GROUPING SETS ((gender), ())",
            IsOfDenominator: true);
        yield return new(
            "`positiva-avslut` by gender and insats",
            year with { Measure = "positiva-avslut", By = MeasureDimensions.Gender | MeasureDimensions.Insats },
            c => c.Statistic == "share",
            Ended + $"SELECT l.level, gender, COUNT(*) FILTER (WHERE {IsPositive}), COUNT(*) AS n FROM stay s {Levels} GROUP BY GROUPING SETS ((l.level, gender), (l.level))",
            IsOfDenominator: true);
        yield return new(
            "`avslutsorsaker` by gender",
            year with { Measure = "avslutsorsaker" },
            c => c.Statistic == "count" && c.Category != MeasureCell.All,
            Ended + "SELECT gender, exit_reason, COUNT(*) AS n FROM stay GROUP BY GROUPING SETS ((gender, exit_reason), (exit_reason))");
        yield return new(
            "`sysselsattning` by gender",
            year with { Measure = "sysselsattning" },
            c => c.Statistic is "n_paired" or "n_before_only" or "n_after_only" or "n_neither",
            Ended + """
            , groups AS (SELECT *, CASE WHEN work_percent > 0 THEN 1 WHEN study_percent > 0 THEN 2 WHEN is_job_seeking = 1 THEN 3 ELSE 4 END AS g FROM occupation)
            SELECT gender, b.g, a.g, COUNT(*) AS n FROM stay s
            LEFT JOIN groups b ON b.participation_id = s.id AND b.occasion = 'before' LEFT JOIN groups a ON a.participation_id = s.id AND a.occasion = 'after'
            GROUP BY GROUPING SETS ((gender, b.g, a.g), (b.g, a.g))
            """);
        yield return new(
            "`forsorjning` by gender",
            year with { Measure = "forsorjning" },
            c => c.Statistic is "n_paired" or "n_before_only" or "n_after_only" or "n_neither",
            Ended + """
            , main AS (
                SELECT s.id, ANY_VALUE(s.gender) AS gender, ARG_MAX(k.livelihood_group, h.percent_share * 1000 - k.sort_order) FILTER (WHERE h.occasion = 'before') AS b,
                    ARG_MAX(k.livelihood_group, h.percent_share * 1000 - k.sort_order) FILTER (WHERE h.occasion = 'after') AS a
                FROM stay s LEFT JOIN livelihood_share h ON h.participation_id = s.id LEFT JOIN livelihood k ON k.code = h.livelihood GROUP BY s.id)
            SELECT gender, b, a, COUNT(*) AS n FROM main GROUP BY GROUPING SETS ((gender, b, a), (b, a))
            """);
        yield return new(
            "`sjalvskattning` by gender",
            year with { Measure = "sjalvskattning" },
            c => c.Statistic == "n_paired",
            Ended + $"""
            , ends AS (
                SELECT s.id, a.instrument_id, MIN(a.answered_on) FILTER (WHERE a.occasion = 'start') AS first_on, MAX(a.answered_on) FILTER (WHERE a.occasion = 'exit') AS last_on
                FROM stay s JOIN assessment a ON a.participation_id = s.id GROUP BY s.id, a.instrument_id)
            SELECT s.gender, b.instrument_item_id AS item, b.value AS first, e.value AS last, {IsPositive} AS is_positive, COUNT(*) AS n
            FROM ends o JOIN stay s ON s.id = o.id
            JOIN assessment x ON x.participation_id = o.id AND x.instrument_id = o.instrument_id AND x.occasion = 'start' AND x.answered_on = o.first_on
            JOIN assessment y ON y.participation_id = o.id AND y.instrument_id = o.instrument_id AND y.occasion = 'exit' AND y.answered_on = o.last_on
            JOIN answer b ON b.assessment_id = x.id JOIN answer e ON e.assessment_id = y.id AND e.instrument_item_id = b.instrument_item_id
            WHERE b.value IS NOT NULL AND e.value IS NOT NULL
            GROUP BY GROUPING SETS ((s.gender, item, first, last, is_positive), (item, first, last, is_positive))
            """);
    }

    private static Cost MakeFacts(FinsamDatabase database)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        Open(database, new DateOnly(MeasureCase.LastYear, 1, 1)).AsTask().GetAwaiter().GetResult();
        return new Cost(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, PeakBytes: 0);

        static async ValueTask Open(FinsamDatabase database, DateOnly from)
        {
            await using var snapshot = await MeasureSnapshot.OpenAsync(database, forbundId: 1);
            await snapshot.ComputeAsync(Facts(from, PeriodKind.None));
        }
    }

    private static Cost Compute(FinsamDatabase database, Question question, double expected) =>
        ComputeAsync(database, question, expected).GetAwaiter().GetResult();

    private static async Task<Cost> ComputeAsync(FinsamDatabase database, Question question, double expected)
    {
        await using var snapshot = await MeasureSnapshot.OpenAsync(database, forbundId: 1);
        await snapshot.ComputeAsync(Facts(question.Request.From, question.Request.Per));
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var cells = await snapshot.ComputeAsync(question.Request);
        var cost = new Cost(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, PeakBytes: 0);
        var sum = cells.Where(question.IsCounted).Sum(c => question.IsOfDenominator ? c.Denominator : c.Value);
        return sum == expected ? cost : throw new InvalidOperationException($"{question.Name}: {sum} here, {expected} in DuckDB.");
    }

    // The cheapest request that needs the facts: no exits of no week.
    private static MeasureRequest Facts(DateOnly from, PeriodKind per) => new()
    {
        Measure = "avslutsorsaker",
        ForbundId = 1,
        From = from,
        To = per == PeriodKind.None ? from : new DateOnly(from.Year, from.Month, 1).AddMonths(1).AddDays(-1),
        Per = per,
    };

    /// <summary>A measure and the same question to DuckDB, whose last column adds up to what is counted here.</summary>
    private sealed record Question(string Name, MeasureRequest Request, Func<MeasureCell, bool> IsCounted, string Sql, bool IsOfDenominator = false);
}
