namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>What a drawing of a plot hands back: where it ended, and what a reader must know about its marks.</summary>
internal sealed record DrawnPlot(double Bottom, IReadOnlyList<string> Notes);

/// <summary>Title and subtitle above the plot, notes and source below it.</summary>
internal static class FigureFrame
{
    private const double TextWidth = FigureTheme.Width - 2 * FigureTheme.Margin;

    /// <summary>Draws title and subtitle; returns where the plot may start.</summary>
    public static double Head(SvgCanvas canvas, Figure figure)
    {
        var y = FigureTheme.Margin + TextStyle.Title.Size;
        y = Paragraph(canvas, figure.Title, TextStyle.Title, y);
        y = Paragraph(canvas, figure.Subtitle, TextStyle.Subtitle, y + TextStyle.Subtitle.LineHeight + 4);
        return y + 16;
    }

    /// <summary>Draws notes and source under the plot; returns the height of the figure.</summary>
    public static double Foot(SvgCanvas canvas, Figure figure, DrawnPlot plot)
    {
        var style = TextStyle.Small;
        var y = plot.Bottom + 10;
        var lines = figure.Notes.Concat(plot.Notes).Append(figure.Source).Where(t => !string.IsNullOrWhiteSpace(t)).Distinct().ToList();
        if (lines.Count > 0)
        {
            canvas.Line(FigureTheme.Margin, y, FigureTheme.Width - FigureTheme.Margin, y, FigureTheme.Hairline);
            y += 4;
        }
        foreach (var line in lines)
            y = Paragraph(canvas, line, style, y + style.LineHeight);
        return y + FigureTheme.Margin;
    }

    /// <summary>Wrapped text over the whole width from the first baseline; returns the last baseline.</summary>
    public static double Paragraph(SvgCanvas canvas, string text, TextStyle style, double baseline, double indent = 0) =>
        canvas.Lines(FigureTheme.Margin + indent, baseline, TextMetrics.Wrap(text, TextWidth - indent, style.Size, style.IsBold), style);
}
