using FinsamOutcomes.Reporting.Measures;
using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>Curves over the days since entry, named where they end, with how many are followed under the axis.</summary>
internal sealed class Survival
{
    private const double LeastHeight = 220;
    private const double NamePitch = 16;
    private const double NumberRow = 15;
    private const double WidestName = 130;
    private const int MaxBands = 2;

    private static readonly int[] s_strides = [30, 60, 90, 120, 180, 360, 720, 1440];

    private readonly Sheet _sheet;
    private readonly SurvivalFigure _figure;
    private readonly List<SurvivalCurve> _curves;
    private readonly IReadOnlyList<int> _days;
    private readonly double _widest;

    private Survival(Sheet sheet, SurvivalFigure figure)
    {
        (_sheet, _figure) = (sheet, figure);
        _curves = [.. figure.Curves];
        _days = figure.Days;
        _widest = TextStyle.Small.Widest(_days.Select(d => Swedish.Count(d)).Concat(_curves.SelectMany(c => c.Marks).Select(AtRisk)));
    }

    public static IEnumerable<string> Draw(Sheet sheet, SurvivalFigure figure) => new Survival(sheet, figure).Draw();

    private bool HasInterval => _curves.Exists(c => !c.IsOfFew && c.Marks.Any(m => PointText.HasInterval(m.Share)));

    private bool HasBands => HasInterval && _curves.Count(c => c.Shown.Any()) <= MaxBands;

    // On a phone, and for long names, a name stands above its numbers.
    private bool HasNamesBeside => !_sheet.IsNarrow && TextStyle.Small.Widest(_curves.Select(c => c.Name)) <= WidestName;

    private IEnumerable<string> Draw()
    {
        _sheet.Legend(LegendEntries());
        var ends = _curves.Select((c, i) => (Curve: c, Index: i, Last: c.Shown.LastOrDefault())).Where(e => e.Last is not null).ToList();
        var height = Math.Max(LeastHeight, _sheet.IsNarrow ? 0 : ends.Count * NamePitch);
        var top = _sheet.Y + 6;
        var heights = _curves.SelectMany(c => c.Shown).SelectMany(m => new[] { m.Share.Value!.Value, HasBands ? m.Share.Upper ?? 0 : 0 });
        var scale = ValueScale.FromZero(heights, ValueUnit.Percent, top + height, top);
        var nameRoom = HasNamesBeside ? TextStyle.Small.Widest(_curves.Select(c => c.Name)) + 28 : 0;
        var left = _sheet.Left + Math.Max(scale.LabelWidth + 8, nameRoom + _widest / 2);
        var endRoom = _sheet.IsNarrow ? _widest / 2 + 2 : ends.Max(e => NameWidth(e.Curve) + TextStyle.Value.Measure(EndText(e.Curve, e.Last!)) + 35);
        var right = _sheet.Right - endRoom;
        _sheet.Area(left, top, right, top + height, new(0, Math.Max(1, _days[^1]), scale.Min, scale.Max), scale, Edge.Left);
        _sheet.Plot.Add.HorizontalLine(0, 1.2f, Sheet.Ink(FigureTheme.Axis));
        if (_figure.MarksHalf)
            Marks.Across(_sheet, 0.5, Edge.Left, 2, 3);
        DrawCurves();
        if (!_sheet.IsNarrow)
            DrawEnds(ends.ConvertAll(e => (e.Curve, e.Index, e.Last!)), scale, right, top, height);
        var y = DrawUnder(top + height, (left + right) / 2);
        foreach (var finding in _figure.Findings)
            y = _sheet.Paragraph(finding, TextStyle.Label, y + TextStyle.Label.LineHeight + 2);
        _sheet.Y = y + 4;
        return Notes();
    }

    private IEnumerable<LegendEntry> LegendEntries()
    {
        for (var i = 0; i < _curves.Count && _sheet.IsNarrow; i++)
        {
            var last = _curves[i].Shown.LastOrDefault();
            var sign = Marks.Sign(_curves[i].Name, Marks.Point(_curves[i].Role, i, 4, _curves[i].IsOfFew));
            yield return sign with { Value = last is null ? "" : EndText(_curves[i], last) };
        }
        if (HasBands)
            yield return Marks.IntervalBand(FigureTheme.Look(_curves[0].Role, 0).Ground);
        if (_figure.MarksHalf)
            yield return new("hälften", 22, (s, x, y) => s.Line(x, y, x + 22, y, FigureTheme.Ink, 1.3, 2, 3));
        var few = _curves.FindIndex(c => c.IsOfFew);
        if (few >= 0)
            yield return Marks.Sign(Marks.SmallText, Marks.Point(_curves[few].Role, few, 4, isHollow: true), 10);
    }

    private void DrawCurves()
    {
        if (HasBands)
        {
            foreach (var (curve, index) in _curves.Select((c, i) => (c, i)).Where(c => c.c.Shown.Any() && !c.c.IsOfFew))
            {
                // At the start, and where all have left, there is no interval.
                Marks.Band(
                    _sheet,
                    [.. curve.Shown.Select(m => (double)m.Days)],
                    [.. curve.Shown.Select(m => m.Share.Lower ?? m.Share.Value!.Value)],
                    [.. curve.Shown.Select(m => m.Share.Upper ?? m.Share.Value!.Value)],
                    FigureTheme.Look(curve.Role, index).Ground,
                    0.17);
            }
        }
        var radius = _days.Count > 30 ? 1.8 : _days.Count > 15 ? 2.4 : 3.2;
        foreach (var (curve, index) in _curves.Select((c, i) => (c, i)))
        {
            double[] xs = [.. curve.Shown.Select(m => (double)m.Days)], ys = [.. curve.Shown.Select(m => m.Share.Value!.Value)];
            var dash = _curves.Count > 1 ? Marks.DashOf(curve.Role, index) : [];
            if (xs.Length > 1)
                Marks.Line(_sheet, xs, ys, FigureTheme.Look(curve.Role, index).Outline, curve.IsOfFew ? 1 : 2, dash);
            for (var i = 0; i < xs.Length; i++)
                Marks.Point(_sheet, xs[i], ys[i], Marks.Point(curve.Role, index, radius, curve.IsOfFew));
        }
    }

    private void DrawEnds(List<(SurvivalCurve Curve, int Index, SurvivalMark Last)> ends, ValueScale scale, double right, double top, double height)
    {
        ends.Sort((a, b) => scale.Map(a.Last.Share.Value!.Value).CompareTo(scale.Map(b.Last.Share.Value!.Value)));
        var heights = Sheet.Spread(ends.Select(e => scale.Map(e.Last.Share.Value!.Value)), top, top + height);
        for (var i = 0; i < ends.Count; i++)
        {
            var (curve, index, last) = ends[i];
            var wanted = scale.Map(last.Share.Value!.Value);
            if (Math.Abs(wanted - heights[i]) > 5)
                _sheet.Line(right + 2, wanted, right + 10, heights[i], FigureTheme.Axis, 0.8);
            _sheet.Marker(right + 15, heights[i], Marks.Point(curve.Role, index, 4, curve.IsOfFew));
            _sheet.Text(right + 25, heights[i] + 4.4, Name(curve), TextStyle.Label);
            _sheet.Text(right + 30 + NameWidth(curve), heights[i] + 4.4, EndText(curve, last), TextStyle.Value);
        }
    }

    // Days, and under them how many are followed: at the same days for all, so that columns can be read.
    private double DrawUnder(double axis, double middle)
    {
        foreach (var day in _days)
            _sheet.Line(_sheet.MapX(day), axis, _sheet.MapX(day), axis + 3, FigureTheme.Axis);
        var ticks = Ticks();
        foreach (var day in ticks)
            _sheet.Text(_sheet.MapX(day), axis + 16, Swedish.Count(day), TextStyle.Small, Anchor.Middle);
        _sheet.Text(middle, axis + 32, _figure.TimeLabel, TextStyle.Small, Anchor.Middle);
        var y = _sheet.Paragraph(_figure.AtRiskLabel, TextStyle.Small with { IsBold = true }, axis + 52);
        foreach (var (curve, index) in _curves.Select((c, i) => (c, i)))
        {
            y += NumberRow;
            _sheet.Marker(_sheet.Left + 5, y - 4, Marks.Point(curve.Role, index, 3.5, curve.IsOfFew));
            if (HasNamesBeside)
                _sheet.Text(_sheet.Left + 14, y, curve.Name, TextStyle.Small);
            else
                y = _sheet.Paragraph(curve.Name, TextStyle.Small, y, indent: 14) + NumberRow;
            if (!curve.Shown.Any())
            {
                var state = curve.Marks.Select(m => PointText.State(m.Share)).DefaultIfEmpty(CellState.NoData).Min();
                Marks.State(_sheet, _sheet.PlotArea.Left + 5, y - 4, state);
                _sheet.Text(_sheet.PlotArea.Left + 14, y, state.ToSwedish(), TextStyle.State);
                continue;
            }
            foreach (var mark in ticks.Select(curve.At).OfType<SurvivalMark>())
                _sheet.Text(_sheet.MapX(mark.Days), y, AtRisk(mark), PointText.IsShown(mark.AtRisk) ? TextStyle.Small : TextStyle.State, Anchor.Middle);
        }
        return y + 4;
    }

    private IEnumerable<string> Notes()
    {
        if (HasInterval && !HasBands)
            yield return $"{Marks.IntervalText} finns i tabellen.";
        foreach (var note in Marks.Notes(_curves.SelectMany(c => c.Marks).Select(m => m.Share), ValueUnit.Percent))
            yield return note;
    }

    // The smallest even distance that gives each number room; where marks are merged unevenly, as many as have room.
    private List<int> Ticks()
    {
        var room = _widest + 7;
        var even = s_strides.Select(stride => _days.Where(d => d % stride == 0).ToList()).First(days => IsApart(days) || days.Count < 2);
        var any = new List<int>();
        foreach (var day in _days.Where(day => any.Count == 0 || _sheet.MapX(day) - _sheet.MapX(any[^1]) >= room))
            any.Add(day);
        var ticks = any.Count > even.Count * 1.4 ? any : even;
        if (IsApart([.. ticks, _days[^1]]))
            ticks.Add(_days[^1]);
        return ticks;

        bool IsApart(List<int> days) => days.Zip(days.Skip(1)).All(pair => _sheet.MapX(pair.Second) - _sheet.MapX(pair.First) >= room);
    }

    // Where a curve ends before the others its day is said.
    private string EndText(SurvivalCurve curve, SurvivalMark last) =>
        curve.ShareText(last) + (last.Days < _days[^1] && !curve.IsOfFew ? $" (dag {Swedish.Count(last.Days)})" : "");

    private static string Name(SurvivalCurve curve) => TextStyle.Label.Wrap(curve.Name, 190, maxLines: 1)[0];

    private static double NameWidth(SurvivalCurve curve) => TextStyle.Label.Measure(Name(curve));

    private static string AtRisk(SurvivalMark mark) => PointText.Headline(mark.AtRisk, ValueUnit.Count);
}
