namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>One entry of a legend; <paramref name="Mark"/> gets the left edge and the middle of the line.</summary>
internal sealed record LegendItem(string Text, double MarkWidth, Action<double, double> Mark);

/// <summary>Entries in a row above the plot, in reading order, wrapped to more rows when needed.</summary>
internal static class Legend
{
    private const double RowHeight = 18;
    private const double Gap = 18;

    /// <summary>Draws the entries; returns where the plot may start.</summary>
    public static double Draw(SvgCanvas canvas, IReadOnlyList<LegendItem> items, double top)
    {
        if (items.Count == 0)
            return top;
        var (x, y) = (FigureTheme.Margin, top + RowHeight / 2);
        foreach (var item in items)
        {
            var text = TextMetrics.Wrap(item.Text, FigureTheme.Width - 2 * FigureTheme.Margin - item.MarkWidth - 6, FigureTheme.LabelSize, maxLines: 1)[0];
            var width = item.MarkWidth + 6 + TextStyle.Label.Measure(text);
            if (x > FigureTheme.Margin && x + width > FigureTheme.Width - FigureTheme.Margin)
                (x, y) = (FigureTheme.Margin, y + RowHeight);
            item.Mark(x, y);
            canvas.Text(x + item.MarkWidth + 6, y + 4.4, text, TextStyle.Label);
            x += width + Gap;
        }
        return y + RowHeight / 2 + 8;
    }

    public static LegendItem Swatch(SvgCanvas canvas, string text, FillLook look) =>
        new(text, 13, (x, y) => Marks.Bar(canvas, x, y - 6.5, 13, 13, look, isSmall: false));

    public static LegendItem Interval(SvgCanvas canvas) =>
        new(Marks.IntervalText, 18, (x, y) => Marks.Whisker(canvas, (x, y), (x + 18, y)));
}
