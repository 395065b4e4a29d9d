namespace FinsamOutcomes.Data.Access;

/// <summary>What a förbund has decided about access.</summary>
public sealed record AccessSettings
{
    public const int UsualReachMonths = 12;
    public const int FewestReachMonths = 1;
    public const int MostReachMonths = 60;

    /// <summary>Months after the last exit from an insats that its caseworkers reach the participant.</summary>
    public int ReachMonths { get; init; } = UsualReachMonths;

    /// <summary>Roles whose users must have a second factor.</summary>
    public IReadOnlyList<string> CodeRoles { get; init; } = [];

    /// <summary>Nobody with a role in the förbund signs in with a password.</summary>
    public bool IsPasswordOff { get; init; }

    /// <summary>0 while the förbund has decided nothing.</summary>
    public int Version { get; init; }

    /// <summary>For the log, with what there was before.</summary>
    internal string InWords(AccessSettings before) =>
        $"månader {before.ReachMonths} till {ReachMonths}; engångskod eller passkey krävs av: {(CodeRoles.Count == 0 ? "ingen roll" : string.Join(' ', CodeRoles))}"
        + (IsPasswordOff == before.IsPasswordOff ? "" : IsPasswordOff ? "; lösenord avstängda" : "; lösenord tillåtna igen");
}

/// <summary>That a caseworker has asked to see a participant whom they no longer reach, and what came of it.</summary>
public sealed record ReachOpeningRow
{
    public required int Id { get; init; }

    public required int ParticipantId { get; init; }

    public required string Code { get; init; }

    public required int UserId { get; init; }

    public required string DisplayName { get; init; }

    public required string UserName { get; init; }

    /// <summary>In the caseworker's words; no personal data belongs there.</summary>
    public required string Reason { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime AskedAt { get; init; }

    /// <summary><c>asked</c>, <c>opened</c>, <c>refused</c> or <c>ended</c>.</summary>
    public required string State { get; init; }

    public required string? DecidedBy { get; init; }

    /// <summary>The last day, included.</summary>
    public required DateOnly? OpenedThrough { get; init; }
}

/// <summary>Somebody who has asked to see a participant again.</summary>
public sealed record ParticipantOpeningRow
{
    /// <summary>UTC.</summary>
    public required DateTime AskedAt { get; init; }

    public required string DisplayName { get; init; }

    public required string Reason { get; init; }

    public required string State { get; init; }

    public required string? DecidedBy { get; init; }

    public required DateOnly? OpenedThrough { get; init; }
}
