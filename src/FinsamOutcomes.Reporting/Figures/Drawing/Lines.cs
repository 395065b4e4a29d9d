using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>Lines over periods, named where they end; intervals as whiskers, or as bands when periods are many.</summary>
internal sealed class Lines
{
    private const double PlotHeight = 210;
    private const double MarkerRoom = 14;
    private const int MaxWhiskers = 26;
    private const int MaxBands = 2;
    private const int MaxNRows = 4;

    private readonly Sheet _sheet;
    private readonly LineFigure _figure;
    private readonly List<FigureSeries> _series;
    private readonly List<FigurePoint> _points;
    private readonly List<EndLabel> _ends;
    private readonly bool _hasInterval;
    private readonly double _left;
    private readonly double _right;
    private readonly PeriodsAcross _axis;

    private Lines(Sheet sheet, LineFigure figure)
    {
        (_sheet, _figure) = (sheet, figure);
        _series = Series(figure);
        _points = [.. _series.SelectMany(s => s.Points)];
        _hasInterval = _points.Exists(p => PointText.HasInterval(p));
        _ends = [.. _series.Select((s, i) => EndText(s, i, figure.Unit)).OfType<EndLabel>()];
        var endWidth = _ends.Select(e => TextStyle.Label.Measure(e.Name) + TextStyle.Value.Measure(e.Value) + 5)
            .Append(figure.Target is { } goal ? TextStyle.Value.Measure(Columns.TargetText(goal, figure.Unit)) : 0).Max();
        _left = sheet.Left + Math.Max(Scale(figure, _series, 0, PlotHeight).LabelWidth, 24) + 8;
        _right = sheet.Right - endWidth - 16 - MarkerRoom;
        _axis = new(sheet, figure.Periods, _left, _right);
    }

    public static IEnumerable<string> Draw(Sheet sheet, LineFigure figure) => new Lines(sheet, figure).Draw();

    /// <summary>The series, women first, with a point for each period.</summary>
    public static List<FigureSeries> Series(LineFigure figure) =>
        [
            .. PointText
                .WomenFirst(figure.Series)
                .Select(s => s with { Points = [.. Enumerable.Range(0, figure.Periods.Count).Select(i => PointText.At(s, i))] }),
        ];

    public static ValueScale Scale(LineFigure figure, IEnumerable<FigureSeries> series, double start, double end)
    {
        var reach = Columns.Reach(series, figure.Target).ToList();
        return figure.Unit is ValueUnit.Score
            ? ValueScale.Between(reach.Min(), reach.Max(), figure.Unit, start, end)
            : ValueScale.FromZero(reach, figure.Unit, start, end);
    }

    /// <summary>Where n finds no room in the drawing.</summary>
    public static string? NNote(IReadOnlyList<FigureSeries> series)
    {
        var known = series
            .Select(s => (s.Name, Ns: s.Points.Where(PointText.IsShown).Select(p => p.N).OfType<long>().ToList()))
            .Where(s => s.Ns.Count > 0)
            .ToList();
        if (known.Count > MaxNRows)
            return $"n per period och grupp: {Marks.Range([.. known.SelectMany(s => s.Ns)])}.";
        return known.Count > 0 ? $"n per period: {string.Join(", ", known.Select(s => $"{s.Name} {Marks.Range(s.Ns)}"))}." : null;
    }

    private bool UsesWhiskers => _series.Count * _figure.Periods.Count <= MaxWhiskers;

    private bool FitsN =>
        _series.Count <= MaxNRows && _points.Where(PointText.IsShown).All(p => p.N is { } n && TextStyle.Small.Measure(Swedish.Count(n)) + 4 <= _axis.Slot);

    private IEnumerable<string> Draw()
    {
        _sheet.Legend(LegendEntries());
        var (top, count) = (_sheet.Y + 6, _figure.Periods.Count);
        var scale = Scale(_figure, _series, top + PlotHeight, top);
        _sheet.Area(_left, top, _right, top + PlotHeight, new(-0.5, count - 0.5, scale.Min, scale.Max), scale, Edge.Left);
        if (_hasInterval && !UsesWhiskers && _series.Count <= MaxBands)
        {
            for (var s = 0; s < _series.Count; s++)
                DrawBands(_series[s], s);
        }
        if (scale.Min <= 0 && _figure.Unit is not ValueUnit.Score)
            _sheet.Plot.Add.HorizontalLine(0, 1.2f, Sheet.Ink(FigureTheme.Axis));
        if (_figure.Target is { } target)
            Marks.Across(_sheet, target, Edge.Left, 6, 4);
        for (var s = 0; s < _series.Count; s++)
            DrawLine(_series[s], s, UsesWhiskers ? (s - (_series.Count - 1) / 2.0) * 8 / _axis.Slot : 0);
        DrawEnds(scale, top);
        _sheet.Y = DrawUnder(top + PlotHeight);
        return Notes();
    }

    private IEnumerable<LegendEntry> LegendEntries()
    {
        if (_hasInterval && UsesWhiskers)
            yield return Marks.Interval;
        else if (_hasInterval && _series.Count <= MaxBands)
            yield return Marks.IntervalBand(FigureTheme.Look(_series[0].Role, 0).Ground);
        var small = _series.FindIndex(s => s.Points.Any(p => PointText.IsSmall(p, _figure.Unit)));
        if (small >= 0)
            yield return Marks.Sign(Marks.SmallText, Marks.Point(_series[small].Role, small, 4, isHollow: true), 10);
        foreach (var state in _series.SelectMany(s => _axis.UnsaidStates(s.Points)).Distinct().Order())
            yield return Marks.StateSign(state);
    }

    private void DrawBands(FigureSeries one, int index)
    {
        foreach (var run in Marks.Runs(one.Points, p => PointText.IsShown(p) && p is { Lower: not null, Upper: not null }))
        {
            Marks.Band(
                _sheet,
                [.. run.Select(i => (double)i)],
                [.. run.Select(i => one.Points[i].Lower!.Value)],
                [.. run.Select(i => one.Points[i].Upper!.Value)],
                FigureTheme.Look(one.Role, index).Ground,
                0.17);
        }
    }

    private void DrawLine(FigureSeries one, int index, double shift)
    {
        foreach (var run in Marks.Runs(one.Points, PointText.IsShown).Where(r => r.Length > 1))
        {
            Marks.Line(
                _sheet,
                [.. run.Select(i => i + shift)],
                [.. run.Select(i => one.Points[i].Value!.Value)],
                FigureTheme.Look(one.Role, index).Outline,
                2,
                _series.Count > 1 ? Marks.DashOf(one.Role, index) : []);
        }
        var radius = _axis.Slot < 12 ? 2.2 : _axis.Slot < 24 ? 3 : 4;
        for (var i = 0; i < one.Points.Count; i++)
        {
            var point = one.Points[i];
            if (!PointText.IsShown(point))
                continue;
            if (UsesWhiskers && point is { Lower: { } lower, Upper: { } upper })
                Marks.Whisker(_sheet, i + shift, point.Value!.Value, lower, upper, isUpright: true, cap: 2.5f);
            Marks.Point(_sheet, i + shift, point.Value!.Value, Marks.Point(one.Role, index, radius, PointText.IsSmall(point, _figure.Unit)));
        }
    }

    // Names at the ends of lines are pushed apart until none covers another; the target keeps its own height if it can.
    private void DrawEnds(ValueScale scale, double top)
    {
        var labels = _ends.Select(e => (Wanted: scale.Map(e.Point.Value!.Value), End: (EndLabel?)e)).ToList();
        if (_figure.Target is { } target)
            labels.Add((scale.Map(target), null));
        labels.Sort((a, b) => a.Wanted.CompareTo(b.Wanted));
        var heights = Sheet.Spread(labels.Select(l => l.Wanted), top, top + PlotHeight);
        for (var i = 0; i < labels.Count; i++)
        {
            var (wanted, y, x) = (labels[i].Wanted, heights[i], _right + 12);
            if (Math.Abs(wanted - y) > 5)
                _sheet.Line(_right + 1, wanted, _right + 9, y, FigureTheme.Axis, 0.8);
            if (labels[i].End is not { } end)
            {
                _sheet.Text(x + MarkerRoom, y + 4.4, Columns.TargetText(_figure.Target!.Value, _figure.Unit), TextStyle.Value);
                continue;
            }
            _sheet.Marker(x + 4, y, Marks.Point(end.Role, end.Index, 4));
            _sheet.Text(x + MarkerRoom, y + 4.4, end.Name, TextStyle.Label);
            _sheet.Text(x + MarkerRoom + TextStyle.Label.Measure(end.Name) + 5, y + 4.4, end.Value, TextStyle.Value);
        }
    }

    private double DrawUnder(double y)
    {
        for (var s = 0; s < _series.Count; s++)
        {
            if (_series[s].Points.All(PointText.IsShown))
                continue;
            _sheet.Marker(_sheet.Left + 18, y + 11, Marks.Point(_series[s].Role, s, 3.5));
            _axis.DrawStates(y + 11, _series[s].Points);
            y += 15;
        }
        y = _axis.Draw(y + 3) + 2;
        for (var s = 0; s < _series.Count && FitsN; s++)
        {
            if (_axis.DrawN(y, _series[s].Points) is not { } bottom)
                continue;
            _sheet.Marker(_sheet.Left + 6, y + 10, Marks.Point(_series[s].Role, s, 3.5));
            _sheet.Text(_sheet.Left + 16, y + 14, "n", TextStyle.Small);
            y = bottom;
        }
        return y + 2;
    }

    private IEnumerable<string> Notes()
    {
        if (_hasInterval && !UsesWhiskers && _series.Count > MaxBands)
            yield return $"{Marks.IntervalText} finns i tabellen.";
        if (!FitsN && NNote(_series) is { } sizes)
            yield return sizes;
        foreach (var note in Marks.Notes(_points, _figure.Unit))
            yield return note;
    }

    private static EndLabel? EndText(FigureSeries series, int index, ValueUnit unit) =>
        series.Points.LastOrDefault(PointText.IsShown) is { } last
            ? new(TextStyle.Label.Wrap(series.Name, 190, maxLines: 1)[0], PointText.Headline(last, unit), last, series.Role, index)
            : null;

    private sealed record EndLabel(string Name, string Value, FigurePoint Point, SeriesRole Role, int Index);
}
