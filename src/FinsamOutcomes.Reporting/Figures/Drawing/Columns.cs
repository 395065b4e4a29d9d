namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>Columns where every label is readable upright; lying bars otherwise.</summary>
internal static class Columns
{
    public static IEnumerable<string> Draw(Sheet sheet, ColumnFigure figure)
    {
        var series = PointText.WomenFirst(figure.Series);
        var points = series.SelectMany(s => Enumerable.Range(0, figure.Categories.Count).Select(i => PointText.At(s, i))).ToList();
        var entries = new List<LegendEntry>();
        if (series.Count > 1 || series[0].Role is SeriesRole.Woman or SeriesRole.Man or SeriesRole.Unknown)
            entries.AddRange(series.Select((s, i) => Marks.Swatch(s.Name, FigureTheme.Look(s.Role, i))));
        if (points.Any(p => PointText.HasInterval(p)))
            entries.Add(Marks.Interval);
        sheet.Legend(entries);
        if (!UprightColumns.TryDraw(sheet, figure, series))
            LyingColumns.Draw(sheet, figure, series);
        if (points.Any(p => PointText.IsSmall(p, figure.Unit)))
            yield return Marks.SmallBarNote;
        foreach (var note in Marks.Notes(points, figure.Unit))
            yield return note;
    }

    /// <summary>Everything that the value axis must reach.</summary>
    public static IEnumerable<double> Reach(IEnumerable<FigureSeries> series, double? target) =>
        series.SelectMany(s => s.Points).Where(PointText.IsShown).SelectMany(p => new[] { p.Value, p.Lower, p.Upper })
            .Append(target).OfType<double>().Where(double.IsFinite);

    public static string TargetText(double target, ValueUnit unit) => $"Mål {Swedish.Value(target, unit)}";

    public static string NText(FigurePoint point) => point.N is { } n && PointText.IsShown(point) ? Swedish.Count(n) : "";
}
