using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace FinsamOutcomes.Web.Api;

/// <summary>
/// Reads what a system sends, strictly: a field that isn't known, or stands twice, is a mistake that somebody must hear of, and
/// a value of the wrong kind is never guessed at.
/// </summary>
internal static partial class ApiBody
{
    /// <summary>The largest body, in bytes: a registration is a few hundred.</summary>
    public const int Largest = 64_000;

    private const int Deepest = 8;

    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerOptions.Strict) { MaxDepth = Deepest };

    /// <summary>What was sent, with its text; null when it can't be read, and then the answer has been given.</summary>
    public static async Task<(T Value, string Text)?> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return null;
        }

        using var buffer = new MemoryStream();
        var part = new byte[8_192];
        int count;
        while ((count = await context.Request.Body.ReadAsync(part, context.RequestAborted)) > 0)
        {
            buffer.Write(part, 0, count);
            if (buffer.Length <= Largest)
                continue;
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return null;
        }

        try
        {
            var text = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(buffer.ToArray());
            if (JsonSerializer.Deserialize<T>(text, s_strict) is { } value)
                return (value, text);
            await RefuseAsync(context, "", "Skicka ett JSON-objekt.");
        }
        catch (System.Text.DecoderFallbackException)
        {
            await RefuseAsync(context, "", "Texten är inte UTF-8.");
        }
        catch (JsonException exception)
        {
            await RefuseAsync(context, Field(exception.Path), Why(exception));
        }

        return null;
    }

    private static Task RefuseAsync(HttpContext context, string field, string why) =>
        ApiProblems.WriteAsync(
            context,
            StatusCodes.Status400BadRequest,
            errors: new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [field] = [why] });

    // Never what was sent: only a place that looks like one of ours is told.
    private static string Field(string? path) => path is not null && Place().Match(path) is { Success: true } place ? place.Groups["field"].Value : "";

    private static string Why(JsonException exception) => exception.Message switch
    {
        var m when m.Contains("could not be mapped", StringComparison.Ordinal) =>
            "Det finns inget fält med det namnet. Namn och personnummer tas inte emot. Fälten står i /api/v1/openapi.json.",
        var m when m.Contains("uplicate", StringComparison.Ordinal) => "Fältet står två gånger.",
        _ => "Det som står här går inte att läsa. Hur fältet skrivs står i /api/v1/openapi.json.",
    };

    [GeneratedRegex(
        @"\A\$\.(?<field>[a-z_]{1,40}(\[[0-9]{1,4}\])?(\.[a-z_]{1,40})?(\[[0-9]{1,4}\])?(\.[a-z_]{1,40})?)\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
