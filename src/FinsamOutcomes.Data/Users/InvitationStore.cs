using System.Buffers.Text;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Users;

/// <summary>One-time links. The token is told once, to whoever made the link; the database has its hash.</summary>
public sealed partial class InvitationStore(FinsamDatabase database)
{
    /// <summary>How long a link to the first account can be used.</summary>
    public static readonly TimeSpan SetupLasts = TimeSpan.FromHours(24);

    /// <summary>How long other links can be used.</summary>
    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7);

    /// <summary>A link that somebody asked for themselves: it is opened at once or not at all.</summary>
    public static readonly TimeSpan OwnResetLasts = TimeSpan.FromHours(1);

    private const int MostOwnResets = 3;

    private const string Table = "user_invitation";

    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(30);

    /// <summary>A link to the first account; earlier ones can no longer be used. Null when there is a user.</summary>
    public async Task<string?> SetupAsync(CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        if (await session.SingleOrDefaultAsync<int>("Accounts.Count", cancellationToken: cancellationToken) > 0)
            return null;
        await session.ExecuteAsync("Invitations.WithdrawSetup", new { Now = session.UtcNow }, cancellationToken);
        var (_, token) = await AddAsync(session, null, "setup", null, "", "", "finsam", SetupLasts, null, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return token;
    }

    /// <summary>Invites somebody; returns the token of the link. An earlier link to the same person can no longer be used.</summary>
    public async Task<string> InviteAsync(NewInvitation invitation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        await using var write = await RegistrationWrite.OpenAsync(database, invitation.ForbundId, invitation.Actor, cancellationToken);
        return await InviteAsync(write, invitation, cancellationToken);
    }

    /// <summary>In a write that has been opened, and ends it, as the two that follow.</summary>
    internal static async Task<string> InviteAsync(RegistrationWrite write, NewInvitation invitation, CancellationToken cancellationToken)
    {
        var (userName, displayName, existing) = await CheckAsync(write, invitation.UserName, invitation.DisplayName, invitation.Roles, cancellationToken);
        var (id, token) = await AddAsync(
            write.Session,
            write.ForbundId,
            "invitation",
            existing?.Id,
            existing?.UserName ?? userName,
            displayName,
            write.Actor,
            InvitationLasts,
            invitation.RequestId,
            cancellationToken);
        await GiveAsync(write, id, invitation.Roles, invitation.InsatsIds, cancellationToken);
        await write.CommitAsync(
            "Invitations.Invite",
            Table,
            id,
            Given(existing?.UserName ?? userName, invitation.Roles, invitation.InsatsIds, invitation.Note));
        return token;
    }

    /// <summary>The same link once more, for somebody who lost it or was too late; returns its token. The earlier one can no longer be used.</summary>
    public async Task<string> RenewAsync(int forbundId, int invitationId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        return await RenewAsync(write, invitationId, "", null, cancellationToken);
    }

    internal static async Task<string> RenewAsync(RegistrationWrite write, int invitationId, string note, int? requestId, CancellationToken cancellationToken)
    {
        var (forbundId, actor) = (write.ForbundId, write.Actor);
        var earlier = await FindPendingAsync(write.Session, forbundId, invitationId, cancellationToken);
        var existing = await AccountStore.FindByNameAsync(write.Session, AppUser.Normalize(earlier.UserName), cancellationToken);
        if (earlier.Kind == "reset")
            throw FieldErrors.Single("", "En länk till ett nytt lösenord görs på personens egen sida.");
        if (existing is not null && await HasRoleAsync(write.Session, forbundId, existing.Id, cancellationToken))
            throw FieldErrors.Single("", "Personen finns redan i förbundet. Ändra rollerna i listan i stället.");
        var roles = await write.Session.QueryAsync<string>("Invitations.Roles", new { earlier.Id }, cancellationToken);
        var insatser = await write.Session.QueryAsync<int>("Invitations.Insatser", new { earlier.Id, ForbundId = forbundId }, cancellationToken);
        var (id, token) = await AddAsync(
            write.Session,
            forbundId,
            earlier.Kind,
            existing?.Id ?? earlier.AppUserId,
            earlier.UserName,
            earlier.DisplayName,
            actor,
            InvitationLasts,
            requestId,
            cancellationToken);
        await GiveAsync(write, id, roles, insatser, cancellationToken);
        await write.CommitAsync("Invitations.Renew", Table, id, Given(earlier.UserName, roles, insatser, note));
        return token;
    }

    /// <summary>A link by which a user chooses a new password; returns its token. What they had goes on working until then.</summary>
    public async Task<string> ResetAsync(int forbundId, int userId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, userId, actor, cancellationToken);
        return await ResetAsync(write, userId, "", null, null, cancellationToken);
    }

    /// <summary>
    /// A link that somebody who has forgotten their password asks for and is sent to their address; its token. Good for an hour.
    /// Null where there is no such account, it signs in without a password, or it has asked too often.
    /// </summary>
    public async Task<(AppUser User, string Token)?> ResetOwnAsync(string userName, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        if (await AccountStore.FindByNameAsync(session, AppUser.Normalize(userName), cancellationToken) is not { IsActive: true, PasswordHash: not null } user
            || await session.QueryAsync<int>("Accounts.ForbundIds", new { user.Id }, cancellationToken) is not [var forbundId, ..]
            || await AccountStore.IsPasswordOffAsync(session, user.Id, cancellationToken))
            return null;
        await AccountStore.RecordAsync(session, user, "Users.AskForReset", cancellationToken);
        var own = new { UserId = user.Id, user.UserName, Since = session.UtcNow - OwnResetLasts, Now = session.UtcNow };
        if (await session.SingleOrDefaultAsync<int>("Invitations.CountOwnResets", own, cancellationToken) >= MostOwnResets)
            return null;
        // Only the user's own: a stranger who asks shall not make an administrator's link useless.
        await session.ExecuteAsync("Invitations.WithdrawOwnResets", own, cancellationToken);
        var (_, token) = await InsertAsync(
            session,
            forbundId,
            "reset",
            user.Id,
            user.UserName,
            user.DisplayName,
            user.UserName,
            OwnResetLasts,
            null,
            cancellationToken);
        await session.CommitAsync(cancellationToken);
        return (user, token);
    }

    /// <summary>
    /// A link for an administrator whom no other could help, made on the machine itself by whoever has the database; returns its
    /// token. Where somebody else could make it, it is refused. A second factor that has been lost is taken away with it only
    /// when that is asked for: one-time code, recovery codes and passkeys, and then every session ends.
    /// </summary>
    public async Task<string> ResetAloneAsync(
        string userName,
        bool isSecondFactorRemoved,
        string actor,
        CancellationToken cancellationToken = default)
    {
        AppUser? user;
        IReadOnlyList<int> forbund = [];
        await using (var reading = await database.ReadAsync(cancellationToken))
        {
            user = await AccountStore.FindByNameAsync(reading, AppUser.Normalize(userName), cancellationToken);
            if (user is { IsActive: true })
                forbund = await reading.QueryAsync<int>("Accounts.ForbundIds", new { user.Id }, cancellationToken);
        }

        if (user is null || forbund.Count == 0)
            throw FieldErrors.Single("", $"Det finns inget aktivt konto med e-postadressen {userName}.");
        await using var write = await RegistrationWrite.OpenAsync(database, forbund[0], user.Id, actor, cancellationToken);
        if (
            (
                await write.Session.QueryAsync<ForbundRow>(
                    "Users.ForbundOfOthers",
                    new
                    {
                        write.ForbundId,
                        UserId = user.Id,
                        AskedById = user.Id,
                    },
                    cancellationToken)).Count > 0)
            throw FieldErrors.Single(
                "",
                (await write.Session.QueryAsync<string>("Users.AllRoles", new { UserId = user.Id }, cancellationToken)).Contains("administrator")
                    ? "Det finns en annan förbundsadministratör, som gör länken under Användare på webbplatsen."
                    : "Kontot är inte en förbundsadministratörs. Förbundets administratör gör länken under Användare på webbplatsen.");
        if (isSecondFactorRemoved)
        {
            await UserStore.RemoveSecondFactorAsync(write, user.Id, AccessRequestStore.Alone, cancellationToken);

            // Who knows the old password would otherwise get in with it alone, and set a factor of their own.
            await write.Session.ExecuteAsync("Users.VoidPassword", new { UserId = user.Id }, cancellationToken);
            await write.NoteAsync("Users.RemoveCode", "app_user", user.Id, AccessRequestStore.Alone);
        }

        return await ResetAsync(write, user.Id, AccessRequestStore.Alone, user.UserName, null, cancellationToken);
    }

    /// <summary>The write holds every förbund of the account.</summary>
    internal static async Task<string> ResetAsync(
        RegistrationWrite write,
        int userId,
        string note,
        string? askedBy,
        int? requestId,
        CancellationToken cancellationToken)
    {
        var (forbundId, actor) = (write.ForbundId, write.Actor);
        if (await write.Session.SingleOrDefaultAsync<int>("Users.CountRoles", new { ForbundId = forbundId, UserId = userId }, cancellationToken) == 0)
            throw FieldErrors.Single("", "Personen har ingen roll i förbundet längre.");
        await UserStore.CheckReachAsync(write, userId, cancellationToken, askedBy);
        await write.Session.ExecuteAsync("Invitations.WithdrawResets", new { UserId = userId, Now = write.Session.UtcNow }, cancellationToken);
        var user = (await AccountStore.FindAsync(write.Session, userId, cancellationToken))!;
        var (id, token) = await AddAsync(
            write.Session,
            forbundId,
            "reset",
            userId,
            user.UserName,
            user.DisplayName,
            actor,
            InvitationLasts,
            requestId,
            cancellationToken);
        await UserStore.TellAsync(write, userId, "Invitations.Reset", "", note, cancellationToken);
        await write.CommitAsync("Invitations.Reset", "app_user", userId, UserStore.Noted($"länk {id}", note));
        return token;
    }

    /// <summary>The link of a token, whatever its state; null when there has never been one.</summary>
    public async Task<InvitationRow?> FindAsync(string token, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await FindAsync(session, token, cancellationToken);
    }

    /// <summary>The links of a förbund that are waited for: those that can be used, and those that ran out in the last month.</summary>
    public async Task<IReadOnlyList<InvitationRow>> PendingAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await PendingAsync(session, forbundId, session.UtcNow - s_remembered, cancellationToken);
    }

    public async Task WithdrawAsync(int forbundId, int invitationId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var waiting = (await PendingAsync(write.Session, forbundId, DateTime.UnixEpoch, cancellationToken)).FirstOrDefault(i => i.Id == invitationId);
        if (
            await write.Session.ExecuteAsync(
                "Invitations.Withdraw",
                new
                {
                    Id = invitationId,
                    ForbundId = forbundId,
                    Now = write.Session.UtcNow,
                },
                cancellationToken) == 0)
            throw FieldErrors.Single("", "Länken har redan använts eller dragits tillbaka.");
        await write.CommitAsync("Invitations.Withdraw", Table, invitationId, waiting is null ? "" : $"till {waiting.UserName}");
    }

    /// <summary>A link that nobody has used or withdrawn, whether it has run out or not.</summary>
    internal static async Task<InvitationRow> FindPendingAsync(DatabaseSession session, int forbundId, int invitationId, CancellationToken cancellationToken) =>
        (await PendingAsync(session, forbundId, DateTime.UnixEpoch, cancellationToken)).FirstOrDefault(i => i.Id == invitationId)
            ?? throw FieldErrors.Single("", "Länken har redan använts eller dragits tillbaka.");

    /// <summary>Whether somebody can be invited: the address and the name as they are kept, and the account that has the address.</summary>
    internal static async Task<(string UserName, string DisplayName, AppUser? Existing)> CheckAsync(
        RegistrationWrite write,
        string userName,
        string displayName,
        IReadOnlyCollection<string> roles,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        (userName, displayName) = (UserStore.UserName(errors, userName), errors.Text(displayName, nameof(NewInvitation.DisplayName), "namn", 200));
        errors.AddIf(roles.Count == 0, nameof(NewInvitation.Roles), "Välj minst en roll.");
        var existing = await AccountStore.FindByNameAsync(write.Session, AppUser.Normalize(userName), cancellationToken);
        errors.AddIf(
            existing is not null && await HasRoleAsync(write.Session, write.ForbundId, existing.Id, cancellationToken),
            nameof(NewInvitation.UserName),
            "Personen finns redan i förbundet. Ändra rollerna i listan i stället.");
        errors.ThrowIfAny();
        return (userName, displayName, existing);
    }

    // For the log. A link to a new password gives nothing but the password.
    private static string Given(string userName, IReadOnlyCollection<string> roles, IReadOnlyCollection<int> insatsIds, string note) =>
        UserStore.Noted($"till {userName} {(roles.Count == 0 ? "" : $"{string.Join(' ', roles)}; insatser {string.Join(' ', insatsIds)}")}".Trim(), note);

    private static Task<InvitationRow?> FindAsync(DatabaseSession session, string token, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<InvitationRow>("Invitations.Find", new { TokenHash = AccountStore.Hash(token) }, cancellationToken);

    private static async Task<(int Id, string Token)> AddAsync(
        DatabaseSession session,
        int? forbundId,
        string kind,
        int? userId,
        string userName,
        string displayName,
        string actor,
        TimeSpan lasts,
        int? requestId,
        CancellationToken cancellationToken)
    {
        var now = session.UtcNow;
        // A new link to somebody makes the one they had useless, however the address was written.
        if (forbundId is { } own)
        {
            foreach (
                var earlier in (await PendingAsync(session, own, DateTime.UnixEpoch, cancellationToken)).Where(i =>
                    i.Kind == kind && AppUser.Normalize(i.UserName) == AppUser.Normalize(userName)))
                await session.ExecuteAsync(
                    "Invitations.Withdraw",
                    new
                    {
                        earlier.Id,
                        ForbundId = own,
                        Now = now,
                    },
                    cancellationToken);
        }

        return await InsertAsync(session, forbundId, kind, userId, userName, displayName, actor, lasts, requestId, cancellationToken);
    }

    private static async Task<(int Id, string Token)> InsertAsync(
        DatabaseSession session,
        int? forbundId,
        string kind,
        int? userId,
        string userName,
        string displayName,
        string actor,
        TimeSpan lasts,
        int? requestId,
        CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var id = await session.ReserveIdsAsync(Table, cancellationToken: cancellationToken);
        await session.ExecuteAsync(
            "Invitations.Add",
            new
            {
                Id = id,
                ForbundId = forbundId,
                Kind = kind,
                AppUserId = userId,
                UserName = userName,
                DisplayName = displayName,
                TokenHash = AccountStore.Hash(token),
                CreatedAt = session.UtcNow,
                CreatedBy = actor,
                ExpiresAt = session.UtcNow + lasts,
                RequestId = requestId,
            },
            cancellationToken);
        return (id, token);
    }

    private static Task<IReadOnlyList<InvitationRow>> PendingAsync(
        DatabaseSession session,
        int forbundId,
        DateTime since,
        CancellationToken cancellationToken
    ) => session.QueryAsync<InvitationRow>("Invitations.Pending", new { ForbundId = forbundId, Since = since }, cancellationToken);

    private static async Task<bool> HasRoleAsync(DatabaseSession session, int forbundId, int userId, CancellationToken cancellationToken) =>
        await session.SingleOrDefaultAsync<int>("Users.CountRoles", new { ForbundId = forbundId, UserId = userId }, cancellationToken) > 0;

    // What whoever uses the link will have.
    private static async Task GiveAsync(
        RegistrationWrite write,
        int invitationId,
        IEnumerable<string> roles,
        IEnumerable<int> insatsIds,
        CancellationToken cancellationToken)
    {
        foreach (var role in roles.Distinct(StringComparer.Ordinal))
            await write.Session.ExecuteAsync("Invitations.AddRole", new { Id = invitationId, Role = role }, cancellationToken);
        foreach (var insatsId in insatsIds.Distinct())
        {
            if (
                await write.Session.ExecuteAsync(
                    "Invitations.AddInsats",
                    new
                    {
                        Id = invitationId,
                        write.ForbundId,
                        InsatsId = insatsId,
                    },
                    cancellationToken) == 0)
                throw FieldErrors.Single(nameof(NewInvitation.InsatsIds), "Välj insatser ur listan.");
        }
    }
}
