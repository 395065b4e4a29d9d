using ScottPlot;
using SkiaSharp;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>
/// Patterns as drawn lines, the same in PNG and SVG: ScottPlot's own hatches are bitmaps under a colour filter, which
/// Skia's SVG canvas leaves out (ScottPlot issue 5152).
/// </summary>
internal static class Hatching
{
    private const float Pitch = 6;
    private const float DotSize = 1.5f;
    private static readonly float s_diagonal = Pitch * MathF.Sqrt(2);

    public static void Draw(RenderPack rp, PixelRect rect, FillLook look, double opacity = 1)
    {
        if (look.Pattern is FillPattern.None || rect.Width < 1 || rect.Height < 1)
            return;
        using var path = new SKPath();
        if (look.Pattern is FillPattern.Dots)
            Dots(path, rect);
        if (look.Pattern is FillPattern.Hatch or FillPattern.Cross)
            Rising(path, rect);
        if (look.Pattern is FillPattern.BackHatch or FillPattern.Cross)
            Falling(path, rect);
        if (look.Pattern is FillPattern.Vertical)
        {
            for (var x = First(rect.Left, Pitch); x < rect.Right; x += Pitch)
                Line(path, x, rect.Top, x, rect.Bottom);
        }
        if (look.Pattern is FillPattern.Horizontal)
        {
            for (var y = First(rect.Top, Pitch); y < rect.Bottom; y += Pitch)
                Line(path, rect.Left, y, rect.Right, y);
        }
        var width = look.Pattern is FillPattern.Dots ? DotSize : 1.1f;
        ScottPlot.Drawing.DrawPath(rp.Canvas, rp.Paint, path, new LineStyle(width, Sheet.Ink(look.PatternInk, opacity)));
    }

    // Lines x + y = c, cut at the sides of the rectangle.
    private static void Rising(SKPath path, PixelRect rect)
    {
        for (var c = First(rect.Left + rect.Top, s_diagonal); c < rect.Right + rect.Bottom; c += s_diagonal)
        {
            var (x1, x2) = (Math.Max(rect.Left, c - rect.Bottom), Math.Min(rect.Right, c - rect.Top));
            Line(path, x1, c - x1, x2, c - x2);
        }
    }

    // Lines x − y = c, cut at the sides of the rectangle.
    private static void Falling(SKPath path, PixelRect rect)
    {
        for (var c = First(rect.Left - rect.Bottom, s_diagonal); c < rect.Right - rect.Top; c += s_diagonal)
        {
            var (x1, x2) = (Math.Max(rect.Left, c + rect.Top), Math.Min(rect.Right, c + rect.Bottom));
            Line(path, x1, x1 - c, x2, x2 - c);
        }
    }

    // Lines as long as they are thick: shorter in an SVG than squares.
    private static void Dots(SKPath path, PixelRect rect)
    {
        var row = 0;
        for (var y = rect.Top + Pitch / 2; y + DotSize < rect.Bottom; y += Pitch / 2, row++)
        {
            for (var x = rect.Left + (row % 2 == 0 ? Pitch / 4 : Pitch * 3 / 4); x + DotSize < rect.Right; x += Pitch)
                Line(path, x, y, x + DotSize, y);
        }
    }

    private static float First(float from, float pitch) => MathF.Ceiling((from + 0.5f) / pitch) * pitch;

    private static void Line(SKPath path, float x1, float y1, float x2, float y2)
    {
        path.MoveTo(x1, y1);
        path.LineTo(x2, y2);
    }
}
