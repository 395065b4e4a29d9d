namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>Lays out a figure of any kind on a sheet, ready to be rendered.</summary>
internal static class FigureSheet
{
    public static Sheet Lay(Figure figure, FigureWidth width)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var sheet = new Sheet(width);
        sheet.Head(figure);
        // A kind knows its notes when it is drawn, and may draw as they are read.
        string[] notes = [.. Draw(sheet, figure)];
        sheet.Foot(figure, notes);
        return sheet;
    }

    private static IEnumerable<string> Draw(Sheet sheet, Figure figure) => figure switch
    {
        _ when NothingShown.Reason(figure) is { } reason => NothingShown.Draw(sheet, reason),
        ColumnFigure columns => Columns.Draw(sheet, columns),
        StackedBarFigure stacked => Stacked.Draw(sheet, stacked),
        DumbbellFigure dumbbell => Dumbbells.Draw(sheet, dumbbell),
        LineFigure line when sheet.IsNarrow => LinesDown.Draw(sheet, line),
        LineFigure line => Lines.Draw(sheet, line),
        ControlChartFigure control when sheet.IsNarrow => ControlDown.Draw(sheet, control),
        ControlChartFigure control => Control.Draw(sheet, control),
        FunnelFigure funnel => Funnel.Draw(sheet, funnel),
        DivergingBarFigure diverging => Diverging.Draw(sheet, diverging),
        SurvivalFigure survival => Survival.Draw(sheet, survival),
        TargetFigure targets => Targets.Draw(sheet, targets),
        _ => throw new ArgumentOutOfRangeException(nameof(figure), figure.GetType().Name, "Unknown kind of figure."),
    };
}
