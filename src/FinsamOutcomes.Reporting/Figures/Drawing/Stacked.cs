using FinsamOutcomes.Reporting.Measures;
using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>
/// A lying bar for each category, cut in parts. A bar with hidden parts is drawn to full length only when its n is known
/// and two or more parts share what is left; a single hidden part would be given away by its length.
/// </summary>
internal sealed class Stacked
{
    private const string OpenEnd = "+ dold";

    private readonly Sheet _sheet;
    private readonly StackedBarFigure _figure;
    private readonly IReadOnlyList<FigureSeries> _series;
    private readonly List<Row> _bars;
    private readonly RowLayout _rows;
    private readonly ValueScale _scale;
    private readonly double _right;
    private readonly double _thickness;

    private Stacked(Sheet sheet, StackedBarFigure figure)
    {
        (_sheet, _figure) = (sheet, figure);
        _series = PointText.WomenFirst(figure.Series);
        _bars = [.. Enumerable.Range(0, figure.Categories.Count).Select(i => new Row([.. _series.Select(s => PointText.At(s, i))]))];
        var swatches = _series.Select((s, i) => Marks.Swatch(s.Name, FigureTheme.Look(s.Role, i)));
        sheet.Legend(_bars.Exists(b => b.Rest > 0) ? swatches.Append(Marks.Swatch("dold", FigureTheme.Hidden)) : swatches);
        (_thickness, var gap) = _bars.Count > 15 ? (17.0, 6.0) : (24.0, 12.0);
        _rows = new(sheet, figure.Categories, _thickness, gap);
        _right = sheet.Right - TextStyle.Small.Widest(_bars.Select(b => b.TotalText)) - 12;
        if (!IsShare && _bars.Exists(b => b.HasHidden && b.Rest == 0))
            _right -= TextStyle.State.Measure(OpenEnd) + 4;
        _scale = IsShare
            ? ValueScale.FromZero([1], ValueUnit.Percent, _rows.PlotLeft, _right)
            : ValueScale.FromZero(_bars.Select(b => b.Length), figure.Unit, _rows.PlotLeft, _right);
    }

    public static IEnumerable<string> Draw(Sheet sheet, StackedBarFigure figure) => new Stacked(sheet, figure).Draw();

    private bool IsShare => _figure.Unit is ValueUnit.Percent;

    private IEnumerable<string> Draw()
    {
        var top = _sheet.Y + 16;
        _sheet.Area(_rows.PlotLeft, top, _right, top + _rows.Height, new(_scale.Min, _scale.Max, -_rows.Height, 0), _scale, Edge.Bottom);
        _sheet.Text(_sheet.Right, _sheet.Y + 10, "n", TextStyle.Small, Anchor.End);
        _rows.DrawLabels(top);
        for (var i = 0; i < _bars.Count; i++)
        {
            DrawBar(_bars[i], _rows.Middle(i), top + _rows.Middle(i));
            _sheet.Text(_sheet.Right, top + _rows.Middle(i) + 4, _bars[i].TotalText, TextStyle.Small, Anchor.End);
        }
        _sheet.Plot.Add.VerticalLine(0, 1.2f, Sheet.Ink(FigureTheme.Axis));
        _sheet.Y = top + _rows.Height + 20;
        return Notes();
    }

    private void DrawBar(Row bar, double middle, double page)
    {
        if (bar.Missing(IsShare) is { } state)
        {
            Marks.State(_sheet, _scale.Map(0) + 9, page, state);
            _sheet.Text(_scale.Map(0) + 18, page + 4, bar.MissingText(state), TextStyle.State, isOnGround: true);
            return;
        }
        var whole = IsShare ? bar.Length : 1;
        var isSmall = IsShare && bar.Length < PointText.SmallNumber;
        var sum = 0.0;
        for (var s = 0; s < bar.Points.Count; s++)
        {
            if (!PointText.IsShown(bar.Points[s]))
                continue;
            var value = bar.Points[s].Value!.Value;
            Segment(value, FigureTheme.Look(_series[s].Role, s), IsShare && !isSmall ? Swedish.Percent(value / whole) : Swedish.Count(value));
            sum += value;
        }
        if (bar.Rest > 0)
            Segment(bar.Rest, FigureTheme.Hidden, "dold");
        else if (bar.HasHidden)
            _sheet.Text(_scale.Map(sum / whole) + 7, page + 4, OpenEnd, TextStyle.State);

        void Segment(double value, FillLook look, string text)
        {
            if (value > 0)
                BarSegment.Draw(_sheet, middle, page, sum / whole, (sum + value) / whole, _thickness, look, text);
        }
    }

    private IEnumerable<string> Notes()
    {
        if (IsShare && _bars.Exists(b => b.Missing(IsShare) is null && b.Length < PointText.SmallNumber))
            yield return "Med färre än 10 i underlaget visas antal i stället för procent.";
        if (IsShare && _bars.Exists(b => b.Missing(IsShare) is null && !b.HasHidden && b.Length >= PointText.SmallNumber && b.PrintedSum != 100))
            yield return "Avrundade andelar summerar inte alltid till 100\u00A0%.";
        foreach (var note in Marks.Notes(_bars.SelectMany(b => b.Points), _figure.Unit))
            yield return note;
    }

    private sealed record Row(IReadOnlyList<FigurePoint> Points)
    {
        private double Sum => Points.Where(PointText.IsShown).Sum(p => Math.Max(0, p.Value!.Value));

        public bool HasHidden => Points.Any(p => PointText.State(p).IsKeptBack());

        /// <summary>What the hidden parts are together, when that may be told.</summary>
        public double Rest => HasHidden && PointText.KnownWhole(Points) is { } n && Points.Any(PointText.IsShown) ? Math.Max(0, n - Sum) : 0;

        public double Length => Sum + Rest;

        public string TotalText => Points.Any(PointText.IsShown) && (!HasHidden || Rest > 0) ? Swedish.Count(Length) : "";

        public double PrintedSum => Points.Where(PointText.IsShown).Sum(p => Math.Round(p.Value!.Value / Sum * 100, MidpointRounding.AwayFromZero));

        /// <summary>Why no bar can be drawn; null when one can.</summary>
        public CellState? Missing(bool isShare)
        {
            if (!Points.Any(PointText.IsShown))
                return Points.Select(PointText.State).DefaultIfEmpty(CellState.NoData).Min();
            if (isShare && HasHidden && Rest == 0)
                return Points.Select(PointText.State).First(s => s.IsKeptBack());
            return isShare && Length == 0 ? CellState.NoData : null;
        }

        public string MissingText(CellState state) =>
            state.IsKeptBack() && Points.Any(PointText.IsShown) ? BarSegment.Withheld : state.ToSwedish();
    }
}

/// <summary>A part of a lying bar, with its number inside when there is room for it.</summary>
internal static class BarSegment
{
    public const string Withheld = "delar är dolda, fördelningen visas inte";

    public static void Draw(Sheet sheet, double middle, double page, double from, double to, double thickness, FillLook look, string text)
    {
        Marks.Bar(sheet, -middle, from, to, thickness, look, isUpright: false, isSegment: true);
        var (left, right) = (sheet.MapX(from), sheet.MapX(to));
        var width = TextStyle.Value.Measure(text);
        if (width + 6 > right - left)
            return;
        if (look.Pattern is not FillPattern.None)
            sheet.Rect((left + right) / 2 - width / 2 - 3, page - 7.5, width + 6, 15, look.Ground);
        sheet.Text((left + right) / 2, page + 4.4, text, TextStyle.Value with { Colour = look.Text }, Anchor.Middle);
    }
}
