namespace FinsamOutcomes.Reporting.Figures;

/// <summary>Every number of a figure, whatever its kind.</summary>
internal static class FigurePoints
{
    public static IEnumerable<FigurePoint> AllPoints(this Figure figure) => figure switch
    {
        ColumnFigure f => f.Series.SelectMany(s => s.Points.Take(f.Categories.Count)),
        StackedBarFigure f => f.Series.SelectMany(s => s.Points.Take(f.Categories.Count)),
        LineFigure f => f.Series.SelectMany(s => s.Points.Take(f.Periods.Count)),
        DumbbellFigure f => f.Rows.SelectMany(r => new[] { r.Before, r.After }),
        ControlChartFigure f => f.Points.Select(p => p.Share),
        FunnelFigure f => f.Units.Select(u => u.Share),
        DivergingBarFigure f => f.Series.SelectMany(s => s.Points.Take(f.Categories.Count)),
        SurvivalFigure f => f.Curves.SelectMany(c => c.Marks).Select(m => m.Share),
        TargetFigure f => f.Rows.Select(r => r.Outcome),
        _ => throw new ArgumentOutOfRangeException(nameof(figure), figure.GetType().Name, "Unknown kind of figure."),
    };
}
