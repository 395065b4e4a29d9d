using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;

namespace FinsamOutcomes.Data.Access;

/// <summary>What a user has been given in a förbund: asked at every request, so that a right taken away is gone at once.</summary>
public sealed class AccessStore(FinsamDatabase database)
{
    /// <summary>The user's roles and insatser in a förbund; null without an active user or any role there.</summary>
    public async Task<GrantedAccess?> FindAsync(int userId, int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var arguments = new { UserId = userId, ForbundId = forbundId };
        var roles = await session.QueryAsync<string>("Access.Roles", arguments, cancellationToken);
        if (roles.Count == 0)
            return null;
        return new GrantedAccess
        {
            Forbund = (await session.SingleOrDefaultAsync<ForbundRow>("Forbund.Find", new { ForbundId = forbundId }, cancellationToken))!,
            Roles = roles,
            OwnInsatser = (await session.QueryAsync<int>("Access.Insatser", arguments, cancellationToken)).ToHashSet(),
        };
    }

    /// <summary>The förbund where the user has a role.</summary>
    public async Task<IReadOnlyList<ForbundRow>> ForbundAsync(int userId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<ForbundRow>("Access.Forbund", new { UserId = userId }, cancellationToken);
    }

    public async Task<bool> HasInsatsAsync(int forbundId, int insatsId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<int>("Access.CountInsats", new { ForbundId = forbundId, InsatsId = insatsId }, cancellationToken) > 0;
    }

    /// <summary>The user's own insatser through which they reach a participant: not those that were left too long ago.</summary>
    public async Task<IReadOnlyList<int>> InsatserOfParticipantAsync(
        int userId,
        int forbundId,
        int participantId,
        CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        return await session.QueryAsync<int>(
            "Access.InsatserOfParticipant",
            new
            {
                UserId = userId,
                ForbundId = forbundId,
                ParticipantId = participantId,
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);
    }

    /// <summary>The user's own insatser that a participant is or has been in, however long ago: for a new entry.</summary>
    public async Task<IReadOnlyList<int>> InsatserOfFormerAsync(int userId, int forbundId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<int>(
            "Access.InsatserOfFormer",
            new
            {
                UserId = userId,
                ForbundId = forbundId,
                ParticipantId = participantId,
            },
            cancellationToken);
    }

    /// <summary>The insats of a participation that the user reaches: one, or none.</summary>
    public async Task<IReadOnlyList<int>> InsatserOfParticipationAsync(
        int userId,
        int forbundId,
        int participationId,
        CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        return await session.QueryAsync<int>(
            "Access.InsatserOfParticipation",
            new
            {
                UserId = userId,
                ForbundId = forbundId,
                ParticipationId = participationId,
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);
    }
}

/// <summary>A user's roles and own insatser in one förbund.</summary>
public sealed record GrantedAccess
{
    public required ForbundRow Forbund { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Ids; those given to the user and their delprojekt.</summary>
    public required IReadOnlySet<int> OwnInsatser { get; init; }
}
