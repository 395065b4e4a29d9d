using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.ApiKeys;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace FinsamOutcomes.Web.Api;

/// <summary>
/// Who a system is and what it may do, asked before anything runs: its key, how often it asks, and <see cref="ApiRights"/> as
/// the pages ask theirs. A key is all that counts here: being signed in on the pages gives nothing, nor does a key there.
/// What is refused is an event in the log, but not each time.
/// </summary>
internal sealed class ApiGate(RequestDelegate next, ApiKeyStore keys, ApiLimits limits, FinsamDatabase database)
{
    private const string Scheme = "Bearer ";

    /// <summary>The key of a request that has been let in.</summary>
    public static ApiKey KeyOf(HttpContext context) => (ApiKey)context.Items[typeof(ApiKey)]!;

    public async Task InvokeAsync(HttpContext context, CurrentAccess access, AccessStore store)
    {
        var cancelled = context.RequestAborted;
        var header = context.Request.Headers.Authorization;
        var key = header is [{ } text] && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? ApiKey.Read(text[Scheme.Length..].Trim()) : null;
        var (row, fits) = key is null ? (null, false) : await keys.CheckAsync(key, cancelled);
        if (WhyNot(header.Count, key, row, fits) is { } whyNot)
        {
            if (limits.WaitOfStranger(context.Connection.RemoteIpAddress?.ToString() ?? "") is { } pause)
            {
                await SlowDownAsync(context, pause);
                return;
            }

            await NoteAsync(row, whyNot, cancelled);
            context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"FinsamOutcomes\"{(header.Count == 0 ? "" : ", error=\"invalid_token\"")}";
            await ApiProblems.WriteAsync(context, StatusCodes.Status401Unauthorized, fits ? $"{whyNot}. {WhatToDo}" : null);
            return;
        }

        var method = context.Request.Method;
        var route = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText ?? "";
        var cost = route.Contains("/statistik/", StringComparison.Ordinal) ? ApiLimits.CostOfStatistics : 1;
        if (limits.Wait(row!.AppUserId, cost) is { } wait)
        {
            await SlowDownAsync(context, wait);
            return;
        }

        context.Items[typeof(ApiKey)] = key;
        access.Route = new ApprovedRoute(context.Request.RouteValues);
        (access.IsSignedIn, access.UserId, access.UserName) = (true, row.AppUserId, row.UserName);
        var right = ApiRights.For(method, route);
        var status = right is null ? StatusCodes.Status403Forbidden : await RightsMiddleware.RefusalAsync(right, row.ForbundId, access, store, cancelled);
        if (status is { } refused)
        {
            var why = refused == StatusCodes.Status404NotFound ? "finns inte för systemet" : "rollen räcker inte";
            // For a reader of the log, who has no address to read.
            var asked = context.GetEndpoint()!.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? "Något som inte finns";
            await NoteAsync(row, $"{asked}: {why}", cancelled);
            context.Response.StatusCode = refused;
            return;
        }

        await keys.NoteUseAsync(row, cancelled);
        await next(context);
    }

    private const string WhatToDo = "Förbundets administratör ser nyckeln under Anslutna system, och kan göra en ny.";

    private string? WhyNot(int headers, ApiKey? key, ApiKeyCheckRow? row, bool fits) =>
        headers == 0 ? "Ingen nyckel skickades"
        : key is null ? "Det som skickades är ingen nyckel"
        : !fits ? "Nyckeln är okänd"
        : row!.StateOn(database.Today) switch
        {
            ApiKeyState.Revoked => "Nyckeln är återkallad",
            ApiKeyState.Expired => "Nyckeln har gått ut",
            ApiKeyState.Waits => "Nyckeln väntar på en administratörs ja",
            _ => null,
        };

    private async Task NoteAsync(ApiKeyCheckRow? key, string why, CancellationToken cancellationToken)
    {
        if (limits.IsToBeNoted(key?.Id, why))
            await keys.NoteRefusalAsync(key, why, cancellationToken);
    }

    private static Task SlowDownAsync(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers[HeaderNames.RetryAfter] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return ApiProblems.WriteAsync(context, StatusCodes.Status429TooManyRequests);
    }
}
