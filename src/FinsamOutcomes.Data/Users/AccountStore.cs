using System.Security.Cryptography;
using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Users;

/// <summary>
/// The accounts, for signing in. What happens to an account is written in the log of every förbund where the user has a
/// role, with the user as actor.
/// </summary>
public sealed class AccountStore(FinsamDatabase database)
{
    private const string Table = "app_user";

    public async Task<AppUser?> FindAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await FindAsync(session, id, cancellationToken);
    }

    public async Task<AppUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await FindByNameAsync(session, normalizedUserName, cancellationToken);
    }

    public async Task<bool> AnyAsync(CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<int>("Accounts.Count", cancellationToken: cancellationToken) > 0;
    }

    /// <summary>What a session must be like to go on; null when the account is switched off or gone, or this session was signed out.</summary>
    public async Task<AskedSession?> SessionAsync(int id, string session, CancellationToken cancellationToken = default)
    {
        await using var reading = await database.ReadAsync(cancellationToken);
        return await reading.SingleOrDefaultAsync<AskedSession>("Accounts.Session", new { Id = id, SessionHash = Hash(session) }, cancellationToken);
    }

    /// <summary>Ends a session for good, so that a copy of its cookie is worth nothing either.</summary>
    public async Task EndSessionAsync(AppUser user, string session, DateTime expiresAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        await using var write = await database.WriteAsync(cancellationToken);

        // The logs are taken first: of two that end the same session at once the second finds it ended, and keeps nothing.
        await RecordAsync(write, user, "Users.SignOut", cancellationToken);
        await write.ExecuteAsync("Accounts.ForgetEndedSessions", new { Now = write.UtcNow }, cancellationToken);
        if (await write.ExecuteAsync("Accounts.EndSession", new { SessionHash = Hash(session), ExpiresAt = expiresAt }, cancellationToken) == 1)
            await write.CommitAsync(cancellationToken);
    }

    /// <summary>Uses up the challenge that a passkey has answered, at every host of the database; false when it was used before.</summary>
    public async Task<bool> UseChallengeAsync(string number, DateTime expiresAt, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync("Accounts.ForgetEndedSessions", new { Now = session.UtcNow }, cancellationToken);
        var isFirst = await session.ExecuteAsync("Accounts.EndSession", new { SessionHash = Hash(number), ExpiresAt = expiresAt }, cancellationToken) == 1;
        await session.CommitAsync(cancellationToken);
        return isFirst;
    }

    /// <summary>Saves password, stamp and second factor; what changed is logged.</summary>
    public async Task SaveAsync(AppUser user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        await using var session = await database.WriteAsync(cancellationToken);
        var before = await FindAsync(session, user.Id, cancellationToken) ?? throw new InvalidOperationException("The account is gone.");

        // The logs are taken before the account, as by administrators. A hash that is only computed anew with a stronger
        // setting leaves the stamp as it was.
        if (user.PasswordHash != before.PasswordHash && user.SecurityStamp != before.SecurityStamp)
        {
            await RecordAsync(session, user, "Users.ChangePassword", cancellationToken);
            await session.ExecuteAsync("Invitations.WithdrawResets", new { UserId = user.Id, Now = session.UtcNow }, cancellationToken);
        }

        if (user.IsTwoFactorEnabled != before.IsTwoFactorEnabled)
            await RecordAsync(session, user, user.IsTwoFactorEnabled ? "Users.TurnOnCode" : "Users.TurnOffCode", cancellationToken);
        await session.ExecuteAsync(
            "Accounts.Save",
            new
            {
                user.Id,
                user.PasswordHash,
                user.SecurityStamp,
                user.AuthenticatorKeyEncrypted,
                user.IsTwoFactorEnabled,
            },
            cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>Writes in the logs that a user signed in or out, or failed to.</summary>
    public Task RecordAsync(AppUser user, string action, CancellationToken cancellationToken = default) => RecordAsync(user, action, "", cancellationToken);

    public async Task RecordAsync(AppUser user, string action, string detail, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        await using var session = await database.WriteAsync(cancellationToken);
        await RecordAsync(session, user, action, detail, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>Keeps a hash that was made anew of the same password, unless the password has been changed meanwhile.</summary>
    public async Task RehashAsync(int id, string oldHash, string newHash, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync("Accounts.Rehash", new { Id = id, OldHash = oldHash, NewHash = newHash }, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Recovery codes that were stored as plain hashes, which are short enough to be guessed from a stolen copy, are keyed:
    /// they go on working. Asked at each start.
    /// </summary>
    /// <exception cref="KeyFileException">The key file can't be used.</exception>
    public async Task KeyRecoveryCodesAsync(CancellationToken cancellationToken = default)
    {
        await using (var reading = await database.ReadAsync(cancellationToken))
        {
            if ((await reading.QueryAsync<UnkeyedCodeRow>("Accounts.UnkeyedRecoveryCodes", cancellationToken: cancellationToken)).Count == 0)
                return;
        }

        await using var session = await database.WriteAsync(cancellationToken);
        var cipher = await KeyFile.CipherAsync(database, session, cancellationToken);
        foreach (var row in await session.QueryAsync<UnkeyedCodeRow>("Accounts.UnkeyedRecoveryCodes", cancellationToken: cancellationToken))
            await session.ExecuteAsync(
                "Accounts.KeyRecoveryCode",
                new
                {
                    Id = row.AppUserId,
                    OldHash = row.CodeHash,
                    CodeHash = Keyed(cipher, row.AppUserId, row.CodeHash),
                },
                cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>Counts a failed try in the database itself, so that tries at the same time all count; returns how many there are.</summary>
    public async Task<int> CountFailureAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync("Accounts.CountFailure", new { Id = id }, cancellationToken);
        var failures = await session.SingleOrDefaultAsync<int>("Accounts.Failures", new { Id = id }, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return failures;
    }

    /// <summary>Locks the account until a time, or opens it, and begins to count failures from nothing.</summary>
    public async Task SetLockoutAsync(int id, DateTime? endsAt, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync("Accounts.SetLockout", new { Id = id, LockoutEndsAt = endsAt }, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>False when a code of this period has been used before.</summary>
    public async Task<bool> UseCodePeriodAsync(int id, int period, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        var isNew = await session.ExecuteAsync("Accounts.UseCodePeriod", new { Id = id, Period = period }, cancellationToken) == 1;
        await session.CommitAsync(cancellationToken);
        return isNew;
    }

    public async Task ReplaceRecoveryCodesAsync(int id, IEnumerable<string> codes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(codes);
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync("Accounts.ClearRecoveryCodes", new { Id = id }, cancellationToken);
        var given = codes.ToList();
        if (given.Count > 0)
        {
            var cipher = await KeyFile.CipherAsync(database, session, cancellationToken);
            foreach (var code in given)
                await session.ExecuteAsync("Accounts.AddRecoveryCode", new { Id = id, CodeHash = Keyed(cipher, id, Hash(code)) }, cancellationToken);
        }

        await session.CommitAsync(cancellationToken);
    }

    /// <summary>Takes one recovery code away; false when there is no such code.</summary>
    public async Task<bool> UseRecoveryCodeAsync(AppUser user, string code, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        await using var session = await database.WriteAsync(cancellationToken);

        // The logs are taken before the account, as by administrators; nothing is kept when there is no such code.
        await RecordAsync(session, user, "Users.UseRecoveryCode", cancellationToken);
        var cipher = await KeyFile.CipherAsync(database, session, cancellationToken);
        foreach (var one in cipher.Each)
        {
            if (await session.ExecuteAsync("Accounts.UseRecoveryCode", new { user.Id, CodeHash = Keyed(one, user.Id, Hash(code)) }, cancellationToken) == 0)
                continue;
            await session.CommitAsync(cancellationToken);
            return true;
        }

        return false;
    }

    public async Task<int> CountRecoveryCodesAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<int>("Accounts.RecoveryCodes", new { Id = id }, cancellationToken);
    }

    /// <summary>Whether the user has a role, in any förbund, that must have a second factor.</summary>
    public async Task<bool> MustHaveCodeAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<int>("Accounts.CountCodeRoles", new { Id = id }, cancellationToken) > 0;
    }

    /// <summary>What the user's roles ask of a second factor, and what the user has.</summary>
    public async Task<SecondFactorNeed> SecondFactorNeedAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await SecondFactorNeedAsync(session, id, cancellationToken);
    }

    /// <summary>The second factor that whoever has a one-time link to the account must show too.</summary>
    public async Task<AskedFactor> AskedFactorAsync(AppUser user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        await using var session = await database.ReadAsync(cancellationToken);
        return await AskedFactorAsync(session, user, cancellationToken);
    }

    /// <summary>Whether a förbund where the user has a role lets nobody sign in with a password: the strictest decides.</summary>
    public async Task<bool> IsPasswordOffAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await IsPasswordOffAsync(session, id, cancellationToken);
    }

    /// <summary>Whether there is any förbund where nobody signs in with a password.</summary>
    public async Task<bool> IsAnyPasswordOffAsync(CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<int>("SignInWays.CountForbundWithoutPasswords", cancellationToken: cancellationToken) > 0;
    }

    /// <summary>The key of the authenticator app, encrypted for this account alone.</summary>
    public async Task<byte[]> EncryptKeyAsync(int id, string key, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return (await KeyFile.CipherAsync(database, session, cancellationToken)).Encrypt(key, KeyPlace(id));
    }

    /// <summary>The key of the authenticator app; null when it can't be read with this installation's key file, and no code of the app is right.</summary>
    public async Task<string?> DecryptKeyAsync(int id, byte[] encrypted, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        try
        {
            return (await KeyFile.FindCipherAsync(database, session, cancellationToken))?.TryDecrypt(encrypted, KeyPlace(id));
        }
        catch (KeyFileException)
        {
            return null;
        }
    }

    /// <summary>What is stored of a token or code that only its holder has.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    internal static Task<AppUser?> FindAsync(DatabaseSession session, int id, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<AppUser>("Accounts.Find", new { Id = id }, cancellationToken);

    internal static Task<AppUser?> FindByNameAsync(DatabaseSession session, string normalizedUserName, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<AppUser>("Accounts.FindByName", new { NormalizedUserName = normalizedUserName }, cancellationToken);

    internal static async Task<AskedFactor> AskedFactorAsync(DatabaseSession session, AppUser user, CancellationToken cancellationToken) =>
        user.IsTwoFactorEnabled ? AskedFactor.Code
        : await SecondFactorNeedAsync(session, user.Id, cancellationToken) == SecondFactorNeed.UsePasskey ? AskedFactor.Passkey
        : AskedFactor.None;

    internal static async Task<bool> IsPasswordOffAsync(DatabaseSession session, int id, CancellationToken cancellationToken) =>
        await session.SingleOrDefaultAsync<int>("SignInWays.CountPasswordOff", new { UserId = id }, cancellationToken) > 0;

    /// <summary>Refuses to take away the last way to sign in to an account.</summary>
    internal static async Task RequireWayInAsync(DatabaseSession session, int id, CancellationToken cancellationToken)
    {
        if (await session.SingleOrDefaultAsync<int>("SignInWays.CountUsable", new { UserId = id }, cancellationToken) == 0)
            throw FieldErrors.Single("", "Det här är ditt enda sätt att logga in. Lägg till ett annat först.");
    }

    internal static Task RecordAsync(DatabaseSession session, AppUser user, string action, CancellationToken cancellationToken) =>
        RecordAsync(session, user, action, "", cancellationToken);

    internal static async Task RecordAsync(DatabaseSession session, AppUser user, string action, string detail, CancellationToken cancellationToken)
    {
        // In the order of the förbund, as everybody takes their logs.
        foreach (var forbundId in await session.QueryAsync<int>("Accounts.ForbundIds", new { user.Id }, cancellationToken))
            await AuditLog.AppendAsync(
                session,
                new NewAuditEvent
                {
                    ForbundId = forbundId,
                    Actor = user.UserName,
                    Action = action,
                    Entity = Table,
                    EntityId = user.Id,
                    Detail = detail,
                },
                cancellationToken);
    }

    private static async Task<SecondFactorNeed> SecondFactorNeedAsync(DatabaseSession session, int id, CancellationToken cancellationToken)
    {
        if (await session.SingleOrDefaultAsync<int>("Accounts.CountCodeRoles", new { Id = id }, cancellationToken) == 0
            || await FindAsync(session, id, cancellationToken) is not { IsTwoFactorEnabled: false })
            return SecondFactorNeed.None;
        return await session.SingleOrDefaultAsync<int>("SignInWays.CountPasskeys", new { UserId = id }, cancellationToken) > 0
            ? SecondFactorNeed.UsePasskey
            : SecondFactorNeed.SetUp;
    }

    // HMAC with a key derived from the key file, of the plain hash that used to be stored.
    private static string Keyed(FieldCipher cipher, int id, string plainHash) =>
        Convert.ToHexStringLower(cipher.BlindIndex(plainHash, "recovery_code", "code_hash", id));

    private static FieldPlace KeyPlace(int id) => new(Table, "authenticator_key_encrypted", id);
}

/// <summary>What the account asks of a session, each time it is used.</summary>
public sealed record AskedSession
{
    /// <summary>That the session carries: another since a password was changed.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>A role requires a second factor and there is no one-time code, which would have been asked for at the sign-in.</summary>
    public required bool IsFactorAsked { get; init; }
}

/// <summary>What an account needs before it is let further than to its own page.</summary>
public enum SecondFactorNeed
{
    /// <summary>No role asks for a second factor, or there is a one-time code, which is asked for.</summary>
    None,

    /// <summary>A role asks for it and there is none.</summary>
    SetUp,

    /// <summary>A role asks for it, and the only one is a passkey: a password alone is not enough.</summary>
    UsePasskey,
}

/// <summary>The second factor that an account has and that is asked for.</summary>
public enum AskedFactor
{
    None,

    /// <summary>A code from the app, or a recovery code.</summary>
    Code,

    Passkey,
}

/// <summary>A recovery code as it was stored before the codes were keyed.</summary>
public sealed record UnkeyedCodeRow
{
    public required int AppUserId { get; init; }

    public required string CodeHash { get; init; }
}
