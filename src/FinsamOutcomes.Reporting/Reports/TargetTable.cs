using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>The board's targets of the year beside what came of them.</summary>
internal static class TargetTable
{
    // Below the target by no more than this is "nära målet", as the reports we know say.
    private const double NearShare = 0.025;
    private const int MostDecimals = 2;
    private const string Unassessed = "Kan inte bedömas";
    private const string Untold = "Går inte att säga";
    private const string UnfinishedNote = "Året är inte slut: bedömningen gäller hittills och kan ändras.";

    public static async Task<IReadOnlyList<TargetRow>> TargetsAsync(FinsamDatabase database, int forbundId, int year, CancellationToken cancellationToken)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<TargetRow>("Reports.Targets", new { ForbundId = forbundId, Year = year }, cancellationToken);
    }

    /// <summary>
    /// What of its measure a target is held against; null for a measure that is gone. A measure with categories of its own has no
    /// single number to set against a target. A structural insats has no participants: those who come to it are what its target
    /// in persons counts.
    /// </summary>
    public static string? StatisticOf(TargetRow target) =>
        MeasureCatalogue.All.FirstOrDefault(m => m.Name == target.Measure) is not { } info ? null
        : info.Name == "personer" && target.IsStructural ? "structural"
        : info.Statistics[0].Name;

    /// <summary>The targets that are shares, as a figure; null when there are none.</summary>
    /// <inheritdoc cref="Of"/>
    public static TargetFigure? Figure(
        IReadOnlyList<TargetRow> targets,
        Func<TargetRow, IReadOnlyList<MeasureCell>> cells,
        ReportCaption caption,
        bool isYearOver,
        PublicationPolicy policy)
    {
        var shares = Known(targets, cells).Where(k => k.Info?.Statistics[0].Kind == StatisticKind.Share && k.Cell is not null).ToList();
        if (shares.Count == 0)
            return null;
        var decimals = shares.Max(k => Decimals(k.Info, k.Target, k.Cell));
        return new TargetFigure
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Unit = ValueUnit.Percent,
            Notes = [.. caption.Notes, .. NearNote(shares), .. isYearOver ? [] : new[] { UnfinishedNote }],
            Source = caption.Source,
            Rows = [.. shares.Select(k =>
            {
                var words = Judgement(k.Info!, k.Target, k.Cell!, isYearOver, policy);
                return new TargetFigureRow(
                    $"{TargetMeasures.Title(k.Info!, k.Target.IsStructural)}, {k.Target.Insats ?? "hela förbundet"}",
                    MeasureFigure.Point(k.Cell),
                    k.Target.Goal,
                    $"{Sign(k.Target)} {Value(k.Info, k.Target.Goal, decimals)}",
                    words[0] switch { '●' => TargetStatus.Met, '◐' => TargetStatus.Near, '○' => TargetStatus.Missed, _ => TargetStatus.Unknown },
                    words.TrimStart('●', '◐', '○', ' '));
            })],
        };
    }

    /// <summary>The table of some targets.</summary>
    /// <param name="targets">At least one.</param>
    /// <param name="cells">The cells of a target's measure for its year; none when it can't be computed.</param>
    /// <param name="caption">What stands around it.</param>
    /// <param name="isYearOver">False while the outcome can still change.</param>
    /// <param name="policy">Rounded outcomes are not judged: the rounding would decide.</param>
    public static ReportTable Of(
        IReadOnlyList<TargetRow> targets,
        Func<TargetRow, IReadOnlyList<MeasureCell>> cells,
        ReportCaption caption,
        bool isYearOver,
        PublicationPolicy policy)
    {
        var known = Known(targets, cells);
        var decimals = known.Select(k => Decimals(k.Info, k.Target, k.Cell)).Max();
        return new ReportTable
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Columns =
            [
                new("Mål", Unit: null),
                new("Gäller", Unit: null),
                new("Målnivå", Unit: null),
                new("Utfall", Unit: null),
                new("n", ValueUnit.Count),
                new("Bedömning", Unit: null),
            ],
            Rows = [.. known.Select(k => Row(k.Info, k.Target, k.Cell, isYearOver, policy, decimals))],
            Notes =
            [
                .. caption.Notes,
                .. NearNote(known),
                .. BoundNotes(known),
                .. policy == PublicationPolicy.AvrundatTill5 ? new[] { "Antal och andelar är avrundade och bedöms därför inte mot målen." } : [],
                .. isYearOver ? [] : new[] { UnfinishedNote },
            ],
            Source = caption.Source,
        };
    }

    private static List<(TargetRow Target, MeasureInfo? Info, MeasureCell? Cell)> Known(
        IReadOnlyList<TargetRow> targets,
        Func<TargetRow, IReadOnlyList<MeasureCell>> cells)
    {
        var known = new List<(TargetRow Target, MeasureInfo? Info, MeasureCell? Cell)>();
        foreach (var target in targets)
        {
            if (MeasureCatalogue.All.FirstOrDefault(m => m.Name == target.Measure) is not { } info)
            {
                known.Add((target, null, null));
                continue;
            }

            var statistic = StatisticOf(target);
            known.Add((target, info, cells(target).FirstOrDefault(c => c.Statistic == statistic && c.Category is null or MeasureCell.All)));
        }

        return known;
    }

    private static IEnumerable<string> NearNote(IReadOnlyCollection<(TargetRow Target, MeasureInfo? Info, MeasureCell? Cell)> known)
    {
        var (shares, others) = (
            known.Any(k => k.Info?.Statistics[0].Kind == StatisticKind.Share),
            known.Any(k => k.Info is not null && k.Info.Statistics[0].Kind != StatisticKind.Share));
        if (shares)
            yield return "Nära målet, mål i procent: utfallet är högst 2,5 procentenheter från målnivån. Andelar jämförs oavrundade.";
        if (others)
            yield return "Nära målet, övriga mål: utfallet är högst 2,5\u00A0% av målnivån från den.";
        if (known.Any(k => k.Info?.Name == "personer"))
            yield return "Mål i personer räknar deltagare, registrerade och anonyma. Personer i strukturövergripande insatser räknas bara i ett mål för en sådan insats.";
    }

    private static IEnumerable<string> BoundNotes(IReadOnlyCollection<(TargetRow Target, MeasureInfo? Info, MeasureCell? Cell)> known)
    {
        if (known.Any(k => k.Cell is { IsAtMost: true, IsAtLeast: false, State: CellState.Shown }))
            yield return "Högst: halvår är lagda ihop, och den som räknades i båda är med två gånger.";
        if (known.Any(k => k.Cell is { IsAtLeast: true, IsAtMost: true }))
            yield return MeasureNotes.About;
        var unreported = known.Where(k => k.Cell is { State: not (CellState.Hidden or CellState.Protecting) }).SelectMany(k => k.Cell!.Unreported).ToList();
        if (unreported.Count > 0)
            yield return MeasureNotes.Unreported(unreported)
                + (known.Any(k => k.Cell is { IsAtLeast: true, IsAtMost: false }) ? $" {(known.Any(k => k.Cell is { IsAtLeast: true, IsAtMost: true }) ? "Andra utfall" : "Utfall")} utan dem är minst det som står." : "")
                + " Utfall utan dem bedöms bara när det som är känt räcker för det.";
    }

    private static ReportRow Row(MeasureInfo? info, TargetRow target, MeasureCell? cell, bool isYearOver, PublicationPolicy policy, int decimals)
    {
        ReportCell[] head =
        [
            ReportCell.Of(info is null ? target.Measure : TargetMeasures.Title(info, target.IsStructural)),
            ReportCell.Of(target.Insats ?? "Hela förbundet"),
            Said(info, $"{Sign(target)} ", target.Goal, decimals),
        ];
        if (info is null || cell is null)
            return new ReportRow([.. head, ReportCell.Without(CellState.NoData), ReportCell.Without(CellState.NoData), ReportCell.Of(Unassessed)]);
        var kind = info.Statistics[0].Kind;
        return new ReportRow(
        [
            .. head,
            MeasureTable.Cell(cell, kind) is { Number: { } outcome }
                ? Said(info, cell.Bound is { } bound ? bound + " " : "", outcome, decimals)
                : MeasureTable.Cell(cell, kind),
            kind == StatisticKind.Count ? ReportCell.Of("")
            : cell.N is { } n ? ReportCell.Of(n)
            : ReportCell.Without(cell.State == CellState.Shown ? CellState.NoData : cell.State),
            ReportCell.Of(Judgement(info, target, cell, isYearOver, policy)),
        ]);
    }

    private static string Judgement(MeasureInfo info, TargetRow target, MeasureCell cell, bool isYearOver, PublicationPolicy policy)
    {
        var kind = info.Statistics[0].Kind;
        return cell.State != CellState.Shown || (policy == PublicationPolicy.AvrundatTill5 && kind is StatisticKind.Share or StatisticKind.Count)
            ? Unassessed
            : Verdict(target, cell, LaidOutMeasure.Unit(kind), isYearOver ? "" : " hittills");
    }

    private static string Value(MeasureInfo? info, double value, int decimals) =>
        info is null ? Swedish.Number(value, 2) : Swedish.Value(value, LaidOutMeasure.Unit(info.Statistics[0].Kind), decimals);

    // Targets of many units stand in one column, so that each says its own.
    private static ReportCell Said(MeasureInfo? info, string before, double value, int decimals) => ReportCell.Of(before + Value(info, value, decimals)) with
    {
        Said = info is null ? null : new SaidNumber(value, LaidOutMeasure.Unit(info.Statistics[0].Kind), decimals),
    };

    // Goals are written as they were set, and an outcome just short of its goal must not be read as the goal itself.
    private static int Decimals(MeasureInfo? info, TargetRow target, MeasureCell? cell)
    {
        if (info?.Statistics[0].Kind != StatisticKind.Share)
            return 0;
        var decimals = 0;
        while (
            decimals < MostDecimals
            && (
                Rounding.HalfAwayFromZero(target.Goal * 100, decimals) != Rounding.HalfAwayFromZero(target.Goal * 100, MostDecimals)
                || cell is { State: CellState.Shown, Value: { } outcome }
                    && outcome != target.Goal
                    && Rounding.HalfAwayFromZero(outcome * 100, decimals) == Rounding.HalfAwayFromZero(target.Goal * 100, decimals)))
        {
            decimals++;
        }

        return decimals;
    }

    private static string Sign(TargetRow target) => target.Direction == "at_least" ? "minst" : "högst";

    // A verdict is what every number gives that the outcome can be: at most so many has a least, at least so many no end.
    private static string Verdict(TargetRow target, MeasureCell cell, ValueUnit unit, string soFar)
    {
        string[] verdicts = ["○ Målet inte nått", "◐ Nära målet", "● Målet nått"];
        var value = cell.Value!.Value;
        var (least, most) = (cell.Least ?? value, cell.IsAtLeast ? double.PositiveInfinity : value);
        var (worst, best) = target.Direction == "at_least" ? (Of(least), Of(most)) : (Of(most), Of(least));
        if (worst == best)
            return verdicts[best] + soFar;
        var why = string.Join(
            ", och ",
            [
                .. cell.IsAtLeast ? new[] { "antal är inte inrapporterade" } : [],
                .. cell.IsAtMost ? new[] { "den som var med i båda halvåren är räknad två gånger" } : [],
            ]);
        return best == 1 ? $"{verdicts[0]}{soFar}. Om det är nära går inte att säga: {why}" : $"{Untold}: {why}";

        int Of(double outcome)
        {
            var missing = target.Direction == "at_least" ? target.Goal - outcome : outcome - target.Goal;
            var near = unit == ValueUnit.Percent ? NearShare : Math.Abs(target.Goal) * NearShare;
            return missing <= 0 ? 2 : Rounding.HalfAwayFromZero(missing, 6) <= near ? 1 : 0;
        }
    }
}
