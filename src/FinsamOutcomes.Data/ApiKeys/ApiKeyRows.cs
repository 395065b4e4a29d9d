using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Data.ApiKeys;

/// <summary>A system to let in.</summary>
public sealed record NewSystem
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 60;

    /// <summary>What people call it; the log names it <c>system: …</c>.</summary>
    public required string? Name { get; init; }

    /// <summary>One of <see cref="ApiKeyStore.Roles"/>.</summary>
    public required string? Role { get; init; }

    /// <summary>For one that registers: where.</summary>
    public required IReadOnlyCollection<int> InsatsIds { get; init; }

    /// <summary>The last day of its key.</summary>
    public required DateOnly? ExpiresOn { get; init; }
}

/// <summary>A key that was just made; its text is told now and never again.</summary>
/// <param name="SystemName">Whose.</param>
/// <param name="Text">What the system sends.</param>
/// <param name="IsWaiting">It works when another administrator has said yes.</param>
public sealed record MadeApiKey(string SystemName, string Text, bool IsWaiting)
{
    /// <summary>Without the key, which would end up in a log.</summary>
    public override string ToString() => $"MadeApiKey {{ SystemName = {SystemName} }}";
}

/// <summary>What can be said of a key today.</summary>
public enum ApiKeyState
{
    Works,
    Waits,
    Expired,
    Revoked,
}

/// <summary>What a key that is used is held against.</summary>
public sealed record ApiKeyCheckRow
{
    public required int Id { get; init; }

    public required int ForbundId { get; init; }

    /// <summary>The system.</summary>
    public required int AppUserId { get; init; }

    public required string UserName { get; init; }

    public required string KeyHash { get; init; }

    public required DateOnly ExpiresOn { get; init; }

    public required DateTime? ApprovedAt { get; init; }

    public required DateTime? RevokedAt { get; init; }

    public required DateOnly? LastUsedOn { get; init; }

    public ApiKeyState StateOn(DateOnly today) => ApiKeyRow.StateOf(RevokedAt, ExpiresOn, ApprovedAt, today);
}

/// <summary>A key with its system, for the administrator.</summary>
public sealed record ApiKeyRow
{
    public required int Id { get; init; }

    /// <summary>The system.</summary>
    public required int AppUserId { get; init; }

    public required string DisplayName { get; init; }

    public required DateTime MadeAt { get; init; }

    public required string MadeBy { get; init; }

    public required int MadeById { get; init; }

    public required DateOnly ExpiresOn { get; init; }

    public required DateTime? ApprovedAt { get; init; }

    public required string? ApprovedBy { get; init; }

    public required DateTime? RevokedAt { get; init; }

    public required string? RevokedBy { get; init; }

    public required DateOnly? LastUsedOn { get; init; }

    public required string? Role { get; init; }

    public ApiKeyState StateOn(DateOnly today) => StateOf(RevokedAt, ExpiresOn, ApprovedAt, today);

    internal static ApiKeyState StateOf(DateTime? revokedAt, DateOnly expiresOn, DateTime? approvedAt, DateOnly today) =>
        revokedAt is not null ? ApiKeyState.Revoked
        : expiresOn < today ? ApiKeyState.Expired
        : approvedAt is null ? ApiKeyState.Waits
        : ApiKeyState.Works;
}

/// <summary>A system with its keys, the latest first.</summary>
public sealed record ConnectedSystem(int Id, string Name, string? Role, IReadOnlyList<UserInsatsRow> Insatser, IReadOnlyList<ApiKeyRow> Keys);

/// <summary>What a registration was answered.</summary>
public sealed record ApiAnswerRow
{
    public required string RequestHash { get; init; }

    public required int ParticipantId { get; init; }

    public required int ParticipationId { get; init; }
}
