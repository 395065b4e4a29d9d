using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Users;

/// <content>What is asked for, and the answers to it.</content>
public sealed partial class AccessRequestStore
{
    /// <summary>What waits for an answer, the oldest first.</summary>
    public async Task<IReadOnlyList<AccessRequest>> WaitingAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await WaitingAsync(session, forbundId, cancellationToken);
    }

    /// <summary>Whether this administrator may say yes: to what another asked, or to one's own where there is nobody else to.</summary>
    public async Task<bool> MayApproveAsync(Administrator by, AccessRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var session = await database.ReadAsync(cancellationToken);
        return await MayApproveAsync(session, by, request.Row, cancellationToken);
    }

    /// <summary>Says yes and does what was asked for, both or neither.</summary>
    public async Task<AccessOutcome> ApproveAsync(Administrator by, int requestId, CancellationToken cancellationToken = default)
    {
        var row = await RowAsync(by, requestId, cancellationToken);
        RegistrationException failure;
        await using (var write = await OpenAsync(by, row.Kind, row.UserId, cancellationToken))
        {
            var request = await RequestAsync(write.Session, by, requestId, cancellationToken);
            if (!await MayApproveAsync(write.Session, by, row, cancellationToken))
                throw FieldErrors.Single(
                    "",
                    row.AskedById == by.Id ? "Du kan inte själv säga ja till det du har bett om. Be en annan förbundsadministratör." : BeyondMessage);
            if (await write.Session.SingleOrDefaultAsync<int>("Users.CountAdministrator", new { by.ForbundId, UserId = row.AskedById }, cancellationToken) == 0)
                throw FieldErrors.Single("", "Den som bad om det är inte längre förbundsadministratör. Säg nej, och gör det själv om det behövs.");
            await DecideAsync(write, row, "approved", cancellationToken);
            var note = row.AskedById == by.Id ? Alone : $"begärt av {row.AskedBy}";
            await write.NoteAsync("AccessRequests.Approve", "app_user", row.UserId, Detail(row, note));
            try
            {
                // Who says yes to their own, where there is nobody else, has both halves.
                var codeOf = row.AskedById == by.Id ? (int?)null : row.Id;
                var token = await DoAsync(write, request, note, codeOf, cancellationToken);
                return new AccessOutcome
                {
                    IsWaiting = false,
                    Token = token,
                    LinkTo = row.DisplayName,
                    CodeFrom = token is not null && codeOf is not null ? row.AskedBy : "",
                };
            }
            catch (RegistrationException exception)
            {
                failure = exception;
            }
        }

        await CloseAsync(by, row, "withdrawn", "AccessRequests.Lapse", $"begärt av {row.AskedBy}", cancellationToken);
        var why = failure.Errors[0] is { Field: RegistrationException.VersionField } ? "Kontot har ändrats sedan det begärdes." : failure.Errors[0].Message;
        throw FieldErrors.Single("", $"{why} Inget är gjort, och begäran är borttagen. Behövs ändringen: gör om den.");
    }

    public async Task RefuseAsync(Administrator by, int requestId, CancellationToken cancellationToken = default)
    {
        var row = await RowAsync(by, requestId, cancellationToken);
        await CloseAsync(by, row, "refused", "AccessRequests.Refuse", $"begärt av {row.AskedBy}", cancellationToken);
    }

    /// <summary>The one who asked takes it back.</summary>
    public async Task WithdrawAsync(Administrator by, int requestId, CancellationToken cancellationToken = default)
    {
        var row = await RowAsync(by, requestId, cancellationToken);
        if (row.AskedById != by.Id)
            throw FieldErrors.Single("", "Bara den som har bett om det kan ta tillbaka det. Säg nej i stället.");
        await CloseAsync(by, row, "withdrawn", "AccessRequests.Withdraw", "", cancellationToken);
    }

    private static async Task<IReadOnlyList<AccessRequest>> WaitingAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken)
    {
        var waiting = new List<AccessRequest>();
        foreach (
            var row in await session.QueryAsync<AccessRequestRow>(
                "AccessRequests.Waiting",
                new { ForbundId = forbundId, Since = session.UtcNow - Lasts },
                cancellationToken))
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

    private static async Task<bool> MayApproveAsync(DatabaseSession session, Administrator by, AccessRequestRow row, CancellationToken cancellationToken)
    {
        if (row.AskedById != by.Id)
            return !IsOfAccount(row.Kind) || (await ApproversAsync(session, row.UserId!.Value, row.AskedById, cancellationToken)).Contains(by.Id);
        return (row.Kind is "deactivate" or "remove" && row.AskedAt <= session.UtcNow - AloneAfter)
            || (IsOfAccount(row.Kind)
                ? (await ForbundOfOthersAsync(session, by, row.UserId!.Value, cancellationToken)).Count == 0
                : await CountOthersAsync(session, by, cancellationToken) == 0);
    }

    private static async Task<AccessRequest> RequestAsync(DatabaseSession session, Administrator by, int requestId, CancellationToken cancellationToken) =>
        (await WaitingAsync(session, by.ForbundId, cancellationToken)).FirstOrDefault(r => r.Row.Id == requestId)
        ?? throw FieldErrors.Single("", "Någon annan har redan svarat, eller så har tiden gått ut.");

    // What a request is about never changes: which logs it needs is read before they are held.
    private async Task<AccessRequestRow> RowAsync(Administrator by, int requestId, CancellationToken cancellationToken)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return (await RequestAsync(session, by, requestId, cancellationToken)).Row;
    }

    private static async Task DecideAsync(RegistrationWrite write, AccessRequestRow row, string state, CancellationToken cancellationToken)
    {
        if (
            await write.Session.ExecuteAsync(
                "AccessRequests.Decide",
                new
                {
                    write.ForbundId,
                    row.Id,
                    State = state,
                    DecidedAt = write.Session.UtcNow,
                    write.Actor,
                },
                cancellationToken) == 0)
            throw FieldErrors.Single("", "Någon annan har redan svarat.");
    }

    private static string Detail(AccessRequestRow row, string note) =>
        UserStore.Noted($"begäran {row.Id}, {Word(row.Kind)}{(row.UserId is null ? $" till {row.UserName}" : "")}", note);

    private async Task CloseAsync(Administrator by, AccessRequestRow row, string state, string action, string note, CancellationToken cancellationToken)
    {
        await using var write = await OpenAsync(by, row.Kind, row.UserId, cancellationToken);
        await DecideAsync(write, row, state, cancellationToken);
        await write.CommitAsync(action, "app_user", row.UserId, Detail(row, note));
    }

    private static async Task<string?> DoAsync(RegistrationWrite write, AccessRequest request, string note, int? codeOf, CancellationToken cancellationToken)
    {
        var row = request.Row;
        var insatser = request.Insatser.Select(i => i.InsatsId).ToList();
        switch (row.Kind)
        {
            case "invite":
                return await InvitationStore.InviteAsync(
                    write,
                    new NewInvitation
                    {
                        ForbundId = write.ForbundId,
                        UserName = row.UserName,
                        DisplayName = row.DisplayName,
                        Roles = request.Roles,
                        InsatsIds = insatser,
                        Note = note,
                        RequestId = codeOf,
                    },
                    cancellationToken);
            case "renew":
                return await InvitationStore.RenewAsync(write, row.InvitationId!.Value, note, codeOf, cancellationToken);
            case "reset":
                return await InvitationStore.ResetAsync(write, row.UserId!.Value, note, row.AskedBy, codeOf, cancellationToken);
            case "roles":
                await UserStore.SetRolesAsync(
                    write,
                    new UserChange
                    {
                        ForbundId = write.ForbundId,
                        UserId = row.UserId!.Value,
                        Version = row.UserVersion!.Value,
                        Roles = request.Roles,
                        InsatsIds = insatser,
                        Note = note,
                    },
                    cancellationToken);
                return null;
            case "remove":
                await UserStore.RemoveAsync(write, row.UserId!.Value, row.UserVersion!.Value, note, cancellationToken);
                return null;
            default:
                await UserStore.SetActiveAsync(
                    write,
                    row.UserId!.Value,
                    row.UserVersion!.Value,
                    row.Kind == "reactivate",
                    note,
                    row.AskedBy,
                    cancellationToken);
                return null;
        }
    }
}
