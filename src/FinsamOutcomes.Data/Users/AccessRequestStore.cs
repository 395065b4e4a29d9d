using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Users;

/// <summary>
/// What an administrator does to accounts, and when that takes a second one: whatever could give the administrator names to
/// read, somebody else's account, or a second self to say yes with. Where there is another active administrator in the
/// förbund it waits for that one's yes; where there is none it is done at once and marked in the log. An account belongs to
/// every förbund where the user has a role: what is done to it is asked for in all of them, and stands in all their logs.
/// Links are told to the one who says yes, never to the one who asked.
/// </summary>
public sealed class AccessRequestStore(FinsamDatabase database)
{
    /// <summary>How long a request can be answered.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(14);

    /// <summary>When nobody has answered for so long, the one who asked may take away an administrator alone: perhaps the other is no longer there.</summary>
    public static readonly TimeSpan AloneAfter = TimeSpan.FromDays(7);

    private const string AdministratorRole = "administrator";
    private const string CaseworkerRole = "caseworker";
    private const string AuditorRole = "auditor";
    private const string Alone = "utan en andra administratör";

    private const string BeyondMessage = "Kontot hör också till ett annat förbund med egna förbundsadministratörer, så ett ja härifrån räcker inte. Den som ska säga ja behöver vara administratör i båda förbunden. Finns ingen sådan: ta bort personen ur det ena förbundet, gör ändringen i det andra och bjud sedan in personen på nytt.";

    private readonly UserStore _users = new(database);
    private readonly InvitationStore _invitations = new(database);

    /// <summary>What waits for an answer, the oldest first.</summary>
    public async Task<IReadOnlyList<AccessRequest>> WaitingAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var waiting = new List<AccessRequest>();
        foreach (var row in await session.QueryAsync<AccessRequestRow>("AccessRequests.Waiting", new { ForbundId = forbundId, Since = session.UtcNow - Lasts }, cancellationToken))
        {
            waiting.Add(new AccessRequest
            {
                Row = row,
                Roles = await session.QueryAsync<string>("AccessRequests.Roles", new { row.Id }, cancellationToken),
                Insatser = await session.QueryAsync<RequestedInsatsRow>("AccessRequests.Insatser", new { row.Id, ForbundId = forbundId }, cancellationToken),
            });
        }

        return waiting;
    }

    /// <summary>Sets somebody's roles and insatser. Takes two when it gives names, the log or an administrator, more insatser to somebody who reads names in them, or takes an administrator away.</summary>
    public async Task<AccessOutcome> SetRolesAsync(Administrator by, UserChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = await FindAsync(by, change.UserId, cancellationToken);
        var takesTwo = GivesNames(change.Roles.Except(before.Roles))
            || (change.Roles.Contains(CaseworkerRole) && change.InsatsIds.Except(before.Insatser.Select(i => i.InsatsId)).Any())
            || (IsOtherAdministrator(by, before) && !change.Roles.Contains(AdministratorRole));
        var asked = Asked("roles", before, change.Version) with { Roles = change.Roles, InsatsIds = change.InsatsIds };
        return await DoOrAskAsync(by, takesTwo, asked, note => DoneAsync(_users.SetRolesAsync(change with { Actor = by.UserName, Note = note }, cancellationToken)), cancellationToken);
    }

    /// <summary>Invites somebody. Takes two when the account would see names or be an administrator: whoever has the link is that account.</summary>
    public Task<AccessOutcome> InviteAsync(Administrator by, NewInvitation invitation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        var asked = new AskedFor("invite", null, null, invitation.UserName.Trim(), invitation.DisplayName.Trim(), null) { Roles = invitation.Roles, InsatsIds = invitation.InsatsIds };
        return DoOrAskAsync(by, GivesNames(invitation.Roles), asked, async note => await _invitations.InviteAsync(invitation with { Actor = by.UserName, Note = note }, cancellationToken), cancellationToken);
    }

    /// <summary>A link once more. Takes two as the first did.</summary>
    public async Task<AccessOutcome> RenewAsync(Administrator by, int invitationId, CancellationToken cancellationToken = default)
    {
        var earlier = (await _invitations.PendingAsync(by.ForbundId, cancellationToken)).FirstOrDefault(i => i.Id == invitationId)
            ?? throw FieldErrors.Single("", "Länken har redan använts eller dragits tillbaka.");
        if (earlier.Kind == "reset")
            return await ResetAsync(by, earlier.AppUserId!.Value, cancellationToken);
        var roles = await _invitations.RolesAsync(invitationId, cancellationToken);
        var asked = new AskedFor("renew", earlier.AppUserId, invitationId, earlier.UserName, earlier.DisplayName, null) { Roles = roles };
        return await DoOrAskAsync(by, GivesNames(roles), asked, async note => await _invitations.RenewAsync(by.ForbundId, invitationId, by.UserName, note, cancellationToken), cancellationToken);
    }

    /// <summary>A link by which somebody chooses a new password. Takes two for every account but one's own.</summary>
    public async Task<AccessOutcome> ResetAsync(Administrator by, int userId, CancellationToken cancellationToken = default)
    {
        var user = await FindAsync(by, userId, cancellationToken);
        return await DoOrAskAsync(by, userId != by.Id, Asked("reset", user, null), async note => await _invitations.ResetAsync(by.ForbundId, userId, by.UserName, note, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <summary>Switches an account on again. Takes two when it sees names or is an administrator, in any förbund.</summary>
    public async Task<AccessOutcome> ReactivateAsync(Administrator by, int userId, int version, CancellationToken cancellationToken = default)
    {
        var user = await FindAsync(by, userId, cancellationToken);
        var takesTwo = GivesNames(await AllRolesAsync(userId, cancellationToken));
        return await DoOrAskAsync(by, takesTwo, Asked("reactivate", user, version), note => DoneAsync(_users.SetActiveAsync(by.ForbundId, userId, version, isActive: true, by.UserName, note, cancellationToken: cancellationToken)), cancellationToken);
    }

    /// <summary>Switches an account off. Takes two when it is another administrator's, of any förbund: otherwise one could make oneself alone.</summary>
    public async Task<AccessOutcome> DeactivateAsync(Administrator by, int userId, int version, CancellationToken cancellationToken = default)
    {
        var user = await FindAsync(by, userId, cancellationToken);
        var takesTwo = userId != by.Id && user.User.IsActive && (await AllRolesAsync(userId, cancellationToken)).Contains(AdministratorRole);
        return await DoOrAskAsync(by, takesTwo, Asked("deactivate", user, version), note => DoneAsync(_users.SetActiveAsync(by.ForbundId, userId, version, isActive: false, by.UserName, note, cancellationToken: cancellationToken)), cancellationToken);
    }

    /// <summary>Takes somebody out of the förbund. Takes two when it is another administrator.</summary>
    public async Task<AccessOutcome> RemoveAsync(Administrator by, int userId, int version, CancellationToken cancellationToken = default)
    {
        var user = await FindAsync(by, userId, cancellationToken);
        return await DoOrAskAsync(by, IsOtherAdministrator(by, user), Asked("remove", user, version), note => DoneAsync(_users.RemoveAsync(by.ForbundId, userId, version, by.UserName, note, cancellationToken)), cancellationToken);
    }

    /// <summary>Whether this administrator may say yes: to what another asked, or to one's own where there is nobody else to.</summary>
    public async Task<bool> MayApproveAsync(Administrator by, AccessRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var session = await database.ReadAsync(cancellationToken);
        var row = request.Row;
        if (row.AskedById != by.Id)
            return !IsOfAccount(row.Kind) || (await ApproversAsync(session, row.UserId!.Value, row.AskedById, cancellationToken)).Contains(by.Id);
        return (row.Kind is "deactivate" or "remove" && row.AskedAt <= session.UtcNow - AloneAfter)
            || (IsOfAccount(row.Kind)
                ? (await ForbundOfOthersAsync(session, by, row.UserId!.Value, cancellationToken)).Count == 0
                : await CountOthersAsync(session, by, cancellationToken) == 0);
    }

    /// <summary>Says yes and does what was asked for.</summary>
    public async Task<AccessOutcome> ApproveAsync(Administrator by, int requestId, CancellationToken cancellationToken = default)
    {
        var request = await RequestAsync(by, requestId, cancellationToken);
        if (!await MayApproveAsync(by, request, cancellationToken))
        {
            throw FieldErrors.Single("", request.Row.AskedById == by.Id
                ? "Du kan inte själv säga ja till det du har bett om. Be en annan förbundsadministratör."
                : BeyondMessage);
        }

        var row = request.Row;
        var note = row.AskedById == by.Id ? Alone : $"begärt av {row.AskedBy}";
        await DecideAsync(by, row, "approved", note, cancellationToken);
        try
        {
            return new AccessOutcome { IsWaiting = false, Token = await DoAsync(by, request, note, cancellationToken), LinkTo = row.DisplayName };
        }
        catch (RegistrationException exception)
        {
            var why = exception.Errors[0] is { Field: RegistrationException.VersionField } ? "Kontot har ändrats sedan det begärdes." : exception.Errors[0].Message;
            throw FieldErrors.Single("", $"{why} Inget är gjort, och begäran är borttagen. Behövs ändringen: gör om den.");
        }
    }

    public async Task RefuseAsync(Administrator by, int requestId, CancellationToken cancellationToken = default)
    {
        var row = (await RequestAsync(by, requestId, cancellationToken)).Row;
        await DecideAsync(by, row, "refused", $"begärt av {row.AskedBy}", cancellationToken);
    }

    /// <summary>The one who asked takes it back.</summary>
    public async Task WithdrawAsync(Administrator by, int requestId, CancellationToken cancellationToken = default)
    {
        var row = (await RequestAsync(by, requestId, cancellationToken)).Row;
        if (row.AskedById != by.Id)
            throw FieldErrors.Single("", "Bara den som har bett om det kan ta tillbaka det. Säg nej i stället.");
        await DecideAsync(by, row, "withdrawn", "", cancellationToken);
    }

    // The auditor finds people in the log by name and number, and is the one who would see what an administrator does.
    private static bool GivesNames(IEnumerable<string> roles) => roles.Any(r => r is CaseworkerRole or AdministratorRole or AuditorRole);

    private static bool IsOtherAdministrator(Administrator by, ForbundUser user) => user.User.Id != by.Id && user.User.IsActive && user.Roles.Contains(AdministratorRole);

    private static AskedFor Asked(string kind, ForbundUser user, int? version) => new(kind, user.User.Id, null, user.User.UserName, user.User.DisplayName, version);

    private static async Task<string?> DoneAsync(Task act)
    {
        await act;
        return null;
    }

    // What is done to the account itself, and so in every förbund where the user has a role.
    private static bool IsOfAccount(string kind) => kind is "reset" or "reactivate" or "deactivate";

    private static Task<IReadOnlyList<ForbundRow>> ForbundOfOthersAsync(DatabaseSession session, Administrator by, int userId, CancellationToken cancellationToken) =>
        session.QueryAsync<ForbundRow>("Users.ForbundOfOthers", new { by.ForbundId, UserId = userId, AskedById = by.Id }, cancellationToken);

    private static Task<IReadOnlyList<int>> ApproversAsync(DatabaseSession session, int userId, int askedById, CancellationToken cancellationToken) =>
        session.QueryAsync<int>("Users.AccountApprovers", new { UserId = userId, AskedById = askedById }, cancellationToken);

    private async Task<IReadOnlyList<string>> AllRolesAsync(int userId, CancellationToken cancellationToken)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<string>("Users.AllRoles", new { UserId = userId }, cancellationToken);
    }

    private static Task<int> CountOthersAsync(DatabaseSession session, Administrator by, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<int>("Users.CountOtherAdministrators", new { by.ForbundId, UserId = by.Id }, cancellationToken);

    private async Task<ForbundUser> FindAsync(Administrator by, int userId, CancellationToken cancellationToken) =>
        (await _users.AllAsync(by.ForbundId, cancellationToken)).FirstOrDefault(u => u.User.Id == userId) ?? throw FieldErrors.Single("", "Personen har ingen roll i förbundet längre.");

    private async Task<AccessRequest> RequestAsync(Administrator by, int requestId, CancellationToken cancellationToken) =>
        (await WaitingAsync(by.ForbundId, cancellationToken)).FirstOrDefault(r => r.Row.Id == requestId) ?? throw FieldErrors.Single("", "Någon annan har redan svarat, eller så har tiden gått ut.");

    private async Task<AccessOutcome> DoOrAskAsync(Administrator by, bool takesTwo, AskedFor asked, Func<string, Task<string?>> act, CancellationToken cancellationToken)
    {
        if (takesTwo && await AskAsync(by, asked, cancellationToken) is { } where)
            return new AccessOutcome { IsWaiting = true, WaitsIn = where };
        return new AccessOutcome { IsWaiting = false, Token = await act(takesTwo ? Alone : ""), LinkTo = asked.DisplayName };
    }

    // Where it now waits: "" in the asker's own förbund, otherwise what the förbund is called. Null when there is nobody to
    // ask. What would be refused anyhow is refused now, and not when the other says yes.
    private async Task<string?> AskAsync(Administrator by, AskedFor asked, CancellationToken cancellationToken)
    {
        var (forbundId, where) = (by.ForbundId, "");
        if (IsOfAccount(asked.Kind))
        {
            await using var session = await database.ReadAsync(cancellationToken);
            var others = await ForbundOfOthersAsync(session, by, asked.UserId!.Value, cancellationToken);
            if (others.Count == 0)
                return null;
            (forbundId, where) = (others[0].Id, others[0].Id == by.ForbundId ? "" : others[0].Name);
        }

        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, IsOfAccount(asked.Kind) ? asked.UserId : null, by.UserName, cancellationToken);
        if (!IsOfAccount(asked.Kind) && await CountOthersAsync(write.Session, by, cancellationToken) == 0)
            return null;
        if (asked.Kind == "roles" && asked.Roles.Count == 0)
            throw UserStore.NoRoles();
        if (asked.UserVersion is { } version && (await AccountStore.FindAsync(write.Session, asked.UserId!.Value, cancellationToken))?.Version != version)
            throw FieldErrors.Stale();
        if (IsOfAccount(asked.Kind))
        {
            await UserStore.CheckReachAsync(write, asked.UserId!.Value, cancellationToken);
            if ((await ApproversAsync(write.Session, asked.UserId!.Value, by.Id, cancellationToken)).Count == 0)
                throw FieldErrors.Single("", BeyondMessage);
        }

        if (asked.Kind == "invite")
            await InvitationStore.CheckAsync(write, asked.UserName, asked.DisplayName, asked.Roles, cancellationToken);
        await write.Session.ExecuteAsync("AccessRequests.Replace", new { ForbundId = forbundId, asked.Kind, asked.UserName, DecidedAt = write.Session.UtcNow, Actor = by.UserName }, cancellationToken);
        var id = await write.Session.ReserveIdsAsync("access_request", cancellationToken: cancellationToken);
        await write.Session.ExecuteAsync(
            "AccessRequests.Add",
            new { Id = id, ForbundId = forbundId, asked.Kind, asked.UserId, asked.InvitationId, asked.UserName, asked.DisplayName, asked.UserVersion, AskedById = by.Id, AskedAt = write.Session.UtcNow },
            cancellationToken);
        foreach (var role in asked.Roles.Distinct(StringComparer.Ordinal))
            await write.Session.ExecuteAsync("AccessRequests.AddRole", new { Id = id, Role = role }, cancellationToken);
        foreach (var insatsId in asked.InsatsIds.Distinct())
        {
            if (await write.Session.ExecuteAsync("AccessRequests.AddInsats", new { Id = id, by.ForbundId, InsatsId = insatsId }, cancellationToken) == 0)
                throw FieldErrors.Single(nameof(UserChange.InsatsIds), "Välj insatser ur listan.");
        }

        await write.CommitAsync("AccessRequests.Ask", "app_user", asked.UserId, $"begäran {id}, {Word(asked.Kind)}{(asked.UserId is null ? $" till {asked.UserName}" : "")} {string.Join(' ', asked.Roles)}".TrimEnd());
        return where;
    }

    private async Task DecideAsync(Administrator by, AccessRequestRow row, string state, string note, CancellationToken cancellationToken)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, by.ForbundId, IsOfAccount(row.Kind) ? row.UserId : null, by.UserName, cancellationToken);
        if (await write.Session.ExecuteAsync("AccessRequests.Decide", new { by.ForbundId, row.Id, State = state, DecidedAt = write.Session.UtcNow, Actor = by.UserName }, cancellationToken) == 0)
            throw FieldErrors.Single("", "Någon annan har redan svarat.");
        if (state == "approved" && await write.Session.SingleOrDefaultAsync<int>("Users.CountAdministrator", new { by.ForbundId, UserId = row.AskedById }, cancellationToken) == 0)
            throw FieldErrors.Single("", "Den som bad om det är inte längre förbundsadministratör. Säg nej, och gör det själv om det behövs.");
        var detail = UserStore.Noted($"begäran {row.Id}, {Word(row.Kind)}{(row.UserId is null ? $" till {row.UserName}" : "")}", note);
        await (state switch
        {
            "approved" => write.CommitAsync("AccessRequests.Approve", "app_user", row.UserId, detail),
            "refused" => write.CommitAsync("AccessRequests.Refuse", "app_user", row.UserId, detail),
            _ => write.CommitAsync("AccessRequests.Withdraw", "app_user", row.UserId, detail),
        });
    }

    private async Task<string?> DoAsync(Administrator by, AccessRequest request, string note, CancellationToken cancellationToken)
    {
        var row = request.Row;
        var insatser = request.Insatser.Select(i => i.InsatsId).ToList();
        switch (row.Kind)
        {
            case "invite":
                return await _invitations.InviteAsync(new NewInvitation { ForbundId = by.ForbundId, UserName = row.UserName, DisplayName = row.DisplayName, Roles = request.Roles, InsatsIds = insatser, Actor = by.UserName, Note = note }, cancellationToken);
            case "renew":
                return await _invitations.RenewAsync(by.ForbundId, row.InvitationId!.Value, by.UserName, note, cancellationToken);
            case "reset":
                return await _invitations.ResetAsync(by.ForbundId, row.UserId!.Value, by.UserName, note, row.AskedBy, cancellationToken);
            case "roles":
                await _users.SetRolesAsync(new UserChange { ForbundId = by.ForbundId, UserId = row.UserId!.Value, Version = row.UserVersion!.Value, Roles = request.Roles, InsatsIds = insatser, Actor = by.UserName, Note = note }, cancellationToken);
                return null;
            case "remove":
                await _users.RemoveAsync(by.ForbundId, row.UserId!.Value, row.UserVersion!.Value, by.UserName, note, cancellationToken);
                return null;
            default:
                await _users.SetActiveAsync(by.ForbundId, row.UserId!.Value, row.UserVersion!.Value, row.Kind == "reactivate", by.UserName, note, row.AskedBy, cancellationToken);
                return null;
        }
    }

    // In the log.
    private static string Word(string kind) => kind switch
    {
        "roles" => "roller och insatser",
        "invite" => "inbjudan",
        "renew" => "ny länk",
        "reset" => "länk till nytt lösenord",
        "reactivate" => "aktivera konto",
        "deactivate" => "avaktivera konto",
        _ => "ta bort ur förbundet",
    };

    private sealed record AskedFor(string Kind, int? UserId, int? InvitationId, string UserName, string DisplayName, int? UserVersion)
    {
        public IReadOnlyCollection<string> Roles { get; init; } = [];

        public IReadOnlyCollection<int> InsatsIds { get; init; } = [];
    }
}
