using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>Lines over periods, named where they end; intervals as whiskers, or as bands when periods are many.</summary>
internal static class LineDrawing
{
    private const double PlotHeight = 210;
    private const double MarkerRoom = 14;
    private const int MaxWhiskers = 26;

    public static DrawnPlot Draw(SvgCanvas canvas, LineFigure figure, double top)
    {
        var series = PointText.WomenFirst(figure.Series)
            .Select(s => s with { Points = [.. Enumerable.Range(0, figure.Periods.Count).Select(i => PointText.At(s, i))] }).ToList();
        var points = series.SelectMany(s => s.Points).ToList();
        var hasInterval = points.Any(p => PointText.HasInterval(p));
        var usesWhiskers = series.Count * figure.Periods.Count <= MaxWhiskers;
        var left = FigureTheme.Margin + Math.Max(Scale(figure, series, top).LabelWidth, 24) + 8;
        var ends = series.Select((s, i) => EndText(s, i, figure.Unit)).OfType<EndLabel>().ToList();
        var endWidth = ends.Select(e => TextStyle.Label.Measure(e.Name) + TextStyle.Value.Measure(e.Value) + 5).DefaultIfEmpty(0).Max();
        if (figure.Target is { } goal)
            endWidth = Math.Max(endWidth, TextStyle.Value.Measure(ColumnDrawing.TargetText(goal, figure.Unit)));
        var right = FigureTheme.Width - FigureTheme.Margin - endWidth - 16 - MarkerRoom;
        var axis = new PeriodAxis(figure.Periods, left, right);
        top = Legend.Draw(canvas, [.. LegendItems(canvas, figure, series, hasInterval, usesWhiskers, axis, right)], top) + 6;
        var scale = Scale(figure, series, top);

        PlotGrid.Draw(canvas, scale, left, right);
        if (figure.Target is { } target)
            canvas.Line(left, scale.Map(target), right, scale.Map(target), FigureTheme.Ink, 1.3, "6 4");
        for (var s = 0; s < series.Count; s++)
        {
            if (!usesWhiskers && series.Count <= 2)
                DrawBand(canvas, series[s], s, axis, scale);
        }
        for (var s = 0; s < series.Count; s++)
            DrawLine(canvas, series[s], s, axis, scale, figure.Unit, series.Count > 1, usesWhiskers ? (s - (series.Count - 1) / 2.0) * 8 : 0, usesWhiskers);
        DrawEnds(canvas, figure, ends, axis, scale, right, top);
        var bottom = DrawUnder(canvas, series, axis, top + PlotHeight, right);
        return new(bottom, [.. Notes(figure, series, points, hasInterval, usesWhiskers, axis)]);
    }

    private static ValueScale Scale(LineFigure figure, List<FigureSeries> series, double top)
    {
        var reach = ColumnDrawing.Reach(series, figure.Target).ToList();
        return figure.Unit is ValueUnit.Score
            ? ValueScale.Between(reach.Min(), reach.Max(), figure.Unit, top + PlotHeight, top)
            : ValueScale.FromZero(reach, figure.Unit, top + PlotHeight, top);
    }

    private static IEnumerable<LegendItem> LegendItems(SvgCanvas canvas, LineFigure figure, List<FigureSeries> series, bool hasInterval, bool usesWhiskers, PeriodAxis axis, double right)
    {
        if (hasInterval && usesWhiskers)
            yield return Legend.Interval(canvas);
        else if (hasInterval && series.Count <= 2)
            yield return new(Marks.IntervalText, 18, (x, y) => canvas.Rect(x, y - 5, 18, 10, FigureTheme.Look(series[0].Role, 0).Ground, opacity: 0.22));
        var small = series.FindIndex(s => s.Points.Any(p => PointText.IsSmall(p, figure.Unit)));
        if (small >= 0)
            yield return new("färre än 10 i underlaget", 10, (x, y) => Marks.Point(canvas, x + 5, y, series[small].Role, small, 4, isHollow: true));
        foreach (var state in series.SelectMany(s => axis.UnsaidStates(s.Points, right)).Distinct().Order())
            yield return new(state.ToSwedish(), 10, (x, y) => Marks.State(canvas, x + 5, y, state));
    }

    private static void DrawBand(SvgCanvas canvas, FigureSeries series, int index, PeriodAxis axis, ValueScale scale)
    {
        foreach (var run in Runs(series.Points, p => PointText.IsShown(p) && p is { Lower: not null, Upper: not null }))
        {
            var upper = run.Select(i => (axis.X(i), scale.Map(series.Points[i].Upper!.Value)));
            var lower = run.Reverse().Select(i => (axis.X(i), scale.Map(series.Points[i].Lower!.Value)));
            canvas.Polygon(upper.Concat(lower), FigureTheme.Look(series.Role, index).Ground, opacity: 0.17);
        }
    }

    private static void DrawLine(SvgCanvas canvas, FigureSeries series, int index, PeriodAxis axis, ValueScale scale, ValueUnit unit, bool isOneOfMany, double shift, bool usesWhiskers)
    {
        var look = FigureTheme.Look(series.Role, index);
        foreach (var run in Runs(series.Points, PointText.IsShown))
            canvas.Polyline(run.Select(i => (axis.X(i) + shift, scale.Map(series.Points[i].Value!.Value))), look.Outline, 2, isOneOfMany ? Marks.Dash(series.Role, index) : null);
        var radius = axis.Slot < 12 ? 2.2 : axis.Slot < 24 ? 3 : 4;
        for (var i = 0; i < series.Points.Count; i++)
        {
            var point = series.Points[i];
            if (!PointText.IsShown(point))
                continue;
            var x = axis.X(i) + shift;
            if (usesWhiskers && point is { Lower: { } lower, Upper: { } upper })
                Marks.Whisker(canvas, (x, scale.Map(lower)), (x, scale.Map(upper)), cap: 2.5);
            Marks.Point(canvas, x, scale.Map(point.Value!.Value), series.Role, index, radius, PointText.IsSmall(point, unit));
        }
    }

    // Names at the line ends are pushed apart until none covers another; the target keeps its own height if it can.
    private static void DrawEnds(SvgCanvas canvas, LineFigure figure, List<EndLabel> ends, PeriodAxis axis, ValueScale scale, double right, double top)
    {
        var labels = ends.Select(e => (Wanted: scale.Map(e.Point.Value!.Value), End: (EndLabel?)e)).ToList();
        if (figure.Target is { } target)
            labels.Add((scale.Map(target), null));
        labels.Sort((a, b) => a.Wanted.CompareTo(b.Wanted));
        var heights = PlotGrid.Spread([.. labels.Select(l => l.Wanted)], top, top + PlotHeight);
        for (var i = 0; i < labels.Count; i++)
        {
            var (wanted, y, x) = (labels[i].Wanted, heights[i], right + 12);
            if (Math.Abs(wanted - y) > 5)
                canvas.Line(right + 1, wanted, right + 9, y, FigureTheme.Axis, 0.8);
            if (labels[i].End is { } end)
            {
                Marks.Point(canvas, x + 4, y, end.Role, end.Index, 4);
                x += MarkerRoom;
                canvas.Text(x, y + 4.4, end.Name, TextStyle.Label);
                canvas.Text(x + TextStyle.Label.Measure(end.Name) + 5, y + 4.4, end.Value, TextStyle.Value);
            }
            else
            {
                canvas.Text(x + MarkerRoom, y + 4.4, ColumnDrawing.TargetText(figure.Target!.Value, figure.Unit), TextStyle.Value);
            }
        }
    }

    private static double DrawUnder(SvgCanvas canvas, List<FigureSeries> series, PeriodAxis axis, double y, double right)
    {
        for (var s = 0; s < series.Count; s++)
        {
            if (series[s].Points.All(PointText.IsShown))
                continue;
            Marks.Point(canvas, FigureTheme.Margin + 18, y + 11, series[s].Role, s, 3.5);
            axis.DrawStates(canvas, y + 11, series[s].Points, right);
            y += 15;
        }
        y = axis.Draw(canvas, y + 3) + 2;
        for (var s = 0; s < series.Count; s++)
        {
            if (!NFits(axis, series) || axis.DrawN(canvas, y, series[s].Points) is not { } bottom)
                continue;
            Marks.Point(canvas, FigureTheme.Margin + 6, y + 10, series[s].Role, s, 3.5);
            canvas.Text(FigureTheme.Margin + 16, y + 14, "n", TextStyle.Small);
            y = bottom;
        }
        return y + 2;
    }

    private static bool NFits(PeriodAxis axis, List<FigureSeries> series) =>
        series.Count <= 4 && series.SelectMany(s => s.Points).Where(PointText.IsShown).All(p => p.N is { } n && TextStyle.Small.Measure(Swedish.Count(n)) + 4 <= axis.Slot);

    private static IEnumerable<string> Notes(LineFigure figure, List<FigureSeries> series, List<FigurePoint> points, bool hasInterval, bool usesWhiskers, PeriodAxis axis)
    {
        if (hasInterval && !usesWhiskers && series.Count > 2)
            yield return $"{Marks.IntervalText} finns i tabellen.";
        if (!NFits(axis, series))
        {
            var ranges = series.Select(s => (s.Name, Ns: s.Points.Where(PointText.IsShown).Select(p => p.N).OfType<long>().ToList()))
                .Where(s => s.Ns.Count > 0)
                .Select(s => $"{s.Name} {PlotGrid.Range(s.Ns)}").ToList();
            var all = series.SelectMany(s => s.Points).Where(PointText.IsShown).Select(p => p.N).OfType<long>().ToList();
            if (ranges.Count > 4)
                yield return $"n per period och grupp: {PlotGrid.Range(all)}.";
            else if (ranges.Count > 0)
                yield return $"n per period: {string.Join(", ", ranges)}.";
        }
        foreach (var note in Marks.Notes(points, figure.Unit))
            yield return note;
    }

    private static EndLabel? EndText(FigureSeries series, int index, ValueUnit unit) =>
        series.Points.LastOrDefault(PointText.IsShown) is { } last
            ? new(TextMetrics.Wrap(series.Name, 190, FigureTheme.LabelSize, maxLines: 1)[0], PointText.Headline(last, unit), last, series.Role, index)
            : null;

    /// <summary>Stretches of periods next to each other that all fulfil the condition.</summary>
    private static IEnumerable<int[]> Runs(IReadOnlyList<FigurePoint> points, Func<FigurePoint, bool> condition)
    {
        var run = new List<int>();
        for (var i = 0; i <= points.Count; i++)
        {
            if (i < points.Count && condition(points[i]))
            {
                run.Add(i);
            }
            else if (run.Count > 0)
            {
                yield return [.. run];
                run.Clear();
            }
        }
    }

    private sealed record EndLabel(string Name, string Value, FigurePoint Point, SeriesRole Role, int Index);
}
