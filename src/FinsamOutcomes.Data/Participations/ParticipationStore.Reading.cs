using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Participations;

/// <content>What is registered, as far as whoever asks reaches.</content>
public sealed partial class ParticipationStore
{
    public async Task<ParticipationRow?> FindAsync(int forbundId, int participationId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<ParticipationRow>(
            "Participations.Find",
            new { ForbundId = forbundId, ParticipationId = participationId },
            cancellationToken);
    }

    /// <summary>All of a participant's, or those that a user reaches.</summary>
    public async Task<IReadOnlyList<ParticipationRow>> OfParticipantAsync(
        int forbundId,
        int participantId,
        int? userId = null,
        CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        return await session.QueryAsync<ParticipationRow>(
            "Participations.OfParticipant",
            new
            {
                ForbundId = forbundId,
                ParticipantId = participantId,
                UserId = userId,
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);
    }

    /// <summary>Those of some participations that a user reaches, asked about together, in the order that they are given.</summary>
    public async Task<IReadOnlyList<ParticipationRow>> ReachedAsync(
        int forbundId,
        int userId,
        IReadOnlyCollection<int> participationIds,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(participationIds);
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        var rows = await session.QueryAsync<ParticipationRow>(
            "Participations.Reached",
            new
            {
                ForbundId = forbundId,
                UserId = userId,
                Ids = string.Create(CultureInfo.InvariantCulture, $",{string.Join(',', participationIds)},"),
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);
        var order = participationIds.Distinct().Select((id, place) => (id, place)).ToDictionary(i => i.id, i => i.place);
        return [.. rows.OrderBy(r => order[r.Id])];
    }

    /// <summary>
    /// The next participations of a user's insatser, those that the user reaches, and the id to go on after; null when there
    /// are no more. A slice may hold few or none and still have more after it.
    /// </summary>
    public async Task<(IReadOnlyList<ParticipationSliceRow> Rows, int? Next)> SliceAsync(
        ParticipationSlice slice,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(slice);
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, slice.ForbundId, cancellationToken);
        var rows = await session.QueryAsync<ParticipationSliceRow>(
            "Participations.Slice",
            new
            {
                slice.ForbundId,
                slice.UserId,
                slice.InsatsId,
                FromOn = slice.From,
                ToOn = slice.To,
                slice.AfterId,
                Taken = ParticipationSlice.Size,
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);
        return ([.. rows.Where(r => r.IsReached)], rows.Count < ParticipationSlice.Size ? null : rows[^1].Id);
    }

    /// <summary>The latest that is known of a participant's education, as far as a user reaches; null when nothing is.</summary>
    public async Task<string?> LastEducationAsync(int forbundId, int userId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        return await session.SingleOrDefaultAsync<string>(
            "Participations.LastEducation",
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

    /// <summary>Those in queue (StartedOn null) or ongoing in an insats.</summary>
    public async Task<IReadOnlyList<ParticipationRow>> OpenInInsatsAsync(int forbundId, int insatsId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<ParticipationRow>("Participations.OpenInInsats", new { ForbundId = forbundId, InsatsId = insatsId }, cancellationToken);
    }

    /// <summary>What is known of livelihood and occupation, <c>before</c> or <c>after</c>.</summary>
    public async Task<Situation> SituationAsync(int forbundId, int participationId, string occasion, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await SituationWriter.ReadAsync(session, forbundId, participationId, occasion, cancellationToken);
    }
}
