namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>Columns where every label is readable upright; horizontal bars otherwise.</summary>
internal static class ColumnDrawing
{
    public static DrawnPlot Draw(SvgCanvas canvas, ColumnFigure figure, double top)
    {
        var series = PointText.WomenFirst(figure.Series);
        var points = series.SelectMany(s => Enumerable.Range(0, figure.Categories.Count).Select(i => PointText.At(s, i))).ToList();
        var items = new List<LegendItem>();
        if (series.Count > 1 || series[0].Role is SeriesRole.Woman or SeriesRole.Man or SeriesRole.Unknown)
            items.AddRange(series.Select((s, i) => Legend.Swatch(canvas, s.Name, FigureTheme.Look(s.Role, i))));
        if (points.Any(p => PointText.HasInterval(p)))
            items.Add(Legend.Interval(canvas));
        top = Legend.Draw(canvas, items, top);

        var vertical = new VerticalColumns(figure, series);
        var bottom = vertical.Fits ? vertical.Draw(canvas, top) : new HorizontalColumns(figure, series).Draw(canvas, top);
        var notes = Marks.Notes(points, figure.Unit).ToList();
        if (points.Any(p => PointText.IsSmall(p, figure.Unit)))
            notes.Insert(0, Marks.SmallBarNote);
        return new(bottom, notes);
    }

    /// <summary>Everything that the value axis must reach.</summary>
    public static IEnumerable<double> Reach(IEnumerable<FigureSeries> series, double? target) =>
        series.SelectMany(s => s.Points)
            .Where(PointText.IsShown)
            .SelectMany(p => new[] { p.Value, p.Lower, p.Upper })
            .Append(target)
            .OfType<double>()
            .Where(double.IsFinite);

    public static string TargetText(double target, ValueUnit unit) => $"Mål {Swedish.Value(target, unit)}";
}
