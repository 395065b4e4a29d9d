using System.Globalization;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>Makes the curves of a laid-out measure, <c>typ: tid</c>, of marks that have passed the gate.</summary>
internal static class CurveFigure
{
    public static SurvivalFigure Of(LaidOutMeasure measure, ReportCaption caption)
    {
        var statistic = measure.Layout.Statistics[0].Name;
        var columns = measure.Columns.Count == 1 ? measure.Columns : measure.Columns.Where(c => c != MeasureCell.All);
        var curves = columns.Select(column => Curve(measure, column, statistic)).ToList();
        return new SurvivalFigure
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Unit = ValueUnit.Percent,
            Notes = caption.Notes,
            Source = caption.Source,
            Curves = curves,
            TimeLabel = "Dagar sedan inskrivning",
            AtRiskLabel = "Antal som följs",
            MarksHalf = statistic == "remaining",
            Findings = [.. statistic == "remaining" ? Halves(curves) : Reached(curves, statistic)],
        };
    }

    private static SurvivalCurve Curve(LaidOutMeasure measure, string column, string statistic)
    {
        var marks = measure.Rows.Where(row => !LaidOutMeasure.IsTotal(row))
            .Select(row => (Days: int.Parse(row[0], CultureInfo.InvariantCulture), Row: row))
            .Select(d => (d.Days, Share: measure.Cell(d.Row, column, statistic), AtRisk: measure.Cell(d.Row, column, "at_risk")))
            .Where(m => m.Share is not null).ToList();
        // Beyond the last day that anybody is followed to there is nothing to draw.
        if (marks.Exists(m => m.Share!.State == CellState.Shown))
            marks.RemoveAll(m => m.Share!.State == CellState.NoData);
        return new(
            measure.Layout.Column is null ? "Alla" : measure.ColumnLabel(column),
            measure.Layout.Column is null ? SeriesRole.All : MeasureFigure.Role(measure.Layout.Column, column),
            [.. marks.Select(m => new SurvivalMark(m.Days, Point(m.Share!), m.AtRisk is null ? FigurePoint.NoData : Point(m.AtRisk)))],
            marks.Exists(m => m.Share!.IsOfFew));
    }

    // No counts: a share of a curve is not one of a count.
    private static FigurePoint Point(MeasureCell cell) => cell.State == CellState.Shown ? new(CellState.Shown, cell.Value, cell.Lower, cell.Upper)
        : new(cell.State, Value: null);

    // Where the curve comes down to one half, between which marks.
    private static IEnumerable<string> Halves(List<SurvivalCurve> curves)
    {
        foreach (var curve in curves.Where(c => !c.IsOfFew && c.Shown.Skip(1).Any()))
        {
            var shown = curve.Shown.ToList();
            var at = shown.FindIndex(m => m.Share.Value <= 0.5);
            yield return at < 0
                ? $"{curve.Name}: mer än hälften var kvar efter {Swedish.Count(shown[^1].Days)} dagar."
                : $"{curve.Name}: hälften hade slutat dag {Swedish.Count(shown[at].Days)}, men inte dag {Swedish.Count(shown[at - 1].Days)}.";
        }
    }

    // At the last day that all have: at different days they can't be compared.
    private static IEnumerable<string> Reached(List<SurvivalCurve> curves, string statistic)
    {
        var told = curves.Where(c => !c.IsOfFew && c.Shown.Skip(1).Any()).ToList();
        var days = told.Select(c => c.Shown.Last().Days).DefaultIfEmpty(0).Min();
        var how = statistic == "positive" ? "med ett positivt avslut" : "på annat sätt";
        var shares = told.Where(c => c.At(days) is not null).Select(c => $"{c.Name} {c.ShareText(c.At(days)!)}").ToList();
        if (days > 0 && shares.Count > 0)
            yield return $"Hade lämnat {how} inom {Swedish.Count(days)} dagar: {string.Join(", ", shares)}.";
    }
}
