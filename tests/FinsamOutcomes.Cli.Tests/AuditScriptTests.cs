using System.Diagnostics;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Cli.Tests;

/// <summary>What is asked of the package feed before the tests: a known vulnerability stops them, a feed that has no list of any doesn't.</summary>
[OnlySqlite("it is about packages.")]
public sealed class AuditScriptTests : IDisposable
{
    private const string Found = """
        {
          "projects": [ { "path": "a.csproj", "frameworks": [ { "topLevelPackages": [
            { "id": "Osäkert.Paket", "resolvedVersion": "1.0.0", "vulnerabilities": [ { "severity": "High", "advisoryurl": "https://exempel.invalid/1" } ] }
          ] } ] } ]
        }
        """;

    private const string Nothing = """{"version":1,"projects":[{"path":"a.csproj"}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("finsam-granskning-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Found, 0, 1, "Osäkert.Paket")]
    [InlineData(Nothing, 0, 0, "känner inga sårbarheter")]
    [InlineData("error: the source has no vulnerability data", 1, 0, "inte granskade")]
    [InlineData("", 127, 0, "inte granskade")]
    public async Task A_known_vulnerability_fails_and_a_feed_without_a_list_does_not(string answer, int feedCode, int code, string words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is Unix's.");
        var dotnet = Path.Combine(_folder, "dotnet");
        await File.WriteAllTextAsync(Path.Combine(_folder, "svar"), answer);
        await File.WriteAllTextAsync(dotnet, $"#!/bin/sh\ncat '{_folder}/svar'\nexit {feedCode}\n");
        Unprivileged.Change(dotnet, "755");
        var start = new ProcessStartInfo("bash", [Script()]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(code, said);
        said.ShouldContain(words);
    }

    private static string Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, ".ci", "audit");
            if (File.Exists(script))
                return script;
        }

        Assert.Skip("The tests are not run in a checkout.");
        return "";
    }
}
