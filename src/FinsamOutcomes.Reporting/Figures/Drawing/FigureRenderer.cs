using System.Text;
using SkiaSharp;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>
/// Draws a <see cref="Figure"/> with ScottPlot, as an accessible SVG or as a PNG. All else in this folder is internal:
/// nobody outside it knows how a picture is made.
/// </summary>
public static class FigureRenderer
{
    // Each picture takes a core while it is packed; the pages need one too.
    private static readonly SemaphoreSlim s_packing = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>The whole SVG element, as high as its contents need, without XML declaration; its ids are the figure's own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind of figure is not known here.</exception>
    public static string Svg(Figure figure, FigureWidth width = FigureWidth.Wide)
    {
        using var sheet = FigureSheet.Lay(figure, width);
        sheet.HasOwnTexts = true;
        var (across, down) = ((int)sheet.Width, sheet.Height);
        // ScottPlot draws twice the first time that a plot is rendered, which would be seen in an SVG.
        using (var nothing = new SKNoDrawCanvas(across, down))
            sheet.Plot.Render(nothing, across, down);
        sheet.Plot.RenderManager.ClearCanvasBeforeEachRender = false;
        using var stream = new MemoryStream();
        // Not until the canvas is closed is everything in the stream.
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, across, down), stream))
            sheet.Plot.Render(canvas, across, down);
        return SvgFinish.Of(Encoding.UTF8.GetString(stream.ToArray()), sheet, figure);
    }

    /// <summary>
    /// A PNG. A few are drawn at a time and the others wait in line; whoever gives up leaves the line, and what was being
    /// drawn is stopped.
    /// </summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="scale">Pixels for each unit of the SVG: 2 is 1 360 across, 216 dots an inch on the 160 mm of a page in Word.</param>
    /// <param name="cancellationToken">Leaves the line, or stops the drawing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind of figure is not known here.</exception>
    public static byte[] Png(Figure figure, double scale = 2, CancellationToken cancellationToken = default)
    {
        s_packing.Wait(cancellationToken);
        try
        {
            return Pack(figure, scale, cancellationToken);
        }
        finally
        {
            s_packing.Release();
        }
    }

    /// <summary>The same as <see cref="Png"/>, without holding the thread of whoever asks.</summary>
    public static async Task<byte[]> PngAsync(Figure figure, double scale = 2, CancellationToken cancellationToken = default)
    {
        await s_packing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Pack(figure, scale, cancellationToken), cancellationToken);
        }
        finally
        {
            s_packing.Release();
        }
    }

    /// <summary>Null when figures can be drawn on this machine; otherwise why not, in Swedish.</summary>
    public static string? Check()
    {
        try
        {
            return TextStyle.Label.Measure("a") > 0 ? null : throw new InvalidOperationException("The font has no letters.");
        }
        catch (Exception e)
            when (e
                    is TypeInitializationException
                        or DllNotFoundException
                        or BadImageFormatException
                        or EntryPointNotFoundException
                        or InvalidOperationException)
        {
            return "Figurer kan inte ritas på den här datorn: biblioteket libSkiaSharp, som hör till programmet, gick inte att läsa in. "
                + $"Hämta eller bygg programmet för just den här datorns system ({System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}).";
        }
    }

    private static byte[] Pack(Figure figure, double scale, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var sheet = FigureSheet.Lay(figure, FigureWidth.Wide);
        var (width, height) = ((int)(sheet.Width * scale), (int)(sheet.Height * scale));
        sheet.Plot.ScaleFactor = scale;
        // An opaque surface and no row filters: a third smaller, and in a third of the time, of what ScottPlot's own writing gives.
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        sheet.Plot.Render(surface.Canvas, width, height);
        cancellationToken.ThrowIfCancellationRequested();
        using var pixels = surface.PeekPixels();
        using var png = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.None, 6))
            ?? throw new InvalidOperationException("The picture could not be packed.");
        return png.ToArray();
    }
}
