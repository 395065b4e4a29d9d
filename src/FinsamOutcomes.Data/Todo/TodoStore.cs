using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Quality;

namespace FinsamOutcomes.Data.Todo;

/// <summary>
/// What needs doing in the insatser that a user works in. An assessment is due only where the insats uses the instrument at
/// that occasion: it has been answered there at that occasion within <see cref="TodoLimits.UsedWithinDays"/>.
/// </summary>
public sealed class TodoStore(FinsamDatabase database)
{
    /// <summary>Everything to be done, oldest first in each list.</summary>
    public async Task<TodoList> OfUserAsync(int forbundId, int userId, TodoLimits? limits = null, CancellationToken cancellationToken = default)
    {
        var (today, l) = (database.Today, limits ?? new TodoLimits());
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        var arguments = new
        {
            ForbundId = forbundId,
            UserId = userId,
            days.ReachedSince,
            days.Today,
            QueuedBefore = today.AddDays(-l.QueueDays),
            UsedSince = today.AddDays(-l.UsedWithinDays),
            StartedBefore = today.AddDays(-l.StartWithinDays),
            FollowedUpBefore = today.AddDays(-l.FollowUpEveryDays),
            EndedSince = today.AddDays(-l.ExitAskedForDays),
        };
        return new TodoList
        {
            ExitsWithoutReason = await session.QueryAsync<TodoRow>("Todo.ExitsWithoutReason", arguments, cancellationToken),
            AssessmentsDue = await session.QueryAsync<AssessmentDueRow>("Todo.AssessmentsDue", arguments, cancellationToken),
            LongInQueue = await session.QueryAsync<TodoRow>("Todo.LongInQueue", arguments, cancellationToken),
            MissingConsents = await session.QueryAsync<TodoRow>("Todo.MissingConsents", arguments, cancellationToken),
            CorrectionRequests = await session.QueryAsync<TodoPersonRow>("Todo.CorrectionRequests", arguments, cancellationToken),
            Remarks =
            [
                .. (await QualityChecks.RunAsync(session, forbundId, userId, cancellationToken)).Where(r =>
                    r.Rule != QualityChecks.ExitWithoutReason && r.Open.Any()),
            ],
        };
    }
}

/// <summary>When something is late, in days.</summary>
public sealed record TodoLimits
{
    /// <summary>Longer than this in queue is long.</summary>
    public int QueueDays { get; init; } = 90;

    /// <summary>A start assessment is due when more days than this have gone since the entry.</summary>
    public int StartWithinDays { get; init; } = 14;

    /// <summary>A follow-up is due when more days than this have gone since the latest assessment.</summary>
    public int FollowUpEveryDays { get; init; } = 180;

    /// <summary>An exit assessment is due from the exit for this many days; later it can hardly be had.</summary>
    public int ExitAskedForDays { get; init; } = 90;

    /// <summary>An instrument that has not been answered for longer than this is not used any more.</summary>
    public int UsedWithinDays { get; init; } = 365;
}

/// <summary>What needs doing.</summary>
public sealed record TodoList
{
    /// <summary>SinceOn is the exit.</summary>
    public required IReadOnlyList<TodoRow> ExitsWithoutReason { get; init; }

    public required IReadOnlyList<AssessmentDueRow> AssessmentsDue { get; init; }

    /// <summary>SinceOn is the day they were put in queue.</summary>
    public required IReadOnlyList<TodoRow> LongInQueue { get; init; }

    /// <summary>In queue or enrolled without the written consent that the insats asks for. SinceOn is when they came.</summary>
    public required IReadOnlyList<TodoRow> MissingConsents { get; init; }

    /// <summary>People who have asked for a correction and have no answer. SinceOn is when they asked.</summary>
    public required IReadOnlyList<TodoPersonRow> CorrectionRequests { get; init; }

    /// <summary>Rules with open findings, exits without reason left out: they have a list of their own.</summary>
    public required IReadOnlyList<QualityResult> Remarks { get; init; }

    /// <summary>Those of it that belong to somebody.</summary>
    public TodoList Of(Whose whose, FollowedStays followed)
    {
        ArgumentNullException.ThrowIfNull(followed);
        return new TodoList
        {
            ExitsWithoutReason = [.. ExitsWithoutReason.Where(r => followed.IsIn(whose, r.ParticipationId))],
            AssessmentsDue = [.. AssessmentsDue.Where(r => followed.IsIn(whose, r.ParticipationId))],
            LongInQueue = [.. LongInQueue.Where(r => followed.IsIn(whose, r.ParticipationId))],
            MissingConsents = [.. MissingConsents.Where(r => followed.IsIn(whose, r.ParticipationId))],
            CorrectionRequests = [.. CorrectionRequests.Where(_ => followed.IsIn(whose, null))],
            Remarks = [.. Remarks.Select(r => r.Of(whose, followed)).Where(r => r.Open.Any())],
        };
    }

    public int Count =>
        ExitsWithoutReason.Count
        + AssessmentsDue.Count
        + LongInQueue.Count
        + MissingConsents.Count
        + CorrectionRequests.Count
        + Remarks.Sum(r => r.Open.Count());
}

/// <summary>A participation that something is to be done about.</summary>
public sealed record TodoRow
{
    public required int ParticipationId { get; init; }

    public required int ParticipantId { get; init; }

    public required string Code { get; init; }

    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    public required DateOnly SinceOn { get; init; }
}

/// <summary>A participant that something is to be done about, in whichever insats.</summary>
public sealed record TodoPersonRow
{
    public required int ParticipantId { get; init; }

    public required string Code { get; init; }

    public required DateOnly SinceOn { get; init; }
}

/// <summary>An assessment that is due.</summary>
public sealed record AssessmentDueRow
{
    public required int ParticipationId { get; init; }

    public required int ParticipantId { get; init; }

    public required string Code { get; init; }

    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    /// <summary>The latest version.</summary>
    public required int InstrumentId { get; init; }

    public required string Instrument { get; init; }

    /// <summary><c>participant</c> or <c>caseworker</c>.</summary>
    public required string Respondent { get; init; }

    /// <summary><c>start</c>, <c>followup</c> or <c>exit</c>.</summary>
    public required string Occasion { get; init; }

    /// <summary>The entry, the latest assessment or the exit.</summary>
    public required DateOnly SinceOn { get; init; }
}
