using System.Diagnostics;
using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Operation;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FinsamOutcomes.Web;

/// <summary>
/// What is told to those who watch over the host: metrics and traces by OpenTelemetry where an address is given, and the log as
/// JSON where that is asked for. Neither holds who it was about or by whom: an address is told as its route.
/// </summary>
internal static class Telemetry
{
    /// <summary>Where to; without it the standard variable decides.</summary>
    public const string AddressVariable = "FINSAM_OTLP";

    public const string LogVariable = "FINSAM_LOGG";

    private const string StandardVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Service = "finsam-outcomes";

    /// <summary>How moments are written in the JSON of the log.</summary>
    public const string TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>Whether the log is JSON.</summary>
    public static bool IsLogJson => string.Equals(Environment.GetEnvironmentVariable(LogVariable), "json", StringComparison.OrdinalIgnoreCase);

    public static void Add(WebApplicationBuilder builder)
    {
        if (IsLogJson)
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = TimestampFormat;
                // Scopes hold the address as it was asked for.
                console.IncludeScopes = false;
            });
        }

        if (Address() is { } address)
            Add(builder.Services, address);
    }

    /// <exception cref="StartException">The address can't be read.</exception>
    private static Uri? Address()
    {
        foreach (var variable in new[] { AddressVariable, StandardVariable })
        {
            if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text)
                continue;
            return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? address
                : throw new StartException($"{variable} är {text}. Skriv adressen som mätvärden skickas till, till exempel http://localhost:4317.");
        }

        return null;
    }

    // The port of gRPC by custom is 4317; all else, and whatever the standard variable says, is over HTTP.
    private static void Add(IServiceCollection services, Uri address)
    {
        var isNamed = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL") is { Length: > 0 };
        var isHttp = !isNamed && address.Port != 4317;
        services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.Clear().AddService(Service, serviceVersion: BackupStore.ProgramVersion))
            .WithTracing(tracing => tracing
                .AddSource(FinsamDatabase.SessionSource)
                .AddAspNetCoreInstrumentation(instrumentation => instrumentation.RecordException = false)
                .AddProcessor<RoutesOnly>()
                .AddOtlpExporter(exporter => Set(exporter, "v1/traces")))
            .WithMetrics(metrics => metrics
                .AddMeter(FinsamMeter.Name)
                .AddMeter("System.Runtime")
                .AddAspNetCoreInstrumentation()
                .AddOtlpExporter(exporter => Set(exporter, "v1/metrics")));

        void Set(OpenTelemetry.Exporter.OtlpExporterOptions exporter, string path)
        {
            if (isHttp)
                exporter.Protocol = OpenTelemetry.Exporter.OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = exporter.Protocol == OpenTelemetry.Exporter.OtlpExportProtocol.HttpProtobuf
                ? new Uri(address.AbsoluteUri.TrimEnd('/') + "/" + path)
                : address;
        }
    }

    /// <summary>
    /// Leaves of a span what says nothing of anybody: an address can hold the secret of a link or whom a page is about, and so can
    /// what is asked after it.
    /// </summary>
    private sealed class RoutesOnly : BaseProcessor<Activity>
    {
        private static readonly HashSet<string> s_told = new(StringComparer.Ordinal)
        {
            "http.request.method",
            "http.response.status_code",
            "http.route",
            "error.type",
            "network.protocol.version",
            "url.scheme",
        };

        public override void OnEnd(Activity data)
        {
            foreach (var (key, _) in data.TagObjects.ToList())
            {
                if (!s_told.Contains(key))
                    data.SetTag(key, null);
            }

            // The description may be the message of an exception.
            data.SetStatus(data.Status);
            if (data.Kind == ActivityKind.Server)
                data.DisplayName = data.GetTagItem("http.route") is string route ? $"{data.GetTagItem("http.request.method")} {route}" : "okänd sida";
        }
    }
}
