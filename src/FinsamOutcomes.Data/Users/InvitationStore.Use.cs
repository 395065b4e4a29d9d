using System.Security.Cryptography;
using System.Text;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Users;

/// <content>What whoever has a link does with it.</content>
public sealed partial class InvitationStore
{
    /// <summary>Makes the first user, administrator of every förbund there is, and the förbund when there is none. Returns the user's id.</summary>
    public async Task<int> AcceptSetupAsync(string token, FirstUser first, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        await using var session = await database.WriteAsync(cancellationToken);
        await UseAsync(session, token, "setup", null, cancellationToken);
        var forbund = await session.QueryAsync<ForbundRow>("Forbund.All", cancellationToken: cancellationToken);
        var errors = new FieldErrors();
        var (userName, displayName) = (UserStore.UserName(errors, first.UserName), errors.Text(first.DisplayName, nameof(first.DisplayName), "namn", 200));
        var name = forbund.Count > 0 ? "" : errors.Text(first.ForbundName, nameof(first.ForbundName), "förbundets namn", 200);
        errors.ThrowIfAny();
        if (await session.SingleOrDefaultAsync<int>("Accounts.Count", cancellationToken: cancellationToken) > 0)
            throw Unusable();
        int[] forbundIds =
            forbund.Count > 0
                ? [.. forbund.Select(f => f.Id)]
                : [await ForbundStore.AddAsync(session, new NewForbund { Name = name, Actor = userName }, cancellationToken)];
        var id = await UserStore.AddAsync(session, userName, displayName, first.PasswordHash, cancellationToken);
        foreach (var forbundId in forbundIds)
        {
            await UserStore.GrantAsync(session, forbundId, id, ["administrator"], [], cancellationToken);
            await AuditLog.AppendAsync(
                session,
                new NewAuditEvent
                {
                    ForbundId = forbundId,
                    Actor = userName,
                    Action = "Users.Add",
                    Entity = "app_user",
                    EntityId = id,
                    Detail = "administrator, första kontot",
                },
                cancellationToken);
        }

        await session.CommitAsync(cancellationToken);
        return id;
    }

    /// <summary>Uses a link with the password that was chosen: a new account, or a new password. Sessions of the account end. Returns the user's id.</summary>
    public Task<int> AcceptAsync(string token, string passwordHash, string? code = null, CancellationToken cancellationToken = default) =>
        AcceptAsync(token, passwordHash, null, code, null, cancellationToken);

    /// <summary>
    /// Uses a link with an identity at a provider: a new account, or another way into one that exists. Sessions of the account
    /// end. Returns the user's id.
    /// </summary>
    /// <param name="token">The token of the link.</param>
    /// <param name="subject">Who it is at the provider.</param>
    /// <param name="code">The code that the link asks for.</param>
    /// <param name="provenStamp">The stamp of the account when its second factor was shown; needed where it has one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<int> AcceptAsync(
        string token,
        ExternalSubject subject,
        string? code = null,
        string? provenStamp = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return AcceptAsync(token, null, subject, code, provenStamp, cancellationToken);
    }

    /// <summary>Whether whoever uses a link may choose no password, since the link's förbund or one that the account belongs to has none.</summary>
    public async Task<bool> IsPasswordOffAsync(InvitationRow invitation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        await using var session = await database.ReadAsync(cancellationToken);
        return await IsPasswordOffAsync(session, invitation, cancellationToken);
    }

    private static async Task<bool> IsPasswordOffAsync(DatabaseSession session, InvitationRow invitation, CancellationToken cancellationToken) =>
        invitation.ForbundId is { } forbundId
        && ((await ReachStore.SettingsAsync(session, forbundId, cancellationToken)).IsPasswordOff
            || (invitation.AppUserId is { } userId && await AccountStore.IsPasswordOffAsync(session, userId, cancellationToken)));

    private async Task<int> AcceptAsync(
        string token,
        string? passwordHash,
        ExternalSubject? subject,
        string? code,
        string? provenStamp,
        CancellationToken cancellationToken)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        var invitation = await UseAsync(session, token, null, code, cancellationToken);
        if (invitation.Kind == "setup")
            throw Unusable();
        if (passwordHash is not null && await IsPasswordOffAsync(session, invitation, cancellationToken))
            throw FieldErrors.Single("", "I förbundet loggar ingen in med lösenord. Anslut en inloggning i stället.");
        var user = await AccountStore.FindByNameAsync(session, AppUser.Normalize(invitation.UserName), cancellationToken);
        if (invitation.Kind == "invitation")
        {
            // An account that has come since the invitation has a way in of its own.
            if (user is not null)
                throw Unusable();
            var id = await UserStore.AddAsync(session, invitation.UserName, invitation.DisplayName, passwordHash, cancellationToken);
            await GrantAsync(session, invitation, id, cancellationToken);
            if (subject is not null)
                await ConnectAsync(session, (await AccountStore.FindAsync(session, id, cancellationToken))!, subject, cancellationToken);
            await session.CommitAsync(cancellationToken);
            return id;
        }

        if (user is not { IsActive: true })
            throw Unusable();
        if (subject is null)
        {
            await AccountStore.RecordAsync(session, user, "Users.ChangePasswordByLink", cancellationToken);
            await NoticeStore.AddAsync(session, user.Id, invitation.CreatedBy, "Users.ChangePasswordByLink", "", cancellationToken);
            await session.ExecuteAsync(
                "Invitations.SetPassword",
                new
                {
                    UserId = user.Id,
                    PasswordHash = passwordHash,
                    SecurityStamp = UserStore.NewStamp(),
                },
                cancellationToken);
        }
        else
        {
            if (invitation.IsOwn)
                throw FieldErrors.Single("", "Med länken ur ett brev väljer du ett nytt lösenord. En inloggningstjänst ansluter du sedan under Konto.");
            // The link proves the e-mail, not the phone. What was shown before the account changed is not of this account.
            if (await AccountStore.AskedFactorAsync(session, user, cancellationToken) != AskedFactor.None && provenStamp != user.SecurityStamp)
                throw FieldErrors.Single("", "Kontot har en andra faktor, och den har inte visats. Öppna länken igen och börja om.");
            // Whom the account was connected to at the provider before gives way.
            foreach (var earlier in (await ExternalIdentityStore.OfAsync(session, user.Id, cancellationToken)).Where(i => i.Provider == subject.Provider))
                await session.ExecuteAsync("ExternalIdentities.Remove", new { UserId = user.Id, earlier.Id }, cancellationToken);
            await ConnectAsync(session, user, subject, cancellationToken);
            await NoticeStore.AddAsync(session, user.Id, invitation.CreatedBy, "ExternalIdentities.Connect", "", cancellationToken);
            await session.ExecuteAsync("Accounts.EndSessions", new { user.Id, SecurityStamp = UserStore.NewStamp() }, cancellationToken);
        }

        await session.ExecuteAsync("Invitations.WithdrawResets", new { UserId = user.Id, Now = session.UtcNow }, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return user.Id;
    }

    private async Task ConnectAsync(DatabaseSession session, AppUser user, ExternalSubject subject, CancellationToken cancellationToken)
    {
        await AccountStore.RecordAsync(session, user, "ExternalIdentities.Connect", subject.ProviderName, cancellationToken);
        await ExternalIdentityStore.AddAsync(database, session, user.Id, subject, cancellationToken);
    }

    /// <summary>Adds the roles of an invitation to the account of the one who is signed in, when it is to them.</summary>
    public async Task AcceptAsExistingAsync(string token, int userId, string? code = null, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        var invitation = await UseAsync(session, token, "invitation", code, cancellationToken);
        var user = await AccountStore.FindAsync(session, userId, cancellationToken);
        if (user is not { IsActive: true } || user.NormalizedUserName != AppUser.Normalize(invitation.UserName))
            throw Unusable();
        // What has been given since is not taken back by an older link.
        if (await HasRoleAsync(session, invitation.ForbundId!.Value, userId, cancellationToken))
            throw FieldErrors.Single("", "Du har redan en roll i förbundet. Ska den ändras: be förbundets administratör.");
        // A link to a new password that was made by somebody who needed nobody's yes for it does not open what is given now.
        await session.ExecuteAsync("Invitations.WithdrawResets", new { UserId = userId, Now = session.UtcNow }, cancellationToken);
        await GrantAsync(session, invitation, userId, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    // Two who use a link at once: the update lets one through. The log of the förbund is held first, as by all who register.
    private async Task<InvitationRow> UseAsync(DatabaseSession session, string token, string? kind, string? code, CancellationToken cancellationToken)
    {
        var invitation = await FindAsync(session, token, cancellationToken);
        if (invitation is null || (kind is not null && invitation.Kind != kind) || invitation.StateAt(session.UtcNow) != InvitationState.Open)
            throw Unusable();
        if (invitation.ForbundId is { } forbundId)
            await session.ExecuteAsync("Registration.Hold", new { ForbundId = forbundId }, cancellationToken);
        if (invitation.CodeFrom is not null)
            await RequireCodeAsync(session, invitation, code, cancellationToken);
        if (await session.ExecuteAsync("Invitations.Use", new { invitation.Id, Now = session.UtcNow }, cancellationToken) == 0)
            throw Unusable();
        return invitation;
    }

    // A wrong code is counted and kept, whatever becomes of the rest. With the last try the link is dead, and it is told.
    private async Task RequireCodeAsync(DatabaseSession session, InvitationRow invitation, string? code, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(code))
            throw FieldErrors.Single("Code", "Skriv koden.");
        var right = (await session.SingleOrDefaultAsync<LinkCodeRow>("Invitations.Code", new { invitation.ForbundId, invitation.Id }, cancellationToken))!;
        var cipher = await KeyFile.CipherAsync(database, session, cancellationToken);
        var given = cipher.Each.Select(c => LinkCode.Keyed(c, code, right.RequestId));
        if (given.Any(g => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(g), Encoding.ASCII.GetBytes(right.CodeHash))))
            return;
        if (await session.ExecuteAsync("Invitations.CountWrongCode", new { invitation.ForbundId, invitation.Id }, cancellationToken) == 0)
            throw Unusable();
        var left =
            LinkCode.Tries - await session.SingleOrDefaultAsync<int>("Invitations.WrongCodes", new { invitation.ForbundId, invitation.Id }, cancellationToken);
        if (left <= 0)
            await EndAsync(session, invitation, cancellationToken);
        await session.CommitAsync(cancellationToken);
        throw left > 0
            ? FieldErrors.Single("Code", $"Koden stämmer inte. {(left == 1 ? "Ett försök" : $"{left} försök")} kvar, sedan går länken inte längre att använda.")
            : Unusable();
    }

    private static async Task EndAsync(DatabaseSession session, InvitationRow invitation, CancellationToken cancellationToken)
    {
        var forbundId = invitation.ForbundId!.Value;
        await session.ExecuteAsync("Invitations.Withdraw", new { invitation.Id, ForbundId = forbundId, Now = session.UtcNow }, cancellationToken);
        if (invitation.Kind == "reset")
        {
            var user = (await AccountStore.FindAsync(session, invitation.AppUserId!.Value, cancellationToken))!;
            await AccountStore.RecordAsync(session, user, "Invitations.WrongCodes", cancellationToken);
            await NoticeStore.AddAsync(session, user.Id, invitation.CreatedBy, "Invitations.WrongCodes", "", cancellationToken);
            return;
        }

        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = forbundId,
                Actor = invitation.UserName,
                Action = "Invitations.WrongCodes",
                Entity = Table,
                EntityId = invitation.Id,
                Detail = $"till {invitation.UserName}",
            },
            cancellationToken);
    }

    private static async Task GrantAsync(DatabaseSession session, InvitationRow invitation, int userId, CancellationToken cancellationToken)
    {
        var forbundId = invitation.ForbundId!.Value;
        var roles = await session.QueryAsync<string>("Invitations.Roles", new { invitation.Id }, cancellationToken);
        var insatser = await session.QueryAsync<int>("Invitations.Insatser", new { invitation.Id, ForbundId = forbundId }, cancellationToken);
        await UserStore.GrantAsync(session, forbundId, userId, roles, insatser, cancellationToken);
        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = forbundId,
                Actor = invitation.UserName,
                Action = "Invitations.Accept",
                Entity = "app_user",
                EntityId = userId,
                Detail = string.Join(' ', roles),
            },
            cancellationToken);
    }

    private static RegistrationException Unusable() =>
        FieldErrors.Single("", "Länken går inte längre att använda. Be förbundets administratör om en ny.");
}
