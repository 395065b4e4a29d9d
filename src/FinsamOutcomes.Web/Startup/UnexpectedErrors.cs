using System.Data.Common;
using System.Diagnostics;
using FinsamOutcomes.Data.Database;
using Microsoft.AspNetCore.Diagnostics;

namespace FinsamOutcomes.Web;

/// <summary>
/// Logs what nobody foresaw, under the reference number that the error page shows: the kinds of exception and where they
/// came from, never their messages, which can hold what somebody entered.
/// </summary>
internal sealed partial class UnexpectedErrors(FinsamDatabase database, ILogger<UnexpectedErrors> logger) : IExceptionHandler
{
    private const string Key = "finsam.reference";

    /// <summary>The number on the error page of this request, such as <c>7F3A-92C1</c>.</summary>
    public static string Reference(HttpContext context)
    {
        if (context.Items[Key] is string known)
            return known;
        var id = Activity.Current is { } activity ? activity.TraceId.ToHexString() : Guid.NewGuid().ToString("N");
        var reference = $"{id[..4]}-{id[4..8]}".ToUpperInvariant();
        context.Items[Key] = reference;
        return reference;
    }

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var route = (httpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "okänd";
        LogUnexpected(logger, Reference(httpContext), httpContext.Request.Method, route, WithoutMessages(exception));
        httpContext.Response.Clear();
        httpContext.Response.StatusCode = exception switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            // Somebody else wrote for too long, or the server let another of two go first: nothing was saved, and the next try goes through.
            TimeoutException => StatusCodes.Status503ServiceUnavailable,
            DbException failed when database.Engine.IsBusy(failed) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        return ValueTask.FromResult(true);
    }

    /// <summary>The kinds of exception and where they came from: their messages can hold what somebody entered.</summary>
    public static string WithoutMessages(Exception exception)
    {
        var parts = new List<string>();
        for (var current = exception; current is not null; current = current.InnerException)
            parts.Add($"{current.GetType().FullName}{Environment.NewLine}{current.StackTrace}");
        return string.Join(Environment.NewLine + "--- orsakat av ", parts);
    }

    [LoggerMessage(LogLevel.Error, "Oväntat fel {Reference} i {Method} {Route}: {Trace}")]
    private static partial void LogUnexpected(ILogger logger, string reference, string method, string route, string trace);
}
