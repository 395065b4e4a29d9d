using System.Globalization;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>Periods from left to right under a plot whose x axis has a unit a period; labels are thinned, a year is said once.</summary>
internal sealed class PeriodsAcross
{
    private static readonly int[] s_steps = [1, 2, 3, 4, 6, 12, 24, 36, 60, 120];

    private readonly Sheet _sheet;
    private readonly double _left;
    private readonly double _right;
    private readonly List<(string Name, string Year)> _labels;
    private readonly bool _hasYears;
    private readonly int _step;

    public PeriodsAcross(Sheet sheet, IReadOnlyList<string> periods, double left, double right)
    {
        (_sheet, _left, _right) = (sheet, left, right);
        Slot = (right - left) / Math.Max(1, periods.Count);
        var split = periods.Select(Split).ToList();
        _hasYears = split.TrueForAll(p => p.Year.Length > 0);
        _labels = _hasYears ? split : [.. periods.Select(p => (p, ""))];
        var widest = TextStyle.Small.Widest(_labels.Select(l => l.Name)) + 8;
        _step = Array.Find(s_steps, s => s * Slot >= widest) is > 0 and var step ? step : Math.Max(1, periods.Count);
    }

    /// <summary>The width of a period.</summary>
    public double Slot { get; }

    public double X(int period) => _left + Slot * (period + 0.5);

    /// <summary>Writes the periods; returns how far down they reach.</summary>
    public double Draw(double top)
    {
        var yearFrom = double.NegativeInfinity;
        for (var i = 0; i < _labels.Count; i++)
        {
            if (i % _step == 0)
            {
                var half = TextStyle.Small.Measure(_labels[i].Name) / 2;
                _sheet.Text(Math.Clamp(X(i), _sheet.Left + half, _sheet.Right - half), top + 14, _labels[i].Name, TextStyle.Small, Anchor.Middle);
                if (_step > 1)
                    _sheet.Line(X(i), top, X(i), top + 3, FigureTheme.Axis);
            }
            var x = X(i) - Math.Min(Slot / 2, 14);
            if (!_hasYears || (i > 0 && _labels[i].Year == _labels[i - 1].Year) || x < yearFrom)
                continue;
            _sheet.Text(x, top + 29, _labels[i].Year, TextStyle.Small with { IsBold = true });
            yearFrom = x + TextStyle.Small.Measure(_labels[i].Year) + 12;
        }
        return top + (_hasYears ? 31 : 16);
    }

    /// <summary>Writes n under each period; null, with nothing written, when there is no room or nothing to write.</summary>
    public double? DrawN(double top, IReadOnlyList<FigurePoint> points)
    {
        var texts = points.Select(Columns.NText).ToList();
        if (texts.TrueForAll(t => t.Length == 0) || TextStyle.Small.Widest(texts) + 4 > Slot)
            return null;
        for (var i = 0; i < texts.Count; i++)
            _sheet.Text(X(i), top + 14, texts[i], TextStyle.Small, Anchor.Middle);
        return top + 15;
    }

    /// <summary>Signs of the periods without a number, each run of them with its word where there is room for it.</summary>
    public void DrawStates(double middle, IReadOnlyList<FigurePoint> points)
    {
        for (var i = 0; i < points.Count; i++)
        {
            if (!PointText.IsShown(points[i]))
                Marks.State(_sheet, X(i), middle, PointText.State(points[i]), Math.Min(9, Slot - 1.5));
        }
        foreach (var (x, word, _) in StateWords(points).Where(w => w.Fits))
            _sheet.Text(x, middle + 4, word, TextStyle.State);
    }

    /// <summary>The states whose word found no room in some place, and which a legend must explain.</summary>
    public IEnumerable<CellState> UnsaidStates(IReadOnlyList<FigurePoint> points)
    {
        var unsaid = StateWords(points).Where(w => !w.Fits).Select(w => w.Word).ToList();
        return Enum.GetValues<CellState>().Where(s => unsaid.Contains(s.ToSwedish()));
    }

    private IEnumerable<(double X, string Word, bool Fits)> StateWords(IReadOnlyList<FigurePoint> points)
    {
        var free = double.NegativeInfinity;
        for (var i = 0; i < points.Count; i++)
        {
            if (PointText.IsShown(points[i]))
                continue;
            var state = PointText.State(points[i]);
            if (i < points.Count - 1 && !PointText.IsShown(points[i + 1]) && PointText.State(points[i + 1]) == state)
                continue;
            var (from, word) = (X(i) + 8, state.ToSwedish());
            var next = Enumerable.Range(i + 1, points.Count - i - 1).FirstOrDefault(j => !PointText.IsShown(points[j]), -1);
            var end = from + TextStyle.State.Measure(word);
            var fits = from >= free && end <= (next < 0 ? _right : X(next) - 8);
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
