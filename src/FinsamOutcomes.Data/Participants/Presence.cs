using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Data.Participants;

/// <summary>
/// Whether a person is in the register at all is told only to somebody who registers or changes a person, and for nothing:
/// each answer is in the log, and whoever has been told of many outside their own insatser in a day is stopped until an
/// administrator has looked. Those in one's own insatser are found by searching anyhow, and don't count as such, but every
/// answer does.
/// </summary>
public static class Presence
{
    /// <summary>How many matches outside their own insatser a user is told of in a day.</summary>
    public const int MatchesADay = 20;

    /// <summary>
    /// How many refused answers a user gets in a day, whomever they tell of: a person of one's own who is always told of would
    /// otherwise make every other question free.
    /// </summary>
    public const int RefusalsADay = 60;

    internal const string StoppedMessage =
        "Du har i dag fått veta om många personer att de redan finns i registret. Förbundets administratör behöver titta på det innan du kan spara fler namn, personnummer och deltagarkoder som du själv skriver. Utan dem går det bra att registrera: lämna koden tom, så väljs en.";

    /// <summary>Refuses, before anything is asked, what a user who is stopped would get an answer to.</summary>
    internal static async Task RequireFreeAsync(RegistrationWrite write, CheckedParticipant person, int? userId, CancellationToken cancellationToken)
    {
        if (userId is null || (person.Name is null && person.Number is null))
            return;
        if (await IsStoppedAsync(write, userId, cancellationToken))
            throw FieldErrors.Single(person.Number is null ? nameof(NewParticipant.Name) : nameof(NewParticipant.PersonalNumber), StoppedMessage);
    }

    /// <summary>Whether a user, or another system, gets no answers that tell who is in the register.</summary>
    internal static async Task<bool> IsStoppedAsync(RegistrationWrite write, int? userId, CancellationToken cancellationToken) =>
        userId is { } user && await FindAsync(write, user, cancellationToken) is { StoppedAt: not null };

    /// <summary>Keeps in the log, and counts, that somebody was told of these; keeps nothing else of the registration.</summary>
    internal static async Task NoteAsync(RegistrationWrite write, IReadOnlyList<LikelySame> told, int? userId, CancellationToken cancellationToken)
    {
        if (userId is { } user)
        {
            var before = await FindAsync(write, user, cancellationToken);
            var today = before is not null && before.CountedOn == write.Session.Today ? before : null;
            var (matches, refusals) = ((today?.Matches ?? 0) + told.Count(t => !t.IsOwn), (today?.Refusals ?? 0) + 1);
            // A stop is ended by an administrator, never by a new day.
            var stoppedAt = before?.StoppedAt ?? (matches >= MatchesADay || refusals >= RefusalsADay ? write.Session.UtcNow : null);
            await write.Session.ExecuteAsync(
                before is null ? "Presence.Begin" : "Presence.Set",
                new
                {
                    write.ForbundId,
                    UserId = user,
                    CountedOn = write.Session.Today,
                    Matches = matches,
                    Refusals = refusals,
                    StoppedAt = stoppedAt,
                },
                cancellationToken);
            if (stoppedAt is not null && before?.StoppedAt is null)
                await write.NoteAsync("Presence.Stop", "app_user", user, string.Create(CultureInfo.InvariantCulture, $"träffar {matches}, svar {refusals}"));
        }

        await write.CommitAsync("Presence.Match", ChangedEntity.Participant, null, $"deltagare {string.Join(' ', told.Select(t => t.ParticipantId).Order())}");
    }

    private static Task<PresenceRow?> FindAsync(RegistrationWrite write, int userId, CancellationToken cancellationToken) =>
        write.Session.SingleOrDefaultAsync<PresenceRow>("Presence.Find", new { write.ForbundId, UserId = userId }, cancellationToken);
}

/// <summary>Users who were told that people are in the register, for the administrator.</summary>
public sealed class PresenceStore(FinsamDatabase database)
{
    /// <summary>Those who are stopped first, then those who were told of somebody today.</summary>
    public async Task<IReadOnlyList<WatchedUserRow>> AllAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<WatchedUserRow>("Presence.OfForbund", new { ForbundId = forbundId, database.Today }, cancellationToken);
    }

    /// <summary>How many are stopped.</summary>
    public async Task<int> CountStoppedAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<int>("Presence.CountStopped", new { ForbundId = forbundId }, cancellationToken);
    }

    /// <summary>
    /// Lets a user go on, counted from nothing; false when the user wasn't stopped. Nobody looks at their own: an administrator
    /// who is stopped is released by another, or where there is none alone, and the log says so.
    /// </summary>
    public async Task<bool> ReleaseAsync(Administrator by, int userId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        var forbundId = by.ForbundId;
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, by.UserName, cancellationToken);
        var isOwn = userId == by.Id;
        if (
            isOwn
            && await write.Session.SingleOrDefaultAsync<int>(
                "Users.CountOtherAdministrators",
                new { ForbundId = forbundId, UserId = userId },
                cancellationToken) > 0)
            throw FieldErrors.Single("", "Du kan inte släppa din egen spärr. Be en annan förbundsadministratör att titta på träffarna.");
        if (
            await write.Session.SingleOrDefaultAsync<PresenceRow>("Presence.Find", new { ForbundId = forbundId, UserId = userId }, cancellationToken)
            is not { StoppedAt: not null }
        )
            return false;
        await write.Session.ExecuteAsync(
            "Presence.Set",
            new
            {
                ForbundId = forbundId,
                UserId = userId,
                CountedOn = database.Today,
                Matches = 0,
                Refusals = 0,
                StoppedAt = (DateTime?)null,
            },
            cancellationToken);
        await write.CommitAsync("Presence.Release", "app_user", userId, isOwn ? AccessRequestStore.Alone : "");
        return true;
    }
}

/// <summary>What a user was told on the day that is counted.</summary>
public sealed record PresenceRow
{
    public required DateOnly CountedOn { get; init; }

    public required int Matches { get; init; }

    /// <summary>Answers that were refused, whomever they told of.</summary>
    public required int Refusals { get; init; }

    public required DateTime? StoppedAt { get; init; }
}

/// <summary>A user who was told that people are in the register.</summary>
public sealed record WatchedUserRow
{
    public required int UserId { get; init; }

    public required string DisplayName { get; init; }

    public required string UserName { get; init; }

    public required DateOnly CountedOn { get; init; }

    /// <summary>Outside the user's own insatser, on that day.</summary>
    public required int Matches { get; init; }

    /// <summary>Answers that told of somebody, in one's own insatser or not, on that day.</summary>
    public required int Refusals { get; init; }

    /// <summary>UTC; null when the user may go on.</summary>
    public required DateTime? StoppedAt { get; init; }
}
