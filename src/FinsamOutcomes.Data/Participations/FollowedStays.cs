namespace FinsamOutcomes.Data.Participations;

/// <summary>Whose work a list holds.</summary>
public enum Whose
{
    /// <summary>All in the user's insatser.</summary>
    All,

    /// <summary>Those whom the user follows.</summary>
    Mine,

    /// <summary>Those whom nobody follows.</summary>
    Nobodys,
}

/// <summary>Who follows the stays in a user's insatser, for lists of the user's own work and of what nobody has taken.</summary>
public sealed class FollowedStays(IEnumerable<FollowedStayRow> rows, int userId)
{
    private readonly ILookup<int, int> _followers = rows.ToLookup(r => r.ParticipationId, r => r.AppUserId);

    /// <summary>The user follows somebody, so that there is something to call one's own.</summary>
    public bool HasOwn => _followers.Any(f => f.Contains(userId));

    /// <summary>Whether a stay belongs in a list. What is about no stay belongs to everybody in the insats.</summary>
    public bool IsIn(Whose whose, int? participationId) => (whose, participationId) switch
    {
        (Whose.All, _) => true,
        (Whose.Mine, { } id) => _followers[id].Contains(userId),
        (Whose.Nobodys, { } id) => !_followers.Contains(id),
        _ => whose == Whose.Mine,
    };
}

/// <summary>Somebody who follows a stay.</summary>
public sealed record FollowedStayRow
{
    public required int ParticipationId { get; init; }

    public required int AppUserId { get; init; }
}
