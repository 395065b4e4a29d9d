using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;

namespace FinsamOutcomes.Data.Audit;

/// <summary>The log as the revisor reads it: searched a page at a time, and checked. Reading it is an event of its own.</summary>
public sealed class AuditStore(FinsamDatabase database)
{
    // Whoever reads the log doesn't wait longer for what others write.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(2);

    private readonly ReadingJournal _readings = new(database);

    /// <summary>Events on a page.</summary>
    public const int PageSize = 50;

    /// <summary>Signs of a fingerprint: 64 bits, nothing that can be sought for, and short enough to write down.</summary>
    public const int FingerprintLength = 16;

    private const string SearchAction = "Audit.Search";

    /// <summary>
    /// A page of the events that fit, newest first. A search is written to the log once, however many of its pages are
    /// read: pages after the first come with <see cref="AuditFilter.UpTo"/> of the first, so that they don't move.
    /// </summary>
    public async Task<AuditPage> SearchAsync(int forbundId, AuditFilter filter, int page, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        int? participantId;
        string? latest;
        await using (var session = await database.ReadAsync(cancellationToken))
        {
            participantId = filter.ParticipantCode is null ? null : (await session.SingleOrDefaultAsync<ParticipantRow>("Participants.FindByCode", new { ForbundId = forbundId, Code = filter.ParticipantCode }, cancellationToken))?.Id;
            latest = await session.SingleOrDefaultAsync<string>("Audit.LatestSearch", new { ForbundId = forbundId, Actor = actor, Action = SearchAction }, cancellationToken);
        }

        var detail = Detail(filter, participantId);
        if (page == 1 || (await _readings.LatestAsync(forbundId, actor, SearchAction, cancellationToken) ?? latest) != detail)
            await _readings.NoteAsync(new NewAuditEvent { ForbundId = forbundId, Actor = actor, Action = SearchAction, Entity = "audit_event", Detail = detail }, cancellationToken);
        await _readings.TryChainAsync(s_longestWait);
        var waiting = await _readings.CountWaitingAsync(forbundId, cancellationToken);

        await using var reading = await database.ReadAsync(cancellationToken);
        var upTo = filter.UpTo ?? await reading.SingleOrDefaultAsync<int>("Audit.LastEvent", new { ForbundId = forbundId }, cancellationToken);
        if (filter.ParticipantCode is not null && participantId is null)
            return new AuditPage { Events = [], Total = 0, Page = 1, UpTo = upTo, IsParticipantUnknown = true, Waiting = waiting };
        var text = participantId?.ToString(CultureInfo.InvariantCulture);
        var found = await reading.QueryAsync<AuditFoundRow>(
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
                AmongOthers = $"% {text} %",
                LastOfOthers = $"% {text}",
                First = ((page - 1) * PageSize) + 1,
                Last = page * PageSize,
            },
            cancellationToken);
        return new AuditPage { Events = found, Total = found.Count == 0 ? 0 : found[0].Total, Page = page, UpTo = upTo, Waiting = waiting };
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
        return await session.SingleOrDefaultAsync<string>("Audit.Hash", new { ForbundId = forbundId, EventNumber = eventNumber }, cancellationToken) is { Length: >= FingerprintLength } hash ? hash[..FingerprintLength] : null;
    }

    // Midnight where the förbund is, as the instant that is stored.
    private DateTime? Start(DateOnly? day) =>
        day is { } date ? TimeZoneInfo.ConvertTimeToUtc(date.ToDateTime(TimeOnly.MinValue), database.Clock.LocalTimeZone) : null;

    // The participant by row id, never by code or name.
    private static string Detail(AuditFilter filter, int? participantId)
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
        Add("deltagare", participantId);
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

    /// <summary>All about a participant: the row, participations, assessments, and every showing of the name.</summary>
    public string? ParticipantCode { get; init; }

    /// <summary>The last event that stood in the log when the first page was read.</summary>
    public int? UpTo { get; init; }
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

    /// <summary>The förbund has no participant with that code.</summary>
    public bool IsParticipantUnknown { get; init; }

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

    /// <summary>How many events were found.</summary>
    public required int Total { get; init; }
}
