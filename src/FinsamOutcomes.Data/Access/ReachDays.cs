using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Access;

/// <summary>
/// The day that caseworkers of a förbund reach back to: those whose last exit from the caseworker's insats is earlier are
/// reached only when an administrator has opened them. What every query that reads <c>user_participation</c> is given.
/// </summary>
internal sealed record ReachDays(DateOnly ReachedSince, DateOnly Today)
{
    public static async Task<ReachDays> ReadAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken)
    {
        var setting = await session.SingleOrDefaultAsync<AccessSettingRow>("Reach.Settings", new { ForbundId = forbundId }, cancellationToken);
        return new ReachDays(session.Today.AddMonths(-(setting?.ReachMonths ?? AccessSettings.UsualReachMonths)), session.Today);
    }
}

/// <summary>What a förbund has chosen instead of the program's own values.</summary>
public sealed record AccessSettingRow
{
    public required int ReachMonths { get; init; }

    public required bool IsPasswordOff { get; init; }

    public required int Version { get; init; }
}
