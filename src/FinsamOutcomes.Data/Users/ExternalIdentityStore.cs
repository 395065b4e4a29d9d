using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Users;

/// <summary>
/// Whom a provider says that somebody is. The value may be a personal number: it is stored as an HMAC and encrypted, and
/// never written anywhere else.
/// </summary>
/// <param name="provider">The provider's key in the settings.</param>
/// <param name="providerName">What it is called to people.</param>
/// <param name="issuer">The issuer that signed it.</param>
/// <param name="claim">The claim that the value comes from.</param>
/// <param name="value">The person's stable id at the issuer.</param>
public sealed class ExternalSubject(string provider, string providerName, string issuer, string claim, string value)
{
    public string Provider { get; } = provider;

    public string ProviderName { get; } = providerName;

    // A line each: none of the first two can hold a line break.
    internal string Text { get; } = $"{issuer}\n{claim}\n{value}";

    /// <summary>What a stored text is found by.</summary>
    internal static string Keyed(FieldCipher cipher, string text) => Convert.ToHexStringLower(cipher.BlindIndex(text, "external_identity", "subject_hash", 0));
}

/// <summary>Identities at providers that accounts are connected to. Nobody else comes in through a provider.</summary>
public sealed class ExternalIdentityStore(FinsamDatabase database)
{
    private const string Table = "external_identity";

    /// <summary>The account that an identity is connected to; null when it is connected to none.</summary>
    public async Task<AppUser?> FindUserAsync(ExternalSubject subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        await using var session = await database.ReadAsync(cancellationToken);
        return await KeyFile.FindCipherAsync(database, session, cancellationToken) is { } cipher
            && await FindAsync(session, cipher, subject, cancellationToken) is { } found
                ? await AccountStore.FindAsync(session, found.AppUserId, cancellationToken)
                : null;
    }

    /// <summary>The identities of an account, in the order they were connected.</summary>
    public async Task<IReadOnlyList<ExternalIdentityRow>> OfAsync(int userId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await OfAsync(session, userId, cancellationToken);
    }

    /// <summary>Writes that the user came in by an identity, when all steps are done.</summary>
    public async Task UsedAsync(AppUser user, string provider, string providerName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        await using var session = await database.WriteAsync(cancellationToken);
        await AccountStore.RecordAsync(session, user, "Users.SignInByProvider", providerName, cancellationToken);
        foreach (var row in (await OfAsync(session, user.Id, cancellationToken)).Where(r => r.Provider == provider))
            await session.ExecuteAsync("ExternalIdentities.Use", new { row.Id, UsedAt = session.UtcNow }, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>Connects an identity to the account of somebody who is signed in.</summary>
    /// <exception cref="RegistrationException">It is another account's, or the account has one at the provider already.</exception>
    public async Task ConnectAsync(AppUser user, ExternalSubject subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(subject);
        await using var session = await database.WriteAsync(cancellationToken);
        await AccountStore.RecordAsync(session, user, "ExternalIdentities.Connect", subject.ProviderName, cancellationToken);
        await AddAsync(database, session, user.Id, subject, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>Takes a connection away; every session of the account ends. The last way in is kept.</summary>
    public async Task DisconnectAsync(AppUser user, int id, string providerName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        await using var session = await database.WriteAsync(cancellationToken);
        await AccountStore.RecordAsync(session, user, "ExternalIdentities.Disconnect", providerName, cancellationToken);
        if (await session.ExecuteAsync("ExternalIdentities.Remove", new { UserId = user.Id, Id = id }, cancellationToken) == 0)
            throw FieldErrors.Single("", "Inloggningen är redan frånkopplad.");
        await AccountStore.RequireWayInAsync(session, user.Id, cancellationToken);
        await session.ExecuteAsync("Accounts.EndSessions", new { user.Id, SecurityStamp = UserStore.NewStamp() }, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>An identity that belongs to no account was turned away: noted in every förbund, without saying whose it was.</summary>
    public async Task RefuseAsync(string providerName, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        foreach (var forbundId in await session.QueryAsync<int>("Privacy.ForbundIds", cancellationToken: cancellationToken))
            await AuditLog.AppendAsync(
                session,
                new NewAuditEvent
                {
                    ForbundId = forbundId,
                    Actor = "okänd",
                    Action = "ExternalIdentities.Refuse",
                    Entity = Table,
                    Detail = providerName,
                },
                cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    internal static async Task AddAsync(
        FinsamDatabase database,
        DatabaseSession session,
        int userId,
        ExternalSubject subject,
        CancellationToken cancellationToken)
    {
        var cipher = await KeyFile.CipherAsync(database, session, cancellationToken);
        if (await FindAsync(session, cipher, subject, cancellationToken) is { } taken)
            throw FieldErrors.Single(
                "",
                taken.AppUserId == userId
                    ? $"Du är redan ansluten till {subject.ProviderName}."
                    : $"Den du loggade in som hos {subject.ProviderName} hör redan till ett annat konto här. Koppla från den där först, eller be förbundets administratör om hjälp."
            );
        if ((await OfAsync(session, userId, cancellationToken)).Any(i => i.Provider == subject.Provider))
            throw FieldErrors.Single("", $"Kontot är redan anslutet till {subject.ProviderName}, som någon annan. Koppla från den anslutningen först.");
        var id = await session.ReserveIdsAsync(Table, cancellationToken: cancellationToken);
        await session.ExecuteAsync(
            "ExternalIdentities.Add",
            new
            {
                Id = id,
                UserId = userId,
                subject.Provider,
                SubjectHash = ExternalSubject.Keyed(cipher, subject.Text),
                SubjectEncrypted = cipher.Encrypt(subject.Text, new FieldPlace(Table, "subject_encrypted", id)),
                ConnectedAt = session.UtcNow,
            },
            cancellationToken);
    }

    internal static Task<IReadOnlyList<ExternalIdentityRow>> OfAsync(DatabaseSession session, int userId, CancellationToken cancellationToken) =>
        session.QueryAsync<ExternalIdentityRow>("ExternalIdentities.Of", new { UserId = userId }, cancellationToken);

    private static async Task<ExternalIdentityRow?> FindAsync(
        DatabaseSession session,
        FieldCipher cipher,
        ExternalSubject subject,
        CancellationToken cancellationToken)
    {
        foreach (var one in cipher.Each)
        {
            var asked = new { SubjectHash = ExternalSubject.Keyed(one, subject.Text) };
            if (await session.SingleOrDefaultAsync<ExternalIdentityRow>("ExternalIdentities.Find", asked, cancellationToken) is { } found)
                return found;
        }

        return null;
    }
}

/// <summary>That an account is connected to somebody at a provider.</summary>
public sealed record ExternalIdentityRow
{
    public required int Id { get; init; }

    public required int AppUserId { get; init; }

    public required string Provider { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime ConnectedAt { get; init; }

    /// <summary>UTC; the latest sign-in.</summary>
    public required DateTime? UsedAt { get; init; }
}
