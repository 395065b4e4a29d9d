using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FinsamOutcomes.Reporting.Figures;

/// <summary>
/// A PNG of a figure, drawn by <c>rsvg-convert</c> where it is installed. A few are drawn at a time and the others wait in
/// line, none for ever; whoever gives up leaves the line, and what was being drawn is stopped.
/// </summary>
public static class FigurePng
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    // Each takes a core; the pages need one too.
    private static readonly SemaphoreSlim s_drawing = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>The picture; null with a Swedish reason when it could not be made.</summary>
    /// <param name="svg">The SVG text.</param>
    /// <param name="zoom">Pixels for each SVG unit: 2 prints well on half an A4 page.</param>
    /// <param name="cancellationToken">Leaves the line, or stops the drawing.</param>
    public static async Task<(byte[]? Picture, string? Reason)> RenderAsync(string svg, double zoom = 2, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(svg);
        await s_drawing.WaitAsync(cancellationToken);
        try
        {
            return await DrawAsync(svg, zoom, cancellationToken);
        }
        catch (Win32Exception)
        {
            return (null, "rsvg-convert är inte installerat, därför blev det ingen PNG. SVG-filen går att använda som den är.");
        }
        finally
        {
            s_drawing.Release();
        }
    }

    private static async Task<(byte[]? Picture, string? Reason)> DrawAsync(string svg, double zoom, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("rsvg-convert", ["--format", "png", "--zoom", zoom.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("rsvg-convert did not start.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            using var picture = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(picture, patience.Token);
            await WriteInputAsync(process, svg, patience.Token);
            await Task.WhenAll(reading, errors, process.WaitForExitAsync(patience.Token));
            return process.ExitCode == 0 ? (picture.ToArray(), null) : (null, $"rsvg-convert kunde inte rita bilden: {(await errors).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return (null, "rsvg-convert blev inte klart i tid.");
        }
    }

    private static async Task WriteInputAsync(Process process, string svg, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = process.StandardInput.BaseStream;
            await input.WriteAsync(Encoding.UTF8.GetBytes(svg), cancellationToken);
        }
        catch (IOException)
        {
            // The program stopped reading: its exit code and message say why.
        }
    }
}
