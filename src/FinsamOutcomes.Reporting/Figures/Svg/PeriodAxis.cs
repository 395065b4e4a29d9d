using System.Globalization;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>Periods from left to right; labels are thinned so that none touches the next, and a year is said once.</summary>
internal sealed class PeriodAxis
{
    private static readonly int[] s_steps = [1, 2, 3, 4, 6, 12, 24, 36, 60, 120];

    private readonly double _left;
    private readonly double _slot;
    private readonly List<(string Name, string Year)> _labels;
    private readonly bool _hasYears;

    public PeriodAxis(IReadOnlyList<string> periods, double left, double right)
    {
        _left = left;
        _slot = (right - left) / Math.Max(1, periods.Count);
        var split = periods.Select(Split).ToList();
        _hasYears = split.All(p => p.Year.Length > 0);
        _labels = _hasYears ? split : [.. periods.Select(p => (p, ""))];
        var widest = _labels.Max(l => TextStyle.Small.Measure(l.Name)) + 8;
        Step = Array.Find(s_steps, s => s * _slot >= widest);
        if (Step == 0)
            Step = periods.Count;
    }

    /// <summary>Every how many periods there is a label.</summary>
    public int Step { get; }

    public double Slot => _slot;

    public double X(int period) => _left + _slot * (period + 0.5);

    /// <summary>Draws labels from <paramref name="top"/>; returns the lowest baseline.</summary>
    public double Draw(SvgCanvas canvas, double top)
    {
        var yearFrom = double.NegativeInfinity;
        for (var i = 0; i < _labels.Count; i++)
        {
            if (i % Step == 0)
            {
                // The first and the last label may be wider than their slot.
                var half = TextStyle.Small.Measure(_labels[i].Name) / 2;
                canvas.Text(Math.Clamp(X(i), FigureTheme.Margin + half, FigureTheme.Width - FigureTheme.Margin - half), top + 14, _labels[i].Name, TextStyle.Small, Anchor.Middle);
                if (Step > 1)
                    canvas.Line(X(i), top, X(i), top + 3, FigureTheme.Axis);
            }
            var isNewYear = _hasYears && (i == 0 || _labels[i].Year != _labels[i - 1].Year);
            var x = X(i) - Math.Min(_slot / 2, 14);
            if (!isNewYear || x < yearFrom)
                continue;
            canvas.Text(x, top + 29, _labels[i].Year, TextStyle.Small with { IsBold = true });
            yearFrom = x + TextStyle.Small.Measure(_labels[i].Year) + 12;
        }
        return top + (_hasYears ? 31 : 16);
    }

    /// <summary>A row of n under the axis when each fits in its slot; returns the baseline, or null when they do not fit.</summary>
    public double? DrawN(SvgCanvas canvas, double top, IReadOnlyList<FigurePoint> points)
    {
        var texts = points.Select(p => PointText.IsShown(p) && p.N is { } n ? Swedish.Count(n) : "").ToList();
        if (texts.All(t => t.Length == 0) || texts.Max(TextStyle.Small.Measure) + 4 > _slot)
            return null;
        for (var i = 0; i < texts.Count; i++)
            canvas.Text(X(i), top + 14, texts[i], TextStyle.Small, Anchor.Middle);
        return top + 15;
    }

    /// <summary>Signs of the periods without a number, each run of them with its word where there is room for it.</summary>
    public void DrawStates(SvgCanvas canvas, double middle, IReadOnlyList<FigurePoint> points, double right)
    {
        for (var i = 0; i < points.Count; i++)
        {
            if (!PointText.IsShown(points[i]))
                Marks.State(canvas, X(i), middle, PointText.State(points[i]), Math.Min(9, _slot - 1.5));
        }
        foreach (var (x, word, fits) in StateWords(points, right))
        {
            if (fits)
                canvas.Text(x, middle + 4, word, TextStyle.State);
        }
    }

    /// <summary>The states whose word found no room in some place, and which a legend must explain.</summary>
    public IEnumerable<CellState> UnsaidStates(IReadOnlyList<FigurePoint> points, double right)
    {
        var unsaid = StateWords(points, right).Where(w => !w.Fits).Select(w => w.Word).ToList();
        return Enum.GetValues<CellState>().Where(s => unsaid.Contains(s.ToSwedish()));
    }

    // One word for each run of the same state, to the right of the run.
    private IEnumerable<(double X, string Word, bool Fits)> StateWords(IReadOnlyList<FigurePoint> points, double right)
    {
        var free = double.NegativeInfinity;
        for (var i = 0; i < points.Count; i++)
        {
            if (PointText.IsShown(points[i]))
                continue;
            var state = PointText.State(points[i]);
            var endsRun = i == points.Count - 1 || PointText.IsShown(points[i + 1]) || PointText.State(points[i + 1]) != state;
            if (!endsRun)
                continue;
            var (from, word) = (X(i) + 8, state.ToSwedish());
            var next = Enumerable.Range(i + 1, points.Count - i - 1).FirstOrDefault(j => !PointText.IsShown(points[j]), -1);
            var end = from + TextStyle.State.Measure(word);
            var fits = from >= free && end <= (next < 0 ? right : X(next) - 8);
            if (fits)
                free = end;
            yield return (from, word, fits);
        }
    }

    // "jan 2024" is a name and a year; "2024" alone is a name.
    private static (string Name, string Year) Split(string period)
    {
        var at = period.LastIndexOfAny([' ', '\u00A0']);
        return at > 0 && period.Length - at == 5 && int.TryParse(period[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? (period[..at].TrimEnd(), period[(at + 1)..])
            : (period, "");
    }
}
