using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>
/// Periods below each other for a narrow page, the latest first, beside a plot whose y axis has a unit of the page a unit.
/// Several series share a row, each on a line of its own.
/// </summary>
internal sealed class PeriodsDown
{
    private const double LabelColumn = 104;
    private const double MaxPlotForOneScale = 420;
    private const int FewPeriods = 12;

    private readonly Sheet _sheet;
    private readonly IReadOnlyList<IReadOnlyList<string>> _labels;
    private readonly List<(double From, double To)> _spans = [];

    public PeriodsDown(Sheet sheet, IReadOnlyList<string> periods, int series)
    {
        _sheet = sheet;
        var (pitch, gap) = periods.Count > FewPeriods ? (8, 4) : (11, 8);
        Pitch = series > 3 ? 7 : pitch;
        _labels = [.. periods.Select(p => TextStyle.Small.Wrap(p, LabelColumn, 3))];
        PlotLeft = sheet.Left + TextStyle.Small.Widest(_labels.SelectMany(l => l)) + 10;
        var heights = _labels.Select(l => Math.Max(series * Pitch + gap, l.Count * TextStyle.Small.LineHeight + 1)).ToList();
        Height = heights.Sum();
        var y = Height;
        foreach (var height in heights)
        {
            _spans.Add((y - height, y));
            y -= height;
        }
    }

    /// <summary>Between the lines of series that share a row.</summary>
    public double Pitch { get; }

    public double PlotLeft { get; }

    public double Height { get; }

    /// <summary>True when the numbers of the scale are wanted at the upper edge too.</summary>
    public bool IsTall => Height > MaxPlotForOneScale;

    /// <summary>From the upper edge to the middle of a period's row.</summary>
    public double Middle(int period) => (_spans[period].From + _spans[period].To) / 2;

    /// <summary>From the upper edge to both edges of a period's row.</summary>
    public (double From, double To) Span(int period) => _spans[period];

    public void DrawLabels(double top)
    {
        for (var i = 0; i < _labels.Count; i++)
        {
            var first = top + Middle(i) - (_labels[i].Count - 1) * TextStyle.Small.LineHeight / 2 + TextStyle.Small.Size * 0.35;
            _sheet.Lines(_sheet.Left, first, _labels[i], TextStyle.Small);
        }
    }

    /// <summary>The sign of a period without a number, with its word when it has the row for itself.</summary>
    public void DrawState(double top, double middle, CellState state, bool hasWord)
    {
        Marks.State(_sheet, PlotLeft + 6, top + middle, state, hasWord ? 9 : Pitch - 1);
        if (hasWord)
            _sheet.Text(PlotLeft + 14, top + middle + 4, state.ToSwedish(), TextStyle.State, isOnGround: true);
    }
}
