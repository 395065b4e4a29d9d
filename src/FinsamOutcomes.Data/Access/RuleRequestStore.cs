using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Data.Access;

/// <summary>
/// What a förbund decides about access, and when that takes two administrators: longer reach, and one who need no longer
/// have a second factor, and passwords where there were none. Otherwise an administrator who is caseworker too could let themselves in for a moment. Decided in
/// the same transaction as it is done or asked for.
/// </summary>
public sealed class RuleRequestStore(FinsamDatabase database)
{
    private const string Table = "access_setting";

    /// <summary>Sets the rules at once, or asks another administrator; true when it waits for an answer.</summary>
    public async Task<bool> SetAsync(Administrator by, AccessSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.ReachMonths is < AccessSettings.FewestReachMonths or > AccessSettings.MostReachMonths)
            throw FieldErrors.Single(
                nameof(settings.ReachMonths),
                $"Skriv ett antal månader från {AccessSettings.FewestReachMonths} till {AccessSettings.MostReachMonths}.");
        await using var write = await AccessRequestStore.OpenAsync(database, by, null, cancellationToken);
        var before = await ReachStore.SettingsAsync(write.Session, by.ForbundId, cancellationToken);
        if (before.Version != settings.Version)
            throw FieldErrors.Stale();
        if (settings.IsPasswordOff && !before.IsPasswordOff)
            await RequireOtherWayAsync(write.Session, by.Id, cancellationToken);
        var takesTwo = settings.ReachMonths > before.ReachMonths || before.CodeRoles.Except(settings.CodeRoles).Any()
            || (before.IsPasswordOff && !settings.IsPasswordOff);
        if (!takesTwo || await AccessRequestStore.CountOthersAsync(write.Session, by, cancellationToken) == 0)
        {
            await ReachStore.SetSettingsAsync(write, settings, takesTwo ? AccessRequestStore.Alone : "", cancellationToken);
            return false;
        }

        await write.Session.ExecuteAsync("RuleRequests.Replace", new { by.ForbundId, DecidedAt = write.Session.UtcNow, write.Actor }, cancellationToken);
        var id = await write.Session.ReserveIdsAsync("rule_request", cancellationToken: cancellationToken);
        await write.Session.ExecuteAsync(
            "RuleRequests.Add",
            new
            {
                Id = id,
                by.ForbundId,
                settings.ReachMonths,
                settings.IsPasswordOff,
                settings.Version,
                AskedById = by.Id,
                AskedAt = write.Session.UtcNow,
            },
            cancellationToken);
        foreach (var role in settings.CodeRoles.Distinct(StringComparer.Ordinal))
            await write.Session.ExecuteAsync("RuleRequests.AddRole", new { Id = id, Role = role }, cancellationToken);
        await write.CommitAsync("AccessRequests.Ask", Table, null, $"begäran om regler {id}, {settings.InWords(before)}");
        return true;
    }

    /// <summary>What waits for an answer, the oldest first.</summary>
    public async Task<IReadOnlyList<RuleRequest>> WaitingAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await WaitingAsync(session, forbundId, cancellationToken);
    }

    /// <summary>Whether no other administrator can say yes, nor help with a lost second factor.</summary>
    public async Task<bool> IsAloneAsync(Administrator by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var session = await database.ReadAsync(cancellationToken);
        return await AccessRequestStore.CountOthersAsync(session, by, cancellationToken) == 0;
    }

    /// <summary>Whether this administrator may say yes: to what another asked, or to one's own where there is nobody else to.</summary>
    public async Task<bool> MayApproveAsync(Administrator by, RuleRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(request);
        await using var session = await database.ReadAsync(cancellationToken);
        return await MayApproveAsync(session, by, request, cancellationToken);
    }

    /// <summary>Says yes and changes the rules, both or neither.</summary>
    public async Task ApproveAsync(Administrator by, int requestId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var write = await AccessRequestStore.OpenAsync(database, by, null, cancellationToken);
        var request = await FindAsync(write, requestId, cancellationToken);
        if (!await MayApproveAsync(write.Session, by, request, cancellationToken))
            throw FieldErrors.Single("", "Du kan inte själv säga ja till det du har bett om. Be en annan förbundsadministratör.");
        if (
            await write.Session.SingleOrDefaultAsync<int>("Users.CountAdministrator", new { by.ForbundId, UserId = request.Row.AskedById }, cancellationToken)
            == 0)
            throw FieldErrors.Single("", "Den som bad om det är inte längre förbundsadministratör. Säg nej, och gör det själv om det behövs.");
        if (request.Wanted.Version != request.Present.Version)
        {
            await DecideAsync(write, request, "withdrawn", cancellationToken);
            await write.CommitAsync("AccessRequests.Lapse", Table, null, Detail(request));
            throw FieldErrors.Single("", "Reglerna har ändrats sedan det begärdes. Inget är gjort, och begäran är borttagen. Behövs ändringen: gör om den.");
        }

        await DecideAsync(write, request, "approved", cancellationToken);
        await write.NoteAsync("AccessRequests.Approve", Table, null, Detail(request));
        await ReachStore.SetSettingsAsync(
            write,
            request.Wanted,
            request.Row.AskedById == by.Id ? AccessRequestStore.Alone : $"begärt av {request.Row.AskedBy}",
            cancellationToken);
    }

    public Task RefuseAsync(Administrator by, int requestId, CancellationToken cancellationToken = default) =>
        CloseAsync(by, requestId, "refused", "AccessRequests.Refuse", isOwn: false, cancellationToken);

    /// <summary>The one who asked takes it back.</summary>
    public Task WithdrawAsync(Administrator by, int requestId, CancellationToken cancellationToken = default) =>
        CloseAsync(by, requestId, "withdrawn", "AccessRequests.Withdraw", isOwn: true, cancellationToken);

    // Who switches passwords off shall not be the first to be shut out.
    private static async Task RequireOtherWayAsync(DatabaseSession session, int userId, CancellationToken cancellationToken)
    {
        if ((await session.QueryAsync<ExternalIdentityRow>("ExternalIdentities.Of", new { UserId = userId }, cancellationToken)).Count == 0
            && await session.SingleOrDefaultAsync<int>("SignInWays.CountPasskeys", new { UserId = userId }, cancellationToken) == 0)
            throw FieldErrors.Single(
                nameof(AccessSettings.IsPasswordOff),
                "Du har själv bara lösenord att logga in med. Lägg till ett annat inloggningssätt under Konto, logga in med det och stäng sedan av lösenorden.");
    }

    private static async Task<IReadOnlyList<RuleRequest>> WaitingAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken)
    {
        var present = await ReachStore.SettingsAsync(session, forbundId, cancellationToken);
        var waiting = new List<RuleRequest>();
        foreach (
            var row in await session.QueryAsync<RuleRequestRow>(
                "RuleRequests.Waiting",
                new { ForbundId = forbundId, Since = session.UtcNow - AccessRequestStore.Lasts },
                cancellationToken))
        {
            var roles = await session.QueryAsync<string>("RuleRequests.Roles", new { row.Id }, cancellationToken);
            waiting.Add(
                new RuleRequest
                {
                    Row = row,
                    Present = present,
                    Wanted = new AccessSettings
                    {
                        ReachMonths = row.ReachMonths,
                        IsPasswordOff = row.IsPasswordOff,
                        CodeRoles = roles,
                        Version = row.SettingsVersion,
                    },
                });
        }

        return waiting;
    }

    private static async Task<bool> MayApproveAsync(DatabaseSession session, Administrator by, RuleRequest request, CancellationToken cancellationToken) =>
        request.Row.AskedById != by.Id || await AccessRequestStore.CountOthersAsync(session, by, cancellationToken) == 0;

    private static async Task<RuleRequest> FindAsync(RegistrationWrite write, int requestId, CancellationToken cancellationToken) =>
        (await WaitingAsync(write.Session, write.ForbundId, cancellationToken)).FirstOrDefault(r => r.Row.Id == requestId)
            ?? throw FieldErrors.Single("", "Någon annan har redan svarat, eller så har tiden gått ut.");

    private static async Task DecideAsync(RegistrationWrite write, RuleRequest request, string state, CancellationToken cancellationToken)
    {
        if (
            await write.Session.ExecuteAsync(
                "RuleRequests.Decide",
                new
                {
                    write.ForbundId,
                    request.Row.Id,
                    State = state,
                    DecidedAt = write.Session.UtcNow,
                    write.Actor,
                },
                cancellationToken) == 0)
            throw FieldErrors.Single("", "Någon annan har redan svarat.");
    }

    private static string Detail(RuleRequest request) => $"begäran om regler {request.Row.Id}, begärt av {request.Row.AskedBy}";

    private async Task CloseAsync(Administrator by, int requestId, string state, string action, bool isOwn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var write = await AccessRequestStore.OpenAsync(database, by, null, cancellationToken);
        var request = await FindAsync(write, requestId, cancellationToken);
        if (isOwn && request.Row.AskedById != by.Id)
            throw FieldErrors.Single("", "Bara den som har bett om det kan ta tillbaka det. Säg nej i stället.");
        await DecideAsync(write, request, state, cancellationToken);
        await write.CommitAsync(action, Table, null, Detail(request));
    }
}

/// <summary>Rules that an administrator has asked for.</summary>
public sealed record RuleRequestRow
{
    public required int Id { get; init; }

    public required int ReachMonths { get; init; }

    public required bool IsPasswordOff { get; init; }

    /// <summary>Of the rules when it was asked.</summary>
    public required int SettingsVersion { get; init; }

    public required int AskedById { get; init; }

    public required string AskedBy { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime AskedAt { get; init; }
}

/// <summary>A request about the rules: from what, and to what.</summary>
public sealed record RuleRequest
{
    public required RuleRequestRow Row { get; init; }

    public required AccessSettings Present { get; init; }

    public required AccessSettings Wanted { get; init; }
}
