using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Data.ApiKeys;

/// <summary>
/// Other systems that a förbund lets in, each an account of its own that nobody signs in to, and their keys. A key that
/// reads and registers people takes two administrators where there are two, as a caseworker's role does.
/// </summary>
public sealed class ApiKeyStore(FinsamDatabase database)
{
    public const string Registers = "caseworker";
    public const string ReadsStatistics = "process_supporter";

    /// <summary>A key lasts so many years at most: who has long left the supplier shall not have one that works.</summary>
    public const int MostYears = 2;

    private const string Table = "api_key";

    private readonly ReadingJournal _readings = new(database);

    /// <summary>The roles that a system can have.</summary>
    public static IReadOnlyList<string> Roles { get; } = [Registers, ReadsStatistics];

    /// <summary>The systems of a förbund by name.</summary>
    public async Task<IReadOnlyList<ConnectedSystem>> AllAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await AllAsync(session, forbundId, cancellationToken);
    }

    /// <summary>Lets a system in with its first key.</summary>
    public async Task<MadeApiKey> AddSystemAsync(Administrator by, NewSystem system, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(system);
        await using var write = await AccessRequestStore.OpenAsync(database, by, null, cancellationToken);
        var errors = new FieldErrors();
        var name = errors.Text(system.Name, nameof(system.Name), "systemets namn", NewSystem.LongestName);
        errors.AddIf(system.Role is null || !Roles.Contains(system.Role), nameof(system.Role), "Välj vad systemet ska få göra.");
        errors.AddIf(
            system.Role == Registers && system.InsatsIds.Count == 0,
            nameof(system.InsatsIds),
            "Välj minst en insats som systemet ska registrera i.");
        CheckExpiry(errors, system.ExpiresOn);
        // In the förbund only: another förbund's systems are nobody else's to know of.
        var normalized = string.Create(CultureInfo.InvariantCulture, $"SYSTEM {by.ForbundId}: {AppUser.Normalize(name)}");
        errors.AddIf(
            await write.Session.SingleOrDefaultAsync<int>("ApiKeys.CountNamed", new { NormalizedUserName = normalized }, cancellationToken) > 0,
            nameof(system.Name),
            "Det finns redan ett system med det namnet. Välj ett annat, eller gör en ny nyckel till det.");
        errors.ThrowIfAny();
        var id = await write.Session.ReserveIdsAsync("app_user", cancellationToken: cancellationToken);
        await write.Session.ExecuteAsync(
            "ApiKeys.AddSystem",
            new
            {
                Id = id,
                UserName = $"system: {name}",
                NormalizedUserName = normalized,
                DisplayName = name,
                SecurityStamp = UserStore.NewStamp(),
                CreatedAt = write.Session.UtcNow,
            },
            cancellationToken);
        var insatser = system.Role == Registers ? system.InsatsIds : [];
        await UserStore.GrantAsync(write.Session, write.ForbundId, id, [system.Role!], insatser, cancellationToken);
        return await AddKeyAsync(
            write,
            by,
            new ConnectedSystem(id, name, system.Role, [], []),
            system.ExpiresOn!.Value,
            "ApiKeys.Add",
            insatser.Count == 0 ? "" : $", insatser {Ids(insatser)}",
            cancellationToken);
    }

    /// <summary>One more key for a system: the one before works until it expires or is revoked, so that the system can change in its own time.</summary>
    public async Task<MadeApiKey> RenewAsync(Administrator by, int systemId, DateOnly? expiresOn, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var write = await AccessRequestStore.OpenAsync(database, by, null, cancellationToken);
        var system = await FindSystemAsync(write, systemId, cancellationToken);
        var errors = new FieldErrors();
        CheckExpiry(errors, expiresOn);
        errors.ThrowIfAny();
        return await AddKeyAsync(write, by, system, expiresOn!.Value, "ApiKeys.Renew", "", cancellationToken);
    }

    /// <summary>
    /// Lets a system register in other insatser. Fewer is done at once. More takes two administrators, where there are two: the
    /// system's keys wait for the other's yes, and it is refused till then. True when they wait.
    /// </summary>
    public async Task<bool> SetInsatserAsync(
        Administrator by,
        int systemId,
        IReadOnlyCollection<int> insatsIds,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(insatsIds);
        await using var write = await AccessRequestStore.OpenAsync(database, by, null, cancellationToken);
        var system = await FindSystemAsync(write, systemId, cancellationToken);
        if (system.Role != Registers)
            throw FieldErrors.Single("", "Systemet läser statistik för hela förbundet, och har inga insatser att ändra.");
        if (insatsIds.Count == 0)
            throw FieldErrors.Single("", "Välj minst en insats. Ska systemet inte registrera något mer: återkalla dess nycklar.");
        var before = system.Insatser.Select(i => i.InsatsId).ToHashSet();
        if (before.SetEquals(insatsIds))
            throw FieldErrors.Single("", "Systemet har redan just de insatserna.");
        await UserStore.GrantAsync(write.Session, write.ForbundId, systemId, [Registers], insatsIds, cancellationToken);
        var takesTwo = insatsIds.Except(before).Any();
        var isWaiting = takesTwo && await AccessRequestStore.CountOthersAsync(write.Session, by, cancellationToken) > 0;
        if (isWaiting)
            await write.Session.ExecuteAsync(
                "ApiKeys.Await",
                new { write.ForbundId, AppUserId = systemId, MadeById = by.Id, write.Actor },
                cancellationToken);
        await write.CommitAsync(
            "ApiKeys.SetInsatser",
            Table,
            system.Keys[0].Id,
            $"system: {system.Name}, insatser {Ids(insatsIds)}, förut insatser {Ids(before)}{How(takesTwo, isWaiting)}");
        return isWaiting;
    }

    /// <summary>Whether this administrator may say yes to a key that waits: to what another made, or to one's own where there is nobody else to.</summary>
    public async Task<bool> MayApproveAsync(Administrator by, ApiKeyRow key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(key);
        await using var session = await database.ReadAsync(cancellationToken);
        return await MayApproveAsync(session, by, key, cancellationToken);
    }

    /// <summary>What tells a key with what it lets its system do from the same key with another reach, last day or maker.</summary>
    public static string Digest(ConnectedSystem system, ApiKeyRow key)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(key);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{key.Id} {key.MadeById} {key.ExpiresOn:yyyy-MM-dd} {system.Role} {Ids(system.Insatser.Select(i => i.InsatsId))}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Says yes to a key that another administrator made: it works from now on.</summary>
    /// <param name="by">The administrator.</param>
    /// <param name="keyId">The key.</param>
    /// <param name="shown">The <see cref="Digest"/> of what was shown: a yes to one reach is none to what has been put in its place.</param>
    /// <param name="cancellationToken">Stops the approving.</param>
    public async Task ApproveAsync(Administrator by, int keyId, string? shown, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var write = await AccessRequestStore.OpenAsync(database, by, null, cancellationToken);
        var (system, key) = await FindAsync(write, keyId, cancellationToken);
        if (!await MayApproveAsync(write.Session, by, key, cancellationToken))
            throw FieldErrors.Single("", "Du kan inte själv säga ja till en nyckel som du har gjort. Be en annan förbundsadministratör.");
        var state = key.StateOn(database.Today);
        if (state != ApiKeyState.Waits)
            throw FieldErrors.Single("", state == ApiKeyState.Works ? "Nyckeln fungerar redan." : "Nyckeln är återkallad eller har gått ut. Gör en ny.");
        if (Digest(system, key) != shown)
            throw FieldErrors.Single(
                "",
                "Det som nyckeln släpper till har ändrats sedan du öppnade sidan. Så här är det nu. Läs det igen innan du säger ja.");
        await write.Session.ExecuteAsync("ApiKeys.Approve", new { write.ForbundId, Id = keyId, Now = write.Session.UtcNow, write.Actor }, cancellationToken);
        var note = key.MadeById == by.Id ? AccessRequestStore.Alone : $"gjord av {key.MadeBy}";
        await write.CommitAsync("ApiKeys.Approve", Table, keyId, $"system: {key.DisplayName}, {note}");
    }

    /// <summary>Ends a key: it is refused from the next request on, at every host. Says no to one that waits.</summary>
    public async Task RevokeAsync(Administrator by, int keyId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var write = await AccessRequestStore.OpenAsync(database, by, null, cancellationToken);
        var (_, key) = await FindAsync(write, keyId, cancellationToken);
        var revoked = new { write.ForbundId, Id = keyId, Now = write.Session.UtcNow, write.Actor };
        if (await write.Session.ExecuteAsync("ApiKeys.Revoke", revoked, cancellationToken) == 0)
            throw FieldErrors.Single("", "Nyckeln är redan återkallad.");
        await write.CommitAsync("ApiKeys.Revoke", Table, keyId, $"system: {key.DisplayName}");
    }

    /// <summary>What a key that is used is held against; null for one that nobody has, with whose it says it is where that is known.</summary>
    public async Task<(ApiKeyCheckRow? Row, bool Fits)> CheckAsync(ApiKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        await using var session = await database.ReadAsync(cancellationToken);
        var row = await session.SingleOrDefaultAsync<ApiKeyCheckRow>("ApiKeys.Check", new { key.Id }, cancellationToken);
        return (row, row is not null && key.Fits(row.KeyHash));
    }

    /// <summary>Writes that a key is in use, once a day.</summary>
    public async Task NoteUseAsync(ApiKeyCheckRow key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.LastUsedOn == database.Today)
            return;
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync("ApiKeys.Use", new { key.ForbundId, key.Id, database.Today }, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Writes in the log that somebody was refused, and why: in the förbund of the key, or in every förbund where it is
    /// not known whose register was tried.
    /// </summary>
    public async Task NoteRefusalAsync(ApiKeyCheckRow? key, string why, CancellationToken cancellationToken = default)
    {
        var logs = key is null ? (await new ForbundStore(database).AllAsync(cancellationToken)).Select(f => f.Id) : [key.ForbundId];
        foreach (var forbundId in logs)
            await _readings.NoteAsync(
                new NewAuditEvent
                {
                    ForbundId = forbundId,
                    Actor = key?.UserName ?? "okänt system",
                    Action = "ApiKeys.Refuse",
                    Entity = Table,
                    EntityId = key?.Id,
                    Detail = why,
                },
                cancellationToken);
    }

    private static async Task<IReadOnlyList<ConnectedSystem>> AllAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken)
    {
        var insatser = (await session.QueryAsync<UserInsatsRow>("Users.Insatser", new { ForbundId = forbundId }, cancellationToken)).ToLookup(i => i.UserId);
        return
        [
            .. (await session.QueryAsync<ApiKeyRow>("ApiKeys.OfForbund", new { ForbundId = forbundId }, cancellationToken))
                .GroupBy(k => k.AppUserId)
                .Select(k => new ConnectedSystem(k.Key, k.First().DisplayName, k.First().Role, [.. insatser[k.Key]], [.. k])),
        ];
    }

    private static async Task<ConnectedSystem> FindSystemAsync(RegistrationWrite write, int systemId, CancellationToken cancellationToken) =>
        (await AllAsync(write.Session, write.ForbundId, cancellationToken)).FirstOrDefault(s => s.Id == systemId)
            ?? throw FieldErrors.Single("", "Systemet finns inte i förbundet.");

    // For the log.
    private static string Ids(IEnumerable<int> ids) => string.Join(' ', ids.Order());

    private static string How(bool takesTwo, bool isWaiting) => isWaiting ? ", väntar på ett ja" : takesTwo ? $", {AccessRequestStore.Alone}" : "";

    private static async Task<(ConnectedSystem System, ApiKeyRow Key)> FindAsync(RegistrationWrite write, int keyId, CancellationToken cancellationToken)
    {
        foreach (var system in await AllAsync(write.Session, write.ForbundId, cancellationToken))
            if (system.Keys.FirstOrDefault(k => k.Id == keyId) is { } key)
                return (system, key);
        throw FieldErrors.Single("", "Nyckeln finns inte i förbundet.");
    }

    private static async Task<bool> MayApproveAsync(DatabaseSession session, Administrator by, ApiKeyRow key, CancellationToken cancellationToken) =>
        key.MadeById != by.Id || await AccessRequestStore.CountOthersAsync(session, by, cancellationToken) == 0;

    private void CheckExpiry(FieldErrors errors, DateOnly? expiresOn)
    {
        var latest = database.Today.AddYears(MostYears);
        errors.AddIf(
            expiresOn is not { } day || day < database.Today || day > latest,
            nameof(NewSystem.ExpiresOn),
            string.Create(CultureInfo.InvariantCulture, $"Skriv den sista dag som nyckeln ska fungera: från i dag till {latest:yyyy-MM-dd}."));
    }

    private static async Task<MadeApiKey> AddKeyAsync(
        RegistrationWrite write,
        Administrator by,
        ConnectedSystem system,
        DateOnly expiresOn,
        string action,
        string detail,
        CancellationToken cancellationToken)
    {
        var takesTwo = system.Role == Registers;
        var isWaiting = takesTwo && await AccessRequestStore.CountOthersAsync(write.Session, by, cancellationToken) > 0;
        var key = ApiKey.Make(await write.Session.ReserveIdsAsync(Table, cancellationToken: cancellationToken));
        await write.Session.ExecuteAsync(
            "ApiKeys.Add",
            new
            {
                key.Id,
                write.ForbundId,
                AppUserId = system.Id,
                KeyHash = key.Hash,
                MadeAt = write.Session.UtcNow,
                MadeBy = write.Actor,
                MadeById = by.Id,
                ExpiresOn = expiresOn,
                ApprovedAt = isWaiting ? (DateTime?)null : write.Session.UtcNow,
                ApprovedBy = isWaiting ? null : write.Actor,
            },
            cancellationToken);
        await write.CommitAsync(
            action,
            Table,
            key.Id,
            string.Create(CultureInfo.InvariantCulture, $"system: {system.Name}, {system.Role}{detail}, till {expiresOn:yyyy-MM-dd}{How(takesTwo, isWaiting)}"));
        return new MadeApiKey(system.Name, key.Text, isWaiting);
    }
}
