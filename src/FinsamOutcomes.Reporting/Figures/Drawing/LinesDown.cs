using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>Lines over periods on a narrow page: time runs upwards, the latest period stands first.</summary>
internal sealed class LinesDown
{
    private const int MaxWhiskers = 60;
    private const int MaxWhiskerSeries = 3;

    private readonly Sheet _sheet;
    private readonly LineFigure _figure;
    private readonly List<FigureSeries> _series;
    private readonly PeriodsDown _rows;
    private readonly bool _hasInterval;

    private LinesDown(Sheet sheet, LineFigure figure)
    {
        (_sheet, _figure) = (sheet, figure);
        _series = Lines.Series(figure);
        _rows = new(sheet, figure.Periods, _series.Count);
        _hasInterval = _series.Exists(s => s.Points.Any(p => PointText.HasInterval(p)));
    }

    public static IEnumerable<string> Draw(Sheet sheet, LineFigure figure) => new LinesDown(sheet, figure).Draw();

    private bool UsesWhiskers => _series.Count <= MaxWhiskerSeries && _series.Count * _figure.Periods.Count <= MaxWhiskers;

    private IEnumerable<string> Draw()
    {
        _sheet.Legend(LegendEntries());
        var right = _sheet.Right - 14;
        var scale = Lines.Scale(_figure, _series, _rows.PlotLeft, right);
        var top = _sheet.Y + (_figure.Target is null ? 2 : 16) + (_rows.IsTall ? 15 : 0);
        _sheet.Area(_rows.PlotLeft, top, right, top + _rows.Height, new(scale.Min, scale.Max, -_rows.Height, 0), scale, Edge.Bottom);
        if (_rows.IsTall)
            _sheet.TickTexts(scale.Ticks, scale.Labels, top - 5);
        _rows.DrawLabels(top);
        if (scale.Min <= 0 && _figure.Unit is not ValueUnit.Score)
            _sheet.Plot.Add.VerticalLine(0, 1.2f, Sheet.Ink(FigureTheme.Axis));
        if (_figure.Target is { } target)
        {
            var text = Columns.TargetText(target, _figure.Unit);
            var half = TextStyle.Value.Measure(text) / 2;
            Marks.Across(_sheet, target, Edge.Bottom, 6, 4);
            _sheet.Text(Math.Clamp(scale.Map(target), _rows.PlotLeft + half, _sheet.Right - half), _sheet.Y + 10, text, TextStyle.Value, Anchor.Middle);
        }
        for (var s = 0; s < _series.Count; s++)
            DrawLine(_series[s], s, (s - (_series.Count - 1) / 2.0) * _rows.Pitch, top);
        _sheet.Y = top + _rows.Height + 20;
        return Notes();
    }

    // The names with the latest number, since there is no room for them where the lines end.
    private IEnumerable<LegendEntry> LegendEntries()
    {
        for (var s = 0; s < _series.Count; s++)
        {
            var last = _series[s].Points.LastOrDefault(PointText.IsShown);
            var value = last is null ? "" : PointText.Headline(last, _figure.Unit);
            yield return Marks.Sign(_series[s].Name, Marks.Point(_series[s].Role, s, 4)) with { Value = value };
        }
        if (_hasInterval && UsesWhiskers)
            yield return Marks.Interval;
        var small = _series.FindIndex(s => s.Points.Any(p => PointText.IsSmall(p, _figure.Unit)));
        if (small >= 0)
            yield return Marks.Sign(Marks.SmallText, Marks.Point(_series[small].Role, small, 4, isHollow: true), 10);
        if (_series.Count == 1)
            yield break;
        foreach (var state in _series.SelectMany(s => s.Points).Where(p => !PointText.IsShown(p)).Select(PointText.State).Distinct().Order())
            yield return Marks.StateSign(state);
    }

    private void DrawLine(FigureSeries one, int index, double shift, double top)
    {
        var colour = FigureTheme.Look(one.Role, index).Outline;
        foreach (var run in Marks.Runs(one.Points, PointText.IsShown).Where(r => r.Length > 1))
        {
            double[] values = [.. run.Select(i => one.Points[i].Value!.Value)], heights = [.. run.Select(i => -(_rows.Middle(i) + shift))];
            Marks.Line(_sheet, values, heights, colour, 1.4, _series.Count > 1 ? Marks.DashOf(one.Role, index) : []);
        }
        for (var i = 0; i < one.Points.Count; i++)
        {
            var (point, middle) = (one.Points[i], _rows.Middle(i) + shift);
            if (!PointText.IsShown(point))
            {
                _rows.DrawState(top, middle, PointText.State(point), hasWord: _series.Count == 1);
                continue;
            }
            if (UsesWhiskers && point is { Lower: { } lower, Upper: { } upper })
                Marks.Whisker(_sheet, -middle, point.Value!.Value, lower, upper, isUpright: false, cap: 2.5f);
            Marks.Point(_sheet, point.Value!.Value, -middle, Marks.Point(one.Role, index, 3, PointText.IsSmall(point, _figure.Unit)));
        }
    }

    private IEnumerable<string> Notes()
    {
        if (_hasInterval && !UsesWhiskers)
            yield return $"{Marks.IntervalText} finns i tabellen.";
        if (Lines.NNote(_series) is { } sizes)
            yield return sizes;
        foreach (var note in Marks.Notes(_series.SelectMany(s => s.Points), _figure.Unit))
            yield return note;
    }
}
