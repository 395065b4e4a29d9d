using static FinsamOutcomes.Web.Access.Reach;
using static FinsamOutcomes.Web.Access.Scope;

namespace FinsamOutcomes.Web.Access;

/// <summary>What a route is about, and so what is asked before it answers.</summary>
public enum Scope
{
    /// <summary>Nothing of anybody's: signing in, help, health.</summary>
    Open,

    /// <summary>The user's own account: any signed-in user.</summary>
    Account,

    /// <summary>A förbund: the user needs a role in <c>{forbundId}</c>.</summary>
    Forbund,

    /// <summary>An insats of the förbund: <c>{insatsId}</c>.</summary>
    Insats,

    /// <summary>
    /// A participant of the förbund: <c>{participantId}</c>, reached through participations in insatser that are open or not
    /// long ended, or opened by an administrator.
    /// </summary>
    Participant,

    /// <summary>A participant who is or once was in an insats of the user's, reached or not: to register a new entry, and nothing else.</summary>
    FormerParticipant,

    /// <summary>A participation: <c>{participationId}</c>.</summary>
    Participation,
}

/// <summary>How far a role reaches with a route.</summary>
public enum Reach
{
    None,

    /// <summary>The insatser that the user has been given (with their delprojekt), and those who take part in them.</summary>
    Own,

    /// <summary>Everything in the förbund.</summary>
    All,
}

/// <summary>One line of the table: a route and how far each role reaches with it.</summary>
public sealed record RouteRight(
    string Route,
    Scope Scope,
    Reach Caseworker = None,
    Reach InsatsManager = None,
    Reach ProcessSupporter = None,
    Reach Administrator = None,
    Reach Auditor = None)
{
    public Reach Of(string role) => role switch
    {
        Role.Caseworker => Caseworker,
        Role.InsatsManager => InsatsManager,
        Role.ProcessSupporter => ProcessSupporter,
        Role.Administrator => Administrator,
        Role.Auditor => Auditor,
        _ => None,
    };

    /// <summary>The furthest that somebody with these roles reaches.</summary>
    public Reach Of(IEnumerable<string> roles) => roles.Select(Of).DefaultIfEmpty(None).Max();
}

/// <summary>
/// Who may do what: the one table. A route that is not here is refused, and a test compares every route, role and border
/// with it. Names of persons are shown only where the caseworker alone has a reach.
/// </summary>
public static class Rights
{
    public static IReadOnlyList<RouteRight> Table { get; } =
    [
        // Anybody
        new("/fel/{code:int?}", Open),
        new("/health", Open),
        new("/health/live", Open),
        new("/health/ready", Open),
        new("/.well-known/security.txt", Open),
        new("/api/v1/openapi.json", Open),
        new("/logga-in", Open),
        new("/logga-in/kod", Open),
        new("/logga-in/leverantor", Open),
        new("/glomt-losenord", Open),
        new("/logga-ut", Open),
        new("/kom-igang/{token}", Open),
        new("/inbjudan/{token}", Open),
        new("/hjalp", Open),
        new("/hjalp/{topic}", Open),
        new("/hjalp/behorigheter", Open),

        // Everybody's own
        new("/", Account),
        new("/konto", Account),
        new("/konto/engangskod", Account),
        new("/konto/inloggning", Account),
        new("/konto/meddelanden", Account),

        // Users
        new("/f/{forbundId:int}/anvandare", Forbund, Administrator: All),
        new("/f/{forbundId:int}/anvandare/{userId:int}", Forbund, Administrator: All),
        new("/f/{forbundId:int}/anslutna-system", Forbund, Administrator: All),
        new("/f/{forbundId:int}/oppningar", Forbund, Administrator: All),
        new("/f/{forbundId:int}/regler", Forbund, Administrator: All),
        new("/f/{forbundId:int}/traffar", Forbund, Administrator: All),
        new("/f/{forbundId:int}/gallring", Forbund, Administrator: All),
        new("/f/{forbundId:int}/gallring/regler", Forbund, Administrator: All),
        new("/f/{forbundId:int}/utdrag", Forbund, Administrator: All),
        new("/f/{forbundId:int}/drift", Forbund, Administrator: All),

        // The förbund's start page: each role sees its own
        new("/f/{forbundId:int}", Forbund, Own, Own, All, All, All),

        // What is stored of participants, as a text to give them
        new("/f/{forbundId:int}/om-dina-uppgifter", Forbund, All, All, All, All, All),

        // Participants: the caseworker alone
        new("/f/{forbundId:int}/deltagare", Forbund, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/sok", Forbund, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/ny", Forbund, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/{participantId:int}", Participant, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/{participantId:int}/andra", Participant, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/{participantId:int}/sla-ihop", Participant, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/{participantId:int}/angra-sammanslagning", Participant, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/{participantId:int}/ta-bort", Participant, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/{participantId:int}/gallra", Participant, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/{participantId:int}/samtycke", Participant, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/{participantId:int}/rattelse", Participant, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/{participantId:int}/utdrag", Participant, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/{participantId:int}/ny-inskrivning", FormerParticipant, Caseworker: Own),
        new("/f/{forbundId:int}/deltagare/be-om-att-oppna", Forbund, Caseworker: Own),
        new("/f/{forbundId:int}/deltaganden/{participationId:int}", Participation, Caseworker: Own),
        new("/f/{forbundId:int}/deltaganden/{participationId:int}/skriv-in", Participation, Caseworker: Own),
        new("/f/{forbundId:int}/deltaganden/{participationId:int}/skriv-ut", Participation, Caseworker: Own),
        new("/f/{forbundId:int}/deltaganden/{participationId:int}/angra", Participation, Caseworker: Own),
        new("/f/{forbundId:int}/deltaganden/{participationId:int}/felregistrerad", Participation, Caseworker: Own),
        new("/f/{forbundId:int}/deltaganden/{participationId:int}/flytta", Participation, Caseworker: Own),
        new("/f/{forbundId:int}/deltaganden/{participationId:int}/andra", Participation, Caseworker: Own),
        new("/f/{forbundId:int}/deltaganden/{participationId:int}/handlaggare", Participation, Caseworker: Own),
        new("/f/{forbundId:int}/deltaganden/flera", Forbund, Caseworker: Own),

        // Self-assessments, counts and remarks: whole rows about a person only for the caseworker
        new("/f/{forbundId:int}/sjalvskattningar", Forbund, Caseworker: Own),
        new("/f/{forbundId:int}/deltaganden/{participationId:int}/sjalvskattning", Participation, Caseworker: Own),
        new("/f/{forbundId:int}/deltaganden/{participationId:int}/sjalvskattning/{assessmentId:int}", Participation, Caseworker: Own),
        new("/f/{forbundId:int}/anmarkningar", Forbund, Caseworker: Own),
        new("/f/{forbundId:int}/antal", Forbund, Caseworker: Own, InsatsManager: Own, Administrator: All),
        new("/f/{forbundId:int}/instrument", Forbund, All, All, All, All),
        // Statistics: counts only, also for one's own insats
        new("/f/{forbundId:int}/statistik", Forbund, ProcessSupporter: All),
        new("/f/{forbundId:int}/statistik/{file}", Forbund, ProcessSupporter: All),
        new("/f/{forbundId:int}/insatser/{insatsId:int}/statistik", Insats, Own, Own, All),
        new("/f/{forbundId:int}/insatser/{insatsId:int}/statistik/{file}", Insats, Own, Own, All),

        // Reports, and what the people of each insats write for them
        new("/f/{forbundId:int}/rapporter", Forbund, ProcessSupporter: All),
        new("/f/{forbundId:int}/rapporter/{jobId:int}/{ordinal}", Forbund, ProcessSupporter: All),
        new("/f/{forbundId:int}/publiceringar", Forbund, ProcessSupporter: All),
        new("/f/{forbundId:int}/publiceringar/{publicationId:int}", Forbund, ProcessSupporter: All),
        new("/f/{forbundId:int}/publiceringar/{publicationId:int}/jamfor", Forbund, ProcessSupporter: All),
        new("/f/{forbundId:int}/publiceringar/{publicationId:int}/granska", Forbund, ProcessSupporter: All),
        new("/f/{forbundId:int}/publiceringar/{publicationId:int}/tal", Forbund, ProcessSupporter: All),
        new("/f/{forbundId:int}/publiceringar/{publicationId:int}/tal/{number:int}", Forbund, ProcessSupporter: All),
        new("/f/{forbundId:int}/publiceringar/{publicationId:int}/fil/{format}", Forbund, ProcessSupporter: All),
        new("/f/{forbundId:int}/texter", Forbund, InsatsManager: Own, ProcessSupporter: All),
        new("/f/{forbundId:int}/insatser/{insatsId:int}/texter/{year:int}", Insats, InsatsManager: Own, ProcessSupporter: All),
        // Insatser, their money, the förbund's own costs, its members' funds, and targets
        new("/f/{forbundId:int}/insatser", Forbund, InsatsManager: Own, ProcessSupporter: All, Administrator: All),
        new("/f/{forbundId:int}/insatser/ny", Forbund, Administrator: All),
        new("/f/{forbundId:int}/insatser/{insatsId:int}/redigera", Insats, Administrator: All),
        new("/f/{forbundId:int}/insatser/{insatsId:int}/budget", Insats, InsatsManager: Own, Administrator: All),
        new("/f/{forbundId:int}/kostnader", Forbund, Administrator: All),
        new("/f/{forbundId:int}/medel", Forbund, Administrator: All),
        new("/f/{forbundId:int}/mal", Forbund, Administrator: All),

        // Files read in, the förbund's choices, the hand-over and the log
        new("/f/{forbundId:int}/inlasning", Forbund, Administrator: All),
        new("/f/{forbundId:int}/kodlistor", Forbund, Administrator: All),
        new("/f/{forbundId:int}/kodlistor/{list}", Forbund, Administrator: All),
        new("/f/{forbundId:int}/kodlistor/positiv-losning", Forbund, Administrator: All),
        new("/f/{forbundId:int}/uppfoljning-finsam", Forbund, Administrator: All),
        new("/f/{forbundId:int}/uppfoljning-finsam/overlamningar/{deliveryId:int}", Forbund, Administrator: All),
        new("/f/{forbundId:int}/logg", Forbund, Auditor: All),
    ];

    private static readonly Dictionary<string, RouteRight> s_byRoute = Table.ToDictionary(r => Key(r.Route), StringComparer.Ordinal);

    /// <summary>The line for a route pattern, such as <c>/f/{forbundId:int}/deltagare</c>; null when the table lacks it.</summary>
    public static RouteRight? For(string route) => s_byRoute.GetValueOrDefault(Key(route));

    private static string Key(string route) => route.Trim('/');
}
