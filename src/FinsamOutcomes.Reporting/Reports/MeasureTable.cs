using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>Makes the table of a laid-out measure.</summary>
internal static class MeasureTable
{
    /// <summary>Stands instead of a difference where either of its shares rests on fewer than ten, and instead of a curve of so few.</summary>
    public const string TooFew = MeasureCell.TooFew;

    // From so many tests side by side a reader must know that some of them are small by chance.
    private const int SeveralTests = 3;

    public static ReportTable Of(LaidOutMeasure measure, ReportCaption caption)
    {
        var layout = measure.Layout;
        List<ReportColumn> columns =
            layout.Rows.Count == 0 ? [new("", Unit: null)] : [.. layout.Rows.Select(d => new ReportColumn(DimensionName(layout.Measure, d), Unit: null))];
        foreach (var column in measure.Columns)
            columns.AddRange(Columns(measure, column));
        return new ReportTable
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Columns = columns,
            Rows =
            [
                .. measure.Rows.Select(row => new ReportRow(
                    [.. RowLabels(measure, row), .. measure.Columns.SelectMany(column => Cells(measure, row, column))],
                    LaidOutMeasure.IsTotal(row))),
            ],
            Notes = [.. caption.Notes, .. Notes(measure)],
            Source = caption.Source,
        };
    }

    /// <summary>A cell in a column of its unit.</summary>
    public static ReportCell Cell(MeasureCell? cell, StatisticKind kind) =>
        cell switch
        {
            null => ReportCell.Without(CellState.NoData),
            { State: not CellState.Shown } => ReportCell.Without(cell.State),

            // A percentage of less than ten says less than its counts, which stand beside it.
            { Denominator: < 10 } when kind == StatisticKind.Share => ReportCell.Of(
                $"{Swedish.Count(cell.Numerator!.Value)} av {Swedish.Count(cell.Denominator.Value)}"),
            { IsOfFew: true } when kind == StatisticKind.CurveShare => ReportCell.Of(TooFew),
            _ => ReportCell.Of(cell.Value!.Value),
        };

    /// <summary>The difference that a cell is made of; null when it is not shown.</summary>
    private static ShareDifference? Difference(MeasureCell? cell) =>
        cell is { State: CellState.Shown, RestsOn: [var women, var men] } ? ShareDifference.Of(women, men) : null;

    private static bool IsFew(ShareDifference difference) =>
        difference.Women.Denominator < PercentagePoints.Few || difference.Men.Denominator < PercentagePoints.Few;

    private static IEnumerable<string> Notes(LaidOutMeasure measure)
    {
        var cells = measure.Rows.SelectMany(row => measure.Columns.Select(column => (measure.Cell(row, column), measure.Statistic(row, column).Kind))).ToList();
        var differences = cells.Where(c => c.Kind == StatisticKind.ShareDifference).Select(c => Difference(c.Item1)).OfType<ShareDifference>().ToList();
        if (differences.Count > 0)
            yield return "p.e. = procentenheter, kvinnor minus män. Ett intervall som omfattar 0 betyder att skillnaden kan bero på slumpen.";
        if (differences.Exists(IsFew))
            yield return $"{ReportLabels.Capital(TooFew)}: någon av andelarna bygger på färre än {PercentagePoints.Few}.";
        if (cells.Count(c => c is { Kind: StatisticKind.Probability, Item1.State: CellState.Shown }) is >= SeveralTests and var tests)
            yield return $"Här står {tests} p-värden. Ungefär ett av tjugo blir under 0,05 av ren slump, även där ingenting skiljer: läs dem tillsammans, inte ett och ett.";
    }

    private static IEnumerable<ReportColumn> Columns(LaidOutMeasure measure, string column)
    {
        var label = measure.ColumnLabel(column);
        var kind = measure.Rows.Count == 0 ? measure.Layout.Statistics[0].Kind : measure.Statistic(measure.Rows[0], column).Kind;
        if (kind == StatisticKind.ShareDifference)
            return
            [
                new ReportColumn(label, LaidOutMeasure.Unit(kind), Decimals(measure, column)),
                new ReportColumn("95\u00A0% konfidensintervall", Unit: null),
            ];
        if (kind != StatisticKind.Share)
            return [new ReportColumn(label, LaidOutMeasure.Unit(kind))];
        return [new ReportColumn($"{label}: antal", ValueUnit.Count), new ReportColumn("av", ValueUnit.Count), new ReportColumn("andel", ValueUnit.Percent)];
    }

    private static IEnumerable<ReportCell> Cells(LaidOutMeasure measure, string[] row, string column)
    {
        var cell = measure.Cell(row, column);
        var kind = measure.Statistic(row, column).Kind;
        if (kind == StatisticKind.ShareDifference)
        {
            var missing = ReportCell.Without(cell is null or { State: CellState.Shown } ? CellState.NoData : cell.State);
            return Difference(cell) is not { } difference ? [missing, missing]
                : IsFew(difference) ? [ReportCell.Of(TooFew), ReportCell.Of(TooFew)]
                : [ReportCell.Of(difference.Value!.Value), ReportCell.Of(difference.Interval(Decimals(measure, column)))];
        }

        if (kind != StatisticKind.Share)
            return [Cell(cell, kind)];
        // A share of nobody is missing; how many they are is not: they are 0.
        var numerator = cell is { State: CellState.Shown } or { State: CellState.NoData, Denominator: 0 } ? ReportCell.Of(cell.Numerator ?? 0)
            : cell?.Numerator is { } told ? ReportCell.Of(told)
            : ReportCell.Without(cell?.State ?? CellState.NoData);
        var denominator =
            cell is null ? ReportCell.Without(CellState.NoData)
            : cell.Denominator is { } n ? ReportCell.Of(n)
            : ReportCell.Without(cell.DenominatorState.IsKeptBack() ? cell.DenominatorState : cell.State == CellState.Shown ? CellState.NoData : cell.State);
        return [numerator, denominator, Cell(cell, kind)];
    }

    private static int Decimals(LaidOutMeasure measure, string column) =>
        PercentagePoints.Decimals(measure.Rows.Select(row => Difference(measure.Cell(row, column))).OfType<ShareDifference>().Where(d => !IsFew(d)));

    private static IEnumerable<ReportCell> RowLabels(LaidOutMeasure measure, string[] row) =>
        row.Length == 0 ? [ReportCell.Of(measure.RowLabel(row))] : row.Select((code, i) => ReportCell.Of(measure.Label(measure.Layout.Rows[i], code)));

    private static string DimensionName(MeasureInfo measure, string dimension) =>
        dimension switch
        {
            "insats" => "Insats",
            "gender" => "Kön",
            "age" => "Ålder vid inskrivning",
            "education" => "Utbildning",
            "referrer" => "Remittent",
            "period" => "Period",
            "definition" => "Definition",
            "from_category" => "Före",
            "category" => measure.CategoryDimension switch
            {
                "exit_reason" => "Avslutsorsak",
                "livelihood" => "Försörjning",
                "occupation" => "Sysselsättning",
                MeasureCatalogue.Days => "Dagar sedan inskrivning",
                _ => "Fråga",
            },
            _ => "",
        };
}

/// <summary>What stands around a table or figure.</summary>
internal sealed record ReportCaption(string Id, string Title, string Subtitle, IReadOnlyList<string> Notes, string Source);
