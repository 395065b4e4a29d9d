using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Users;

/// <summary>Somebody to invite to a förbund.</summary>
public sealed record NewInvitation
{
    public required int ForbundId { get; init; }

    public required string UserName { get; init; }

    public required string DisplayName { get; init; }

    public required IReadOnlyCollection<string> Roles { get; init; }

    public IReadOnlyCollection<int> InsatsIds { get; init; } = [];

    public string Actor { get; init; } = "finsam";

    /// <summary>The request that another administrator said yes to, whose code the link asks for.</summary>
    public int? RequestId { get; init; }

    /// <summary>For the log: who asked for it, or that nobody else said yes.</summary>
    public string Note { get; init; } = "";
}

/// <summary>What the first user of the installation writes.</summary>
public sealed record FirstUser
{
    /// <summary>The förbund to add; not asked for when there is one already.</summary>
    public string? ForbundName { get; init; }

    public required string UserName { get; init; }

    public required string DisplayName { get; init; }

    public required string PasswordHash { get; init; }
}

/// <summary>Whether a link can be used.</summary>
public enum InvitationState
{
    Open,
    Used,
    Expired,
    Withdrawn,
}

/// <summary>A one-time link; the token itself is nowhere.</summary>
public sealed record InvitationRow
{
    public required int Id { get; init; }

    public required int? ForbundId { get; init; }

    /// <summary><c>setup</c>, <c>invitation</c> or <c>reset</c>.</summary>
    public required string Kind { get; init; }

    public required int? AppUserId { get; init; }

    public required string UserName { get; init; }

    public required string DisplayName { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public required DateTime? UsedAt { get; init; }

    public required DateTime? WithdrawnAt { get; init; }

    public required string? ForbundName { get; init; }

    /// <summary>The administrator who has the code that the link asks for; null when it asks for none.</summary>
    public required string? CodeFrom { get; init; }

    /// <summary>The user asked for it and was sent it: it proves that somebody reads the letter, and gives a new password alone.</summary>
    public bool IsOwn => Kind == "reset" && AppUser.Normalize(CreatedBy) == AppUser.Normalize(UserName);

    /// <summary>A link that would last longer than links do was made while the clock was ahead: it has run out too.</summary>
    public InvitationState StateAt(DateTime now) =>
        UsedAt is not null ? InvitationState.Used
        : WithdrawnAt is not null ? InvitationState.Withdrawn
        : ExpiresAt <= now || ExpiresAt > now + (Kind == "setup" ? InvitationStore.SetupLasts : InvitationStore.InvitationLasts) + FinsamDatabase.ClocksApart
            ? InvitationState.Expired
        : InvitationState.Open;
}
