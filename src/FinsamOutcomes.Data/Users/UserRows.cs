namespace FinsamOutcomes.Data.Users;

/// <summary>An account to add, with its roles in one förbund.</summary>
public sealed record NewUser
{
    public required int ForbundId { get; init; }

    public required string UserName { get; init; }

    public required string DisplayName { get; init; }

    public required string PasswordHash { get; init; }

    public required IReadOnlyCollection<string> Roles { get; init; }

    public IReadOnlyCollection<int> InsatsIds { get; init; } = [];

    public string Actor { get; init; } = "finsam";
}

/// <summary>A user's roles and insatser in a förbund, as they shall be.</summary>
public sealed record UserChange
{
    public required int ForbundId { get; init; }

    public required int UserId { get; init; }

    /// <summary>As it was read.</summary>
    public required int Version { get; init; }

    public required IReadOnlyCollection<string> Roles { get; init; }

    public IReadOnlyCollection<int> InsatsIds { get; init; } = [];

    public string Actor { get; init; } = "finsam";

    /// <summary>For the log and the user: who asked for it, or that nobody else said yes.</summary>
    public string Note { get; init; } = "";
}

/// <summary>A user of a förbund with what they have been given there.</summary>
public sealed record ForbundUser
{
    public required UserRow User { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public required IReadOnlyList<UserInsatsRow> Insatser { get; init; }
}

/// <summary>A user as administrators see them.</summary>
public sealed record UserRow
{
    public required int Id { get; init; }

    public required string UserName { get; init; }

    public required string DisplayName { get; init; }

    public required bool IsTwoFactorEnabled { get; init; }

    public required DateTime? LockoutEndsAt { get; init; }

    public required bool IsActive { get; init; }

    public required int Version { get; init; }

    /// <summary>A password has been chosen; whether it may be used is for the förbund to say.</summary>
    public required bool HasPassword { get; init; }

    /// <summary>How many passkeys the account has.</summary>
    public required int Passkeys { get; init; }

    /// <summary>How many providers the account is connected to.</summary>
    public required int Connections { get; init; }
}

/// <summary>A role of a user in a förbund.</summary>
public sealed record UserRoleRow
{
    public required int UserId { get; init; }

    public required string Role { get; init; }
}

/// <summary>An insats that a user has been given.</summary>
public sealed record UserInsatsRow
{
    public required int UserId { get; init; }

    public required int InsatsId { get; init; }

    public required string Name { get; init; }
}
