using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Assessments;

/// <summary>Finds the stay that a paper belongs to, by its participant's code.</summary>
public sealed class AssessedStayStore(FinsamDatabase database)
{
    /// <summary>The latest stay in an insats of the participant with a code; null when there is none that has started.</summary>
    public async Task<CodeStay?> FindByCodeAsync(int forbundId, int insatsId, string code, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return (await session.QueryAsync<CodeStay>("AssessedStays.ByCode", new { ForbundId = forbundId, InsatsId = insatsId, Code = code }, cancellationToken)) is [var latest, ..] ? latest : null;
    }

    /// <summary>Whose stay it is, by code, and where.</summary>
    public async Task<AssessedStay?> FindAsync(int forbundId, int participationId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<AssessedStay>("AssessedStays.Find", new { ForbundId = forbundId, ParticipationId = participationId }, cancellationToken);
    }
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

    public required int ParticipantId { get; init; }

    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    public required string ParticipantCode { get; init; }

    public required DateOnly? StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }
}
