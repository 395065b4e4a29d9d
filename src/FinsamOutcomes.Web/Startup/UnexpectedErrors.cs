using System.Diagnostics;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Operation;
using Microsoft.AspNetCore.Diagnostics;

namespace FinsamOutcomes.Web;

/// <summary>
/// Logs what nobody foresaw, under the reference number that the error page shows: the kinds of exception and where they
/// came from, never their messages, which can hold what somebody entered.
/// </summary>
internal sealed partial class UnexpectedErrors(ILogger<UnexpectedErrors> logger) : IExceptionHandler
{
    private const string Key = "finsam.reference";
    private const string FaultKey = "finsam.databasfel";
    private const string JournalKey = "finsam.visningar";

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

    /// <summary>What the database had against this request, for the error page.</summary>
    public static DatabaseFault FaultOf(HttpContext context) => context.Items[FaultKey] is DatabaseFault fault ? fault : DatabaseFault.None;

    /// <summary>Whether it was the file of readings beside the database that had it.</summary>
    public static bool IsOfJournal(HttpContext context) => context.Items.ContainsKey(JournalKey);

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var route = (httpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "okänd";
        LogUnexpected(logger, Reference(httpContext), httpContext.Request.Method, route, WithoutMessages(exception));
        FinsamMeter.Fault(exception);
        httpContext.Response.Clear();
        var fault = DatabaseFaults.Of(exception);
        httpContext.Items[FaultKey] = fault;
        if (JournalException.In(exception) is not null)
            httpContext.Items[JournalKey] = true;
        httpContext.Response.StatusCode = (exception, fault) switch
        {
            (BadHttpRequestException bad, _) => bad.StatusCode,
            (_, DatabaseFault.None or DatabaseFault.Damaged) => StatusCodes.Status500InternalServerError,
            (_, DatabaseFault.Full) => StatusCodes.Status507InsufficientStorage,
            // Nothing was saved, and the same thing can be done again when the database is as it should.
            _ => StatusCodes.Status503ServiceUnavailable,
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
