using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Audit;

/// <summary>The log as the revisor reads it: searched a page at a time, and checked. Reading it is an event of its own.</summary>
public sealed partial class AuditStore(FinsamDatabase database)
{
    // Whoever reads the log doesn't wait longer for what others write.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(2);

    // Held from the count to the event, so that those who ask at the same time are counted.
    private static readonly SemaphoreSlim s_people = new(1, 1);

    private readonly ReadingJournal _readings = new(database);

    /// <summary>Events on a page.</summary>
    public const int PageSize = 50;

    /// <summary>Signs of a fingerprint: 64 bits, nothing that can be sought for, and short enough to write down.</summary>
    public const int FingerprintLength = 16;

    /// <summary>
    /// How many times an auditor may ask in a day for somebody by name or personal number: each answer tells whether a
    /// person is in the register.
    /// </summary>
    public const int PeopleADay = 20;

    private const string SearchAction = "Audit.Search";
    private const string OpenAction = "Audit.Open";
    private const string ByPerson = "sökt på namn eller personnummer";
    private const string Table = "audit_event";

    /// <summary>
    /// A page of the events that fit, newest first. A search is written to the log once, however many of its pages are
    /// read: pages after the first come with <see cref="AuditFilter.UpTo"/> of the first, so that they don't move.
    /// </summary>
    public async Task<AuditPage> SearchAsync(int forbundId, AuditFilter filter, int page, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        string? latest;
        await using (var session = await database.ReadAsync(cancellationToken))
            latest = await session.SingleOrDefaultAsync<string>(
                "Audit.LatestSearch",
                new
                {
                    ForbundId = forbundId,
                    Actor = actor,
                    Action = SearchAction,
                },
                cancellationToken);
        latest = await _readings.LatestAsync(forbundId, actor, SearchAction, cancellationToken) ?? latest;
        var people = await PeopleAsync(
            forbundId,
            filter,
            filter.IsOpening ? OpenAction : SearchAction,
            actor,
            (found, detail) => page == 1 || latest != detail || found is not (null or { Count: 1 }),
            cancellationToken);
        await _readings.TryChainAsync(s_longestWait);
        var waiting = await _readings.CountWaitingAsync(forbundId, cancellationToken);

        await using var reading = await database.ReadAsync(cancellationToken);
        var upTo = filter.UpTo ?? await reading.SingleOrDefaultAsync<int>("Audit.LastEvent", new { ForbundId = forbundId }, cancellationToken);
        var found = people is null or { Count: 1 }
            ? await FindAsync(reading, forbundId, filter, people?[0].Id, upTo, (page - 1) * PageSize, PageSize, cancellationToken)
            : [];
        return new AuditPage
        {
            Events = found,
            Total = found.Count == 0 ? 0 : found[0].Total,
            Page = page,
            UpTo = upTo,
            Waiting = waiting,
            IsParticipantUnknown = people is { Count: 0 },
            Participants = people is { Count: > 1 } ? [.. people.Select(d => d.Code)] : [],
        };
    }

    /// <summary>
    /// Every event that fits, newest first, a piece at a time, for a file. That it was taken is in the log before the first.
    /// Nothing when the filter names no participant, or several.
    /// </summary>
    public async IAsyncEnumerable<AuditFoundRow> ExportAsync(
        int forbundId,
        AuditFilter filter,
        string actor,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        const int Piece = 5000;
        var people = await PeopleAsync(forbundId, filter, "Audit.Export", actor, (_, _) => true, cancellationToken);
        await _readings.TryChainAsync(s_longestWait);
        if (people is not (null or { Count: 1 }))
            yield break;
        await using var reading = await database.ReadAsync(cancellationToken);
        var upTo = await reading.SingleOrDefaultAsync<int>("Audit.LastEvent", new { ForbundId = forbundId }, cancellationToken);
        for (var skipped = 0; ; skipped += Piece)
        {
            var rows = await FindAsync(reading, forbundId, filter, people?[0].Id, upTo, skipped, Piece, cancellationToken);
            foreach (var row in rows)
                yield return row;
            if (rows.Count < Piece)
                yield break;
        }
    }

    /// <summary>
    /// Everything in the log about one participant and the records merged into it, the latest first, for the extract of the person;
    /// whoever makes that notes it.
    /// </summary>
    public async Task<IReadOnlyList<AuditFoundRow>> OfParticipantAsync(int forbundId, int participantId, CancellationToken cancellationToken = default)
    {
        const int Piece = 5000;
        await _readings.TryChainAsync(s_longestWait);
        await using var session = await database.ReadAsync(cancellationToken);
        var upTo = await session.SingleOrDefaultAsync<int>("Audit.LastEvent", new { ForbundId = forbundId }, cancellationToken);
        var all = new List<AuditFoundRow>();
        IReadOnlyList<AuditFoundRow> piece;
        do
        {
            piece = await FindAsync(session, forbundId, new AuditFilter(), participantId, upTo, all.Count, Piece, cancellationToken, withSearches: true);
            all.AddRange(piece);
        }
        while (piece.Count == Piece);
        return all;
    }

    // Whom the filter is about, noted in the log before it is told. By code is free; names and numbers have a number a day.
    private async Task<IReadOnlyList<ParticipantCodeRow>?> PeopleAsync(
        int forbundId,
        AuditFilter filter,
        string action,
        string actor,
        Func<IReadOnlyList<ParticipantCodeRow>?, string, bool> isNoted,
        CancellationToken cancellationToken)
    {
        await s_people.WaitAsync(cancellationToken);
        try
        {
            await using var session = await database.ReadAsync(cancellationToken);
            IReadOnlyList<ParticipantCodeRow>? people = null;
            var isByPerson = false;
            if (filter.Participant is { } text)
            {
                isByPerson = await ParticipantWriter.FindByCodeAsync(session, forbundId, text.Trim(), cancellationToken) is null;
                if (isByPerson && await _readings.CountOfDayAsync(forbundId, actor, Start(database.Today), ByPerson, cancellationToken) >= PeopleADay)
                {
                    await NoteAsync($"{ByPerson}, nekad");
                    throw FieldErrors.Single(
                        nameof(filter.Participant),
                        $"Du har i dag sökt {PeopleADay} gånger på namn eller personnummer, och fler går det inte att göra på en dag. Sök på deltagarens kod, eller fortsätt i morgon."
                    );
                }

                people = await ParticipantLookup.FindAsync(database, session, forbundId, text, cancellationToken);
            }

            var detail = Detail(filter, people) + (isByPerson ? $", {ByPerson}" : "");
            if (isNoted(people, detail))
                await NoteAsync(detail);
            return people;
        }
        finally
        {
            s_people.Release();
        }

        Task NoteAsync(string detail) =>
            _readings.NoteAsync(
                new NewAuditEvent
                {
                    ForbundId = forbundId,
                    Actor = actor,
                    Action = action,
                    Entity = Table,
                    Detail = detail,
                },
                cancellationToken);
    }

    private async Task<IReadOnlyList<AuditFoundRow>> FindAsync(
        DatabaseSession session,
        int forbundId,
        AuditFilter filter,
        int? participantId,
        int upTo,
        int skipped,
        int taken,
        CancellationToken cancellationToken,
        bool withSearches = false)
    {
        var found = await session.QueryAsync<AuditFoundRow>(
            "Audit.Search",
            new
            {
                ForbundId = forbundId,
                UpTo = upTo,
                From = Start(filter.From),
                Before = Start(filter.To?.AddDays(1)),
                filter.Actor,
                filter.Action,
                filter.OnlyAccess,
                filter.Entity,
                filter.EntityId,
                ParticipantId = participantId,
                WithSearches = withSearches,
                First = skipped + 1,
                Last = skipped + taken,
            },
            cancellationToken);
        return await WithInsatserAsync(session, forbundId, await WithCodesAsync(session, forbundId, found, cancellationToken), cancellationToken);
    }

    // The log holds row ids, which say nothing to a person: lists of participants are told by their codes.
    private static async Task<IReadOnlyList<AuditFoundRow>> WithCodesAsync(
        DatabaseSession session,
        int forbundId,
        IReadOnlyList<AuditFoundRow> found,
        CancellationToken cancellationToken)
    {
        var ids = found
            .Where(HoldsIds)
            .SelectMany(row => IdsIn().Match(row.Detail).Groups["id"].Captures)
            .Select(c => int.TryParse(c.ValueSpan, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .ToHashSet();
        if (ids.Count == 0)
            return found;
        var codes = (
            await session.QueryAsync<ParticipantCodeRow>(
                "Audit.Codes",
                new
                {
                    ForbundId = forbundId,
                    First = ids.Min(),
                    Last = ids.Max(),
                },
                cancellationToken)).ToDictionary(d => d.Id, d => d.Code);
        return [.. found.Select(row => HoldsIds(row) ? row with { Detail = IdsIn().Replace(row.Detail, match => InCodes(match.Value)) } : row)];

        string InCodes(string list) =>
            Id()
                .Replace(list, id =>
                    int.TryParse(id.Value, CultureInfo.InvariantCulture, out var number) && codes.TryGetValue(number, out var code) ? code : id.Value);

        static bool HoldsIds(AuditFoundRow row) => row.Entity == Table || (row.Entity == "participant" && row.EntityId is null);
    }

    // So are the insatser that a user was given, by what they are called today.
    private static async Task<IReadOnlyList<AuditFoundRow>> WithInsatserAsync(
        DatabaseSession session,
        int forbundId,
        IReadOnlyList<AuditFoundRow> found,
        CancellationToken cancellationToken)
    {
        if (!found.Any(HoldsInsatser))
            return found;
        var names = (await session.QueryAsync<InsatsRow>("Insatser.All", new { ForbundId = forbundId }, cancellationToken)).ToDictionary(
            i => i.Id.ToString(CultureInfo.InvariantCulture),
            i => i.Name);
        return [.. found.Select(row => HoldsInsatser(row) ? row with { Detail = InsatserIn().Replace(row.Detail, InNames) } : row)];

        string InNames(Match match) => match.Groups["id"].Captures is { Count: > 0 } ids
            ? "insatser: " + string.Join(", ", ids.Select(id => names.GetValueOrDefault(id.Value, id.Value)))
            : "inga egna insatser";

        static bool HoldsInsatser(AuditFoundRow row) => row.Action is "Users.SetRoles" or "Invitations.Invite" or "Invitations.Renew" or "ApiKeys.Add" or "ApiKeys.SetInsatser";
    }

    /// <summary>Who stands in the log, in alphabetical order, and which actions do.</summary>
    public async Task<AuditWords> WordsAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var forbund = new { ForbundId = forbundId };
        return new AuditWords(
            await session.QueryAsync<string>("Audit.Actors", forbund, cancellationToken),
            await session.QueryAsync<string>("Audit.Actions", forbund, cancellationToken));
    }

    /// <summary>Whether the chain is whole, and otherwise which event breaks it.</summary>
    public async Task<AuditChainCheck> CheckAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await AuditLog.CheckAsync(session, forbundId, cancellationToken);
    }

    /// <summary>
    /// What to note of an event outside the system: whoever can write in the database could make a whole new chain, but not
    /// one that ends in a sum that somebody has on paper. Null when there is no such event.
    /// </summary>
    public async Task<string?> FingerprintAsync(int forbundId, int eventNumber, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return
            await session.SingleOrDefaultAsync<string>("Audit.Hash", new { ForbundId = forbundId, EventNumber = eventNumber }, cancellationToken)
                is { Length: >= FingerprintLength } hash
            ? hash[..FingerprintLength]
            : null;
    }

    // Midnight where the förbund is, as the instant that is stored.
    private DateTime? Start(DateOnly? day) =>
        day is { } date ? TimeZoneInfo.ConvertTimeToUtc(date.ToDateTime(TimeOnly.MinValue), database.Clock.LocalTimeZone) : null;

    [GeneratedRegex(@"(?<=deltagare )(?<id>\d+)( utan namn| (?<id>\d+))*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdsIn();

    [GeneratedRegex(@"(?<=[;,] (förut )?)insatser( (?<id>\d+))*(?=,|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InsatserIn();

    [GeneratedRegex(@"\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    // The participants by row id, never by what was searched for.
    private static string Detail(AuditFilter filter, IReadOnlyList<ParticipantCodeRow>? people)
    {
        var words = new List<string>();
        void Add(string word, object? value)
        {
            if (value is not null)
                words.Add(string.Create(CultureInfo.InvariantCulture, $"{word} {value}"));
        }

        Add("från", filter.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("till", filter.To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("användare", filter.Actor);
        Add("händelse", filter.Action);
        Add("händelse", filter.OnlyAccess ? "behörighetsändringar" : null);
        Add("uppgift", filter.Entity);
        Add("nummer", filter.EntityId);
        Add("deltagare", people is null ? null : people.Count == 0 ? "okänd" : string.Join(' ', people.Select(d => d.Id).Order()));
        return string.Join(", ", words);
    }
}

/// <summary>Which events to show; null is no condition.</summary>
public sealed record AuditFilter
{
    public DateOnly? From { get; init; }

    /// <summary>Included.</summary>
    public DateOnly? To { get; init; }

    public string? Actor { get; init; }

    public string? Action { get; init; }

    /// <summary>Only what changes who may know or do what: the view <c>access_action</c>.</summary>
    public bool OnlyAccess { get; init; }

    /// <summary>A table, such as <c>insats</c>.</summary>
    public string? Entity { get; init; }

    public int? EntityId { get; init; }

    /// <summary>
    /// All about a participant: the row, participations, assessments, and every showing. A code, a personal number, or words
    /// of a name; what is written here goes nowhere.
    /// </summary>
    public string? Participant { get; init; }

    /// <summary>The last event that stood in the log when the first page was read.</summary>
    public int? UpTo { get; init; }

    /// <summary>True when the log was opened, and nothing searched for.</summary>
    public bool IsOpening { get; init; }
}

/// <summary>A page of the log.</summary>
public sealed record AuditPage
{
    public required IReadOnlyList<AuditFoundRow> Events { get; init; }

    /// <summary>On all pages together.</summary>
    public required int Total { get; init; }

    public required int Page { get; init; }

    /// <summary>For the filter of the next page.</summary>
    public required int UpTo { get; init; }

    /// <summary>Readings that are noted but not in the chain yet, since somebody else is writing.</summary>
    public int Waiting { get; init; }

    /// <summary>The förbund has no participant with that code, number or name.</summary>
    public bool IsParticipantUnknown { get; init; }

    /// <summary>The codes of those to choose from, when the name is of several.</summary>
    public IReadOnlyList<string> Participants { get; init; } = [];

    public int Pages => Math.Max(1, (Total + AuditStore.PageSize - 1) / AuditStore.PageSize);
}

/// <summary>What there is to choose from in the log.</summary>
public sealed record AuditWords(IReadOnlyList<string> Actors, IReadOnlyList<string> Actions);

/// <summary>An event that was searched for.</summary>
public sealed record AuditFoundRow
{
    public required int EventNumber { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime HappenedAt { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string Entity { get; init; }

    public required int? EntityId { get; init; }

    public required string Detail { get; init; }

    /// <summary>The user name, or what the insats is called now; null for all else.</summary>
    public required string? Called { get; init; }

    /// <summary>Whose row, participation or assessment it is.</summary>
    public required string? ParticipantCode { get; init; }

    /// <summary>Of the participation or the assessment, what it is called now.</summary>
    public required string? Insats { get; init; }

    /// <summary>How many events were found.</summary>
    public required int Total { get; init; }
}
