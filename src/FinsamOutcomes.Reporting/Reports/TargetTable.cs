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

    public static async Task<IReadOnlyList<TargetRow>> TargetsAsync(FinsamDatabase database, int forbundId, int year, CancellationToken cancellationToken)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<TargetRow>("Reports.Targets", new { ForbundId = forbundId, Year = year }, cancellationToken);
    }

    /// <summary>The table of some targets.</summary>
    /// <param name="targets">At least one.</param>
    /// <param name="compute">The cells of a target's measure for its year; none when it can't be computed.</param>
    /// <param name="caption">What stands around it.</param>
    /// <param name="isYearOver">False while the outcome can still change.</param>
    public static async Task<ReportTable> OfAsync(IReadOnlyList<TargetRow> targets, Func<TargetRow, Task<IReadOnlyList<MeasureCell>>> compute, ReportCaption caption, bool isYearOver)
    {
        var rows = new List<ReportRow>();
        foreach (var target in targets)
        {
            if (MeasureCatalogue.All.FirstOrDefault(m => m.Name == target.Measure) is not { } info)
            {
                rows.Add(Unassessed(target.Measure, target, Swedish.Number(target.Goal, 2)));
                continue;
            }

            // A measure with categories of its own has no single number to set against a target.
            var cell = (await compute(target)).FirstOrDefault(c => c.Statistic == info.Statistics[0].Name && c.Category is null or MeasureCell.All);
            rows.Add(cell is null ? Unassessed(info.Title, target, Swedish.Value(target.Goal, LaidOutMeasure.Unit(info.Statistics[0].Kind))) : Row(info, target, cell, isYearOver));
        }

        return new ReportTable
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Columns = [new("Mål", Unit: null), new("Gäller", Unit: null), new("Målnivå", Unit: null), new("Utfall", Unit: null), new("n", ValueUnit.Count), new("Bedömning", Unit: null)],
            Rows = rows,
            Notes = [.. caption.Notes, "Nära målet: utfallet är högst 2,5 procentenheter från målnivån. Andelar jämförs oavrundade."],
            Source = caption.Source,
        };
    }

    private static ReportRow Row(MeasureInfo info, TargetRow target, MeasureCell cell, bool isYearOver)
    {
        var unit = LaidOutMeasure.Unit(info.Statistics[0].Kind);
        return new ReportRow(
        [
            ReportCell.Of(info.Title),
            ReportCell.Of(target.Insats ?? "Hela förbundet"),
            ReportCell.Of($"{Sign(target)} {Swedish.Value(target.Goal, unit)}"),
            MeasureTable.Cell(cell, info.Statistics[0].Kind) is { Number: { } outcome } ? ReportCell.Of(Swedish.Value(outcome, unit)) : MeasureTable.Cell(cell, info.Statistics[0].Kind),
            info.Statistics[0].Kind == StatisticKind.Count ? ReportCell.Of("") : cell.N is { } n ? ReportCell.Of(n) : ReportCell.Without(cell.State == CellState.Shown ? CellState.NoData : cell.State),
            ReportCell.Of(cell.State == CellState.Shown ? Verdict(target, cell.Value!.Value, unit) + (isYearOver ? "" : " hittills") : "Kan inte bedömas"),
        ]);
    }

    private static ReportRow Unassessed(string measure, TargetRow target, string goal) => new(
    [
        ReportCell.Of(measure),
        ReportCell.Of(target.Insats ?? "Hela förbundet"),
        ReportCell.Of($"{Sign(target)} {goal}"),
        ReportCell.Without(CellState.NoData),
        ReportCell.Without(CellState.NoData),
        ReportCell.Of("Kan inte bedömas"),
    ]);

    private static string Sign(TargetRow target) => target.Direction == "at_least" ? "minst" : "högst";

    private static string Verdict(TargetRow target, double value, ValueUnit unit)
    {
        var missing = target.Direction == "at_least" ? target.Goal - value : value - target.Goal;
        var near = unit == ValueUnit.Percent ? NearShare : Math.Abs(target.Goal) * NearShare;
        return missing <= 0 ? "● Målet nått" : Rounding.HalfAwayFromZero(missing, 6) <= near ? "◐ Nära målet" : "○ Målet inte nått";
    }
}
