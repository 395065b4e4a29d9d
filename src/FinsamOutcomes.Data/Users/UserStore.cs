using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Users;

/// <summary>
/// The users of a förbund: their roles and insatser. What concerns the account itself can be done only by somebody who
/// is administrator of every förbund where the user has a role: nobody gets into another förbund this way.
/// </summary>
public sealed class UserStore(FinsamDatabase database)
{
    private const string Table = "app_user";

    /// <summary>The users with a role in the förbund, by name.</summary>
    public async Task<IReadOnlyList<ForbundUser>> AllAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await AllAsync(session, forbundId, cancellationToken);
    }

    /// <summary>Adds an account with its roles; returns its id.</summary>
    public async Task<int> AddAsync(NewUser user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        await using var write = await RegistrationWrite.OpenAsync(database, user.ForbundId, user.Actor, cancellationToken);
        var errors = new FieldErrors();
        var (userName, displayName) = (UserName(errors, user.UserName), errors.Text(user.DisplayName, nameof(user.DisplayName), "namn", 200));
        errors.AddIf(
            await AccountStore.FindByNameAsync(write.Session, AppUser.Normalize(userName), cancellationToken) is not null,
            nameof(user.UserName),
            "Det finns redan ett konto med den e-postadressen.");
        errors.ThrowIfAny();
        var id = await AddAsync(write.Session, userName, displayName, user.PasswordHash, cancellationToken);
        await GrantAsync(write.Session, write.ForbundId, id, user.Roles, user.InsatsIds, cancellationToken);
        await write.CommitAsync("Users.Add", Table, id, string.Join(' ', user.Roles));
        return id;
    }

    /// <summary>Sets the user's roles and insatser in the förbund.</summary>
    public async Task SetRolesAsync(UserChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using var write = await RegistrationWrite.OpenAsync(database, change.ForbundId, change.Actor, cancellationToken);
        await SetRolesAsync(write, change, cancellationToken);
    }

    /// <summary>Takes all roles and insatser of the förbund from a user; the account remains.</summary>
    public async Task RemoveAsync(int forbundId, int userId, int version, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        await RemoveAsync(write, userId, version, "", cancellationToken);
    }

    /// <summary>Switches an account off or on. Sessions of an account that is switched off end at once.</summary>
    public async Task SetActiveAsync(int forbundId, int userId, int version, bool isActive, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, userId, actor, cancellationToken);
        await SetActiveAsync(write, userId, version, isActive, "", null, cancellationToken);
    }

    /// <summary>
    /// Takes away one-time codes and passkeys of somebody who has lost their phone; their sessions end. One's own is turned off
    /// with the password.
    /// </summary>
    public async Task RemoveCodeAsync(int forbundId, int userId, int version, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await OpenAccountAsync(forbundId, userId, version, actor, cancellationToken);
        if ((await AccountStore.FindAsync(write.Session, userId, cancellationToken))!.UserName == actor)
            throw FieldErrors.Single(
                "",
                "Din egen engångskod stänger du av under Konto, med ditt lösenord. Kräver en av dina roller engångskod: be en annan förbundsadministratör.");
        await RemoveSecondFactorAsync(write, userId, "", cancellationToken);
        await write.CommitAsync("Users.RemoveCode", Table, userId);
    }

    /// <summary>Takes away what an account is connected to at providers; its sessions end. One's own is disconnected where one sees it.</summary>
    public async Task DisconnectAsync(int forbundId, int userId, int version, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await OpenAccountAsync(forbundId, userId, version, actor, cancellationToken);
        if ((await AccountStore.FindAsync(write.Session, userId, cancellationToken))!.UserName == actor)
            throw FieldErrors.Single("", "Dina egna anslutningar kopplar du från under Konto.");
        await write.Session.ExecuteAsync("ExternalIdentities.RemoveAll", new { UserId = userId }, cancellationToken);
        await write.Session.ExecuteAsync("Accounts.EndSessions", new { Id = userId, SecurityStamp = NewStamp() }, cancellationToken);
        await TellAsync(write, userId, "Users.Disconnect", "", "", cancellationToken);
        await write.CommitAsync("Users.Disconnect", Table, userId);
    }

    /// <summary>Writes a user's name as it is now. The user name stays: the log knows the user by it.</summary>
    public async Task RenameAsync(int forbundId, int userId, int version, string displayName, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await OpenAccountAsync(forbundId, userId, version, actor, cancellationToken);
        var errors = new FieldErrors();
        var name = errors.Text(displayName, "DisplayName", "namn", 200);
        errors.ThrowIfAny();
        await write.Session.ExecuteAsync("Users.SetDisplayName", new { UserId = userId, DisplayName = name }, cancellationToken);
        await TellAsync(write, userId, "Users.Rename", "", "", cancellationToken);
        await write.CommitAsync("Users.Rename", Table, userId);
    }

    /// <summary>Opens an account that wrong tries have locked, for somebody who can't wait.</summary>
    public async Task UnlockAsync(int forbundId, int userId, int version, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await OpenAccountAsync(forbundId, userId, version, actor, cancellationToken);
        await write.Session.ExecuteAsync("Accounts.SetLockout", new { Id = userId, LockoutEndsAt = (DateTime?)null }, cancellationToken);
        await write.CommitAsync("Users.Unlock", Table, userId);
    }

    /// <summary>How many participations of the förbund somebody follows as caseworker: they need another before that person leaves.</summary>
    public async Task<int> CountOngoingAsync(int forbundId, int userId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<int>("Users.CountOngoing", new { ForbundId = forbundId, UserId = userId }, cancellationToken);
    }

    /// <summary>Takes away one-time code, recovery codes and passkeys, and ends the sessions; the event is the caller's.</summary>
    internal static async Task RemoveSecondFactorAsync(RegistrationWrite write, int userId, string note, CancellationToken cancellationToken)
    {
        await write.Session.ExecuteAsync("Users.RemoveCode", new { UserId = userId, SecurityStamp = NewStamp() }, cancellationToken);
        await write.Session.ExecuteAsync("Accounts.ClearRecoveryCodes", new { Id = userId }, cancellationToken);
        await write.Session.ExecuteAsync("Passkeys.RemoveAll", new { UserId = userId }, cancellationToken);
        await TellAsync(write, userId, "Users.RemoveCode", "", note, cancellationToken);
    }

    /// <summary>Sets roles in a write that has been opened, and ends it: whatever it was decided by still holds.</summary>
    internal static async Task SetRolesAsync(RegistrationWrite write, UserChange change, CancellationToken cancellationToken)
    {
        await RaiseAsync(write, change.UserId, change.Version, cancellationToken);
        if (change.Roles.Count == 0)
            throw NoRoles();
        await GrantAsync(write.Session, write.ForbundId, change.UserId, change.Roles, change.InsatsIds, cancellationToken);
        await CheckAdministratorsAsync(write, nameof(change.Roles), cancellationToken);
        await TellAsync(write, change.UserId, "Users.SetRoles", string.Join(' ', change.Roles), change.Note, cancellationToken);
        await write.CommitAsync(
            "Users.SetRoles",
            Table,
            change.UserId,
            Noted($"{string.Join(' ', change.Roles)}; insatser {string.Join(' ', change.InsatsIds)}".Trim(), change.Note));
    }

    internal static async Task RemoveAsync(RegistrationWrite write, int userId, int version, string note, CancellationToken cancellationToken)
    {
        await RaiseAsync(write, userId, version, cancellationToken);
        await GrantAsync(write.Session, write.ForbundId, userId, [], [], cancellationToken);
        await CheckAdministratorsAsync(write, "", cancellationToken);
        await write.Session.ExecuteAsync("Invitations.WithdrawOfUser", new { write.ForbundId, UserId = userId, Now = write.Session.UtcNow }, cancellationToken);
        await TellAsync(write, userId, "Users.Remove", "", note, cancellationToken);
        await write.CommitAsync("Users.Remove", Table, userId, note);
    }

    /// <summary>As the actor or whoever asked the actor for it may; the write holds every förbund of the account.</summary>
    internal static async Task SetActiveAsync(
        RegistrationWrite write,
        int userId,
        int version,
        bool isActive,
        string note,
        string? askedBy,
        CancellationToken cancellationToken)
    {
        await RaiseAsync(write, userId, version, cancellationToken);
        await CheckReachAsync(write, userId, cancellationToken, askedBy);
        await write.Session.ExecuteAsync("Users.SetActive", new { UserId = userId, IsActive = isActive, SecurityStamp = NewStamp() }, cancellationToken);
        if (await write.Session.SingleOrDefaultAsync<int>("Users.CountWithoutAdministrator", new { UserId = userId }, cancellationToken) > 0)
            throw NoAdministrator("");
        if (!isActive)
            await write.Session.ExecuteAsync("Invitations.WithdrawResets", new { UserId = userId, Now = write.Session.UtcNow }, cancellationToken);
        await TellAsync(write, userId, isActive ? "Users.Reactivate" : "Users.Deactivate", "", note, cancellationToken);
        await write.CommitAsync(isActive ? "Users.Reactivate" : "Users.Deactivate", Table, userId, note);
    }

    internal static async Task<IReadOnlyList<ForbundUser>> AllAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken)
    {
        var arguments = new { ForbundId = forbundId };
        var users = await session.QueryAsync<UserRow>("Users.All", arguments, cancellationToken);
        var roles = (await session.QueryAsync<UserRoleRow>("Users.Roles", arguments, cancellationToken)).ToLookup(r => r.UserId, r => r.Role);
        var insatser = (await session.QueryAsync<UserInsatsRow>("Users.Insatser", arguments, cancellationToken)).ToLookup(r => r.UserId);
        return [.. users.Select(u => new ForbundUser { User = u, Roles = [.. roles[u.Id]], Insatser = [.. insatser[u.Id]] })];
    }

    /// <summary>Tells the user at the next sign-in what somebody did to the account.</summary>
    internal static Task TellAsync(RegistrationWrite write, int userId, string action, string detail, string note, CancellationToken cancellationToken) =>
        NoticeStore.AddAsync(write.Session, userId, Noted(write.Actor, note), action, detail, cancellationToken);

    internal static string Noted(string text, string note) => note.Length == 0 ? text : $"{text}, {note}";

    internal static RegistrationException NoRoles() =>
        FieldErrors.Single(nameof(UserChange.Roles), "Välj minst en roll. Ska personen inte längre arbeta i förbundet: ta bort personen.");

    internal static string NewStamp() => Guid.NewGuid().ToString("N");

    internal static string UserName(FieldErrors errors, string? given)
    {
        var userName = errors.Text(given, nameof(NewUser.UserName), "e-postadressen", 200);
        var parts = userName.Split('@');
        errors.AddIf(
            userName.Length > 0 && (parts.Length != 2 || parts.Any(p => p.Length == 0) || !parts[^1].Contains('.') || userName.Any(char.IsWhiteSpace)),
            nameof(NewUser.UserName),
            "Skriv e-postadressen så här: namn@exempel.se");
        return userName;
    }

    internal static async Task<int> AddAsync(
        DatabaseSession session,
        string userName,
        string displayName,
        string? passwordHash,
        CancellationToken cancellationToken)
    {
        var id = await session.ReserveIdsAsync(Table, cancellationToken: cancellationToken);
        await session.ExecuteAsync(
            "Accounts.Add",
            new
            {
                Id = id,
                UserName = userName,
                NormalizedUserName = AppUser.Normalize(userName),
                DisplayName = displayName,
                PasswordHash = passwordHash,
                SecurityStamp = NewStamp(),
                CreatedAt = session.UtcNow,
            },
            cancellationToken);
        return id;
    }

    /// <summary>Puts these roles and insatser in the place of those that the user has in the förbund.</summary>
    internal static async Task GrantAsync(
        DatabaseSession session,
        int forbundId,
        int userId,
        IReadOnlyCollection<string> roles,
        IReadOnlyCollection<int> insatsIds,
        CancellationToken cancellationToken)
    {
        var user = new { ForbundId = forbundId, UserId = userId };
        await session.ExecuteAsync("Users.ClearRoles", user, cancellationToken);
        await session.ExecuteAsync("Users.ClearInsatser", user, cancellationToken);
        foreach (var role in roles.Distinct(StringComparer.Ordinal))
            await session.ExecuteAsync("Users.AddRole", new { ForbundId = forbundId, UserId = userId, Role = role }, cancellationToken);
        foreach (var insatsId in insatsIds.Distinct())
        {
            if (await session.ExecuteAsync("Users.AddInsats", new { ForbundId = forbundId, UserId = userId, InsatsId = insatsId }, cancellationToken) == 0)
                throw FieldErrors.Single(nameof(UserChange.InsatsIds), "Välj insatser ur listan.");
        }
    }

    // Of a request it is the asker who must reach all of the account; the one who says yes answers for where there is one to.
    internal static async Task CheckReachAsync(RegistrationWrite write, int userId, CancellationToken cancellationToken, string? askedBy = null)
    {
        if (
            await write.Session.SingleOrDefaultAsync<int>(
                "Users.CountForbundBeyond",
                new { UserId = userId, Actor = askedBy ?? write.Actor },
                cancellationToken) > 0)
            throw FieldErrors.Single(
                "",
                "Personen har också en roll i ett förbund där du inte är administratör, så kontot kan du inte ändra. Du kan ta bort personen ur det här förbundet."
            );
    }

    // What one administrator does alone to an account, in every förbund that it belongs to.
    private async Task<RegistrationWrite> OpenAccountAsync(int forbundId, int userId, int version, string actor, CancellationToken cancellationToken)
    {
        var write = await RegistrationWrite.OpenAsync(database, forbundId, userId, actor, cancellationToken);
        try
        {
            await RaiseAsync(write, userId, version, cancellationToken);
            await CheckReachAsync(write, userId, cancellationToken);
            return write;
        }
        catch
        {
            await write.DisposeAsync();
            throw;
        }
    }

    // The version is raised first: the second of two administrators waits here and then finds that it has changed.
    private static async Task RaiseAsync(RegistrationWrite write, int userId, int version, CancellationToken cancellationToken)
    {
        if (await write.Session.SingleOrDefaultAsync<int>("Users.CountRoles", new { write.ForbundId, UserId = userId }, cancellationToken) == 0)
            throw FieldErrors.Single("", "Personen har ingen roll i förbundet längre.");
        if (await write.Session.ExecuteAsync("Users.RaiseVersion", new { UserId = userId, Version = version }, cancellationToken) == 0)
            throw FieldErrors.Stale();
    }

    private static async Task CheckAdministratorsAsync(RegistrationWrite write, string field, CancellationToken cancellationToken)
    {
        if (await write.Session.SingleOrDefaultAsync<int>("Users.CountAdministrators", new { write.ForbundId }, cancellationToken) == 0)
            throw NoAdministrator(field);
    }

    private static RegistrationException NoAdministrator(string field) =>
        FieldErrors.Single(field, "Förbundet måste ha minst en aktiv förbundsadministratör. Ge rollen till någon annan först.");
}
