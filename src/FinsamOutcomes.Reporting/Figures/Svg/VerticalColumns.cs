using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>Upright columns with the value over each, n under it and the category below.</summary>
internal sealed class VerticalColumns
{
    private const double PlotHeight = 200;
    private const double MaxSlot = 68;
    private const int MaxLabelLines = 3;

    private readonly ColumnFigure _figure;
    private readonly IReadOnlyList<FigureSeries> _series;
    private readonly double _left;
    private readonly double _right;
    private readonly double _band;
    private readonly double _slot;

    public VerticalColumns(ColumnFigure figure, IReadOnlyList<FigureSeries> series)
    {
        (_figure, _series) = (figure, series);
        var axisWidth = Scale(top: 0).LabelWidth;
        _left = FigureTheme.Margin + axisWidth + 8;
        _right = FigureTheme.Width - FigureTheme.Margin;
        if (figure.Target is { } target)
            _right -= TextStyle.Value.Measure(ColumnDrawing.TargetText(target, figure.Unit)) + 8;
        _band = (_right - _left) / Math.Max(1, figure.Categories.Count);
        _slot = Math.Min(MaxSlot, _band * 0.86 / series.Count);
        Fits = figure.Categories.Count > 0
            && Enumerable.Range(0, figure.Categories.Count).All(LabelFits)
            && Points().All(p => Words(p).All(w => TextStyle.Value.Measure(w) <= _slot - 3) && TextStyle.Small.Measure(NText(p)) <= _slot - 3);
    }

    /// <summary>True when every label can be read upright without touching its neighbour.</summary>
    public bool Fits { get; }

    public double Draw(SvgCanvas canvas, double top)
    {
        // Room for the value above the highest whisker.
        top += 16;
        var scale = Scale(top);
        for (var i = 0; i < scale.Ticks.Count; i++)
        {
            var y = scale.Map(scale.Ticks[i]);
            canvas.Line(_left, y, _right, y, FigureTheme.Hairline);
            canvas.Text(_left - 8, y + 4, scale.Labels[i], TextStyle.Small, Anchor.End);
        }
        var values = new List<Action>();
        for (var category = 0; category < _figure.Categories.Count; category++)
        {
            for (var s = 0; s < _series.Count; s++)
                DrawBar(canvas, scale, category, s, values);
        }
        canvas.Line(_left, scale.Map(0), _right, scale.Map(0), FigureTheme.Axis, 1.2);
        if (_figure.Target is { } target)
        {
            var y = scale.Map(target);
            canvas.Line(_left, y, _right, y, FigureTheme.Ink, 1.3, "6 4");
            canvas.Text(_right + 8, y + 4.4, ColumnDrawing.TargetText(target, _figure.Unit), TextStyle.Value);
        }
        // Over the target line, which would otherwise strike them through.
        values.ForEach(draw => draw());
        return DrawLabels(canvas, top + PlotHeight + (scale.Min < 0 ? 16 : 0));
    }

    private void DrawBar(SvgCanvas canvas, ValueScale scale, int category, int s, List<Action> values)
    {
        var point = PointText.At(_series[s], category);
        var x = Centre(category, s);
        var zero = scale.Map(0);
        if (!PointText.IsShown(point))
        {
            var words = Words(point);
            // Where every value is negative, zero is the upper edge and there is room only below it.
            var isBelow = scale.Max <= 0;
            Marks.State(canvas, x, isBelow ? zero + 9 : zero - 9, PointText.State(point));
            canvas.Lines(x, isBelow ? zero + 26 : zero - 19 - (words.Length - 1) * TextStyle.State.LineHeight, words, TextStyle.State, Anchor.Middle);
            return;
        }
        var value = point.Value!.Value;
        var end = scale.Map(value);
        var width = _slot * 0.74;
        var look = FigureTheme.Look(_series[s].Role, s);
        if (value != 0)
            Marks.Bar(canvas, x - width / 2, Math.Min(zero, end), width, Math.Abs(end - zero), look, PointText.IsSmall(point, _figure.Unit));
        var (high, low) = (end, end);
        if (point is { Lower: { } lower, Upper: { } upper })
        {
            (high, low) = (Math.Min(end, scale.Map(upper)), Math.Max(end, scale.Map(lower)));
            Marks.Whisker(canvas, (x, scale.Map(lower)), (x, scale.Map(upper)));
        }
        if (value == 0)
            canvas.Rect(x - width / 2, zero - 2.5, width, 2.5, look.Outline);
        var baseline = value < 0 ? Math.Max(low, zero) + 14 : Math.Min(high, zero) - 5;
        values.Add(() => canvas.TextOnGround(x, baseline, PointText.Headline(point, _figure.Unit), TextStyle.Value, Anchor.Middle));
    }

    private double DrawLabels(SvgCanvas canvas, double y)
    {
        if (Points().Any(p => p.N is not null))
        {
            y += 15;
            canvas.Text(_left - 8, y, "n", TextStyle.Small, Anchor.End);
            for (var category = 0; category < _figure.Categories.Count; category++)
            {
                for (var s = 0; s < _series.Count; s++)
                    canvas.Text(Centre(category, s), y, NText(PointText.At(_series[s], category)), TextStyle.Small, Anchor.Middle);
            }
        }
        var bottom = y;
        for (var category = 0; category < _figure.Categories.Count; category++)
            bottom = Math.Max(bottom, canvas.Lines(_left + _band * (category + 0.5), y + 18, LabelLines(category), TextStyle.Label, Anchor.Middle));
        return bottom + 4;
    }

    private ValueScale Scale(double top) =>
        ValueScale.FromZero(ColumnDrawing.Reach(_series, _figure.Target), _figure.Unit, top + PlotHeight, top);

    private IEnumerable<FigurePoint> Points() =>
        _series.SelectMany(s => Enumerable.Range(0, _figure.Categories.Count).Select(i => PointText.At(s, i)));

    private double Centre(int category, int s) => _left + _band * (category + 0.5) + (s - (_series.Count - 1) / 2.0) * _slot;

    private bool LabelFits(int category) =>
        TextMetrics.WordsFit(_figure.Categories[category], _band - 10, FigureTheme.LabelSize) && LabelLines(category).Count <= MaxLabelLines;

    private IReadOnlyList<string> LabelLines(int category) => TextMetrics.Wrap(_figure.Categories[category], _band - 10, FigureTheme.LabelSize);

    private static string NText(FigurePoint point) => point.N is { } n && PointText.IsShown(point) ? Swedish.Count(n) : "";

    // "inget underlag" and "ej tillfrågad" stand on two lines, so that columns can stay narrow.
    private string[] Words(FigurePoint point) =>
        PointText.IsShown(point) ? [PointText.Headline(point, _figure.Unit)] : PointText.State(point).ToSwedish().Split(' ');
}
