using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>A p-chart: what is usual as a calm band with stepped limits, signals as numbered diamonds, findings in words below.</summary>
internal static class ControlChartDrawing
{
    private const double PlotHeight = 190;
    private const int MaxSignalLines = 8;

    public static DrawnPlot Draw(SvgCanvas canvas, ControlChartFigure figure, double top)
    {
        var points = figure.Points;
        var signals = Signals(figure);
        var left = FigureTheme.Margin + Math.Max(Scale(figure, top).LabelWidth, 20) + 8;
        var texts = LimitTexts(figure);
        var right = FigureTheme.Width - FigureTheme.Margin - texts.Select(t => TextStyle.Small.Measure(t.Text)).DefaultIfEmpty(0).Max() - 10;
        var axis = new PeriodAxis([.. points.Select(p => p.Period)], left, right);
        top = Legend.Draw(canvas, [.. LegendItems(canvas, figure, axis, right)], top) + 10;
        var scale = Scale(figure, top);

        DrawLimits(canvas, points, axis, scale, LimitDash(figure));
        PlotGrid.Draw(canvas, scale, left, right);
        if (figure.Center is { } center)
            canvas.Line(left, scale.Map(center), right, scale.Map(center), FigureTheme.Ink, 1.3);
        DrawLimitTexts(canvas, texts, scale, right, top);
        DrawShares(canvas, points, axis, scale, figure.Unit);
        DrawNumbers(canvas, figure, signals, axis, scale, right);

        var bottom = DrawUnder(canvas, points, axis, top + PlotHeight, right);
        bottom = DrawFindings(canvas, figure, signals, bottom);
        return new(bottom, [.. Notes(figure, axis)]);
    }

    private static ValueScale Scale(ControlChartFigure figure, double top)
    {
        var reach = figure.Points.Where(p => PointText.IsShown(p.Share)).SelectMany(p => new[] { p.Share.Value, p.UpperLimit }).Append(figure.Center).OfType<double>();
        return ValueScale.FromZero(reach, figure.Unit, top + PlotHeight, top);
    }

    private static IEnumerable<LegendItem> LegendItems(SvgCanvas canvas, ControlChartFigure figure, PeriodAxis axis, double right)
    {
        if (figure.Points.Any(p => p.UpperLimit is not null))
        {
            var text = figure.IsPreliminary ? "preliminära gränser, färre än 12 perioder" : "gränser för vanlig variation";
            yield return new(text, 22, (x, y) =>
            {
                canvas.Rect(x, y - 6, 22, 12, FigureTheme.Calm);
                canvas.Line(x, y - 6, x + 22, y - 6, FigureTheme.Axis, 1, LimitDash(figure));
                canvas.Line(x, y + 6, x + 22, y + 6, FigureTheme.Axis, 1, LimitDash(figure));
            });
        }
        if (figure.Points.Any(p => p.Signal is not null && PointText.IsShown(p.Share)))
            yield return new("signal", 12, (x, y) => Diamond(canvas, x + 6, y, 5.5));
        if (figure.Points.Any(p => PointText.IsSmall(p.Share, figure.Unit)))
            yield return new("färre än 10 i underlaget", 10, (x, y) => canvas.Circle(x + 5, y, 3.6, FigureTheme.Ground, FigureTheme.Ink));
        foreach (var state in axis.UnsaidStates([.. figure.Points.Select(p => p.Share)], right))
            yield return new(state.ToSwedish(), 10, (x, y) => Marks.State(canvas, x + 5, y, state));
    }

    private static string LimitDash(ControlChartFigure figure) => figure.IsPreliminary ? "2 3" : "5 3";

    private static void DrawLimits(SvgCanvas canvas, IReadOnlyList<ControlPoint> points, PeriodAxis axis, ValueScale scale, string dash)
    {
        for (var i = 0; i < points.Count;)
        {
            if (points[i] is not { LowerLimit: not null, UpperLimit: not null })
            {
                i++;
                continue;
            }
            var (upper, lower) = (new List<(double, double)>(), new List<(double, double)>());
            for (; i < points.Count && points[i] is { LowerLimit: { } low, UpperLimit: { } high }; i++)
            {
                foreach (var x in new[] { axis.X(i) - axis.Slot / 2, axis.X(i) + axis.Slot / 2 })
                {
                    upper.Add((x, scale.Map(high)));
                    lower.Add((x, scale.Map(low)));
                }
            }
            canvas.Polygon(upper.Concat(Enumerable.Reverse(lower)), FigureTheme.Calm);
            canvas.Polyline(upper, FigureTheme.Axis, 1, dash);
            canvas.Polyline(lower, FigureTheme.Axis, 1, dash);
        }
    }

    private static List<(double Value, string Text)> LimitTexts(ControlChartFigure figure)
    {
        var texts = new List<(double, string)>();
        var suffix = figure.IsPreliminary ? " (prel.)" : "";
        if (figure.Points.LastOrDefault(p => p.UpperLimit is not null) is { } last)
        {
            texts.Add((last.UpperLimit!.Value, $"Övre gräns {Swedish.Percent(last.UpperLimit.Value)}{suffix}"));
            if (last.LowerLimit is { } lower)
                texts.Add((lower, $"Undre gräns {Swedish.Percent(lower)}{suffix}"));
        }
        if (figure.Center is { } center)
            texts.Add((center, $"Medel {Swedish.Percent(center)}"));
        return [.. texts.OrderByDescending(t => t.Item1)];
    }

    private static void DrawLimitTexts(SvgCanvas canvas, List<(double Value, string Text)> texts, ValueScale scale, double right, double top)
    {
        var heights = PlotGrid.Spread(texts.Select(t => scale.Map(t.Value)), top, top + PlotHeight);
        for (var i = 0; i < texts.Count; i++)
            canvas.Text(right + 8, heights[i] + 4, texts[i].Text, TextStyle.Small);
    }

    private static void DrawShares(SvgCanvas canvas, IReadOnlyList<ControlPoint> points, PeriodAxis axis, ValueScale scale, ValueUnit unit)
    {
        var run = new List<(double, double)>();
        for (var i = 0; i <= points.Count; i++)
        {
            if (i < points.Count && PointText.IsShown(points[i].Share))
            {
                run.Add((axis.X(i), scale.Map(points[i].Share.Value!.Value)));
                continue;
            }
            if (run.Count > 1)
                canvas.Polyline(run, FigureTheme.Muted, 1.4);
            run.Clear();
        }
        var radius = axis.Slot < 12 ? 2.4 : 3.6;
        for (var i = 0; i < points.Count; i++)
        {
            if (!PointText.IsShown(points[i].Share))
                continue;
            var (x, y) = (axis.X(i), scale.Map(points[i].Share.Value!.Value));
            if (points[i].Signal is not null)
                Diamond(canvas, x, y, radius + 2);
            else
                canvas.Circle(x, y, radius, PointText.IsSmall(points[i].Share, unit) ? FigureTheme.Ground : FigureTheme.Ink, FigureTheme.Ink);
        }
    }

    // A number stands on the outer side of its mark; where that is taken or outside the plot, on another side. The same
    // number and the rule are said under the plot, so one that finds no room at all is left out here.
    private static void DrawNumbers(SvgCanvas canvas, ControlChartFigure figure, List<SignalRun> signals, PeriodAxis axis, ValueScale scale, double right)
    {
        var style = TextStyle.Value with { Colour = FigureTheme.Signal };
        var (top, bottom) = (scale.Map(scale.Max) - 14, scale.Map(scale.Min) - 2);
        var taken = new List<(double Left, double Right, double Y)>();
        foreach (var signal in signals)
        {
            var share = figure.Points[signal.From].Share.Value!.Value;
            var (x, y, text) = (axis.X(signal.From), scale.Map(share), Swedish.Count(signal.Number));
            var width = style.Measure(text);
            (double Left, double Y)[] sides = share >= (figure.Center ?? 0)
                ? [(x - width / 2, y - 10), (x - width / 2, y + 19), (x + 9, y - 4), (x - 9 - width, y - 4)]
                : [(x - width / 2, y + 19), (x + 9, y - 4), (x - 9 - width, y - 4), (x - width / 2, y - 10)];
            foreach (var (left, baseline) in sides)
            {
                var isInside = baseline - style.Size > top && baseline < bottom && left + width < right;
                if (!isInside || taken.Exists(t => left < t.Right + 1 && left + width + 1 > t.Left && Math.Abs(baseline - t.Y) < style.Size))
                    continue;
                canvas.Text(left, baseline, text, style);
                taken.Add((left, left + width, baseline));
                break;
            }
        }
    }

    private static void Diamond(SvgCanvas canvas, double x, double y, double size) =>
        canvas.Polygon([(x, y - size), (x + size, y), (x, y + size), (x - size, y)], FigureTheme.Signal, FigureTheme.Ground);

    private static double DrawUnder(SvgCanvas canvas, IReadOnlyList<ControlPoint> points, PeriodAxis axis, double y, double right)
    {
        var shares = points.Select(p => p.Share).ToList();
        if (!shares.All(PointText.IsShown))
        {
            axis.DrawStates(canvas, y + 11, shares, right);
            y += 15;
        }
        y = axis.Draw(canvas, y + 3) + 2;
        if (axis.DrawN(canvas, y, shares) is not { } bottom)
            return y;
        canvas.Text(FigureTheme.Margin, y + 14, "n", TextStyle.Small);
        return bottom + 2;
    }

    private static double DrawFindings(SvgCanvas canvas, ControlChartFigure figure, List<SignalRun> signals, double y)
    {
        y += 6;
        foreach (var signal in signals.Take(MaxSignalLines))
        {
            y += TextStyle.Label.LineHeight;
            Diamond(canvas, FigureTheme.Margin + 6, y - 4, 4.5);
            canvas.Text(FigureTheme.Margin + 15, y, Swedish.Count(signal.Number), TextStyle.Value with { Colour = FigureTheme.Signal });
            y = FigureFrame.Paragraph(canvas, signal.Text, TextStyle.Label, y, indent: 30);
        }
        if (signals.Count > MaxSignalLines)
            y = FigureFrame.Paragraph(canvas, $"… och {signals.Count - MaxSignalLines} signaler till, se tabellen.", TextStyle.Label, y + TextStyle.Label.LineHeight, indent: 30);
        if (signals.Count > 0)
            y += 4;
        foreach (var finding in figure.Findings)
            y = FigureFrame.Paragraph(canvas, finding, TextStyle.Label, y + TextStyle.Label.LineHeight + 2);
        return y + 4;
    }

    /// <summary>Signals next to each other that break the same rule are one signal.</summary>
    private static List<SignalRun> Signals(ControlChartFigure figure)
    {
        var runs = new List<SignalRun>();
        for (var i = 0; i < figure.Points.Count;)
        {
            if (figure.Points[i] is not { Signal: { } rule } point || !PointText.IsShown(point.Share))
            {
                i++;
                continue;
            }
            var from = i;
            while (i < figure.Points.Count && figure.Points[i].Signal == rule && PointText.IsShown(figure.Points[i].Share))
                i++;
            var text = i - 1 == from
                ? $"{point.Period}: {PointText.Headline(point.Share, figure.Unit)}, {rule}"
                : $"{point.Period}–{figure.Points[i - 1].Period}: {rule}";
            runs.Add(new(runs.Count + 1, from, text));
        }
        return runs;
    }

    private static IEnumerable<string> Notes(ControlChartFigure figure, PeriodAxis axis)
    {
        var ns = figure.Points.Where(p => PointText.IsShown(p.Share)).Select(p => p.Share.N).OfType<long>().ToList();
        if (ns.Count > 0 && ns.Any(n => TextStyle.Small.Measure(Swedish.Count(n)) + 4 > axis.Slot))
            yield return $"n per period: {PlotGrid.Range(ns)}.";
        foreach (var note in Marks.Notes(figure.Points.Select(p => p.Share), figure.Unit))
            yield return note;
    }

    private sealed record SignalRun(int Number, int From, string Text);
}
