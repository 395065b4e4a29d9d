using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Data.Backups;

/// <summary>
/// What shuts out and protects in the database that is replaced, and doesn't in the copy: roles and insatser that have been taken
/// away, of users and of other systems, stricter rules of access, protected identity and withdrawn consent. It holds in the copy too.
/// </summary>
internal static class ProtectedAgain
{
    private const string Note = "när en säkerhetskopia lades tillbaka";

    /// <summary>Does so, each in the log of its förbund; tells of each in Swedish, by user name and row id.</summary>
    public static async Task<IReadOnlyList<string>> ApplyAsync(
        DatabaseSession write,
        ReplacedDatabase replaced,
        string actor,
        CancellationToken cancellationToken)
    {
        // The logs first, in the order that everybody takes them.
        var forbund = await write.QueryAsync<int>("Privacy.ForbundIds", cancellationToken: cancellationToken);
        foreach (var id in forbund)
            await write.ExecuteAsync("Registration.Hold", new { ForbundId = id }, cancellationToken);
        List<string> told = [];
        foreach (var id in forbund)
        {
            await TakeRolesAsync(id);
            await SetRulesAsync(id);
        }

        foreach (var person in replaced.Protected)
        {
            if (await write.ExecuteAsync("Backups.Protect", person, cancellationToken) == 0)
                continue;
            await write.ExecuteAsync("ParticipantNames.ClearBuckets", new { person.ForbundId, ParticipantId = person.Id }, cancellationToken);
            await LogAsync(person.ForbundId, "Participants.Update", ChangedEntity.Participant, person.Id, Note);
            told.Add(string.Create(CultureInfo.InvariantCulture, $"Deltagaren med id {person.Id} har skyddade personuppgifter igen, utan namn och personnummer."));
        }

        foreach (var consent in replaced.Withdrawn)
        {
            if (await write.ExecuteAsync("Backups.WithdrawConsent", consent, cancellationToken) == 0)
                continue;
            await LogAsync(consent.ForbundId, "Consents.Withdraw", ChangedEntity.Participant, consent.ParticipantId, UserStore.Noted(consent.Scope, Note));
            told.Add(string.Create(CultureInfo.InvariantCulture, $"Ett samtycke av deltagaren med id {consent.ParticipantId} är återkallat igen."));
        }

        return told;

        async Task TakeRolesAsync(int forbundId)
        {
            var held = await HeldAccessRow.ReadAsync(write, cancellationToken);
            var before = replaced.Access.Where(a => a.ForbundId == forbundId).Select(a => a.Key).ToHashSet();
            var known = replaced.KnownAccounts;
            foreach (var user in held.Where(h => h.ForbundId == forbundId && known.Contains((h.UserId, h.NormalizedUserName))).GroupBy(h => h.UserId))
            {
                var gone = user.Where(h => !before.Contains(h.Key)).ToList();
                var taken = new List<HeldAccessRow>();
                foreach (var access in gone)
                    if (await write.ExecuteAsync(access.Role is null ? "Backups.RemoveInsats" : "Backups.RemoveRole", access, cancellationToken) > 0)
                        taken.Add(access);
                var name = user.First().UserName;
                if (gone.Count > taken.Count)
                    told.Add($"OBS! {name} är kvar som förbundsadministratör fast rollen har tagits bort, för att förbundet annars inte har någon. Ta bort rollen under Användare när en annan finns.");
                if (taken.Count == 0)
                    continue;
                var left = user.Except(taken).ToList();
                var roles = left.Where(l => l.Role is not null).Select(l => l.Role!).ToList();
                var insatser = left.Where(l => l.Role is null).Select(l => l.InsatsId!.Value);
                await LogAsync(
                    forbundId,
                    roles.Count == 0 ? "Users.Remove" : "Users.SetRoles",
                    "app_user",
                    user.Key,
                    roles.Count == 0 ? Note : UserStore.Noted($"{string.Join(' ', roles)}; insatser {string.Join(' ', insatser)}".Trim(), Note));
                told.Add(
                    roles.Count == 0
                        ? $"{name} har inte längre någon roll i ett förbund, som i databasen som finns."
                        : $"{name} har inte längre roller eller insatser som har tagits bort i databasen som finns.");
            }
        }

        async Task SetRulesAsync(int forbundId)
        {
            if (!replaced.Rules.TryGetValue(forbundId, out var strict))
                return;
            var present = await ReachStore.SettingsAsync(write, forbundId, cancellationToken);
            var roles = present.CodeRoles.Union(strict.CodeRoles).Order(StringComparer.Ordinal).ToList();
            var wanted = present with
            {
                ReachMonths = Math.Min(present.ReachMonths, strict.ReachMonths),
                IsPasswordOff = present.IsPasswordOff || strict.IsPasswordOff,
                CodeRoles = roles,
            };
            if ((wanted.ReachMonths, wanted.IsPasswordOff, roles.Count) == (present.ReachMonths, present.IsPasswordOff, present.CodeRoles.Count))
                return;
            await write.ExecuteAsync(
                present.Version == 0 ? "Reach.AddSettings" : "Reach.SetSettings",
                new { ForbundId = forbundId, wanted.ReachMonths, wanted.IsPasswordOff, present.Version },
                cancellationToken);
            foreach (var role in roles.Except(present.CodeRoles))
                await write.ExecuteAsync("Reach.AddCodeRole", new { ForbundId = forbundId, Role = role }, cancellationToken);
            await LogAsync(forbundId, "Reach.SetSettings", "access_setting", null, UserStore.Noted(wanted.InWords(present), Note));
            told.Add(string.Create(CultureInfo.InvariantCulture, $"Reglerna för åtkomst i förbundet med id {forbundId} är så stränga som i databasen som finns."));
        }

        Task LogAsync(int forbundId, string action, string entity, int? id, string detail) =>
            AuditLog.AppendAsync(
                write,
                new NewAuditEvent
                {
                    ForbundId = forbundId,
                    Actor = actor,
                    Action = action,
                    Entity = entity,
                    EntityId = id,
                    Detail = detail,
                },
                cancellationToken);
    }
}

/// <summary>A role of an account in a förbund, or an insats that it works in.</summary>
public sealed record HeldAccessRow
{
    public required int UserId { get; init; }

    public required string UserName { get; init; }

    public required string NormalizedUserName { get; init; }

    public required int ForbundId { get; init; }

    /// <summary>Null for an insats.</summary>
    public required string? Role { get; init; }

    /// <summary>Null for a role.</summary>
    public required int? InsatsId { get; init; }

    internal (int, string, int, string?, int?) Key => (UserId, NormalizedUserName, ForbundId, Role, InsatsId);

    internal static Task<IReadOnlyList<HeldAccessRow>> ReadAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.QueryAsync<HeldAccessRow>("Backups.Access", cancellationToken: cancellationToken);
}

/// <summary>A consent that has been withdrawn.</summary>
public sealed record WithdrawnConsentRow
{
    public required int Id { get; init; }

    public required int ForbundId { get; init; }

    public required int ParticipantId { get; init; }

    public required string Scope { get; init; }

    public required DateOnly GivenOn { get; init; }

    public required DateOnly WithdrawnOn { get; init; }
}
