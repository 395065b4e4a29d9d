namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>
/// Rows below each other with long Swedish labels, wrapped and never turned: in a column to the left, or above each row
/// where the page is narrow.
/// </summary>
internal sealed class RowLayout
{
    private const double LabelColumn = 230;
    private const int MaxLines = 4;

    private readonly Sheet _sheet;
    private readonly IReadOnlyList<IReadOnlyList<string>> _labels;
    private readonly List<double> _tops = [];
    private readonly List<double> _middles = [];

    /// <param name="sheet">Where the rows stand.</param>
    /// <param name="labels">One for each row.</param>
    /// <param name="inner">Height of what is drawn in a row.</param>
    /// <param name="gap">Between rows.</param>
    public RowLayout(Sheet sheet, IEnumerable<string> labels, double inner, double gap)
    {
        _sheet = sheet;
        var width = sheet.IsNarrow ? sheet.Right - sheet.Left : LabelColumn;
        _labels = [.. labels.Select(l => TextStyle.Label.Wrap(l, width, MaxLines))];
        PlotLeft = sheet.IsNarrow ? sheet.Left : sheet.Left + TextStyle.Label.Widest(_labels.SelectMany(l => l)) + 10;
        foreach (var lines in _labels)
        {
            var labelHeight = lines.Count * TextStyle.Label.LineHeight;
            var above = sheet.IsNarrow ? labelHeight + 3 : 0;
            var height = above + (sheet.IsNarrow ? inner : Math.Max(inner, labelHeight)) + gap;
            _tops.Add(Height);
            _middles.Add(Height + above + (height - above) / 2);
            Height += height;
        }
    }

    public int Count => _labels.Count;

    /// <summary>Where the plot begins, to the right of labels that stand to the left.</summary>
    public double PlotLeft { get; }

    /// <summary>Of all rows.</summary>
    public double Height { get; private set; }

    /// <summary>The upper edge of a row, from the first row's.</summary>
    public double Top(int row) => _tops[row];

    /// <summary>The middle of what is drawn in a row, from the first row's upper edge.</summary>
    public double Middle(int row) => _middles[row];

    /// <summary>Writes the labels of rows that begin at a height of the page.</summary>
    public void DrawLabels(double top)
    {
        for (var i = 0; i < Count; i++)
        {
            var first = _sheet.IsNarrow
                ? top + _tops[i] + TextStyle.Label.Size + 2
                : top + _middles[i] - (_labels[i].Count - 1) * TextStyle.Label.LineHeight / 2 + TextStyle.Label.Size * 0.35;
            _sheet.Lines(_sheet.Left, first, _labels[i], TextStyle.Label, isOnGround: _sheet.IsNarrow);
        }
    }
}
