using ScottPlot;
using SkiaSharp;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>
/// Dashed lines as strokes of their own: Skia's SVG canvas turns ScottPlot's line patterns into filled outlines, five
/// times as long, and leaves them out on rectangles (ScottPlot issue 4754).
/// </summary>
internal static class Dashes
{
    /// <summary>A line through points; without a pattern it is whole.</summary>
    public static void Draw(RenderPack rp, IReadOnlyList<Pixel> points, string colour, double width, params float[] dash)
    {
        using var path = new SKPath();
        path.AddPoly([.. points.Select(p => new SKPoint(p.X, p.Y))], close: false);
        var style = new LineStyle((float)width, Sheet.Ink(colour)) { StrokeJoin = SKStrokeJoin.Round };
        if (dash.Length == 0)
        {
            ScottPlot.Drawing.DrawPath(rp.Canvas, rp.Paint, path, style);
            return;
        }
        using var dashed = new SKPath();
        using var measure = new SKPathMeasure(path);
        var (at, i) = (0f, 0);
        while (at < measure.Length)
        {
            var length = dash[i % dash.Length];
            if (i % 2 == 0)
                measure.GetSegment(at, Math.Min(at + length, measure.Length), dashed, startWithMoveTo: true);
            at += length;
            i++;
        }
        ScottPlot.Drawing.DrawPath(rp.Canvas, rp.Paint, dashed, style);
    }

    /// <summary>The outline of a rectangle.</summary>
    public static void Draw(RenderPack rp, PixelRect rect, string colour, double width, params float[] dash) =>
        Draw(rp, [rect.TopLeft, rect.TopRight, rect.BottomRight, rect.BottomLeft, rect.TopLeft], colour, width, dash);
}
