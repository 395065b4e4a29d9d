using FinsamOutcomes.Reporting.Measures;
using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>
/// Answers on both sides of zero. A row with a hidden part is not drawn at all: the rest of it, and where it begins, would
/// give the part away.
/// </summary>
internal sealed class Diverging
{
    private const double Thickness = 22;
    private const double Step = 0.2;

    private readonly Sheet _sheet;
    private readonly DivergingBarFigure _figure;
    private readonly List<List<FigurePoint>> _bars;
    private readonly RowLayout _rows;

    private Diverging(Sheet sheet, DivergingBarFigure figure)
    {
        (_sheet, _figure) = (sheet, figure);
        _bars = [.. Enumerable.Range(0, figure.Categories.Count).Select(c => figure.Series.Select(s => PointText.At(s, c)).ToList())];
        _rows = new(sheet, figure.Categories, Thickness, _bars.Count > 15 ? 6 : 12);
    }

    public static IEnumerable<string> Draw(Sheet sheet, DivergingBarFigure figure) => new Diverging(sheet, figure).Draw();

    private IEnumerable<string> Draw()
    {
        _sheet.Legend(_figure.Series.Select((s, i) => Marks.Swatch(s.Name, Look(i))));
        var right = _sheet.Right - TextStyle.Small.Widest(_bars.Select(NText)) - 12;
        var drawn = _bars.Where(IsDrawn).ToList();
        var low = Math.Max(1, (int)Math.Ceiling(drawn.Select(Negative).DefaultIfEmpty(0).Max() / Step - 1e-9));
        var high = Math.Max(1, (int)Math.Ceiling(drawn.Select(b => 1 - Negative(b)).DefaultIfEmpty(0).Max() / Step - 1e-9));
        double[] ticks = [.. Enumerable.Range(-low, low + high + 1).Select(i => i * Step)];
        var top = _sheet.Y + 16;
        _sheet.Area(_rows.PlotLeft, top, right, top + _rows.Height, new(ticks[0], ticks[^1], -_rows.Height, 0));
        _sheet.Grid(ticks, Edge.Bottom);
        // The axis counts outwards from zero on both sides.
        _sheet.TickTexts(ticks, [.. ticks.Select(t => Swedish.Percent(Math.Abs(Math.Round(t, 2))))], Edge.Bottom);
        _sheet.Plot.Add.VerticalLine(0, 1.2f, Sheet.Ink(FigureTheme.Ink));
        _sheet.Text(_sheet.Right, _sheet.Y + 10, "n", TextStyle.Small, Anchor.End);
        _rows.DrawLabels(top);
        for (var i = 0; i < _bars.Count; i++)
        {
            DrawBar(_bars[i], _rows.Middle(i), top + _rows.Middle(i));
            _sheet.Text(_sheet.Right, top + _rows.Middle(i) + 4, NText(_bars[i]), TextStyle.Small, Anchor.End);
        }
        _sheet.Y = top + _rows.Height + 20;
        return Notes();
    }

    private void DrawBar(List<FigurePoint> bar, double middle, double page)
    {
        if (!IsDrawn(bar))
        {
            var state = State(bar);
            Marks.State(_sheet, _rows.PlotLeft + 9, page, state);
            _sheet.Text(
                _rows.PlotLeft + 18,
                page + 4,
                state.IsKeptBack() && bar.Exists(PointText.IsShown) ? BarSegment.Withheld : state.ToSwedish(),
                TextStyle.State,
                isOnGround: true);
            return;
        }
        var isSmall = Sum(bar) < PointText.SmallNumber;
        var from = -Negative(bar);
        for (var s = 0; s < bar.Count; s++)
        {
            var share = Share(bar, s);
            if (share <= 0)
                continue;
            BarSegment.Draw(
                _sheet,
                middle,
                page,
                from,
                from + share,
                Thickness,
                Look(s),
                isSmall ? Swedish.Count(bar[s].Value!.Value) : Swedish.Percent(share));
            from += share;
        }
    }

    private IEnumerable<string> Notes()
    {
        if (_bars.Exists(b => IsDrawn(b) && Sum(b) < PointText.SmallNumber))
            yield return "Med färre än 10 i underlaget visas antal i stället för procent.";
        if (_figure.Series.Count % 2 == 1)
            yield return $"”{_figure.Series[_figure.Series.Count / 2].Name}” ligger med hälften på var sida om noll.";
        foreach (var note in Marks.Notes(_bars.SelectMany(b => b), _figure.Unit))
            yield return note;
    }

    private FillLook Look(int series) => FigureTheme.Answer(series, _figure.Series.Count);

    private static double Sum(List<FigurePoint> bar) => bar.Sum(p => p.Value!.Value);

    private static double Share(List<FigurePoint> bar, int part) => bar[part].Value!.Value / Sum(bar);

    // How much of a bar lies to the left of zero: the negative answers and half of a middle one.
    private static double Negative(List<FigurePoint> bar)
    {
        var half = bar.Count / 2;
        return Enumerable.Range(0, half).Sum(s => Share(bar, s)) + (bar.Count % 2 == 1 ? Share(bar, half) / 2 : 0);
    }

    private static bool IsDrawn(List<FigurePoint> bar) => bar.TrueForAll(PointText.IsShown) && Sum(bar) > 0;

    private static CellState State(List<FigurePoint> bar) =>
        bar.Where(p => !PointText.IsShown(p)).Select(PointText.State).DefaultIfEmpty(CellState.NoData).Min();

    private static string NText(List<FigurePoint> bar) => bar.TrueForAll(PointText.IsShown) ? Swedish.Count(Sum(bar)) : "";
}
