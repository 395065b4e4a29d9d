using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Users;

/// <summary>
/// What an administrator does to accounts, and when that takes a second one: whatever could give the administrator names to
/// read, somebody else's account, or a second self to say yes with. Where there is another active administrator in the
/// förbund it waits for that one's yes; where there is none it is done at once and marked in the log. An account belongs to
/// every förbund where the user has a role: what is done to it is asked for in all of them, and stands in all their logs.
/// Links are told to the one who says yes, and ask for a code that is told to the one who asked. Whether it takes two is decided in the same
/// transaction as it is done or asked for, so that nothing it was decided by changes in between.
/// </summary>
public sealed partial class AccessRequestStore(FinsamDatabase database)
{
    /// <summary>How long a request can be answered.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(14);

    /// <summary>When nobody has answered for so long, the one who asked may take away an administrator alone: perhaps the other is no longer there.</summary>
    public static readonly TimeSpan AloneAfter = TimeSpan.FromDays(7);

    /// <summary>In the log, beside what would have taken two had there been another.</summary>
    internal const string Alone = "utan en andra administratör";

    private const string AdministratorRole = "administrator";
    private const string CaseworkerRole = "caseworker";
    private const string AuditorRole = "auditor";

    private const string BeyondMessage =
        "Kontot hör också till ett annat förbund med egna förbundsadministratörer, så ett ja härifrån räcker inte. Den som ska säga ja behöver vara administratör i båda förbunden. Finns ingen sådan: ta bort personen ur det ena förbundet, gör ändringen i det andra och bjud sedan in personen på nytt.";

    /// <summary>
    /// Sets somebody's roles and insatser. Takes two when it gives names, the log or an administrator, more insatser to
    /// somebody who reads names in them, or takes an administrator away.
    /// </summary>
    public async Task<AccessOutcome> SetRolesAsync(Administrator by, UserChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using var write = await OpenAsync(by, "roles", change.UserId, cancellationToken);
        var before = await FindAsync(write, change.UserId, change.Version, cancellationToken);
        var takesTwo = GivesNames(change.Roles.Except(before.Roles))
            || (change.Roles.Contains(CaseworkerRole) && change.InsatsIds.Except(before.Insatser.Select(i => i.InsatsId)).Any())
            || (IsOtherAdministrator(by, before) && !change.Roles.Contains(AdministratorRole));
        var asked = Asked("roles", before, change.Version) with { Roles = change.Roles, InsatsIds = change.InsatsIds };
        return await DoOrAskAsync(
            write,
            by,
            takesTwo,
            asked,
            note => DoneAsync(UserStore.SetRolesAsync(write, change with { Note = note }, cancellationToken)),
            cancellationToken);
    }

    /// <summary>Invites somebody. Takes two when the account would see names or be an administrator: whoever has the link is that account.</summary>
    public async Task<AccessOutcome> InviteAsync(Administrator by, NewInvitation invitation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        await using var write = await OpenAsync(by, "invite", null, cancellationToken);
        var asked = new AskedFor("invite", null, null, invitation.UserName.Trim(), invitation.DisplayName.Trim(), null)
        {
            Roles = invitation.Roles,
            InsatsIds = invitation.InsatsIds,
        };
        return await DoOrAskAsync(
            write,
            by,
            GivesNames(invitation.Roles),
            asked,
            async note => await InvitationStore.InviteAsync(write, invitation with { Note = note }, cancellationToken),
            cancellationToken);
    }

    /// <summary>A link once more. Takes two as the first did.</summary>
    public async Task<AccessOutcome> RenewAsync(Administrator by, int invitationId, CancellationToken cancellationToken = default)
    {
        InvitationRow earlier;
        await using (var write = await OpenAsync(by, "renew", null, cancellationToken))
        {
            earlier = await InvitationStore.FindPendingAsync(write.Session, by.ForbundId, invitationId, cancellationToken);
            if (earlier.Kind != "reset")
            {
                var roles = await write.Session.QueryAsync<string>("Invitations.Roles", new { earlier.Id }, cancellationToken);
                var asked = new AskedFor("renew", earlier.AppUserId, invitationId, earlier.UserName, earlier.DisplayName, null) { Roles = roles };
                return await DoOrAskAsync(
                    write,
                    by,
                    GivesNames(roles),
                    asked,
                    async note => await InvitationStore.RenewAsync(write, invitationId, note, null, cancellationToken),
                    cancellationToken);
            }
        }

        return await ResetAsync(by, earlier.AppUserId!.Value, cancellationToken);
    }

    /// <summary>
    /// A link by which somebody chooses a new password. Takes two for every account, and is not made to one's own: whoever comes
    /// upon an open session would have the account without knowing its password.
    /// </summary>
    public async Task<AccessOutcome> ResetAsync(Administrator by, int userId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (userId == by.Id)
            throw FieldErrors.Single(
                "",
                "Ditt eget lösenord byter du under Konto, med det du har nu. Har du glömt det: be en annan förbundsadministratör om en länk.");
        await using var write = await OpenAsync(by, "reset", userId, cancellationToken);
        var user = await FindAsync(write, userId, null, cancellationToken);
        return await DoOrAskAsync(
            write,
            by,
            takesTwo: true,
            Asked("reset", user, null),
            async note => await InvitationStore.ResetAsync(write, userId, note, null, null, cancellationToken),
            cancellationToken);
    }

    /// <summary>Switches an account on again. Takes two when it sees names or is an administrator, in any förbund.</summary>
    public async Task<AccessOutcome> ReactivateAsync(Administrator by, int userId, int version, CancellationToken cancellationToken = default)
    {
        await using var write = await OpenAsync(by, "reactivate", userId, cancellationToken);
        var user = await FindAsync(write, userId, version, cancellationToken);
        var takesTwo = GivesNames(await AllRolesAsync(write, userId, cancellationToken));
        return await DoOrAskAsync(
            write,
            by,
            takesTwo,
            Asked("reactivate", user, version),
            note => DoneAsync(UserStore.SetActiveAsync(write, userId, version, isActive: true, note, null, cancellationToken)),
            cancellationToken);
    }

    /// <summary>Switches an account off. Takes two when it is another administrator's, of any förbund: otherwise one could make oneself alone.</summary>
    public async Task<AccessOutcome> DeactivateAsync(Administrator by, int userId, int version, CancellationToken cancellationToken = default)
    {
        await using var write = await OpenAsync(by, "deactivate", userId, cancellationToken);
        var user = await FindAsync(write, userId, version, cancellationToken);
        var takesTwo = userId != by.Id && user.User.IsActive && (await AllRolesAsync(write, userId, cancellationToken)).Contains(AdministratorRole);
        return await DoOrAskAsync(
            write,
            by,
            takesTwo,
            Asked("deactivate", user, version),
            note => DoneAsync(UserStore.SetActiveAsync(write, userId, version, isActive: false, note, null, cancellationToken)),
            cancellationToken);
    }

    /// <summary>
    /// Takes somebody out of the förbund. Takes two when it is another administrator, and when the account would be left where
    /// nobody but the one who asks could say yes to what is done to it.
    /// </summary>
    public async Task<AccessOutcome> RemoveAsync(Administrator by, int userId, int version, CancellationToken cancellationToken = default)
    {
        await using var write = await OpenAsync(by, "remove", userId, cancellationToken);
        var user = await FindAsync(write, userId, version, cancellationToken);
        var takesTwo = IsOtherAdministrator(by, user) || (userId != by.Id && await IsLeftAloneAsync(write, by, userId, cancellationToken));
        return await DoOrAskAsync(
            write,
            by,
            takesTwo,
            Asked("remove", user, version),
            note => DoneAsync(UserStore.RemoveAsync(write, userId, version, note, cancellationToken)),
            cancellationToken);
    }

    /// <summary>
    /// Opens a write of an administrator: others who change what is asked about wait from here on. The rights were asked before
    /// the turn came, and may be gone.
    /// </summary>
    internal static async Task<RegistrationWrite> OpenAsync(FinsamDatabase database, Administrator by, int? accountId, CancellationToken cancellationToken)
    {
        var write = await RegistrationWrite.OpenAsync(database, by.ForbundId, accountId, by.UserName, cancellationToken);
        try
        {
            if (await write.Session.SingleOrDefaultAsync<int>("Users.CountAdministrator", new { by.ForbundId, UserId = by.Id }, cancellationToken) == 0)
                throw FieldErrors.Single("", "Du är inte längre förbundsadministratör i förbundet. Inget är gjort.");
            return write;
        }
        catch
        {
            await write.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many there are in the förbund who could be the second to say yes.</summary>
    internal static Task<int> CountOthersAsync(DatabaseSession session, Administrator by, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<int>("Users.CountOtherAdministrators", new { by.ForbundId, UserId = by.Id }, cancellationToken);

    // The auditor finds people in the log by name and number, and is the one who would see what an administrator does.
    private static bool GivesNames(IEnumerable<string> roles) => roles.Any(r => r is CaseworkerRole or AdministratorRole or AuditorRole);

    private static bool IsOtherAdministrator(Administrator by, ForbundUser user) =>
        user.User.Id != by.Id && user.User.IsActive && user.Roles.Contains(AdministratorRole);

    private static async Task<bool> IsLeftAloneAsync(RegistrationWrite write, Administrator by, int userId, CancellationToken cancellationToken)
    {
        var left = (await write.Session.QueryAsync<int>("Accounts.ForbundIds", new { Id = userId }, cancellationToken))
            .Where(id => id != by.ForbundId)
            .ToList();
        return left.Count > 0 && (await ForbundOfOthersAsync(write.Session, by, userId, cancellationToken)).All(f => f.Id == by.ForbundId);
    }

    private static AskedFor Asked(string kind, ForbundUser user, int? version) =>
        new(kind, user.User.Id, null, user.User.UserName, user.User.DisplayName, version);

    private static async Task<string?> DoneAsync(Task act)
    {
        await act;
        return null;
    }

    // What is done to the account itself, and so in every förbund where the user has a role.
    private static bool IsOfAccount(string kind) => kind is "reset" or "reactivate" or "deactivate";

    private static Task<IReadOnlyList<ForbundRow>> ForbundOfOthersAsync(
        DatabaseSession session,
        Administrator by,
        int userId,
        CancellationToken cancellationToken) =>
        session.QueryAsync<ForbundRow>(
            "Users.ForbundOfOthers",
            new
            {
                by.ForbundId,
                UserId = userId,
                AskedById = by.Id,
            },
            cancellationToken);

    private static Task<IReadOnlyList<int>> ApproversAsync(DatabaseSession session, int userId, int askedById, CancellationToken cancellationToken) =>
        session.QueryAsync<int>("Users.AccountApprovers", new { UserId = userId, AskedById = askedById }, cancellationToken);

    private static Task<IReadOnlyList<string>> AllRolesAsync(RegistrationWrite write, int userId, CancellationToken cancellationToken) =>
        write.Session.QueryAsync<string>("Users.AllRoles", new { UserId = userId }, cancellationToken);

    // As it is now that others wait, not as the page showed it.
    private static async Task<ForbundUser> FindAsync(RegistrationWrite write, int userId, int? version, CancellationToken cancellationToken)
    {
        var user = (await UserStore.AllAsync(write.Session, write.ForbundId, cancellationToken)).FirstOrDefault(u => u.User.Id == userId)
            ?? throw FieldErrors.Single("", "Personen har ingen roll i förbundet längre.");
        return version is null || user.User.Version == version ? user : throw FieldErrors.Stale();
    }

    private Task<RegistrationWrite> OpenAsync(Administrator by, string kind, int? userId, CancellationToken cancellationToken) =>
        OpenAsync(database, by, IsOfAccount(kind) ? userId : null, cancellationToken);

    private async Task<AccessOutcome> DoOrAskAsync(
        RegistrationWrite write,
        Administrator by,
        bool takesTwo,
        AskedFor asked,
        Func<string, Task<string?>> act,
        CancellationToken cancellationToken)
    {
        if (takesTwo && await AskAsync(write, by, asked, cancellationToken) is { } waiting)
            return waiting;
        return new AccessOutcome { IsWaiting = false, Token = await act(takesTwo ? Alone : ""), LinkTo = asked.DisplayName };
    }

    // Null when there is nobody to ask. What would be refused anyhow is refused now, and not when the other says yes.
    private async Task<AccessOutcome?> AskAsync(RegistrationWrite write, Administrator by, AskedFor asked, CancellationToken cancellationToken)
    {
        var (forbundId, where) = (by.ForbundId, "");
        if (IsOfAccount(asked.Kind))
        {
            var others = await ForbundOfOthersAsync(write.Session, by, asked.UserId!.Value, cancellationToken);
            if (others.Count == 0)
                return null;
            (forbundId, where) = (others[0].Id, others[0].Id == by.ForbundId ? "" : others[0].Name);
            await UserStore.CheckReachAsync(write, asked.UserId!.Value, cancellationToken);
            if ((await ApproversAsync(write.Session, asked.UserId!.Value, by.Id, cancellationToken)).Count == 0)
                throw FieldErrors.Single("", BeyondMessage);
        }
        else if (await CountOthersAsync(write.Session, by, cancellationToken) == 0)
        {
            return null;
        }

        if (asked.Kind == "roles" && asked.Roles.Count == 0)
            throw UserStore.NoRoles();
        if (asked.Kind == "invite")
            await InvitationStore.CheckAsync(write, asked.UserName, asked.DisplayName, asked.Roles, cancellationToken);
        await write.Session.ExecuteAsync(
            "AccessRequests.Replace",
            new
            {
                ForbundId = forbundId,
                asked.Kind,
                asked.UserName,
                DecidedAt = write.Session.UtcNow,
                Actor = by.UserName,
            },
            cancellationToken);
        var id = await write.Session.ReserveIdsAsync("access_request", cancellationToken: cancellationToken);
        var code = asked.Kind is "invite" or "renew" or "reset" ? LinkCode.Make() : null;
        var codeHash = code is null ? null : LinkCode.Keyed(await KeyFile.CipherAsync(database, write.Session, cancellationToken), code, id);
        await write.Session.ExecuteAsync(
            "AccessRequests.Add",
            new
            {
                Id = id,
                ForbundId = forbundId,
                asked.Kind,
                asked.UserId,
                asked.InvitationId,
                asked.UserName,
                asked.DisplayName,
                asked.UserVersion,
                AskedById = by.Id,
                AskedAt = write.Session.UtcNow,
                CodeHash = codeHash,
            },
            cancellationToken);
        foreach (var role in asked.Roles.Distinct(StringComparer.Ordinal))
            await write.Session.ExecuteAsync("AccessRequests.AddRole", new { Id = id, Role = role }, cancellationToken);
        foreach (var insatsId in asked.InsatsIds.Distinct())
        {
            if (await write.Session.ExecuteAsync("AccessRequests.AddInsats", new { Id = id, by.ForbundId, InsatsId = insatsId }, cancellationToken) == 0)
                throw FieldErrors.Single(nameof(UserChange.InsatsIds), "Välj insatser ur listan.");
        }

        await write.CommitAsync(
            "AccessRequests.Ask",
            "app_user",
            asked.UserId,
            $"begäran {id}, {Word(asked.Kind)}{(asked.UserId is null ? $" till {asked.UserName}" : "")} {string.Join(' ', asked.Roles)}".TrimEnd());
        return new AccessOutcome
        {
            IsWaiting = true,
            WaitsIn = where,
            Code = code,
            LinkTo = asked.DisplayName,
        };
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
