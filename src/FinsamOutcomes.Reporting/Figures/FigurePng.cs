using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace FinsamOutcomes.Reporting.Figures;

/// <summary>A PNG of a figure, drawn by <c>rsvg-convert</c> where it is installed.</summary>
public static class FigurePng
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>The picture; null with a Swedish <paramref name="reason"/> when it could not be made.</summary>
    /// <param name="svg">The SVG text.</param>
    /// <param name="reason">Null when the picture was made.</param>
    /// <param name="zoom">Pixels for each SVG unit: 2 prints well on half an A4 page.</param>
    public static byte[]? TryRender(string svg, out string? reason, double zoom = 2)
    {
        ArgumentException.ThrowIfNullOrEmpty(svg);
        var start = new ProcessStartInfo("rsvg-convert") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments = ["--format", "png", "--zoom", zoom.ToString(CultureInfo.InvariantCulture)];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException("rsvg-convert did not start.");
            var errors = process.StandardError.ReadToEndAsync();
            using var picture = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(picture);
            WriteInput(process, svg);
            if (!process.WaitForExit(s_patience))
            {
                process.Kill(entireProcessTree: true);
                reason = "rsvg-convert blev inte klart i tid.";
                return null;
            }

            reading.GetAwaiter().GetResult();
            reason = process.ExitCode == 0 ? null : $"rsvg-convert kunde inte rita bilden: {errors.GetAwaiter().GetResult().Trim()}";
            return reason is null ? picture.ToArray() : null;
        }
        catch (Win32Exception)
        {
            reason = "rsvg-convert är inte installerat, därför blev det ingen PNG. SVG-filen går att använda som den är.";
            return null;
        }
    }

    private static void WriteInput(Process process, string svg)
    {
        try
        {
            using var input = new StreamWriter(process.StandardInput.BaseStream);
            input.Write(svg);
        }
        catch (IOException)
        {
            // The program stopped reading: its exit code and message say why.
        }
    }
}
