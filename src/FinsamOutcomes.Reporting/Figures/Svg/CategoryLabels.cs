namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>Long Swedish labels in a column to the left of horizontal rows, wrapped and never turned.</summary>
internal sealed class CategoryLabels
{
    private const double MaxWidth = 230;

    public CategoryLabels(IEnumerable<string> labels)
    {
        Lines = [.. labels.Select(l => TextMetrics.Wrap(l, MaxWidth, FigureTheme.LabelSize, maxLines: 4))];
        Width = Lines.SelectMany(l => l).Select(TextStyle.Label.Measure).DefaultIfEmpty(0).Max();
    }

    public IReadOnlyList<IReadOnlyList<string>> Lines { get; }

    public double Width { get; }

    /// <summary>Where the plot starts, to the right of the labels.</summary>
    public double Right => FigureTheme.Margin + Width + 10;

    public double Height(int row) => Lines[row].Count * TextStyle.Label.LineHeight;

    /// <summary>Draws the label of a row, centred on <paramref name="middle"/>.</summary>
    public void Draw(SvgCanvas canvas, int row, double middle) =>
        canvas.Lines(FigureTheme.Margin, FirstBaseline(Lines[row].Count, middle, TextStyle.Label), Lines[row], TextStyle.Label);

    /// <summary>The first baseline of lines that are centred on a height.</summary>
    public static double FirstBaseline(int lines, double middle, TextStyle style) =>
        middle - (lines - 1) * style.LineHeight / 2 + style.Size * 0.35;
}
