using System.Diagnostics;
using System.Globalization;

namespace FinsamOutcomes.Benchmarks.Measuring;

/// <summary>What one run of a process cost.</summary>
/// <param name="Wall">Seconds from start to end.</param>
/// <param name="Cpu">Seconds of processor time, user and system: steadier than wall time on a machine that does other things.</param>
/// <param name="PeakBytes">Largest resident memory; 0 for work inside this process.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Cost(double Wall, double Cpu, long PeakBytes);

/// <summary>A process that is run and measured by GNU time, which adds nothing of its own to the peak memory.</summary>
internal sealed record MeasuredProcess(string Program, params IReadOnlyList<string> Arguments)
{
    private const string Time = "/usr/bin/time";

    /// <summary>Where its standard output goes; null throws it away.</summary>
    public string? OutputFile { get; init; }

    public static bool CanMeasure => File.Exists(Time);

    /// <summary>Runs it once.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it wrote.</exception>
    public Cost Run()
    {
        var report = Path.GetTempFileName();
        try
        {
            // The shell does the redirection, as for anybody who types the command.
            var start = new ProcessStartInfo("/bin/sh") { RedirectStandardError = true, UseShellExecute = false };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add("out=\"$1\"; report=\"$2\"; shift 2; exec " + Time + " -q -f '%U %S %M' -o \"$report\" \"$@\" > \"$out\"");
            start.ArgumentList.Add("sh");
            start.ArgumentList.Add(OutputFile ?? "/dev/null");
            start.ArgumentList.Add(report);
            start.ArgumentList.Add(Program);
            foreach (var argument in Arguments)
                start.ArgumentList.Add(argument);
            var clock = Stopwatch.StartNew();
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            var wall = clock.Elapsed.TotalSeconds;
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{Path.GetFileName(Program)} {string.Join(' ', Arguments)} gave {process.ExitCode}: {errors}");
            var parts = File.ReadAllText(report).Split(' ', StringSplitOptions.TrimEntries);
            return new Cost(wall, Number(parts[0]) + Number(parts[1]), (long)Number(parts[2]) * 1024);
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
