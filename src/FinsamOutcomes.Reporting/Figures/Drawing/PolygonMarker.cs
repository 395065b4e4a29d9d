using ScottPlot;
using SkiaSharp;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>
/// Markers with corners. ScottPlot's own make a path that they never dispose, and whose finalizer may free it while Skia
/// draws it: with garbage collected often and several threads the process then ends with a segmentation fault.
/// </summary>
internal sealed class PolygonMarker(params (float X, float Y)[] corners) : IMarker
{
    private static readonly PolygonMarker s_diamond = new((0.5f, 0), (0, 0.5f), (-0.5f, 0), (0, -0.5f));
    private static readonly PolygonMarker s_triangle = new((0, -0.5f), (0.5f, 0.42f), (-0.5f, 0.42f));
    private static readonly PolygonMarker s_bar = new((-0.08f, -0.5f), (0.08f, -0.5f), (0.08f, 0.5f), (-0.08f, 0.5f));

    /// <summary>Null for circle and square, which ScottPlot draws without a path.</summary>
    public static IMarker? Of(PointShape shape) => shape switch
    {
        PointShape.Diamond => s_diamond,
        PointShape.Triangle => s_triangle,
        PointShape.Tick => s_bar,
        _ => null,
    };

    public void Render(SKCanvas canvas, Paint paint, Pixel center, float size, MarkerStyle markerStyle)
    {
        using var path = new SKPath();
        path.AddPoly([.. corners.Select(c => new SKPoint(center.X + c.X * size, center.Y + c.Y * size))]);
        ScottPlot.Drawing.FillPath(canvas, paint, path, markerStyle.FillStyle);
        ScottPlot.Drawing.DrawPath(canvas, paint, path, markerStyle.OutlineStyle);
    }
}

/// <summary>The shapes of points: each role of a series has one, so that it is known without its colour.</summary>
internal enum PointShape
{
    Circle,
    Diamond,
    Square,
    Triangle,

    /// <summary>A short upright line.</summary>
    Tick,
}
