using System.Diagnostics;
using System.Runtime.InteropServices;
using FinsamOutcomes.Benchmarks.Measuring;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>What a case found: comparisons for the table, and sentences for what a ratio can't say.</summary>
internal sealed record CaseResult(IReadOnlyList<Comparison> Comparisons, params IReadOnlyList<string> Notes)
{
    /// <summary>Something was wrong that no figure may hide: the program ends with 1.</summary>
    public bool IsFailed { get; init; }
}

/// <summary>What the cases share: the program under test, how much, how often, and a folder that is removed at the end.</summary>
internal sealed class Bench : IDisposable
{
    private readonly Lazy<string> _finsam;

    public Bench(string? finsam, int? rows, int runs)
    {
        (Rows, Runs) = (rows, runs);
        Folder = Directory.CreateTempSubdirectory("finsam-benchmark-").FullName;
        Repository = FindRepository();
        _finsam = new Lazy<string>(() => finsam ?? Publish(Path.Combine(Repository, "src", "FinsamOutcomes.Cli"), "finsam"));
    }

    /// <summary>Path of the published program; published when first asked for.</summary>
    public string Finsam => _finsam.Value;

    /// <summary>As asked for with <c>--rows</c>; null for each case's own number.</summary>
    public int? Rows { get; }

    public int Runs { get; }

    /// <summary>For databases and files; on the disk that temporary files are on.</summary>
    public string Folder { get; }

    public string Repository { get; }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public MeasuredProcess Run(params IReadOnlyList<string> arguments) => new(Finsam, arguments);

    /// <summary>Publishes a project as a user would, and returns the program's path.</summary>
    public string Publish(string project, string program)
    {
        Console.Error.WriteLine($"  publicerar {program} …");
        var output = PathOf(program + "-publicerad");
        var start = new ProcessStartInfo(
            "dotnet",
            ["publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-o", output, "-v", "q", "--nologo"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Path.Combine(output, program) : throw new InvalidOperationException(text);
    }

    /// <summary>Deletes an SQLite database with its log, so that the next run begins from nothing.</summary>
    public static void DeleteDatabase(string path)
    {
        foreach (var suffix in new[] { "", "-wal", "-shm", "-journal" })
            File.Delete(path + suffix);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FinsamOutcomes.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("Run the benchmarks from a checkout.");
    }
}
