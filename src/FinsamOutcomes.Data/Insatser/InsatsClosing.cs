using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Insatser;

/// <summary>
/// Closing an insats with those who are still in it: the closing day and their exits are saved together or not at all. By
/// codes only, since whoever closes an insats may not see names.
/// </summary>
public sealed class InsatsClosing(FinsamDatabase database)
{
    /// <summary>Who is in the insats without an exit, those longest there first, and then who is in its queue.</summary>
    public async Task<IReadOnlyList<StillInRow>> StillInAsync(int forbundId, int insatsId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return
        [
            .. (await session.QueryAsync<StillInRow>("Insatser.StillIn", new { ForbundId = forbundId, InsatsId = insatsId }, cancellationToken)).OrderBy(s =>
                s.IsQueued),
        ];
    }

    /// <summary>
    /// Changes an insats and registers exits from it, each an event of its own. Errors of an exit have the field
    /// <c>Exits[2].EndedOn</c>, with its place in the form.
    /// </summary>
    /// <param name="change">The insats as it shall be.</param>
    /// <param name="exits">Of stays in that very insats; those who are not here stay in it.</param>
    /// <param name="cancellationToken">Stops before anything is kept.</param>
    /// <exception cref="RegistrationException">Something is wrong with the insats or an exit; nothing was saved.</exception>
    public async Task UpdateAsync(InsatsChange change, IReadOnlyList<ClosingExit> exits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(exits);
        await using var write = await RegistrationWrite.OpenAsync(database, change.ForbundId, change.Actor, cancellationToken);
        await InsatsStore.UpdateAsync(write, change, cancellationToken);
        var (participations, errors) = (new ParticipationStore(database), new FieldErrors());
        foreach (var exit in exits)
        {
            errors.AddIf(
                exit.EndedOn > change.EndsOn,
                $"Exits[{exit.Place}].EndedOn",
                $"Dagen är efter insatsens slutdatum {change.EndsOn:yyyy-MM-dd}. Ändra dagen, eller låt insatsen sluta senare.");
            if (await participations.ExitAsync(write, errors, $"Exits[{exit.Place}].", change.Id, exit, cancellationToken))
                await write.NoteAsync("Participations.Exit", ChangedEntity.Participation, exit.ParticipationId);
        }

        errors.ThrowIfAny();
        await write.CommitAsync("Insatser.Update", ChangedEntity.Insats, change.Id);
    }
}

/// <summary>Somebody who is in an insats, or in its queue.</summary>
public sealed record StillInRow
{
    public required int ParticipationId { get; init; }

    public required string Code { get; init; }

    public required DateOnly? QueuedOn { get; init; }

    /// <summary>Null for one in queue.</summary>
    public required DateOnly? StartedOn { get; init; }

    public required int Version { get; init; }

    public bool IsQueued => StartedOn is null;
}

/// <summary>An exit that is registered as the insats closes.</summary>
/// <param name="Place">Where it stands in the form, from 0.</param>
/// <param name="ParticipationId">The stay.</param>
/// <param name="Version">The version of it that was read.</param>
/// <param name="EndedOn">The last day.</param>
/// <param name="ExitReason">Null when it is filled in later.</param>
public sealed record ClosingExit(int Place, int ParticipationId, int Version, DateOnly EndedOn, string? ExitReason);
