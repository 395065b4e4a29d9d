using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Data.Access;

/// <summary>
/// How long caseworkers reach those who have left their insatser, and the administrator's yes after that. An opening lets
/// one caseworker in, to one participant, for some days; each step is in the log.
/// </summary>
public sealed class ReachStore(FinsamDatabase database)
{
    /// <summary>Days that an opening usually lasts, today included.</summary>
    public const int UsualDays = 14;

    public const int MostDays = 30;

    private const string Table = "reach_opening";

    private static readonly TimeSpan s_refusalShown = TimeSpan.FromDays(30);

    public async Task<AccessSettings> SettingsAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await SettingsAsync(session, forbundId, cancellationToken);
    }

    /// <summary>Sets the rules in a write that has been opened and has checked them, and ends it.</summary>
    internal static async Task SetSettingsAsync(RegistrationWrite write, AccessSettings settings, string note, CancellationToken cancellationToken)
    {
        var forbundId = write.ForbundId;
        var before = await SettingsAsync(write.Session, forbundId, cancellationToken);
        if (
            await write.Session.ExecuteAsync(
                settings.Version == 0 ? "Reach.AddSettings" : "Reach.SetSettings",
                new
                {
                    ForbundId = forbundId,
                    settings.ReachMonths,
                    settings.IsPasswordOff,
                    settings.Version,
                },
                cancellationToken) == 0)
            throw FieldErrors.Stale();
        await write.Session.ExecuteAsync("Reach.ClearCodeRoles", new { ForbundId = forbundId }, cancellationToken);
        foreach (var role in settings.CodeRoles.Distinct(StringComparer.Ordinal))
            await write.Session.ExecuteAsync("Reach.AddCodeRole", new { ForbundId = forbundId, Role = role }, cancellationToken);
        await write.CommitAsync("Reach.SetSettings", "access_setting", null, UserStore.Noted(settings.InWords(before), note));
    }

    /// <summary>
    /// Lets passwords be used again in the förbund of an account, on the server itself, for when nobody comes in by another way.
    /// What the förbund are called where they were switched off.
    /// </summary>
    public async Task<IReadOnlyList<string>> AllowPasswordsAsync(string userName, string actor, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ForbundRow> all;
        await using (var reading = await database.ReadAsync(cancellationToken))
        {
            var ids = await AccountStore.FindByNameAsync(reading, AppUser.Normalize(userName), cancellationToken) is { } user
                ? await reading.QueryAsync<int>("Accounts.ForbundIds", new { user.Id }, cancellationToken)
                : [];
            all = [.. (await reading.QueryAsync<ForbundRow>("Forbund.All", cancellationToken: cancellationToken)).Where(f => ids.Contains(f.Id))];
        }

        List<string> allowed = [];
        foreach (var forbund in all)
        {
            await using var write = await RegistrationWrite.OpenAsync(database, forbund.Id, actor, cancellationToken);
            if (await SettingsAsync(write.Session, forbund.Id, cancellationToken) is not { IsPasswordOff: true } settings)
                continue;
            await SetSettingsAsync(write, settings with { IsPasswordOff = false }, "på servern", cancellationToken);
            allowed.Add(forbund.Name);
        }

        return allowed;
    }

    /// <summary>How many of a participant's stays in the user's insatser are closed to the user.</summary>
    public async Task<int> CountClosedAsync(int forbundId, int userId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        return await session.SingleOrDefaultAsync<int>(
            "Reach.CountClosed",
            new
            {
                ForbundId = forbundId,
                UserId = userId,
                ParticipantId = participantId,
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);
    }

    /// <summary>
    /// Asks to see the participant with a code or personal number. Whether there is one is never told: only that the
    /// administrator gets to know if there is, somebody who was in the user's insatser and is closed to them. What fits
    /// nobody is an event, so that nobody tries their way unseen.
    /// </summary>
    public async Task AskAsync(int forbundId, int userId, string? text, string? reason, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var errors = new FieldErrors();
        var given = errors.Text(text, "Text", "deltagarens kod eller personnummer", 50);
        var why = errors.Text(reason, "Reason", "varför du behöver öppna", 500);
        errors.AddIf(PersonalNumber.CouldBeIn(why), "Reason", "Skriv inga personnummer här: skälet sparas.");
        errors.ThrowIfAny();
        var found = await FormerAsync(write, userId, given, cancellationToken);
        var days = await ReachDays.ReadAsync(write.Session, forbundId, cancellationToken);
        var place = new { ForbundId = forbundId, UserId = userId, ParticipantId = found ?? 0, days.ReachedSince, days.Today };
        if (found is not { } participantId
            || await write.Session.SingleOrDefaultAsync<int>("Reach.CountClosed", place, cancellationToken) == 0
            || await write.Session.SingleOrDefaultAsync<int>(
                "Reach.CountAsked",
                new
                {
                    ForbundId = forbundId,
                    UserId = userId,
                    ParticipantId = participantId,
                },
                cancellationToken) > 0)
        {
            await write.CommitAsync("Reach.AskInVain", ChangedEntity.Participant, found);
            return;
        }

        var id = await write.Session.ReserveIdsAsync(Table, cancellationToken: cancellationToken);
        await write.Session.ExecuteAsync(
            "Reach.Ask",
            new
            {
                Id = id,
                ForbundId = forbundId,
                ParticipantId = participantId,
                UserId = userId,
                Reason = why,
                AskedAt = write.Session.UtcNow,
            },
            cancellationToken);
        await write.CommitAsync("Reach.Ask", ChangedEntity.Participant, participantId, $"begäran {id}");
    }

    /// <summary>What is asked for or open, and what was refused lately: of one user, or for the administrators of all.</summary>
    public async Task<IReadOnlyList<ReachOpeningRow>> OpeningsAsync(int forbundId, int? userId = null, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await OpeningsAsync(session, forbundId, userId, cancellationToken);
    }

    /// <summary>Who has ever asked to see a participant again, the first first.</summary>
    public async Task<IReadOnlyList<ParticipantOpeningRow>> OfParticipantAsync(
        int forbundId,
        int participantId,
        CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<ParticipantOpeningRow>(
            "Reach.OpeningsOf",
            new { ForbundId = forbundId, ParticipantId = participantId },
            cancellationToken);
    }

    /// <summary>The insatser that an opening lets its user into, by name.</summary>
    public async Task<IReadOnlyList<string>> InsatserAsync(int forbundId, int openingId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return
        [
            .. (await session.QueryAsync<string>("Reach.InsatserOfOpening", new { ForbundId = forbundId, Id = openingId }, cancellationToken)).Order(
                StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), ignoreCase: true)),
        ];
    }

    /// <summary>Says yes for some days, today included.</summary>
    public async Task OpenAsync(int forbundId, int openingId, int days, int administratorId, string actor, CancellationToken cancellationToken = default)
    {
        if (days is < 1 or > MostDays)
            throw FieldErrors.Single("Days", $"Skriv ett antal dagar från 1 till {MostDays}.");
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var asked = await FindAsync(write, openingId, "asked", cancellationToken);
        var isAlone = asked.UserId == administratorId;
        if (
            isAlone
            && await write.Session.SingleOrDefaultAsync<int>(
                "Users.CountOtherAdministrators",
                new { ForbundId = forbundId, UserId = administratorId },
                cancellationToken) > 0)
            throw FieldErrors.Single("", "Du kan inte själv svara ja på din egen begäran. Be en annan förbundsadministratör.");
        var through = write.Session.Today.AddDays(days - 1);
        await DecideAsync(write, asked, "opened", through, cancellationToken);
        await write.CommitAsync(
            "Reach.Open",
            ChangedEntity.Participant,
            asked.ParticipantId,
            $"begäran {openingId}, för {asked.UserName}, till och med {through:yyyy-MM-dd}{(isAlone ? ", utan en andra administratör" : "")}");
    }

    public async Task RefuseAsync(int forbundId, int openingId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var asked = await FindAsync(write, openingId, "asked", cancellationToken);
        await DecideAsync(write, asked, "refused", null, cancellationToken);
        await write.CommitAsync("Reach.Refuse", ChangedEntity.Participant, asked.ParticipantId, $"begäran {openingId}, från {asked.UserName}");
    }

    /// <summary>Ends an opening before its day.</summary>
    public async Task EndAsync(int forbundId, int openingId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var opened = await FindAsync(write, openingId, "opened", cancellationToken);
        await DecideAsync(write, opened, "ended", opened.OpenedThrough, cancellationToken);
        await write.CommitAsync("Reach.End", ChangedEntity.Participant, opened.ParticipantId, $"begäran {openingId}, för {opened.UserName}");
    }

    /// <summary>
    /// After new stays were written, one or a whole file's: earlier stays of the same participants in the same insatser that
    /// are no longer reached stay closed, so that nobody opens a history by registering its person once more.
    /// </summary>
    /// <param name="session">The transaction that the stays were written in.</param>
    /// <param name="forbundId">The förbund.</param>
    /// <param name="firstId">The first of the new stays' ids: all from it on are new.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>How many histories were closed, or are closed further.</returns>
    internal static async Task<int> CloseHistoryAsync(DatabaseSession session, int forbundId, int firstId, CancellationToken cancellationToken)
    {
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        var stays = new
        {
            ForbundId = forbundId,
            FirstId = firstId,
            days.ReachedSince,
        };
        return await session.ExecuteAsync("Reach.MoveClosedHistory", stays, cancellationToken)
            + await session.ExecuteAsync("Reach.CloseHistory", stays, cancellationToken);
    }

    internal static async Task<AccessSettings> SettingsAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken)
    {
        var row = await session.SingleOrDefaultAsync<AccessSettingRow>("Reach.Settings", new { ForbundId = forbundId }, cancellationToken);
        var roles = await session.QueryAsync<string>("Reach.CodeRoles", new { ForbundId = forbundId }, cancellationToken);
        return new AccessSettings
        {
            ReachMonths = row?.ReachMonths ?? AccessSettings.UsualReachMonths,
            CodeRoles = roles,
            IsPasswordOff = row?.IsPasswordOff ?? false,
            Version = row?.Version ?? 0,
        };
    }

    private static Task<IReadOnlyList<ReachOpeningRow>> OpeningsAsync(
        DatabaseSession session,
        int forbundId,
        int? userId,
        CancellationToken cancellationToken) =>
        session.QueryAsync<ReachOpeningRow>(
            "Reach.Openings",
            new
            {
                ForbundId = forbundId,
                UserId = userId,
                session.Today,
                Since = session.UtcNow - s_refusalShown,
            },
            cancellationToken);

    private static async Task<ReachOpeningRow> FindAsync(RegistrationWrite write, int openingId, string state, CancellationToken cancellationToken) =>
        (await OpeningsAsync(write.Session, write.ForbundId, null, cancellationToken)).FirstOrDefault(o => o.Id == openingId && o.State == state)
            ?? throw FieldErrors.Single("", "Någon annan har redan svarat på begäran, eller så har tiden gått ut.");

    private static Task<int> DecideAsync(
        RegistrationWrite write,
        ReachOpeningRow opening,
        string state,
        DateOnly? through,
        CancellationToken cancellationToken) =>
        write.Session.ExecuteAsync(
            "Reach.Decide",
            new
            {
                write.ForbundId,
                opening.Id,
                opening.State,
                NewState = state,
                DecidedAt = write.Session.UtcNow,
                write.Actor,
                OpenedThrough = through,
            },
            cancellationToken);

    private async Task<int?> FormerAsync(RegistrationWrite write, int userId, string text, CancellationToken cancellationToken)
    {
        if (!PersonalNumber.TryParse(text, write.Session.Today, out var number))
            return await write.Session.SingleOrDefaultAsync<int?>(
                "Reach.FormerByCode",
                new
                {
                    write.ForbundId,
                    UserId = userId,
                    CodeKey = NormalForm.Of(text),
                },
                cancellationToken);
        foreach (var one in (await ParticipantWriter.ReadCipherAsync(database, write.Session, cancellationToken))?.Each ?? [])
        {
            var indexed = new
            {
                write.ForbundId,
                UserId = userId,
                PersonalNumberIndex = ParticipantWriter.NumberIndex(one, number, write.ForbundId),
            };
            if (await write.Session.SingleOrDefaultAsync<int?>("Reach.FormerByNumber", indexed, cancellationToken) is { } found)
                return found;
        }

        return null;
    }
}
