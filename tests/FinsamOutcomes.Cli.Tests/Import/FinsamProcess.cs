using System.Diagnostics;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Cli.Tests.Import;

/// <summary>
/// Runs the real <c>finsam</c>, as a process, on a database of its own: a file in its folder, or on the server where the
/// test's variant is about that.
/// </summary>
internal sealed class FinsamProcess : IDisposable
{
    private readonly string _engine = Engines.Current;
    private (string Address, Func<Task> Remove)? _onServer;

    public string Folder { get; } = Directory.CreateTempSubdirectory("finsam-cli-").FullName;

    /// <summary>The file, where the database is one.</summary>
    public string Database => Path.Combine(Folder, "finsam.sqlite");

    /// <summary>As given to <c>--db</c>. On a server the empty database is made when it is first asked for.</summary>
    public string Address => _engine == "sqlite" ? "sqlite:" + Database
        : (_onServer ??= Task.Run(TestDatabase.CreateEmptyOnServerAsync).GetAwaiter().GetResult()).Address;

    public string File(string name, params string[] lines)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllLines(path, lines);
        return path;
    }

    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await EndAsync(process);
    }

    /// <summary>By somebody whom the rights of files bind.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunUnprivilegedAsync(params string[] arguments)
    {
        var (program, first) = Unprivileged.Start(DotNet);
        using var process = Start(program, first, arguments);
        return await EndAsync(process);
    }

    public Process Start(params string[] arguments) => Start(DotNet, [], arguments);

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        _onServer?.Remove().GetAwaiter().GetResult();
    }

    private static string DotNet => Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";

    private static async Task<(int ExitCode, string Output, string Error)> EndAsync(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    private Process Start(string program, IEnumerable<string> first, string[] arguments)
    {
        var start = new ProcessStartInfo(program, first)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "finsam.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["FINSAM_DB"] = Address;
        start.Environment["FINSAM_KEY"] = Path.Combine(Folder, "finsam.nyckel");
        return Process.Start(start)!;
    }
}
