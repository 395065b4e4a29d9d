using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>What participations end in: positive exits, the difference between women and men, reasons.</summary>
internal static class ExitMeasures
{
    public static async Task<IReadOnlyList<MeasureCell>> PositiveAsync(MeasureRun run)
    {
        var rows = await run.ByKeyAsync<ExitCountRow>("Measures.Exits");
        var participations = await ParticipationsAsync(run);
        return
        [
            .. run.Grid(rows.Keys.Concat(participations.Keys))
                .Select(key =>
                {
                    var row = rows.GetValueOrDefault(key);
                    var (numerator, denominator) = Counts(run, row, participations.GetValueOrDefault(key));
                    return IsNotAsked(row)
                        ? run.Cell(key, "share", CellState.NotAsked) with
                        {
                            N = denominator,
                        }
                        : run.Share(key, "share", numerator, denominator) with
                        {
                            Missing = Missing(run, row),
                        };
                }),
        ];
    }

    public static async Task<IReadOnlyList<MeasureCell>> GenderGapAsync(MeasureRun run)
    {
        var rows = (await run.RowsByGenderAsync<ExitCountRow>("Measures.Exits")).ToDictionary(r => r.Key());
        var participations = await ParticipationsAsync(run);
        var cells = new List<MeasureCell>();
        foreach (var key in run.Grid(rows.Keys.Concat(participations.Keys)).Where(k => k.Gender == MeasureCell.All))
        {
            var women = ShareOf(key.WithGender("woman"));
            var men = ShareOf(key.WithGender("man"));
            var n = women.Denominator + men.Denominator;
            if (IsNotAsked(rows.GetValueOrDefault(key)))
            {
                cells.Add(run.Cell(key, "difference", CellState.NotAsked) with { N = n });
                cells.Add(run.Cell(key, "fisher_p", CellState.NotAsked) with { N = n });
                continue;
            }

            var difference = ShareDifference.Of(women, men);
            cells.Add(run.Number(key, "difference", difference.Value, n, difference.Lower, difference.Upper) with { RestsOn = [women, men] });
            cells.Add(run.Number(key, "fisher_p", difference.FisherP(), n) with { RestsOn = [women, men] });
        }

        return cells;

        Share ShareOf(CellKey key)
        {
            var (numerator, denominator) = Counts(run, rows.GetValueOrDefault(key), participations.GetValueOrDefault(key));
            return Share.Of(numerator, denominator);
        }
    }

    public static async Task<IReadOnlyList<MeasureCell>> ReasonsAsync(MeasureRun run)
    {
        var rows = (await run.RowsAsync<ExitReasonCountRow>("Measures.ExitReasons")).ToDictionary(r => (Key: r.Key(), r.ExitReason), r => r.Exits);
        var seen = rows.Keys.Select(k => k.ExitReason).ToHashSet(StringComparer.Ordinal);
        string[] reasons = [.. run.Labels.Codes("exit_reason").Select(c => c.Code).Where(c => c != "unknown" || seen.Contains(c))];
        var cells = new List<MeasureCell>();
        var followed = run.Followed(rows.Keys.Select(k => k.Key));
        foreach (var key in run.Grid(rows.Keys.Select(k => k.Key)))
        {
            if (!followed(key.Level))
            {
                foreach (var reason in reasons)
                    cells.AddRange([
                        run.Cell(key, "count", CellState.NoData) with
                        {
                            Category = reason,
                        },
                        run.Cell(key, "share", CellState.NoData) with
                        {
                            Category = reason,
                        },
                    ]);
                cells.Add(run.Cell(key, "count", CellState.NoData) with { Category = MeasureCell.All });
                continue;
            }

            var all = rows.GetValueOrDefault((key, MeasureCell.All));
            foreach (var reason in reasons)
            {
                var exits = rows.GetValueOrDefault((key, reason));
                cells.Add(run.Count(key, "count", exits, all) with { Category = reason });
                cells.Add(run.Share(key, "share", exits, all) with { Category = reason });
            }

            cells.Add(run.Count(key, "count", all, all) with { Category = MeasureCell.All });
        }

        return cells;
    }

    /// <summary>Numerator and denominator as the request defines them.</summary>
    private static (long Numerator, long Denominator) Counts(MeasureRun run, ExitCountRow? exits, ParticipationCountRow? participations) =>
        run.Request.Denominator switch
        {
            "avslutade-utom-neutrala" => ((exits?.Positive ?? 0) - (exits?.NeutralPositive ?? 0), (exits?.Exits ?? 0) - (exits?.Neutral ?? 0)),
            "deltagande" => (exits?.Positive ?? 0, participations?.InPeriod ?? 0),
            _ => (exits?.Positive ?? 0, exits?.Exits ?? 0),
        };

    private static MissingExits? Missing(MeasureRun run, ExitCountRow? row)
    {
        var number = (row?.Missing ?? 0) - (run.Request.Denominator == "avslutade-utom-neutrala" ? row?.NeutralMissing ?? 0 : 0);
        return number == 0 ? null : new MissingExits(number);
    }

    // 0 % would say that nobody succeeded, when nobody was asked what the definition needs to know.
    private static bool IsNotAsked(ExitCountRow? row) => row is { Exits: > 0, Judged: 0 };

    private static async Task<Dictionary<CellKey, ParticipationCountRow>> ParticipationsAsync(MeasureRun run) =>
        run.Request.Denominator == "deltagande"
            ? (await run.RowsByGenderAsync<ParticipationCountRow>("Measures.Participations")).ToDictionary(r => r.Key())
            : [];
}
