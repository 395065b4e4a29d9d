using FinsamOutcomes.Reporting.Documents.Charts;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Documents;

/// <summary>What a figure says in words: its text alternative, and what of it can not be drawn.</summary>
internal static class FigureText
{
    private const int LongestAlternative = 900;
    private const int MostNamed = 8;

    /// <summary>False when no point may be drawn: a sentence then takes the figure's place.</summary>
    public static bool HasPoints(Figure figure) => Points(figure).Any(p => p.Point is { State: CellState.Shown, Value: not null });

    /// <summary>What stands where a figure without points would have stood.</summary>
    public static string InsteadOfFigure(Figure figure)
    {
        var states = Points(figure).Select(p => p.Point.State).Distinct().ToList();
        return states switch
        {
            [CellState.Hidden] or [CellState.Protecting] => "Figuren visas inte: alla dess värden är dolda enligt publiceringsregeln.",
            [CellState.NotAsked] => "Figuren visas inte: frågan har inte ställts under perioden.",
            [] or [CellState.NoData] => "Figuren visas inte: det finns inget underlag för perioden.",
            _ => "Figuren visas inte: dess värden är dolda enligt publiceringsregeln eller saknar underlag.",
        };
    }

    /// <summary>Names the points that are not drawn and why, a sentence a reason; empty when all are drawn.</summary>
    public static IReadOnlyList<string> MissingNotes(Figure figure) =>
        [.. WholeBars(figure), .. MissingPoints(figure)];

    // A bar is cut in shares of its whole: where the whole would give a hidden part away, none of it is drawn.
    private static IEnumerable<string> WholeBars(Figure figure)
    {
        if ((figure is DivergingBarFigure diverging ? diverging.ToStacked() : figure) is not StackedBarFigure { Unit: ValueUnit.Percent } stacked)
            return [];
        var bars = stacked.Categories.Where((_, i) => IsWithheld(stacked, i)).ToList();
        return bars.Count == 0
            ? []
            : [$"{string.Join(", ", bars)}: hela stapeln är utelämnad, eftersom en del av den är dold. De delar som får visas står i tabellen."];
    }

    private static bool IsWithheld(StackedBarFigure figure, int bar)
    {
        var parts = figure.Series.Select(s => PointText.At(s, bar)).ToList();
        return parts.Exists(PointText.IsShown) && PointText.KnownWhole(parts) is null && parts.Exists(p => PointText.State(p).IsKeptBack());
    }

    private static List<string> MissingPoints(Figure figure) =>
        Points(figure)
            .Where(p => p.Point.State != CellState.Shown)
            .GroupBy(p => p.Point.State)
            .OrderBy(g => g.Key)
            .Select(g =>
            {
                var names = g.Select(p => p.Name).ToList();
                var listed = string.Join("; ", names.Take(MostNamed));
                var rest = names.Count > MostNamed ? $" och {names.Count - MostNamed} till" : "";
                return $"Inte utritat, {g.Key.ToSwedish()}: {listed}{rest}.";
            })
            .ToList();

    /// <summary>The notes under a figure: its own, its target and findings, and what is missing from it.</summary>
    public static IReadOnlyList<string> Notes(Figure figure)
    {
        var notes = new List<string>();
        notes.AddRange(figure switch
        {
            ControlChartFigure control => control.Findings,
            FunnelFigure funnel => funnel.Findings,
            SurvivalFigure survival => survival.Findings,
            _ => [],
        });
        var reading = figure.Notes.ToList();
        if (figure switch { ColumnFigure f => f.Target, LineFigure f => f.Target, _ => null } is { } target)
            reading.Add($"Mål: {Swedish.Value(target, figure.Unit)}.");
        if (Order(figure) is { } order)
            reading.Add(order);
        if (figure is SurvivalFigure { Curves: var curves } followed && ChartModels.HasNumbersUnder(followed))
        {
            var names = curves.Count > 1 ? $", uppifrån {string.Join(", ", curves.Select(c => c.Name.ToLowerInvariant()))}" : "";
            reading.Add($"Vågrätt: {followed.TimeLabel.ToLowerInvariant()}. Under dagarna står {followed.AtRiskLabel.ToLowerInvariant()}{names}.");
        }

        if (figure is ColumnFigure or LineFigure or SurvivalFigure
            && Points(figure).Any(p => p.Point is { State: CellState.Shown, Lower: not null, Upper: not null }))
            reading.Add("De tunna strecken visar 95-procentiga osäkerhetsintervall.");
        if (reading.Count > 0)
            notes.Add(string.Join(" ", reading));
        if (MissingNotes(figure) is { Count: > 0 } missing)
            notes.Add(string.Join(" ", missing));
        return notes;
    }

    /// <summary>The text alternative: kind, title, subtitle and the key numbers.</summary>
    public static string Alternative(Figure figure, int tableNumber)
    {
        var kind = figure switch
        {
            ColumnFigure => "Stapeldiagram",
            StackedBarFigure => "Delade staplar",
            DumbbellFigure => "Före och efter",
            LineFigure => "Linjediagram",
            ControlChartFigure => "Styrdiagram",
            FunnelFigure => "Trattdiagram",
            DivergingBarFigure => "Svar åt två håll",
            TargetFigure => "Mål och utfall",
            SurvivalFigure => "Kurva över tid",
            _ => "Diagram",
        };
        var text = $"{kind}. {Sentence(figure.Title)} {Sentence(figure.Subtitle)}";
        if (figure is SurvivalFigure { Findings.Count: > 0 } survival)
            text += $" {string.Join(' ', survival.Findings)}";
        foreach (var (name, point) in Points(figure))
        {
            var number = figure is SurvivalFigure few && IsOfFew(few, point) ? MeasureCell.TooFew : PointText.Headline(point, ValueUnitOf(figure));
            var next = $" {name}: {number}.";
            if (text.Length + next.Length > LongestAlternative)
                break;
            text += next;
        }
        return $"{text} Alla siffror finns i tabell {tableNumber}.";
    }

    // Stacked parts are counts even when each bar is 100 %.
    private static ValueUnit ValueUnitOf(Figure figure) =>
        figure is StackedBarFigure { Unit: ValueUnit.Percent } or DivergingBarFigure ? ValueUnit.Count : figure.Unit;

    private static string? Order(Figure figure) =>
        figure is ColumnFigure { Unit: ValueUnit.Percent or ValueUnit.Score, Series: { Count: > 1 } series }
            && series.Any(s => s.Points.Any(p => p.N is not null))
            ? $"n anges i ordningen {string.Join("/", series.Select(s => s.Name.ToLowerInvariant()))}."
            : null;

    private static bool IsOfFew(SurvivalFigure figure, FigurePoint point) =>
        PointText.IsShown(point) && figure.Curves.Any(c => c.IsOfFew && c.Marks.Any(m => ReferenceEquals(m.Share, point)));

    private static string Sentence(string text) => text.EndsWith('.') || text.EndsWith('?') ? text : text + ".";

    private static IEnumerable<(string Name, FigurePoint Point)> Points(Figure figure) => figure switch
    {
        ColumnFigure f => Grid(f.Categories, f.Series),
        StackedBarFigure f => Grid(f.Categories, f.Series),
        LineFigure f => Grid(f.Periods, f.Series),
        DumbbellFigure f => f.Rows.SelectMany(r => new[]
        {
            ($"{r.Label}, {f.BeforeLabel.ToLowerInvariant()}", r.Before),
            ($"{r.Label}, {f.AfterLabel.ToLowerInvariant()}", r.After),
        }),
        ControlChartFigure f => f.Points.Select(p => (p.Period, p.Share)),
        FunnelFigure f => f.Units.Select(u => (u.Name, u.Share)),
        DivergingBarFigure f => Grid(f.Categories, f.Series),
        SurvivalFigure f => f.Days.SelectMany(day => f.Curves.Where(c => c.At(day) is not null)
            .Select(c => ($"{c.Name}, dag {Swedish.Count(day)}", c.At(day)!.Share))),
        TargetFigure f => f.Rows.Select(r => ($"{r.Name} (mål {r.TargetText}, {r.StatusText.ToLowerInvariant()})", r.Outcome)),
        _ => [],
    };

    private static IEnumerable<(string Name, FigurePoint Point)> Grid(IReadOnlyList<string> categories, IReadOnlyList<FigureSeries> series) =>
        categories.SelectMany((c, i) => series.Select(s => (series.Count > 1 ? $"{c}, {s.Name.ToLowerInvariant()}" : c, s.Points[i])));
}
