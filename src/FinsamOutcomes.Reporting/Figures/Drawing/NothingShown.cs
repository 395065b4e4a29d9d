using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>A calm box with a sentence, in place of axes round nothing.</summary>
internal static class NothingShown
{
    private const double Height = 120;

    /// <summary>Why nothing can be drawn; null when something can.</summary>
    public static string? Reason(Figure figure)
    {
        var points = figure.AllPoints().ToList();
        if (points.Exists(PointText.IsShown))
            return null;
        var states = points.Select(PointText.State).Distinct().ToList();
        return states switch
        {
            [] => "Det finns inget underlag att visa.",
            [CellState.Hidden] => "Alla värden är dolda: de bygger på för få.",
            [CellState.Protecting] => "Alla värden är skyddade: de skulle avslöja andra som är dolda.",
            [CellState.NoData] => "Det finns inget underlag att visa.",
            [CellState.NotAsked] => "Frågan har inte ställts: ej tillfrågad.",
            _ => $"Inget värde kan visas: {Listed([.. states.Order().Select(s => s.ToSwedish())])}.",
        };
    }

    public static IEnumerable<string> Draw(Sheet sheet, string reason)
    {
        var top = sheet.Y;
        sheet.Rect(sheet.Left, top, sheet.Right - sheet.Left, Height, FigureTheme.Calm);
        var lines = TextStyle.Label.Wrap(reason, sheet.Right - sheet.Left - 24);
        sheet.Lines(sheet.Width / 2, top + Height / 2 + 4 - (lines.Count - 1) * TextStyle.Label.LineHeight / 2, lines, TextStyle.Label, Anchor.Middle);
        sheet.Y = top + Height;
        return [];
    }

    private static string Listed(string[] words) => $"{string.Join(", ", words[..^1])} eller {words[^1]}";
}
