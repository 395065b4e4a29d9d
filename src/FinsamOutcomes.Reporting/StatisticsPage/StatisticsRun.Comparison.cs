using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.StatisticsPage;

// Now beside the same time a year before.
internal sealed partial class StatisticsRun
{
    /// <summary>The same shares as a table, with what has changed and how sure that is.</summary>
    public StatisticsPart Comparison(StatisticsAnswer answer)
    {
        var rows = new List<ReportRow>();
        var decimals = answer.Decimals;
        if (filter.Gender is null)
        {
            rows.Add(Row("Kvinnor", answer.Women, answer.WomenBefore));
            rows.Add(Row("Män", answer.Men, answer.MenBefore));
            rows.Add(
                new ReportRow([
                    ReportCell.Of("Kvinnor minus män"),
                    ReportCell.Of(""),
                    ReportCell.Of(""),
                    Gap(answer.Gap, answer.Women, answer.Men),
                    ReportCell.Of(""),
                    ReportCell.Of(""),
                    Gap(answer.GapBefore, answer.WomenBefore, answer.MenBefore),
                    ReportCell.Of(""),
                    ReportCell.Of(""),
                ]));
        }

        rows.Add(Row(filter.Gender is null ? "Alla" : labels.Measures.Of("gender", filter.Gender), answer.All, answer.AllBefore, isTotal: true));
        var info = MeasureCatalogue.Find(Positive);
        var then = Before is { } b ? Swedish.Period(b.From, b.To) : "så långt tillbaka räcker inte kalendern";
        return new StatisticsPart
        {
            Id = "jamforelse",
            Figure = null,
            Table = new ReportTable
            {
                Id = "jamforelse",
                Title = $"Positiva avslut jämfört med samma period {StatisticsPeriods.BeforeWords(filter.From, Before)}",
                Subtitle = Subtitle(info, DefinitionText, answer.All.N),
                Columns =
                [
                    new("Kön", Unit: null), new("Nu: antal", ValueUnit.Count), new("av", ValueUnit.Count), new("andel", ValueUnit.Percent),
                    new("Före: antal", ValueUnit.Count), new("av", ValueUnit.Count), new("andel", ValueUnit.Percent),
                    new("Förändring", ValueUnit.PercentagePoints), new("95\u00A0% konfidensintervall", Unit: null),
                ],
                Rows = rows,
                Notes =
                [
                    $"Nu: {Swedish.Period(filter.From, filter.To)}. Före: {then}.",
                    Rule(info),
                    "p.e. = procentenheter. Ett intervall som omfattar 0 betyder att skillnaden kan bero på slumpen (Newcombe).",
                    .. rows.Exists(r => r.Cells.Any(c => c.Text == MeasureTable.TooFew))
                        ? [$"{ReportLabels.Capital(MeasureTable.TooFew)}: någon av andelarna bygger på färre än {PercentagePoints.Few}."]
                        : Array.Empty<string>(),
                ],
                Source = Source,
            },
            Definition = Definition(info),
            N = answer.All.N,
            IsOfPositiveExits = true,
        };

        ReportRow Row(string label, MeasureCell? now, MeasureCell? before, bool isTotal = false)
        {
            var change = StatisticsAnswer.Difference(now, before);
            var without = ReportCell.Without(Missing(now, before));
            if (change is not null && (IsFew(now) || IsFew(before)))
                (change, without) = (null, ReportCell.Of(MeasureTable.TooFew));
            return new ReportRow(
                [
                    ReportCell.Of(label), .. Share(now), .. Share(before),
                    change is { } points ? ReportCell.Of(points.Points(decimals)) : without,
                    change is { } interval ? ReportCell.Of(interval.Interval(decimals)) : without,
                ],
                isTotal);
        }

        static CellState Missing(MeasureCell? first, MeasureCell? second) =>
            new[] { first, second }.FirstOrDefault(c => c is not { State: CellState.Shown })?.State ?? CellState.NoData;

        static bool IsFew(MeasureCell? cell) => cell?.Denominator < PercentagePoints.Few;

        static IEnumerable<ReportCell> Share(MeasureCell? cell) =>
            [
                cell is { State: CellState.Shown } or { State: CellState.NoData, Denominator: 0 }
                    ? ReportCell.Of(cell.Numerator ?? 0)
                    : cell?.Numerator is { } told ? ReportCell.Of(told)
                    : ReportCell.Without(cell?.State ?? CellState.NoData),
                cell?.Denominator is { } n ? ReportCell.Of(n) : ReportCell.Without(
                    cell is null or { State: CellState.Shown } ? CellState.NoData : cell.DenominatorState.IsKeptBack() ? cell.DenominatorState : cell.State),
                MeasureTable.Cell(cell, StatisticKind.Share),
            ];

        ReportCell Gap(ShareDifference? gap, MeasureCell? women, MeasureCell? men) => gap is not { } difference ? ReportCell.Without(Missing(women, men))
            : IsFew(women) || IsFew(men) ? ReportCell.Of(MeasureTable.TooFew)
            : ReportCell.Of($"{difference.Points(decimals)} ({difference.Interval(decimals)})");
    }
}
