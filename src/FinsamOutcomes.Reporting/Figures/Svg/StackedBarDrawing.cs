using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>
/// A horizontal bar for each category, cut in parts. A bar with hidden parts is drawn to full length only when its n is
/// known and two or more parts share what is left; a single hidden part would be given away by its length.
/// </summary>
internal static class StackedBarDrawing
{
    private const double BarHeight = 24;
    private const double Gap = 12;
    private const string OpenEnd = "+ dold";

    public static DrawnPlot Draw(SvgCanvas canvas, StackedBarFigure figure, double top)
    {
        var series = PointText.WomenFirst(figure.Series);
        var bars = Enumerable.Range(0, figure.Categories.Count).Select(i => new Bar([.. series.Select(s => PointText.At(s, i))])).ToList();
        var isShare = figure.Unit is ValueUnit.Percent;
        var items = series.Select((s, i) => Legend.Swatch(canvas, s.Name, FigureTheme.Look(s.Role, i))).ToList();
        if (bars.Any(b => b.Rest > 0))
            items.Add(Legend.Swatch(canvas, "dold", FigureTheme.Hidden));
        top = Legend.Draw(canvas, items, top);

        var labels = new CategoryLabels(figure.Categories);
        var barHeight = bars.Count > 15 ? 17 : BarHeight;
        var gap = bars.Count > 15 ? 6 : Gap;
        var right = FigureTheme.Width - FigureTheme.Margin - bars.Max(b => TextStyle.Small.Measure(b.TotalText)) - 12;
        if (!isShare && bars.Exists(b => b.HasHidden && b.Rest == 0))
            right -= TextStyle.State.Measure(OpenEnd) + 4;
        var scale = isShare
            ? ValueScale.FromZero([1], ValueUnit.Percent, labels.Right, right)
            : ValueScale.FromZero(bars.Select(b => b.Length), figure.Unit, labels.Right, right);
        var heights = bars.Select((_, i) => Math.Max(barHeight, labels.Height(i)) + gap).ToList();
        var plotTop = top + 16;
        var bottom = plotTop + heights.Sum();
        for (var i = 0; i < scale.Ticks.Count; i++)
        {
            var x = scale.Map(scale.Ticks[i]);
            canvas.Line(x, plotTop, x, bottom, FigureTheme.Hairline);
            canvas.Text(x, bottom + 15, scale.Labels[i], TextStyle.Small, Anchor.Middle);
        }
        canvas.Text(FigureTheme.Width - FigureTheme.Margin, top + 10, "n", TextStyle.Small, Anchor.End);
        var y = plotTop;
        for (var i = 0; i < bars.Count; i++)
        {
            var middle = y + heights[i] / 2;
            labels.Draw(canvas, i, middle);
            DrawBar(canvas, bars[i], series, isShare, scale, middle, barHeight);
            canvas.Text(FigureTheme.Width - FigureTheme.Margin, middle + 4, bars[i].TotalText, TextStyle.Small, Anchor.End);
            y += heights[i];
        }
        canvas.Line(scale.Map(0), plotTop, scale.Map(0), bottom, FigureTheme.Axis, 1.2);
        return new(bottom + 20, [.. Notes(bars, isShare, figure.Unit)]);
    }

    private static void DrawBar(SvgCanvas canvas, Bar bar, IReadOnlyList<FigureSeries> series, bool isShare, ValueScale scale, double middle, double height)
    {
        if (bar.Missing(isShare) is { } state)
        {
            Marks.State(canvas, scale.Map(0) + 9, middle, state);
            canvas.TextOnGround(scale.Map(0) + 18, middle + 4, bar.MissingText(state), TextStyle.State);
            return;
        }
        var whole = isShare ? bar.Length : 1;
        var isSmall = isShare && bar.Length < PointText.SmallNumber;
        var sum = 0.0;
        for (var s = 0; s < bar.Points.Count; s++)
        {
            if (!PointText.IsShown(bar.Points[s]))
                continue;
            var value = bar.Points[s].Value!.Value;
            Segment(value, FigureTheme.Look(series[s].Role, s), isShare && !isSmall ? Swedish.Percent(value / whole) : Swedish.Count(value));
            sum += value;
        }
        if (bar.Rest > 0)
            Segment(bar.Rest, FigureTheme.Hidden, "dold");
        else if (bar.HasHidden)
            canvas.Text(scale.Map(sum / whole) + 7, middle + 4, OpenEnd, TextStyle.State);

        void Segment(double value, FillLook look, string text)
        {
            if (value <= 0)
                return;
            var (from, to) = (scale.Map(sum / whole), scale.Map((sum + value) / whole));
            canvas.Rect(from, middle - height / 2, to - from, height, canvas.Fill(look), FigureTheme.Ground, 1.2);
            if (look.Outline != look.Ground)
                canvas.Rect(from + 1, middle - height / 2 + 0.5, to - from - 2, height - 1, "none", look.Outline, 0.8);
            var width = TextStyle.Value.Measure(text);
            if (width + 6 > to - from)
                return;
            if (look.Pattern is not FillPattern.None)
                canvas.Rect((from + to) / 2 - width / 2 - 3, middle - 7.5, width + 6, 15, look.Ground, radius: 2);
            canvas.Text((from + to) / 2, middle + 4.4, text, TextStyle.Value with { Colour = look.Text }, Anchor.Middle);
        }
    }

    private static IEnumerable<string> Notes(List<Bar> bars, bool isShare, ValueUnit unit)
    {
        if (isShare && bars.Any(b => b.Missing(isShare) is null && b.Length < PointText.SmallNumber))
            yield return "Med färre än 10 i underlaget visas antal i stället för procent.";
        foreach (var note in Marks.Notes(bars.SelectMany(b => b.Points), unit))
            yield return note;
    }

    /// <summary>The parts of one bar.</summary>
    private sealed record Bar(IReadOnlyList<FigurePoint> Points)
    {
        private double Sum => Points.Where(PointText.IsShown).Sum(p => Math.Max(0, p.Value!.Value));

        public bool HasHidden => Points.Any(p => PointText.State(p) is CellState.Hidden);

        /// <summary>What hidden parts have in common, when the whole is known.</summary>
        public double Rest => HasHidden && PointText.KnownWhole(Points) is { } n && Points.Any(PointText.IsShown) ? Math.Max(0, n - Sum) : 0;

        public double Length => Sum + Rest;

        public string TotalText => Points.Any(PointText.IsShown) && (!HasHidden || Rest > 0) ? Swedish.Count(Length) : "";

        /// <summary>Why the bar can't be drawn; null when it can.</summary>
        public CellState? Missing(bool isShare)
        {
            if (!Points.Any(PointText.IsShown))
                return Points.Select(PointText.State).DefaultIfEmpty(CellState.NoData).Min();
            if (isShare && HasHidden && Rest == 0)
                return CellState.Hidden;
            return isShare && Length == 0 ? CellState.NoData : null;
        }

        public string MissingText(CellState state) =>
            state is CellState.Hidden && Points.Any(PointText.IsShown) ? "delar är dolda, fördelningen visas inte" : state.ToSwedish();
    }
}
