using FinsamOutcomes.Web.Access;
using static FinsamOutcomes.Web.Access.Reach;
using static FinsamOutcomes.Web.Access.Scope;

namespace FinsamOutcomes.Web.Api;

/// <summary>
/// What other systems may do: the table of <see cref="Rights"/> for the API, by method and route. What is not here is refused,
/// and a test compares every line, role and border with it. The förbund is that of the key. A system reaches what a person
/// with its role reaches on the pages, but for names and personal numbers, which the API neither takes nor gives.
/// </summary>
public static class ApiRights
{
    public const string Root = "/api/v1";

    public static IReadOnlyList<RouteRight> Table { get; } =
    [
        // As in the forms, and among the insatser
        new("GET /api/v1/kodlistor", Forbund, Caseworker: All, ProcessSupporter: All),
        new("GET /api/v1/insatser", Forbund, Caseworker: Own, ProcessSupporter: All),

        // Participants and their stays
        new("POST /api/v1/deltagare", Forbund, Caseworker: Own),
        new("POST /api/v1/deltagare/sok", Forbund, Caseworker: Own),
        new("GET /api/v1/deltagare/{participantId:int}", Participant, Caseworker: Own),
        new("PUT /api/v1/deltagare/{participantId:int}", Participant, Caseworker: Own),
        new("GET /api/v1/deltaganden", Forbund, Caseworker: Own),
        new("POST /api/v1/deltaganden", Forbund, Caseworker: Own),
        new("GET /api/v1/deltaganden/{participationId:int}", Participation, Caseworker: Own),
        new("PUT /api/v1/deltaganden/{participationId:int}", Participation, Caseworker: Own),
        new("PUT /api/v1/deltaganden/{participationId:int}/inskrivning", Participation, Caseworker: Own),
        new("PUT /api/v1/deltaganden/{participationId:int}/avslut", Participation, Caseworker: Own),
        new("DELETE /api/v1/deltaganden/{participationId:int}/avslut", Participation, Caseworker: Own),

        // Statistics: counts only
        new("GET /api/v1/statistik/{part}", Forbund, ProcessSupporter: All),
    ];

    private static readonly Dictionary<string, RouteRight> s_byRoute = Table.ToDictionary(r => r.Route, StringComparer.Ordinal);

    /// <summary>The line for a method and a route pattern; null when the table lacks it.</summary>
    public static RouteRight? For(string method, string route) => s_byRoute.GetValueOrDefault($"{method} /{route.Trim('/')}");

    /// <summary>Whether a request is for the API, whatever it is about.</summary>
    internal static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a request needs a key: all that is here, but for the description of it, which is open as help is.</summary>
    internal static bool TakesKey(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route }
        && $"/{route.Trim('/')}".StartsWith(Root + "/", StringComparison.Ordinal)
        && Rights.For(route) is null;
}
