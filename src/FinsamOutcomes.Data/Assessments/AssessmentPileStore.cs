using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Assessments;

/// <summary>Whose assessments are to be registered from a pile of papers, and whose already are.</summary>
public sealed class AssessmentPileStore(FinsamDatabase database)
{
    /// <summary>How long after an exit somebody is asked for the assessment at or after it, in months.</summary>
    public const int MonthsAfterExit = 12;

    /// <summary>A follow-up comes again and again: one within these months is the same round.</summary>
    public const int MonthsOfFollowUp = 3;

    /// <summary>Everybody in an insats who could answer at the occasion, by code.</summary>
    public async Task<IReadOnlyList<PileStay>> StaysAsync(AssessmentPile pile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pile);
        await using var session = await database.ReadAsync(cancellationToken);
        var arguments = new
        {
            pile.ForbundId,
            pile.InsatsId,
            pile.InstrumentId,
            pile.Occasion,
            EndedFrom = pile.AnsweredOn.AddMonths(-MonthsAfterExit),
            RegisteredFrom = pile.Occasion == "followup" ? pile.AnsweredOn.AddMonths(-MonthsOfFollowUp) : new DateOnly(1990, 1, 1),
        };
        return await session.QueryAsync<PileStay>("AssessmentPiles.Stays", arguments, cancellationToken);
    }

    /// <summary>The latest stay in an insats of the participant with a code; null when there is none that has started.</summary>
    public async Task<CodeStay?> FindByCodeAsync(int forbundId, int insatsId, string code, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return (await session.QueryAsync<CodeStay>("AssessmentPiles.StaysByCode", new { ForbundId = forbundId, InsatsId = insatsId, Code = code }, cancellationToken)) is [var latest, ..] ? latest : null;
    }

    /// <summary>Whose stay it is, by code, and where.</summary>
    public async Task<AssessedStay?> FindStayAsync(int forbundId, int participationId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<AssessedStay>("AssessmentPiles.Stay", new { ForbundId = forbundId, ParticipationId = participationId }, cancellationToken);
    }
}

/// <summary>A pile of papers: one insats, one instrument, one occasion, one day.</summary>
public sealed record AssessmentPile
{
    public required int ForbundId { get; init; }

    public required int InsatsId { get; init; }

    public required int InstrumentId { get; init; }

    /// <summary><c>start</c>, <c>followup</c>, <c>exit</c> or <c>after</c>.</summary>
    public required string Occasion { get; init; }

    public required DateOnly AnsweredOn { get; init; }
}

/// <summary>Somebody in the pile.</summary>
public sealed record PileStay
{
    public required int ParticipationId { get; init; }

    public required string ParticipantCode { get; init; }

    public required DateOnly? StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }

    public required bool HasAssessment { get; init; }
}

/// <summary>A stay found by its participant's code.</summary>
public sealed record CodeStay
{
    public required int ParticipationId { get; init; }

    public required string ParticipantCode { get; init; }
}

/// <summary>A stay with its participant's code and its insats.</summary>
public sealed record AssessedStay
{
    public required int ParticipationId { get; init; }

    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    public required string ParticipantCode { get; init; }

    public required DateOnly? StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }
}
