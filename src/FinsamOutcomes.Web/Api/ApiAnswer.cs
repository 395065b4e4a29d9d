using System.Text.Json;
using FinsamOutcomes.Data.ApiKeys;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Web.Api;

/// <summary>How the endpoints answer, and what several of them ask of a request.</summary>
internal static class ApiAnswer
{
    public static async Task WriteAsync<T>(HttpContext context, T value, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(JsonSerializer.Serialize(value, ApiProblems.Json), context.RequestAborted);
    }

    /// <summary>Faults of a body that can be read: 422, as from the stores.</summary>
    public static Task RefuseAsync(HttpContext context, IEnumerable<FieldError> faults) =>
        ApiProblems.WriteAsync(context, new RegistrationException([.. faults]), ApiWords.Field);

    /// <summary>Whether there are faults, and then the answer has been given.</summary>
    public static async Task<bool> RefusesAsync(HttpContext context, IReadOnlyCollection<FieldError> faults)
    {
        if (faults.Count == 0)
            return false;
        await RefuseAsync(context, faults);
        return true;
    }

    /// <summary>A change without the version that it was made from.</summary>
    public static FieldError NoVersion { get; } = new("version", "Skicka den version som du hämtade.");

    /// <summary>The faults of a change so far: that it says no version, or none.</summary>
    public static List<FieldError> FaultsOfVersion(int? version) => version is null ? [NoVersion] : [];

    /// <summary>What an endpoint refuses with an exception becomes a problem.</summary>
    public static async ValueTask<object?> TellAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            return await next(invocation);
        }
        catch (RegistrationException exception)
        {
            await ApiProblems.WriteAsync(invocation.HttpContext, exception, ApiWords.Field);
            return Results.Empty;
        }
    }

    /// <summary>The system's own word for a registration; null when it is missing, and then the answer has been given.</summary>
    public static async Task<OnceRequest?> OnceAsync(HttpContext context, int userId, string body)
    {
        if (context.Request.Headers[OnceRequest.Field] is [{ Length: > 0 and <= OnceRequest.LongestKey } key] && key.All(c => c is > ' ' and < (char)0x7F))
            return new OnceRequest(userId, key, ApiGate.KeyOf(context).Digest($"{context.Request.Path} {body}"));
        await ApiProblems.WriteAsync(
            context,
            StatusCodes.Status400BadRequest,
            errors: new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
            {
                [OnceRequest.Field] =
                [
                    $"Skicka rubriken {OnceRequest.Field} med ett eget ord för registreringen, högst {OnceRequest.LongestKey} tecken ur ASCII, till exempel ett UUID. Skicka samma när du gör om den: då registreras den en gång.",
                ],
            });
        return null;
    }

    /// <summary>Whether the query holds names that are not used, each at most once: a misspelled one would be left out in silence.</summary>
    public static async Task<bool> RefusesQueryAsync(HttpContext context, IReadOnlyCollection<string> known, params IReadOnlyCollection<string> repeated)
    {
        var wrong = context.Request.Query
            .Where(q => !known.Concat(repeated).Contains(q.Key, StringComparer.Ordinal) || (q.Value.Count > 1 && !repeated.Contains(q.Key)))
            .ToList();
        if (wrong.Count == 0)
            return false;
        await ApiProblems.WriteAsync(
            context,
            StatusCodes.Status400BadRequest,
            $"Adressen frågar efter något som inte finns, eller efter samma sak två gånger. Här används {string.Join(", ", known.Concat(repeated))}.");
        return true;
    }
}
