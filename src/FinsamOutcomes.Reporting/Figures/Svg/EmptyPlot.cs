using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>A calm box with a sentence, in place of axes round nothing.</summary>
internal static class EmptyPlot
{
    private const double Height = 120;

    /// <summary>Why the figure shows nothing at all; null when it shows something.</summary>
    public static string? Reason(Figure figure)
    {
        var points = Points(figure).ToList();
        if (points.Any(PointText.IsShown))
            return null;
        var states = points.Select(PointText.State).Distinct().ToList();
        return states switch
        {
            [] => "Det finns inget underlag att visa.",
            [CellState.Hidden] => "Alla värden är dolda: de bygger på för få.",
            [CellState.NoData] => "Det finns inget underlag att visa.",
            [CellState.NotAsked] => "Frågan har inte ställts: ej tillfrågad.",
            _ => $"Inget värde kan visas: {Listed([.. states.Order().Select(s => s.ToSwedish())])}.",
        };
    }

    public static DrawnPlot Draw(SvgCanvas canvas, string reason, double top)
    {
        var width = FigureTheme.Width - 2 * FigureTheme.Margin;
        canvas.Rect(FigureTheme.Margin, top, width, Height, FigureTheme.Calm, radius: 6);
        canvas.Text(FigureTheme.Width / 2, top + Height / 2 + 4, reason, TextStyle.Label, Anchor.Middle);
        return new(top + Height, []);
    }

    private static string Listed(string[] words) => $"{string.Join(", ", words[..^1])} eller {words[^1]}";

    private static IEnumerable<FigurePoint> Points(Figure figure) => figure switch
    {
        ColumnFigure f => f.Series.SelectMany(s => s.Points.Take(f.Categories.Count)),
        StackedBarFigure f => f.Series.SelectMany(s => s.Points.Take(f.Categories.Count)),
        LineFigure f => f.Series.SelectMany(s => s.Points.Take(f.Periods.Count)),
        DumbbellFigure f => f.Rows.SelectMany(r => new[] { r.Before, r.After }),
        ControlChartFigure f => f.Points.Select(p => p.Share),
        _ => [],
    };
}
