namespace FinsamOutcomes.Data.Users;

/// <summary>A user as the sign-in sees them. ASP.NET Core Identity changes it and asks its store to save it, so it is not a record.</summary>
public sealed class AppUser
{
    public int Id { get; set; }

    /// <summary>The e-mail address; also the actor in the log.</summary>
    public required string UserName { get; set; }

    public required string NormalizedUserName { get; set; }

    public required string DisplayName { get; set; }

    /// <summary>Null until the person has chosen a password.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Sessions carry it; when it changes, they end.</summary>
    public required string SecurityStamp { get; set; }

    public byte[]? AuthenticatorKeyEncrypted { get; set; }

    public bool IsTwoFactorEnabled { get; set; }

    public int AccessFailedCount { get; set; }

    public DateTime? LockoutEndsAt { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>The period of 30 seconds whose one-time code was used last.</summary>
    public int LastCodePeriod { get; set; }

    public int Version { get; set; } = 1;

    /// <summary>How a user name is compared: in capitals, as everybody writes their own address differently.</summary>
    public static string Normalize(string userName)
    {
        ArgumentNullException.ThrowIfNull(userName);
        return userName.Trim().ToUpperInvariant();
    }
}
