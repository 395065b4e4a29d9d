using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>
/// Lying bars in groups: the way out when labels are long, categories many or the page narrow. Downwards, a unit of the
/// plot is one of the page.
/// </summary>
internal sealed class LyingColumns
{
    private const double TallPlot = 500;

    private readonly Sheet _sheet;
    private readonly ColumnFigure _figure;
    private readonly IReadOnlyList<FigureSeries> _series;
    private readonly RowLayout _rows;
    private readonly ValueScale _scale;
    private readonly double _pitch;
    private readonly double _left;
    private readonly double _right;
    private readonly double _top;
    private readonly bool _hasN;

    private LyingColumns(Sheet sheet, ColumnFigure figure, IReadOnlyList<FigureSeries> series)
    {
        (_sheet, _figure, _series) = (sheet, figure, series);
        (_pitch, var gap) = figure.Categories.Count * series.Count > 30 ? (14.0, 5.0) : (17.0, 10.0);
        _rows = new(sheet, figure.Categories, series.Count * _pitch, gap);
        var points = series.SelectMany(s => s.Points).ToList();
        _hasN = points.Exists(p => p.N is not null);
        var valueWidth = TextStyle.Value.Widest(points.Where(PointText.IsShown).Select(p => PointText.Headline(p, figure.Unit))) + 10;
        _left = _rows.PlotLeft + (points.Exists(p => PointText.IsShown(p) && p.Value < 0) ? valueWidth : 0);
        _right = sheet.Right - (_hasN ? TextStyle.Small.Widest(points.Select(Columns.NText)) + 12 : 0) - valueWidth;
        _scale = ValueScale.FromZero(Columns.Reach(series, figure.Target), figure.Unit, _left, _right);
        _top = sheet.Y + (_hasN || figure.Target is not null ? 16 : 2) + (IsTall ? 15 : 0);
    }

    public static void Draw(Sheet sheet, ColumnFigure figure, IReadOnlyList<FigureSeries> series) => new LyingColumns(sheet, figure, series).Draw();

    private bool IsTall => _rows.Height > TallPlot;

    private void Draw()
    {
        _sheet.Area(_left, _top, _right, _top + _rows.Height, new(_scale.Min, _scale.Max, -_rows.Height, 0), _scale, Edge.Bottom);
        // Far from the lower edge the numbers are wanted at the upper one too.
        if (IsTall)
            _sheet.TickTexts(_scale.Ticks, _scale.Labels, _top - 5);
        if (_hasN)
            _sheet.Text(_sheet.Right, _sheet.Y + 10, "n", TextStyle.Small, Anchor.End);
        _rows.DrawLabels(_top);
        for (var category = 0; category < _rows.Count; category++)
        {
            for (var s = 0; s < _series.Count; s++)
                DrawBar(PointText.At(_series[s], category), s, _rows.Middle(category) + (s - (_series.Count - 1) / 2.0) * _pitch);
        }
        _sheet.Plot.Add.VerticalLine(0, 1.2f, Sheet.Ink(FigureTheme.Axis));
        if (_figure.Target is { } target)
        {
            var text = Columns.TargetText(target, _figure.Unit);
            var half = TextStyle.Value.Measure(text) / 2;
            Marks.Across(_sheet, target, Edge.Bottom, 6, 4);
            _sheet.Text(
                Math.Clamp(_scale.Map(target), _left + half, Math.Max(_left + half, _right + 40 - half)),
                _sheet.Y + 10,
                text,
                TextStyle.Value,
                Anchor.Middle);
        }
        _sheet.Y = _top + _rows.Height + 20;
    }

    private void DrawBar(FigurePoint point, int s, double middle)
    {
        var (zero, text, page) = (_scale.Map(0), PointText.Headline(point, _figure.Unit), _top + middle);
        if (!PointText.IsShown(point))
        {
            var side = zero + 18 + TextStyle.State.Measure(text) > _sheet.Right ? -1 : 1;
            Marks.State(_sheet, zero + side * 9, page, PointText.State(point));
            _sheet.Text(zero + side * 18, page + 4, text, TextStyle.State, side < 0 ? Anchor.End : Anchor.Start, isOnGround: true);
            return;
        }
        var value = point.Value!.Value;
        var look = FigureTheme.Look(_series[s].Role, s);
        if (value != 0)
            Marks.Bar(_sheet, -middle, 0, value, _pitch - 3, look, isUpright: false, PointText.IsSmall(point, _figure.Unit));
        else
            _sheet.Rect(zero, page - (_pitch - 3) / 2, 2.5, _pitch - 3, look.Outline);
        if (point is { Lower: { } lower, Upper: { } upper })
            Marks.Whisker(_sheet, -middle, value, lower, upper, isUpright: false);
        var beside = value < 0
            ? Math.Min(_scale.Map(Math.Min(value, point.Lower ?? value)), zero) - 6
            : Math.Max(_scale.Map(Math.Max(value, point.Upper ?? value)), zero) + 6;
        _sheet.Text(beside, page + 4.4, text, TextStyle.Value, value < 0 ? Anchor.End : Anchor.Start, isOnGround: true);
        _sheet.Text(_sheet.Right, page + 4, Columns.NText(point), TextStyle.Small, Anchor.End);
    }
}
