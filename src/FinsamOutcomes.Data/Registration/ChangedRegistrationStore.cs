using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participations;

namespace FinsamOutcomes.Data.Registration;

/// <summary>
/// What has been changed since a moment, as far as it can alter a number, a goal or a word that was handed over or published
/// then: why a figure of today differs from the one of that day.
/// </summary>
public sealed class ChangedRegistrationStore(FinsamDatabase database)
{
    /// <summary>The user who reaches nobody.</summary>
    public const int Nobody = 0;

    private static readonly (DateOnly From, DateOnly To) s_always = (new DateOnly(1900, 1, 1), DateOnly.MaxValue);

    /// <summary>
    /// Everything that differs now from what it was at the moment: a thing each, by insats. Left out is what has been changed
    /// and changed back, what was registered by mistake all the time, and what no number rests on (codes, names, caseworkers,
    /// texts).
    /// </summary>
    /// <param name="forbundId">The förbund.</param>
    /// <param name="since">The moment, as <see cref="RegisterMoment.ReadAsync"/> gave it then.</param>
    /// <param name="userId">
    /// Who asks: of a stay that the user does not reach as a caseworker, only insats, fields and when are told. Null is the server
    /// itself, which is told everything.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<IReadOnlyList<ChangedRegistration>> SinceAsync(
        int forbundId,
        RegisterMoment since,
        int? userId = null,
        CancellationToken cancellationToken = default) => ReadAsync(forbundId, since, userId, s_always, tellsWhen: true, cancellationToken);

    /// <summary>
    /// The same to count: new stays only of those enrolled or in queue for a day of a time, and not when what is new was registered, which takes
    /// longer to find the longer ago the moment is.
    /// </summary>
    /// <param name="forbundId">The förbund.</param>
    /// <param name="since">The moment.</param>
    /// <param name="from">The first day of the time.</param>
    /// <param name="to">The last.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<IReadOnlyList<ChangedRegistration>> SinceInAsync(
        int forbundId,
        RegisterMoment since,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken = default) => ReadAsync(forbundId, since, userId: null, (from, to), tellsWhen: false, cancellationToken);

    private async Task<IReadOnlyList<ChangedRegistration>> ReadAsync(
        int forbundId,
        RegisterMoment since,
        int? userId,
        (DateOnly From, DateOnly To) time,
        bool tellsWhen,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(since);
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        var rows = await session.QueryAsync<ChangedFieldRow>(
            "ChangedRegistrations.Since",
            new
            {
                ForbundId = forbundId,
                since.LastParticipation,
                since.LastAssessment,
                since.LastInsats,
                since.LastChange,
                LastEvent = tellsWhen ? since.LastEvent : int.MaxValue,
                time.From,
                time.To,
                UserId = userId,
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);
        return [.. rows.GroupBy(r => (r.Kind, r.EntityId, r.CalendarYear, r.Detail)).Select(Thing).OfType<ChangedRegistration>()];
    }

    // Null for what is as it was.
    private static ChangedRegistration? Thing(IEnumerable<ChangedFieldRow> lines)
    {
        var changed = lines.Where(l => l.Field is null || l.IsUntold || l.OldValue != l.NewValue).ToList();
        if (changed.Count == 0)
            return null;
        var row = changed[0];
        var isAdded = changed.Exists(l => l.Field is null);
        var then = isAdded ? null : Then(row, changed);
        var now = row.IsMisregistered ? null : new ChangedSpan(row.QueuedOn, row.StartedOn, row.EndedOn);
        var isStay = row.Kind == ChangedKind.Participation;
        if (then is null && now is null)
            return null;

        // A goal that was set after the moment, and taken away again.
        if (changed.Exists(l => l.Field == "Removed") && changed.Exists(l => l is { Field: "Goal", OldValue: null }))
            return null;
        return new ChangedRegistration
        {
            Kind = row.Kind,
            InsatsId = row.InsatsId,
            ParentInsatsId = row.ParentInsatsId,
            Insats = row.Insats,
            CalendarYear = row.CalendarYear,
            Detail = row.Detail,
            IsStructural = row.IsStructural,
            IsAdministration = row.IsAdministration || changed.Exists(l => l is { Field: nameof(NewForbundCost.IsAdministration), OldValue: "true" }),
            ParticipationId = isStay && row.IsReached ? row.EntityId : null,
            ParticipantCode = isStay && row.IsReached ? row.ParticipantCode : null,
            IsAdded = isAdded,
            FirstChangedAt = changed.Min(l => l.FirstChangedAt),
            LastChangedAt = changed.Max(l => l.LastChangedAt),
            Fields = isAdded ? [] : [.. changed.Select(l => new ChangedField(l.Field!, Told(l.OldValue), Told(l.NewValue), l.IsUntold || !row.IsReached))],
            Then = then,
            Now = now,
        };

        string? Told(string? value) => row.IsReached ? value : null;
    }

    // Null when it was marked as registered by mistake, and so counted nowhere.
    private static ChangedSpan? Then(ChangedFieldRow row, List<ChangedFieldRow> changed)
    {
        if (row.Kind == ChangedKind.Insats)
            return new ChangedSpan(null, Day("StartsOn", row.StartedOn), Day("EndsOn", row.EndedOn));
        var wasMisregistered = Find("ExitReason") is { } reason ? reason.OldValue == ParticipationStore.Misregistration : row.IsMisregistered;
        return wasMisregistered ? null : new ChangedSpan(Day("QueuedOn", row.QueuedOn), Day("StartedOn", row.StartedOn), Day("EndedOn", row.EndedOn));

        ChangedFieldRow? Find(string field) => changed.Find(l => l.Field == field);

        DateOnly? Day(string field, DateOnly? now) => Find(field) is not { } line ? now
            : line.OldValue is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
    }
}

/// <summary>How far a förbund's register had come at a moment: kept with what was counted then, it tells later what has come or changed since.</summary>
public sealed record RegisterMoment
{
    /// <summary>UTC: for people to read. What came later is told by the ids, since a transaction is saved some time after the clock was read.</summary>
    public required DateTime At { get; init; }

    public required int LastParticipation { get; init; }

    public required int LastAssessment { get; init; }

    public required int LastInsats { get; init; }

    public required int LastChange { get; init; }

    /// <summary>The last event of the förbund's audit chain.</summary>
    public required int LastEvent { get; init; }

    /// <summary>
    /// The moment of a session. Read it in the session that counts, before anything is counted: where the engine gives the session
    /// no single moment, what comes meanwhile is then told as changed rather than missed.
    /// </summary>
    public static async Task<RegisterMoment> ReadAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await session.SingleOrDefaultAsync<RegisterMoment>(
            "ChangedRegistrations.Moment",
            new { ForbundId = forbundId, At = session.UtcNow },
            cancellationToken) ?? throw new ArgumentException("There is no such förbund.", nameof(forbundId));
    }
}

/// <summary>What can have been changed.</summary>
public static class ChangedKind
{
    /// <summary>A stay, with what is known of its participant, situation and assessments.</summary>
    public const string Participation = "participation";

    /// <summary>The anonymous participants of an insats in a year.</summary>
    public const string HeadCount = "head_count";

    /// <summary>Budget and outcome of an insats in a year.</summary>
    public const string Money = "money";

    /// <summary>A cost of the förbund's own in a year; the detail is its name.</summary>
    public const string Cost = "cost";

    /// <summary>What a member gives the förbund in a year, the detail is its name; or, without detail, the förbund's own capital.</summary>
    public const string Funds = "funds";

    public const string Insats = "insats";

    /// <summary>A goal of an insats or of the förbund; the detail is its measure. One that is taken away has neither.</summary>
    public const string Target = "target";

    /// <summary>Which exits count as positive; the detail is the definition's code.</summary>
    public const string Definition = "definition";

    /// <summary>What the förbund calls a value of a code list, and whether forms offer it; the detail is list and code, <c>exit_reason.arbete</c>.</summary>
    public const string Word = "word";
}

/// <summary>Something that differs from what it was.</summary>
public sealed record ChangedRegistration
{
    /// <summary>See <see cref="ChangedKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The insats or delprojekt; null for what is the whole förbund's.</summary>
    public required int? InsatsId { get; init; }

    /// <summary>The insats that a delprojekt belongs to.</summary>
    public required int? ParentInsatsId { get; init; }

    /// <summary>As it is called now; null for what is the whole förbund's.</summary>
    public required string? Insats { get; init; }

    /// <summary>Of a head count, money, cost or goal; null for the rest.</summary>
    public required int? CalendarYear { get; init; }

    /// <summary>What tells it apart from others of its kind, as <see cref="ChangedKind"/> says; else null.</summary>
    public required string? Detail { get; init; }

    /// <summary>The insats or delprojekt is structural: the people in it are counted without gender.</summary>
    public required bool IsStructural { get; init; }

    /// <summary>A cost that is, or was at the moment, one of the förbund's administration.</summary>
    public required bool IsAdministration { get; init; }

    /// <summary>Null also where the user does not reach it.</summary>
    public required int? ParticipationId { get; init; }

    /// <summary>Null also where the user does not reach the participant.</summary>
    public required string? ParticipantCode { get; init; }

    /// <summary>It was not there then.</summary>
    public required bool IsAdded { get; init; }

    /// <summary>UTC; null for what is new where it came with a file, which notes no time for each row, or where nobody asked when.</summary>
    public required DateTime? FirstChangedAt { get; init; }

    /// <summary>UTC; null as <see cref="FirstChangedAt"/>.</summary>
    public required DateTime? LastChangedAt { get; init; }

    /// <summary>What differs; none for what was not there then.</summary>
    public required IReadOnlyList<ChangedField> Fields { get; init; }

    /// <summary>False for a stay that is marked as registered by mistake.</summary>
    public bool IsCounted => Now is not null;

    /// <summary>Days of the stay or insats at the moment; null when it was not there or counted nowhere.</summary>
    internal ChangedSpan? Then { get; init; }

    /// <summary>Days of the stay or insats now; null when it is counted nowhere.</summary>
    internal ChangedSpan? Now { get; init; }

    /// <summary>
    /// Whether it can alter what is counted from one day to another, both included: a stay that goes on (in queue or enrolled) or an
    /// insats that is open for a day of them, then or now; a number of one of the years. What belongs to no time always can.
    /// </summary>
    public bool Touches(DateOnly from, DateOnly to) => Kind is ChangedKind.Participation or ChangedKind.Insats
        ? Then?.Meets(from, to) == true || Now?.Meets(from, to) == true
        : CalendarYear is not { } year || (year >= from.Year && year <= to.Year);

    /// <summary>Whether the stay was enrolled, or the insats open, for a day of a time at the moment.</summary>
    public bool WasOpen(DateOnly from, DateOnly to) => Then?.IsOpen(from, to) == true;

    /// <summary>Whether the stay is enrolled, or the insats open, for a day of a time as it is known now.</summary>
    public bool IsOpen(DateOnly from, DateOnly to) => Now?.IsOpen(from, to) == true;
}

/// <summary>A field that differs.</summary>
/// <param name="Field">As in the history: the property of the input, such as <c>StartedOn</c>.</param>
/// <param name="Old">What it was at the moment, as <see cref="ChangeHistoryRow.OldValue"/>.</param>
/// <param name="New">What it is now.</param>
/// <param name="IsUntold">The values are not told: that it differs is all.</param>
public sealed record ChangedField(string Field, string? Old, string? New, bool IsUntold);

/// <summary>When somebody was in queue, enrolled and out again, or an insats open.</summary>
internal sealed record ChangedSpan(DateOnly? QueuedOn, DateOnly? StartedOn, DateOnly? EndedOn)
{
    public bool Meets(DateOnly from, DateOnly to) => (QueuedOn ?? StartedOn) <= to && (EndedOn is null || EndedOn >= from);

    public bool IsOpen(DateOnly from, DateOnly to) => StartedOn <= to && (EndedOn is null || EndedOn >= from);
}

/// <summary>A field of <c>ChangedRegistrations.Since</c>.</summary>
internal sealed record ChangedFieldRow
{
    public required string Kind { get; init; }

    public required int? InsatsId { get; init; }

    public required int? ParentInsatsId { get; init; }

    public required string? Insats { get; init; }

    public required int? CalendarYear { get; init; }

    public required string? Detail { get; init; }

    public required bool IsStructural { get; init; }

    public required bool IsAdministration { get; init; }

    public required int EntityId { get; init; }

    public required string? ParticipantCode { get; init; }

    public required bool IsReached { get; init; }

    public required DateOnly? QueuedOn { get; init; }

    /// <summary>Of an insats the day it starts, and below the day it ends.</summary>
    public required DateOnly? StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }

    public required bool IsMisregistered { get; init; }

    /// <summary>Null for what was not there.</summary>
    public required string? Field { get; init; }

    public required string? OldValue { get; init; }

    public required string? NewValue { get; init; }

    public required bool IsUntold { get; init; }

    public required DateTime? FirstChangedAt { get; init; }

    public required DateTime? LastChangedAt { get; init; }
}
