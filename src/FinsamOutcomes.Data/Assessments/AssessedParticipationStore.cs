using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Assessments;

/// <summary>Finds the stay that a paper belongs to.</summary>
public sealed class AssessedParticipationStore(FinsamDatabase database)
{
    /// <summary>A participant's latest stay in an insats; null when the user reaches none that has started.</summary>
    public async Task<int?> LatestAsync(int forbundId, int userId, int insatsId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        var stays = await session.QueryAsync<int>(
            "AssessedParticipations.Latest",
            new
            {
                ForbundId = forbundId,
                UserId = userId,
                InsatsId = insatsId,
                ParticipantId = participantId,
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);
        return stays.Count > 0 ? stays[0] : null;
    }

    /// <summary>Whose stay it is, by code, and where; null when the user does not reach it.</summary>
    public async Task<AssessedParticipation?> FindAsync(int forbundId, int userId, int participationId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        return await session.SingleOrDefaultAsync<AssessedParticipation>(
            "AssessedParticipations.Find",
            new
            {
                ForbundId = forbundId,
                UserId = userId,
                ParticipationId = participationId,
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);
    }
}

/// <summary>A stay with its participant's code and its insats.</summary>
public sealed record AssessedParticipation
{
    public required int ParticipationId { get; init; }

    public required int ParticipantId { get; init; }

    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    public required string ParticipantCode { get; init; }

    public required DateOnly? StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }
}
