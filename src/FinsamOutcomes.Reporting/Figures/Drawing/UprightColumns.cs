using FinsamOutcomes.Reporting.Measures;
using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>Upright columns with the value over each, n under it and the category below. Across, a unit of the plot is one of the page.</summary>
internal sealed class UprightColumns
{
    private const double PlotHeight = 200;
    private const double MaxSlot = 68;
    private const int MaxLabelLines = 3;

    private readonly Sheet _sheet;
    private readonly ColumnFigure _figure;
    private readonly IReadOnlyList<FigureSeries> _series;
    private readonly ValueScale _scale;
    private readonly double _top;
    private readonly double _left;
    private readonly double _right;
    private readonly double _band;
    private readonly double _slot;
    private readonly List<(int Category, int Series, FigurePoint Point)> _cells;
    private readonly List<IReadOnlyList<string>> _labels;

    private UprightColumns(Sheet sheet, ColumnFigure figure, IReadOnlyList<FigureSeries> series)
    {
        (_sheet, _figure, _series) = (sheet, figure, series);
        // Room for the value above the highest whisker.
        _top = sheet.Y + 16;
        _scale = ValueScale.FromZero(Columns.Reach(series, figure.Target), figure.Unit, _top + PlotHeight, _top);
        _left = sheet.Left + _scale.LabelWidth + 8;
        _right = sheet.Right - (figure.Target is { } goal ? TextStyle.Value.Measure(Columns.TargetText(goal, figure.Unit)) + 8 : 0);
        _band = (_right - _left) / Math.Max(1, figure.Categories.Count);
        _slot = Math.Min(MaxSlot, _band * 0.86 / series.Count);
        _cells = [.. Enumerable.Range(0, figure.Categories.Count).SelectMany(c => series.Select((s, i) => (c, i, PointText.At(s, c))))];
        _labels = [.. figure.Categories.Select(c => TextStyle.Label.Wrap(c, _band - 10))];
    }

    /// <summary>False, with nothing drawn, when some label could not be read upright without touching its neighbour.</summary>
    public static bool TryDraw(Sheet sheet, ColumnFigure figure, IReadOnlyList<FigureSeries> series)
    {
        var columns = new UprightColumns(sheet, figure, series);
        if (!columns.Fits)
            return false;
        columns.Draw();
        return true;
    }

    private bool Fits =>
        _labels.Count > 0
        && _figure.Categories.All(c => TextStyle.Label.WordsFit(c, _band - 10))
        && _labels.TrueForAll(l => l.Count <= MaxLabelLines)
        && _cells.TrueForAll(c => TextStyle.Value.Widest(Words(c.Point)) <= _slot - 3 && TextStyle.Small.Measure(Columns.NText(c.Point)) <= _slot - 3);

    private void Draw()
    {
        _sheet.Area(_left, _top, _right, _top + PlotHeight, new(0, _right - _left, _scale.Min, _scale.Max), _scale, Edge.Left);
        foreach (var (category, s, point) in _cells)
            DrawColumn(Across(category, s), s, point);
        _sheet.Plot.Add.HorizontalLine(0, 1.2f, Sheet.Ink(FigureTheme.Axis));
        if (_figure.Target is { } target)
        {
            Marks.Across(_sheet, target, Edge.Left, 6, 4);
            _sheet.Text(_right + 8, _scale.Map(target) + 4.4, Columns.TargetText(target, _figure.Unit), TextStyle.Value);
        }
        DrawUnder();
    }

    private void DrawColumn(double x, int s, FigurePoint point)
    {
        var zero = _scale.Map(0);
        if (!PointText.IsShown(point))
        {
            var words = Words(point);
            // Where every value is negative, zero is the upper edge and there is room only below it.
            var isBelow = _scale.Max <= 0;
            Marks.State(_sheet, _left + x, isBelow ? zero + 9 : zero - 9, PointText.State(point));
            _sheet.Lines(_left + x, isBelow ? zero + 26 : zero - 19 - (words.Length - 1) * TextStyle.State.LineHeight, words, TextStyle.State, Anchor.Middle);
            return;
        }
        var value = point.Value!.Value;
        var look = FigureTheme.Look(_series[s].Role, s);
        if (value != 0)
            Marks.Bar(_sheet, x, 0, value, _slot * 0.74, look, isUpright: true, PointText.IsSmall(point, _figure.Unit));
        else
            _sheet.Rect(_left + x - _slot * 0.37, zero - 2.5, _slot * 0.74, 2.5, look.Outline);
        if (point is { Lower: { } lower, Upper: { } upper })
            Marks.Whisker(_sheet, x, value, lower, upper, isUpright: true);
        var baseline = value < 0
            ? Math.Max(_scale.Map(Math.Min(value, point.Lower ?? value)), zero) + 14
            : Math.Min(_scale.Map(Math.Max(value, point.Upper ?? value)), zero) - 5;
        _sheet.Text(_left + x, baseline, PointText.Headline(point, _figure.Unit), TextStyle.Value, Anchor.Middle, isOnGround: true);
    }

    private void DrawUnder()
    {
        var y = _top + PlotHeight + (_scale.Min < 0 ? 16 : 0);
        if (_cells.Exists(c => c.Point.N is not null))
        {
            y += 15;
            _sheet.Text(_left - 8, y, "n", TextStyle.Small, Anchor.End);
            foreach (var (category, s, point) in _cells)
                _sheet.Text(_left + Across(category, s), y, Columns.NText(point), TextStyle.Small, Anchor.Middle);
        }
        _sheet.Y = _labels.Select((lines, c) => _sheet.Lines(_left + _band * (c + 0.5), y + 18, lines, TextStyle.Label, Anchor.Middle)).Max() + 4;
    }

    private double Across(int category, int s) => _band * (category + 0.5) + (s - (_series.Count - 1) / 2.0) * _slot;

    // "inget underlag" and "ej tillfrågad" stand on two lines, so that columns can stay narrow.
    private string[] Words(FigurePoint point) =>
        PointText.IsShown(point) ? [PointText.Headline(point, _figure.Unit)] : PointText.State(point).ToSwedish().Split(' ');
}
