using SkiaSharp;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>A text at a place of the page. Every text of a figure is one, the numbers along its axes too.</summary>
internal sealed record PageText(double Left, double Baseline, string Text, TextStyle Style, double Width)
{
    /// <summary>For pictures; an SVG gets its texts as text from <see cref="SvgFinish"/>.</summary>
    public void Draw(SKCanvas canvas)
    {
        using var font = Style.Font();
        using var ink = new SKPaint { Color = SKColor.Parse(Style.Colour), IsAntialias = true };
        canvas.DrawText(Text, (float)Left, (float)Baseline, SKTextAlign.Left, font, ink);
    }
}
