using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Forms;

namespace FinsamOutcomes.Web.Api;

/// <summary>Why a request was not done, as RFC 9457 has it.</summary>
public sealed record ApiProblem
{
    [JsonPropertyName("type"), Description("Alltid about:blank: status säger vilket slags fel det är.")]
    public string Type { get; } = "about:blank";

    [JsonPropertyName("title"), Description("Felet i några ord.")]
    public required string Title { get; init; }

    [JsonPropertyName("status"), Description("Samma tal som svarets status.")]
    public required int Status { get; init; }

    [JsonPropertyName("detail"), Description("Vad som är fel och vad som går att göra åt det.")]
    public required string Detail { get; init; }

    [JsonPropertyName("errors"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Felen vid varje fält, med samma ord som i formulären. Fältet \"\" är det som gäller hela begäran.")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    [JsonPropertyName("liknar"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Deltagare som kan vara samma person, när en registrering nekas för det.")]
    public IReadOnlyList<LikelySameOutput>? LikelySame { get; init; }

    [JsonPropertyName("referens"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Vid oväntade fel: numret som felet har i programmets egen logg.")]
    public string? Reference { get; init; }
}

/// <summary>Somebody registered who may be the person that was to be registered.</summary>
public sealed record LikelySameOutput
{
    [JsonPropertyName("deltagare_id"), Description("Null för den som systemet inte når.")]
    public required int? ParticipantId { get; init; }

    [JsonPropertyName("deltagarkod"), Description("Null för den som systemet inte når.")]
    public required string? Code { get; init; }

    [JsonPropertyName("varfor"), Description("Vad som är lika.")]
    public required string Why { get; init; }
}

/// <summary>
/// The answers of the API that are no answers. Whatever refuses a request below <c>/api</c> by status alone, also before the
/// API itself is reached, is put into words here; a page of HTML is nothing to a program.
/// </summary>
internal sealed class ApiProblems(RequestDelegate next)
{
    public const string ContentType = "application/problem+json; charset=utf-8";

    /// <summary>How answers are written: å, ä and ö as they are.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var response = context.Response;
        if (ApiRights.IsApi(context) && response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
            await WriteAsync(context, response.StatusCode);
    }

    /// <summary>Answers with a problem; what it says is that of its status unless something more is known.</summary>
    public static Task WriteAsync(HttpContext context, int status, string? detail = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? errors = null)
    {
        var (title, usual) = InWords(context, status);
        return WriteAsync(
            context,
            new ApiProblem
            {
                Title = title,
                Status = status,
                Detail = detail ?? usual,
                Errors = errors,
                Reference = status >= 500 ? UnexpectedErrors.Reference(context) : null,
            });
    }

    /// <summary>What was entered can't be registered: 409 when somebody else was first, else 422 with each fault at its field.</summary>
    /// <param name="context">The request.</param>
    /// <param name="exception">What the store said.</param>
    /// <param name="place">The name in JSON of a store's field.</param>
    public static Task WriteAsync(HttpContext context, RegistrationException exception, Func<string, string> place)
    {
        if (exception.IsStale())
            return WriteAsync(
                context,
                StatusCodes.Status409Conflict,
                "Någon annan har ändrat uppgifterna sedan du hämtade dem. Hämta dem igen och gör om ändringen.");
        var (title, _) = InWords(context, StatusCodes.Status422UnprocessableEntity);
        return WriteAsync(
            context,
            new ApiProblem
            {
                Title = title,
                Status = StatusCodes.Status422UnprocessableEntity,
                Detail = exception.Message,
                Errors = Fields(exception.Errors, place),
                LikelySame = exception.LikelySame.Count == 0
                    ? null
                    :
                    [
                        .. exception.LikelySame.Select(s => new LikelySameOutput
                        {
                            ParticipantId = s.IsOwn ? s.ParticipantId : null,
                            Code = s.Code,
                            Why = s.Code is null ? $"{s.Shown}: {s.Why}" : s.Why,
                        }),
                    ],
            });
    }

    /// <summary>Faults by their fields.</summary>
    public static Dictionary<string, IReadOnlyList<string>> Fields(IEnumerable<FieldError> errors, Func<string, string> place) =>
        errors.GroupBy(e => place(e.Field), e => e.Message, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Distinct(StringComparer.Ordinal)], StringComparer.Ordinal);

    private static async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = ContentType;
        await context.Response.WriteAsync(JsonSerializer.Serialize(problem, Json), context.RequestAborted);
    }

    private static (string Title, string Detail) InWords(HttpContext context, int status) => status switch
    {
        400 => ("Begäran går inte att läsa", "Se hur den ska skrivas i /api/v1/openapi.json."),
        401 => ("Nyckeln saknas eller gäller inte", "Skicka systemets nyckel i rubriken Authorization: Bearer finsam_…"),
        403 => (
            "Systemet får inte göra det här",
            "Nyckelns roll omfattar inte det, eller så kom begäran inte med https. Förbundets administratör bestämmer vad systemet får göra."),
        404 => ("Finns inte", "Det finns inte, eller hör till något som systemet inte når."),
        405 => ("Metoden används inte här", "Se vilka som används i /api/v1/openapi.json."),
        409 => ("Uppgifterna har ändrats", "Hämta dem igen och gör om ändringen."),
        413 => ("Begäran är för stor", "Skicka ett deltagande i taget."),
        415 => ("Innehållet har fel format", "Skicka JSON, med rubriken Content-Type: application/json."),
        421 => ("Webbplatsen har en annan adress", "Använd den adress som förbundet har uppgett."),
        422 => ("Uppgifterna går inte att registrera", "Se felen vid varje fält."),
        429 => ("För många anrop", "Vänta så många sekunder som rubriken Retry-After säger, och fortsätt sedan långsammare."),
        507 => ("Disken är full", "Inget är sparat. Säg till den som sköter systemet."),
        503 when UnexpectedErrors.FaultOf(context) == DatabaseFault.ReadOnly => (
            "Inget går att spara just nu",
            "Databasen går att läsa men inte att skriva till. Inget är sparat. Säg till den som sköter systemet."),
        503 => ("Databasen svarar inte just nu", "Inget är sparat. Vänta en stund och gör om det."),
        >= 500 => ("Något gick fel", "Hämta uppgifterna igen och se om det blev gjort. Uppge referensen om du anmäler felet."),
        _ => ("Begäran kunde inte utföras", "Se hur den ska skrivas i /api/v1/openapi.json."),
    };
}
