using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>A p-chart on a narrow page: time runs upwards, the latest period stands first.</summary>
internal static class ControlDown
{
    public static IEnumerable<string> Draw(Sheet sheet, ControlChartFigure figure)
    {
        var parts = new ControlParts(figure);
        var shares = figure.Points.Select(p => p.Share).ToList();
        var rows = new PeriodsDown(sheet, [.. figure.Points.Select(p => p.Period)], series: 1);
        sheet.Legend(parts.LegendEntries());
        foreach (var (_, text) in parts.LimitTexts)
            sheet.Y = sheet.Paragraph(text, TextStyle.Small, sheet.Y + 10) + 5;
        var nWidth = TextStyle.Small.Widest(shares.Select(Columns.NText).Append("n"));
        var right = sheet.Right - nWidth - 16;
        var scale = parts.Scale(rows.PlotLeft, right);
        var top = sheet.Y + 16 + (rows.IsTall ? 15 : 0);
        sheet.Area(rows.PlotLeft, top, right, top + rows.Height, new(scale.Min, scale.Max, -rows.Height, 0), scale, Edge.Bottom);
        if (rows.IsTall)
            sheet.TickTexts(scale.Ticks, scale.Labels, top - 5);
        sheet.Text(sheet.Right, sheet.Y + 10, "n", TextStyle.Small, Anchor.End);
        rows.DrawLabels(top);
        DrawLimits(sheet, figure, rows, parts.Dash);
        sheet.Plot.Add.VerticalLine(0, 1.2f, Sheet.Ink(FigureTheme.Axis));
        if (figure.Center is { } center)
            sheet.Plot.Add.VerticalLine(center, 1.3f, Sheet.Ink(FigureTheme.Ink));
        foreach (var run in Marks.Runs(shares, PointText.IsShown).Where(r => r.Length > 1))
            Marks.Line(sheet, [.. run.Select(i => shares[i].Value!.Value)], [.. run.Select(i => -rows.Middle(i))], FigureTheme.Muted, 1.2);
        for (var i = 0; i < shares.Count; i++)
        {
            sheet.Text(sheet.Right, top + rows.Middle(i) + 4, Columns.NText(shares[i]), TextStyle.Small, Anchor.End);
            if (PointText.IsShown(shares[i]))
                Marks.Point(sheet, shares[i].Value!.Value, -rows.Middle(i), parts.Mark(i, 3));
            else
                rows.DrawState(top, rows.Middle(i), PointText.State(shares[i]), hasWord: true);
        }
        DrawNumbers(sheet, parts, shares, rows, scale, top, right);
        sheet.Y = parts.DrawFindings(sheet, top + rows.Height + 24);
        return Marks.Notes(shares, figure.Unit);
    }

    private static void DrawLimits(Sheet sheet, ControlChartFigure figure, PeriodsDown rows, float[] dash)
    {
        var points = figure.Points;
        foreach (var run in Marks.Runs(points, p => p is { LowerLimit: not null, UpperLimit: not null }))
        {
            double[] heights = [.. run.SelectMany(i => new[] { -rows.Span(i).To, -rows.Span(i).From })];
            foreach (var i in run)
            {
                var (from, to) = rows.Span(i);
                Marks.Bar(sheet, -(from + to) / 2, points[i].LowerLimit!.Value, points[i].UpperLimit!.Value, to - from, s_usual, isUpright: false);
            }
            Marks.Line(sheet, [.. run.SelectMany(i => Enumerable.Repeat(points[i].LowerLimit!.Value, 2))], heights, FigureTheme.Axis, 1, dash);
            Marks.Line(sheet, [.. run.SelectMany(i => Enumerable.Repeat(points[i].UpperLimit!.Value, 2))], heights, FigureTheme.Axis, 1, dash);
        }
    }

    private static readonly FillLook s_usual = new("vanligt", FigureTheme.Calm, FillPattern.None, FigureTheme.Calm, FigureTheme.Calm, FigureTheme.Ink);

    // Beside the mark on its outer side; one that would leave the plot stands on the other.
    private static void DrawNumbers(Sheet sheet, ControlParts parts, List<FigurePoint> shares, PeriodsDown rows, ValueScale scale, double top, double right)
    {
        var style = TextStyle.Value with { Colour = FigureTheme.Signal };
        foreach (var signal in parts.Signals)
        {
            var (x, text) = (scale.Map(shares[signal.From].Value!.Value), Swedish.Count(signal.Number));
            var isLeft = x + 9 + style.Measure(text) > right + 10;
            sheet.Text(isLeft ? x - 9 : x + 9, top + rows.Middle(signal.From) + 4.4, text, style, isLeft ? Anchor.End : Anchor.Start);
        }
    }
}
