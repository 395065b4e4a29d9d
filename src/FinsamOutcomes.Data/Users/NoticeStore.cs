using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Users;

/// <summary>What others did to a user's account, told to the user at the next sign-in.</summary>
public sealed class NoticeStore(FinsamDatabase database)
{
    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(365);

    public async Task<bool> AnyUnseenAsync(int userId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<int>("Notices.CountUnseen", new { UserId = userId }, cancellationToken) > 0;
    }

    /// <summary>Those that have not been seen and those of the last year, the latest first.</summary>
    public async Task<IReadOnlyList<NoticeRow>> LatestAsync(int userId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<NoticeRow>("Notices.Latest", new { UserId = userId, Since = session.UtcNow - s_remembered }, cancellationToken);
    }

    /// <summary>The user has seen this one and those before it.</summary>
    public async Task SeeAsync(int userId, int upTo, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync("Notices.See", new { UserId = userId, UpTo = upTo, Now = session.UtcNow }, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    internal static async Task AddAsync(DatabaseSession session, int userId, string actor, string action, string detail, CancellationToken cancellationToken)
    {
        var id = await session.ReserveIdsAsync("account_notice", cancellationToken: cancellationToken);
        await session.ExecuteAsync(
            "Notices.Add",
            new
            {
                Id = id,
                UserId = userId,
                HappenedAt = session.UtcNow,
                Actor = actor,
                Action = action,
                Detail = detail,
            },
            cancellationToken);
    }
}

/// <summary>Something that was done to an account.</summary>
public sealed record NoticeRow
{
    public required int Id { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime HappenedAt { get; init; }

    /// <summary>Who did it, and who had asked for it.</summary>
    public required string Actor { get; init; }

    /// <summary>As in the log: <c>Users.SetRoles</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Roles with spaces between; empty for all else.</summary>
    public required string Detail { get; init; }

    public required DateTime? SeenAt { get; init; }
}
