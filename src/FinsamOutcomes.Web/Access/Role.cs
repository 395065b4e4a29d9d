namespace FinsamOutcomes.Web.Access;

/// <summary>The roles a user can have in a förbund, as stored in <c>app_user_role</c>.</summary>
public static class Role
{
    /// <summary>Handläggare: registers and follows participants in their own insatser, and sees their names.</summary>
    public const string Caseworker = "caseworker";

    /// <summary>Insatsansvarig: answers for their insats, its texts and its money.</summary>
    public const string InsatsManager = "insats_manager";

    /// <summary>Processtödjare: all statistics and reports, no names; numbers below 5 only with a reason in the log.</summary>
    public const string ProcessSupporter = "process_supporter";

    /// <summary>Förbundsadministratör: insatser, users, code lists and the hand-over.</summary>
    public const string Administrator = "administrator";

    /// <summary>Revisor: reads the log.</summary>
    public const string Auditor = "auditor";

    /// <summary>Each role and what it is called, in the order they are shown.</summary>
    public static IReadOnlyList<(string Code, string Label)> All { get; } =
    [
        (Caseworker, "Handläggare"),
        (InsatsManager, "Insatsansvarig"),
        (ProcessSupporter, "Processtödjare"),
        (Administrator, "Förbundsadministratör"),
        (Auditor, "Revisor"),
    ];

    public static string Label(string code) => All.First(r => r.Code == code).Label;

    /// <summary>Those that are roles, of what a form sent.</summary>
    public static IReadOnlyList<string> Known(IEnumerable<string> codes) => [.. All.Select(r => r.Code).Intersect(codes)];

    /// <summary>Roles that work in insatser of their own, chosen for each user.</summary>
    public static bool HasOwnInsatser(string code) => code is Caseworker or InsatsManager;
}
