using System.Security.Cryptography;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Users;

/// <summary>Passkeys of accounts: public keys whose private halves are in the owners' phones, computers and security keys.</summary>
public sealed class PasskeyStore(FinsamDatabase database)
{
    /// <summary>Signs in a passkey's name.</summary>
    public const int LongestName = 100;

    private const int Most = 20;

    /// <summary>The passkeys of an account, in the order they were added.</summary>
    public async Task<IReadOnlyList<PasskeyRow>> OfAsync(int userId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<PasskeyRow>("Passkeys.Of", new { UserId = userId }, cancellationToken);
    }

    /// <summary>The passkey with a credential's id, whoever's it is.</summary>
    public async Task<PasskeyRow?> FindAsync(byte[] credentialId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<PasskeyRow>("Passkeys.Find", new { CredentialHash = Hash(credentialId) }, cancellationToken);
    }

    public async Task AddAsync(AppUser user, NewPasskey passkey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(passkey);
        await using var session = await database.WriteAsync(cancellationToken);
        var name = Name(passkey.Name);
        await AccountStore.RecordAsync(session, user, "Passkeys.Add", cancellationToken);
        if (await session.SingleOrDefaultAsync<int>("SignInWays.CountPasskeys", new { UserId = user.Id }, cancellationToken) >= Most)
            throw FieldErrors.Single("", $"Ett konto har högst {Most} passkeys. Ta bort någon som du inte använder.");
        await session.ExecuteAsync(
            "Passkeys.Add",
            new
            {
                Id = await session.ReserveIdsAsync("passkey", cancellationToken: cancellationToken),
                UserId = user.Id,
                Name = name,
                CredentialHash = Hash(passkey.CredentialId),
                passkey.CredentialId,
                passkey.PublicKey,
                passkey.SignCount,
                passkey.Transports,
                passkey.IsBackupEligible,
                passkey.IsBackedUp,
                CreatedAt = session.UtcNow,
            },
            cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>Keeps what a passkey said of itself when it was used.</summary>
    public async Task UsedAsync(int userId, byte[] credentialId, long signCount, bool isBackedUp, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync(
            "Passkeys.Use",
            new
            {
                UserId = userId,
                CredentialHash = Hash(credentialId),
                SignCount = signCount,
                IsBackedUp = isBackedUp,
                UsedAt = session.UtcNow,
            },
            cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public async Task RenameAsync(AppUser user, int id, string? name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        await using var session = await database.WriteAsync(cancellationToken);
        var called = Name(name);
        await AccountStore.RecordAsync(session, user, "Passkeys.Rename", cancellationToken);
        if (await session.ExecuteAsync("Passkeys.Rename", new { UserId = user.Id, Id = id, Name = called }, cancellationToken) == 0)
            throw Gone();
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Takes a passkey away; every session of the account ends, since the phone may be somebody else's now. The last way in,
    /// and the only second factor where a role requires one, are kept.
    /// </summary>
    public async Task RemoveAsync(AppUser user, int id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        await using var session = await database.WriteAsync(cancellationToken);
        await AccountStore.RecordAsync(session, user, "Passkeys.Remove", cancellationToken);
        if (await session.ExecuteAsync("Passkeys.Remove", new { UserId = user.Id, Id = id }, cancellationToken) == 0)
            throw Gone();
        await AccountStore.RequireWayInAsync(session, user.Id, cancellationToken);
        if (!user.IsTwoFactorEnabled
            && await session.SingleOrDefaultAsync<int>("Accounts.CountCodeRoles", new { user.Id }, cancellationToken) > 0
            && await session.SingleOrDefaultAsync<int>("SignInWays.CountPasskeys", new { UserId = user.Id }, cancellationToken) == 0)
            throw FieldErrors.Single(
                "",
                "En av dina roller kräver engångskod eller passkey, och det här är den enda du har. Lägg till en annan passkey eller ställ in engångskod först.");
        await session.ExecuteAsync("Accounts.EndSessions", new { user.Id, SecurityStamp = UserStore.NewStamp() }, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    private static string Hash(byte[] credentialId) => Convert.ToHexStringLower(SHA256.HashData(credentialId));

    private static string Name(string? given)
    {
        var errors = new FieldErrors();
        var name = errors.Text(given, "Name", "ett namn på din passkey", LongestName);
        errors.ThrowIfAny();
        return name;
    }

    private static RegistrationException Gone() => FieldErrors.Single("", "Din passkey är redan borttagen.");
}

/// <summary>A passkey to keep.</summary>
public sealed record NewPasskey
{
    public required string Name { get; init; }

    public required byte[] CredentialId { get; init; }

    /// <summary>In COSE form.</summary>
    public required byte[] PublicKey { get; init; }

    public required long SignCount { get; init; }

    /// <summary>How browsers reach it, with spaces between.</summary>
    public required string Transports { get; init; }

    public required bool IsBackupEligible { get; init; }

    public required bool IsBackedUp { get; init; }
}

/// <summary>A passkey as it is kept.</summary>
public sealed record PasskeyRow
{
    public required int Id { get; init; }

    public required int AppUserId { get; init; }

    public required string Name { get; init; }

    public required byte[] CredentialId { get; init; }

    public required byte[] PublicKey { get; init; }

    public required long SignCount { get; init; }

    public required string Transports { get; init; }

    public required bool IsBackupEligible { get; init; }

    public required bool IsBackedUp { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime? UsedAt { get; init; }
}
