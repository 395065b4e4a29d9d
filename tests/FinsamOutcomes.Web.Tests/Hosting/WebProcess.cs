using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Web.Tests.Hosting;

/// <summary>The web application as whoever runs it starts it: a program with arguments, output and an exit code.</summary>
internal sealed class WebProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _errors;

    private WebProcess(
        string folder,
        bool isUnprivileged,
        bool endsItself,
        string[] arguments,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var program = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var (start, first) = isUnprivileged ? Unprivileged.Start(program) : (program, []);
        var info = new ProcessStartInfo(start, [.. first, Path.Combine(AppContext.BaseDirectory, "FinsamOutcomes.Web.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var variable in new[] { "FINSAM_DB", "FINSAM_KEY", "FINSAM_URL", "ASPNETCORE_URLS" })
            info.Environment.Remove(variable);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            info.Environment[name] = value;
        if (endsItself)
            info.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        _process = Process.Start(info)!;
        _errors = _process.StandardError.ReadToEndAsync();
        _process.OutputDataReceived += (_, line) =>
        {
            lock (_output)
                _output.AppendLine(line.Data);
            // The last line: all that it says at the start has been said.
            if (line.Data?.Contains("Avsluta med", StringComparison.Ordinal) == true)
                _address.TrySetResult(new Uri(Regex.Match(Output, "Öppna (http://[^\"\\s]+)").Groups[1].Value));
        };
        _process.BeginOutputReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static WebProcess Start(string folder, params string[] arguments) => new(folder, isUnprivileged: false, endsItself: false, arguments);

    public static WebProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(folder, isUnprivileged: false, endsItself: false, arguments, environment);

    public static WebProcess StartUnprivileged(string folder, params string[] arguments) => new(folder, isUnprivileged: true, endsItself: false, arguments);

    /// <summary>One whose host ends by itself soon after its start: see <see cref="StartupHook"/>.</summary>
    public static WebProcess StartEnding(string folder, params string[] arguments) => new(folder, isUnprivileged: false, endsItself: true, arguments);

    /// <summary>Where it answers, once it does.</summary>
    public async Task<Uri> AddressAsync()
    {
        await Task.WhenAny(_address.Task, _errors).WaitAsync(s_patience);
        return _address.Task.IsCompletedSuccessfully ? await _address.Task : throw new InvalidOperationException($"It did not start: {await _errors}{Output}");
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        return (_process.ExitCode, await _errors);
    }

    /// <summary>Asks it to end, as an operating system does.</summary>
    public async Task<(int ExitCode, string Errors)> StopAsync()
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))!;
        await kill.WaitForExitAsync();
        return await EndAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
