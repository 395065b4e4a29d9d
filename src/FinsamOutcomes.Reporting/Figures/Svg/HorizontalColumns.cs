namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>Horizontal bars in groups: the way out when labels are long or categories many. Grows downwards.</summary>
internal sealed class HorizontalColumns
{
    private readonly ColumnFigure _figure;
    private readonly IReadOnlyList<FigureSeries> _series;
    private readonly CategoryLabels _labels;
    private readonly double _pitch;
    private readonly double _gap;
    private readonly double _left;
    private readonly double _right;
    private readonly bool _hasN;

    public HorizontalColumns(ColumnFigure figure, IReadOnlyList<FigureSeries> series)
    {
        (_figure, _series) = (figure, series);
        _labels = new(figure.Categories);
        (_pitch, _gap) = figure.Categories.Count * series.Count > 30 ? (14, 5) : (17, 10);
        var points = series.SelectMany(s => s.Points).ToList();
        _hasN = points.Any(p => p.N is not null);
        var nWidth = _hasN ? points.Max(p => TextStyle.Small.Measure(NText(p))) + 12 : 0;
        // A state's word starts at zero and needs no room beyond the longest whisker.
        var shownWidth = points.Where(PointText.IsShown).Max(p => TextStyle.Value.Measure(PointText.Headline(p, figure.Unit))) + 10;
        var hasNegative = points.Any(p => PointText.IsShown(p) && p.Value < 0);
        _left = _labels.Right + (hasNegative ? shownWidth : 0);
        _right = FigureTheme.Width - FigureTheme.Margin - nWidth - shownWidth;
    }

    public double Draw(SvgCanvas canvas, double top)
    {
        var scale = ValueScale.FromZero(ColumnDrawing.Reach(_series, _figure.Target), _figure.Unit, _left, _right);
        var count = _figure.Categories.Count;
        var heights = Enumerable.Range(0, count).Select(i => Math.Max(_series.Count * _pitch, _labels.Height(i)) + _gap).ToList();
        // A tall figure has its scale at the top as well: the foot may be on the next screen.
        var isTall = heights.Sum() > 500;
        var plotTop = top + (_hasN || _figure.Target is not null ? 16 : 2) + (isTall ? 15 : 0);
        var bottom = plotTop + heights.Sum();
        for (var i = 0; i < scale.Ticks.Count; i++)
        {
            var x = scale.Map(scale.Ticks[i]);
            canvas.Line(x, plotTop, x, bottom, FigureTheme.Hairline);
            canvas.Text(x, bottom + 15, scale.Labels[i], TextStyle.Small, Anchor.Middle);
            if (isTall)
                canvas.Text(x, plotTop - 5, scale.Labels[i], TextStyle.Small, Anchor.Middle);
        }
        if (_hasN)
            canvas.Text(FigureTheme.Width - FigureTheme.Margin, top + 10, "n", TextStyle.Small, Anchor.End);
        var values = new List<Action>();
        var y = plotTop;
        for (var category = 0; category < count; category++)
        {
            _labels.Draw(canvas, category, y + heights[category] / 2);
            for (var s = 0; s < _series.Count; s++)
                DrawBar(canvas, scale, category, s, y + heights[category] / 2 + (s - (_series.Count - 1) / 2.0) * _pitch, values);
            y += heights[category];
        }
        canvas.Line(scale.Map(0), plotTop, scale.Map(0), bottom, FigureTheme.Axis, 1.2);
        DrawTarget(canvas, scale, top, plotTop, bottom);
        // Over the target line, which would otherwise strike them through.
        values.ForEach(draw => draw());
        return bottom + 20;
    }

    private void DrawTarget(SvgCanvas canvas, ValueScale scale, double top, double plotTop, double bottom)
    {
        if (_figure.Target is not { } target)
            return;
        var text = ColumnDrawing.TargetText(target, _figure.Unit);
        var half = TextStyle.Value.Measure(text) / 2;
        canvas.Line(scale.Map(target), plotTop - 2, scale.Map(target), bottom, FigureTheme.Ink, 1.3, "6 4");
        canvas.Text(Math.Clamp(scale.Map(target), _left + half, _right + 40 - half), top + 10, text, TextStyle.Value, Anchor.Middle);
    }

    private void DrawBar(SvgCanvas canvas, ValueScale scale, int category, int s, double middle, List<Action> values)
    {
        var point = PointText.At(_series[s], category);
        var zero = scale.Map(0);
        var text = PointText.Headline(point, _figure.Unit);
        if (!PointText.IsShown(point))
        {
            // Where nearly every value is negative, zero is at the right edge and there is room only to its left.
            var side = zero + 18 + TextStyle.State.Measure(text) > FigureTheme.Width - FigureTheme.Margin ? -1 : 1;
            Marks.State(canvas, zero + side * 9, middle, PointText.State(point));
            canvas.TextOnGround(zero + side * 18, middle + 4, text, TextStyle.State, side < 0 ? Anchor.End : Anchor.Start);
            return;
        }
        var value = point.Value!.Value;
        var end = scale.Map(value);
        var height = _pitch - 3;
        var look = FigureTheme.Look(_series[s].Role, s);
        if (value != 0)
            Marks.Bar(canvas, Math.Min(zero, end), middle - height / 2, Math.Abs(end - zero), height, look, PointText.IsSmall(point, _figure.Unit));
        var (low, high) = (end, end);
        if (point is { Lower: { } lower, Upper: { } upper })
        {
            (low, high) = (Math.Min(end, scale.Map(lower)), Math.Max(end, scale.Map(upper)));
            Marks.Whisker(canvas, (scale.Map(lower), middle), (scale.Map(upper), middle));
        }
        if (value == 0)
            canvas.Rect(zero, middle - height / 2, 2.5, height, look.Outline);
        var beside = value < 0 ? Math.Min(low, zero) - 6 : Math.Max(high, zero) + 6;
        values.Add(() => canvas.TextOnGround(beside, middle + 4.4, text, TextStyle.Value, value < 0 ? Anchor.End : Anchor.Start));
        if (NText(point) is { Length: > 0 } n)
            canvas.Text(FigureTheme.Width - FigureTheme.Margin, middle + 4, n, TextStyle.Small, Anchor.End);
    }

    private static string NText(FigurePoint point) => point.N is { } n && PointText.IsShown(point) ? Swedish.Count(n) : "";
}
