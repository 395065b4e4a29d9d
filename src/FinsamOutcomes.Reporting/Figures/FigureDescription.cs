using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Figures;

/// <summary>Says a figure in Swedish sentences, for those who hear it instead of seeing it.</summary>
public static class FigureDescription
{
    /// <summary>Kind, subtitle, every number with its interval and n, findings and notes.</summary>
    public static string Of(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var body = figure switch
        {
            ColumnFigure f => Series("Stapeldiagram", f.Categories, f.Series, f.Unit) + TargetSentence(f.Target, f.Unit),
            StackedBarFigure f => Series("Delade staplar", f.Categories, WithoutTellingWholes(f), ValueUnit.Count),
            LineFigure f => Series("Linjediagram", f.Periods, f.Series, f.Unit) + TargetSentence(f.Target, f.Unit),
            DumbbellFigure f => Dumbbell(f),
            ControlChartFigure f => ControlChart(f),
            FunnelFigure f => Funnel(f),
            DivergingBarFigure f => Series("Svar åt två håll", f.Categories, WithoutTellingWholes(f.ToStacked()), ValueUnit.Count, isInOrder: true),
            TargetFigure f => Targets(f),
            SurvivalFigure f => Survival(f),
            _ => "",
        };
        return string.Join(' ', new[] { Sentence(figure.Subtitle), body }.Concat(figure.Notes.Select(Sentence)).Where(s => s.Length > 0));
    }

    private static string Series(string kind, IReadOnlyList<string> categories, IReadOnlyList<FigureSeries> series, ValueUnit unit, bool isInOrder = false)
    {
        var sentences = (isInOrder ? series : PointText.WomenFirst(series)).Select(s =>
            $"{s.Name}: {string.Join("; ", categories.Select((c, i) => $"{c} {PointText.Full(PointText.At(s, i), unit)}"))}.");
        return $"{kind}. {string.Join(' ', sentences)}";
    }

    // Where the table keeps the whole back, so that a single hidden part can't be worked out, it is not said here either.
    private static List<FigureSeries> WithoutTellingWholes(StackedBarFigure figure)
    {
        var isTold = figure.Categories.Select((_, i) => PointText.KnownWhole([.. figure.Series.Select(s => PointText.At(s, i))]) is not null).ToList();
        return [.. figure.Series.Select(s => s with { Points = [.. s.Points.Select((p, i) => i < isTold.Count && isTold[i] ? p : p with { N = null })] })];
    }

    private static string Dumbbell(DumbbellFigure figure)
    {
        var rows = figure.Rows.Select(r =>
            $"{r.Label}: {figure.BeforeLabel.ToLowerInvariant()} {PointText.Headline(r.Before, figure.Unit)}, {figure.AfterLabel.ToLowerInvariant()} {PointText.Headline(r.After, figure.Unit)}, förändring {PointText.Full(r.Change, figure.Unit)}."
        );
        return $"Före och efter på skalan {Swedish.Number(figure.ScaleMin, 0)}–{Swedish.Number(figure.ScaleMax, 0)}, {(figure.HigherIsBetter ? "högre" : "lägre")} är bättre. {string.Join(' ', rows)}";
    }

    private static string ControlChart(ControlChartFigure figure)
    {
        var center = figure.Center is { } c ? $" Medelvärdet är {Swedish.Percent(c)}{(figure.IsPreliminary ? ", gränserna är preliminära" : "")}." : "";
        var points = figure.Points.Select(p => $"{p.Period} {PointText.Full(p.Share, figure.Unit)}{(p.Signal is null ? "" : $", signal: {p.Signal}")}");
        return $"Styrdiagram över andelar.{center} {string.Join("; ", points)}. {string.Join(' ', figure.Findings.Select(Sentence))}".TrimEnd();
    }

    private static string Funnel(FunnelFigure figure)
    {
        var center = figure.Center is { } c ? $" Medelvärdet är {Swedish.Percent(c)}." : "";
        var units = figure.Units.Select(u =>
            $"{u.Name} {PointText.Full(u.Share, figure.Unit)}{(FunnelFigure.IsDrawn(u.Share) ? $", {u.Position.ToSwedish()}" : "")}");
        return $"Trattdiagram över andelar efter storlek.{center} {string.Join("; ", units)}. {string.Join(' ', figure.Findings.Select(Sentence))}".TrimEnd();
    }

    private static string Survival(SurvivalFigure figure)
    {
        var curves = figure.Curves.Select(c => c.Shown.Any()
            ? $"{c.Name}: {string.Join("; ", c.Marks.Select(m => $"dag {Swedish.Count(m.Days)} {Share(c, m)}, {AtRisk(m)}"))}."
            : $"{c.Name}: {c.Marks.Select(m => PointText.State(m.Share)).DefaultIfEmpty(CellState.NoData).Min().ToSwedish()}.");
        var kind = $"Kurva över andelar efter {figure.TimeLabel.ToLowerInvariant()}.";
        return string.Join(' ', figure.Findings.Select(Sentence).Concat(curves).Prepend(kind));

        string Share(SurvivalCurve curve, SurvivalMark mark) => curve.IsOfFew ? curve.ShareText(mark) : PointText.Full(mark.Share, figure.Unit);

        static string AtRisk(SurvivalMark mark) => PointText.IsShown(mark.AtRisk) ? $"{Swedish.Count(mark.AtRisk.Value!.Value)} följs"
            : $"antal som följs: {PointText.State(mark.AtRisk).ToSwedish()}";
    }

    private static string Targets(TargetFigure figure) =>
        $"Mål och utfall. {string.Join(' ', figure.Rows.Select(r => $"{r.Name}: utfall {PointText.Full(r.Outcome, figure.Unit)}, mål {r.TargetText}, {r.StatusText.ToLowerInvariant()}."))}";

    private static string TargetSentence(double? target, ValueUnit unit) => target is { } t ? $" Målet är {Swedish.Value(t, unit)}." : "";

    private static string Sentence(string text) => text.Length == 0 || text[^1] is '.' or '!' or '?' ? text : text + ".";
}
