using System.Diagnostics;
using Microsoft.Extensions.Hosting;

/// <summary>
/// Loaded into the program's own process by DOTNET_STARTUP_HOOKS, which asks for a class of this name outside namespaces:
/// ends the host some moments after it has started, as something gone wrong in it would.
/// </summary>
#pragma warning disable CA1050, MA0047 // What the runtime asks for.
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    private static readonly TimeSpan s_lives = TimeSpan.FromSeconds(2);

    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new Sources());

    private static void End(IHost host)
    {
        var lifetime = (IHostApplicationLifetime)host.Services.GetService(typeof(IHostApplicationLifetime))!;
        lifetime.ApplicationStarted.Register(() => _ = EndAsync(lifetime));
    }

    private static async Task EndAsync(IHostApplicationLifetime lifetime)
    {
        await Task.Delay(s_lives);
        lifetime.StopApplication();
    }

    private sealed class Sources : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
                value.Subscribe(new Hosts());
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class Hosts : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilt", Value: IHost host })
                End(host);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
