using FinsamOutcomes.Reporting.Figures.Svg;

namespace FinsamOutcomes.Reporting.Figures;

/// <summary>
/// Draws a <see cref="Figure"/> as a self-contained, accessible SVG: no script, no outside references, ids that carry
/// the figure's id. Only this folder knows how a figure is drawn; another renderer can stand beside it.
/// </summary>
public static class SvgFigureRenderer
{
    /// <summary>The whole SVG element, 680 units wide and as high as its contents need, without XML declaration.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind of figure is not known here.</exception>
    public static string Render(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var canvas = new SvgCanvas(figure.Id);
        var top = FigureFrame.Head(canvas, figure);
        var plot = figure switch
        {
            _ when EmptyPlot.Reason(figure) is { } reason => EmptyPlot.Draw(canvas, reason, top),
            ColumnFigure columns => ColumnDrawing.Draw(canvas, columns, top),
            StackedBarFigure stacked => StackedBarDrawing.Draw(canvas, stacked, top),
            DumbbellFigure dumbbell => DumbbellDrawing.Draw(canvas, dumbbell, top),
            LineFigure line => LineDrawing.Draw(canvas, line, top),
            ControlChartFigure control => ControlChartDrawing.Draw(canvas, control, top),
            _ => throw new ArgumentOutOfRangeException(nameof(figure), figure.GetType().Name, "Unknown kind of figure."),
        };
        var height = FigureFrame.Foot(canvas, figure, plot);
        return canvas.ToSvg(height, figure.Title, FigureDescription.Of(figure));
    }
}
