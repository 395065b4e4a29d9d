namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>A number beside a mark that is said in words under the plot.</summary>
/// <param name="Number">From 1.</param>
/// <param name="X">The mark's place on the page.</param>
/// <param name="Y">The mark's place on the page.</param>
/// <param name="IsHigh">True when the outer side is above it.</param>
internal sealed record MarkNumber(int Number, double X, double Y, bool IsHigh);

/// <summary>
/// Numbers on the outer side of their marks; where that is taken or outside the plot, on another side. The number is said in
/// words under the plot too, so one that finds no room at all is left out here.
/// </summary>
internal static class MarkNumbers
{
    public static void Draw(Sheet sheet, IEnumerable<MarkNumber> numbers)
    {
        var style = TextStyle.Value with { Colour = FigureTheme.Signal };
        var area = sheet.PlotArea;
        var taken = new List<(double Left, double Right, double Y)>();
        foreach (var (number, x, y, isHigh) in numbers)
        {
            var text = Swedish.Count(number);
            var width = style.Measure(text);
            (double Left, double Y) above = (x - width / 2, y - 10), below = (x - width / 2, y + 19), right = (x + 9, y - 4), left = (x - 9 - width, y - 4);
            foreach (var (from, baseline) in isHigh ? [above, below, right, left] : new[] { below, right, left, above })
            {
                var isInside = baseline - style.Size > area.Top - 14 && baseline < area.Bottom - 2 && from >= area.Left && from + width < area.Right;
                if (!isInside || taken.Exists(t => from < t.Right + 1 && from + width + 1 > t.Left && Math.Abs(baseline - t.Y) < style.Size))
                    continue;
                sheet.Text(from, baseline, text, style);
                taken.Add((from, from + width, baseline));
                break;
            }
        }
    }

    /// <summary>What the numbers stand for, a line each, and a last one when there are more; returns how far down they reach.</summary>
    public static double DrawWords(Sheet sheet, double y, IReadOnlyList<(ScottPlot.MarkerStyle Mark, string Text)> lines, string rest)
    {
        const int MaxLines = 8;
        for (var i = 0; i < Math.Min(lines.Count, MaxLines); i++)
        {
            y += TextStyle.Label.LineHeight;
            sheet.Marker(sheet.Left + 6, y - 4, lines[i].Mark);
            sheet.Text(sheet.Left + 15, y, Swedish.Count(i + 1), TextStyle.Value with { Colour = FigureTheme.Signal });
            y = sheet.Paragraph(lines[i].Text, TextStyle.Label, y, indent: 30);
        }
        if (lines.Count > MaxLines)
            y = sheet.Paragraph($"… och {lines.Count - MaxLines} {rest}, se tabellen.", TextStyle.Label, y + TextStyle.Label.LineHeight, indent: 30);
        return lines.Count > 0 ? y + 4 : y;
    }
}
