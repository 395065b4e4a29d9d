using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace FinsamOutcomes.Web;

/// <summary>
/// What is said at the start and the end, before and after there is a log: plain lines, or where the log is JSON one object a
/// line with the log's own fields, so that whatever reads the log reads them too.
/// </summary>
internal sealed class StartLines(TextWriter to, LogLevel level) : TextWriter(CultureInfo.InvariantCulture)
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public override Encoding Encoding => to.Encoding;

    /// <summary>Where to say what goes as it should, and what doesn't.</summary>
    public static (TextWriter Said, TextWriter Wrong) OfConsole() => Telemetry.IsLogJson
        ? (new StartLines(Console.Out, LogLevel.Information), new StartLines(Console.Error, LogLevel.Error))
        : (Console.Out, Console.Error);

    public override void WriteLine(string? value) =>
        to.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    Timestamp = DateTime.UtcNow.ToString(Telemetry.TimestampFormat, CultureInfo.InvariantCulture),
                    EventId = 0,
                    LogLevel = level.ToString(),
                    Category = "FinsamOutcomes.Web.Start",
                    Message = value ?? "",
                },
                s_json));

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }
}
