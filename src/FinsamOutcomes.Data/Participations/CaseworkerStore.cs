using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participations;

/// <summary>
/// Who follows a participant through an insats: one caseworker at a time, with the days kept, since a change lowers the
/// chances and continuity is measured. Errors are told with <see cref="RegistrationException"/>.
/// </summary>
public sealed class CaseworkerStore(FinsamDatabase database)
{
    /// <summary>All who have followed the participation, the latest first; the one without an end does so now.</summary>
    public async Task<IReadOnlyList<CaseworkerRow>> OfAsync(int forbundId, int participationId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<CaseworkerRow>("Caseworkers.Of", new { ForbundId = forbundId, ParticipationId = participationId }, cancellationToken);
    }

    /// <summary>Who can be chosen: the active caseworkers of the insats.</summary>
    public async Task<IReadOnlyList<CaseworkerCandidateRow>> CandidatesAsync(int forbundId, int insatsId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<CaseworkerCandidateRow>(
            "Caseworkers.Candidates",
            new { ForbundId = forbundId, InsatsId = insatsId },
            cancellationToken);
    }

    /// <summary>Who can be chosen where the insats is chosen in the same form: the active caseworkers of a user's insatser.</summary>
    public async Task<IReadOnlyList<CaseworkerCandidateRow>> ColleaguesAsync(int forbundId, int userId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<CaseworkerCandidateRow>("Caseworkers.Colleagues", new { ForbundId = forbundId, UserId = userId }, cancellationToken);
    }

    /// <summary>Who follows the stays in a user's insatser.</summary>
    public async Task<FollowedStays> FollowedAsync(int forbundId, int userId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return new FollowedStays(
            await session.QueryAsync<FollowedStayRow>("Caseworkers.Following", new { ForbundId = forbundId, UserId = userId }, cancellationToken),
            userId);
    }

    /// <summary>Lets a caseworker follow the participation from a day; the one before followed it until the day before.</summary>
    /// <param name="assignment">Who and from when. Choosing the one who follows it already changes nothing.</param>
    /// <param name="cancellationToken">Stops the registration.</param>
    public async Task AssignAsync(NewCaseworker assignment, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var a = assignment;
        await using var write = await RegistrationWrite.OpenAsync(database, a.ForbundId, a.Actor, cancellationToken);
        var place = new { a.ForbundId, a.ParticipationId };
        var row = await ParticipationStore.CurrentAsync(write, a.ParticipationId, a.Version, cancellationToken);
        _ = await ParticipantStore.LivingAsync(write.Session, a.ForbundId, row.ParticipantId, nameof(a.ParticipationId), cancellationToken);
        var errors = new FieldErrors();
        errors.PastDate(a.FromOn, nameof(a.FromOn), database.Today);
        errors.AddIf(a.FromOn < (row.QueuedOn ?? row.StartedOn), nameof(a.FromOn), "Datumet är innan deltagandet började. Ange ett senare datum.");
        errors.AddIf(a.FromOn > row.EndedOn, nameof(a.FromOn), "Deltagandet var avslutat då. Ange ett tidigare datum.");
        var candidates = await write.Session.QueryAsync<CaseworkerCandidateRow>("Caseworkers.Candidates", new { a.ForbundId, row.InsatsId }, cancellationToken);
        var chosen = candidates.FirstOrDefault(c => c.AppUserId == a.AppUserId);
        errors.AddIf(chosen is null, nameof(a.AppUserId), "Välj en handläggare som arbetar i insatsen.");
        var known = await write.Session.QueryAsync<CaseworkerRow>("Caseworkers.Of", place, cancellationToken);
        var now = known.FirstOrDefault(c => c.ToOn is null);
        if (now is not null && now.AppUserId == a.AppUserId && !errors.Any)
            return;
        errors.AddIf(
            known.Any(c => a.FromOn < c.FromOn || a.FromOn <= c.ToOn),
            nameof(a.FromOn),
            "En annan handläggare följde deltagaren då. Ange ett senare datum.");
        errors.ThrowIfAny();
        if (now is not null && now.FromOn == a.FromOn)
            await write.Session.ExecuteAsync("Caseworkers.RemoveOpen", place, cancellationToken);
        else
            await write.Session.ExecuteAsync("Caseworkers.End", new { a.ForbundId, a.ParticipationId, ToOn = a.FromOn.AddDays(-1) }, cancellationToken);
        await write.Session.ExecuteAsync("Caseworkers.Add", new { a.ForbundId, a.ParticipationId, a.AppUserId, a.FromOn }, cancellationToken);
        await write.Session.ExecuteAsync("Participations.Touch", new { a.ForbundId, a.ParticipationId, row.Version }, cancellationToken);
        write.Changed(ChangedEntity.Participation, row.Id, row.Version + 1, "Caseworker", now?.UserName, chosen!.UserName);
        await write.CommitAsync("Caseworkers.Assign", "participation_caseworker", row.Id, $"användare {a.AppUserId}");
    }

    /// <summary>Ends the caseworker's time without another taking over.</summary>
    public async Task EndAsync(int forbundId, int participationId, int version, DateOnly toOn, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var place = new { ForbundId = forbundId, ParticipationId = participationId };
        var row = await ParticipationStore.CurrentAsync(write, participationId, version, cancellationToken);
        _ = await ParticipantStore.LivingAsync(write.Session, forbundId, row.ParticipantId, "ParticipationId", cancellationToken);
        var now = (await write.Session.QueryAsync<CaseworkerRow>("Caseworkers.Of", place, cancellationToken)).FirstOrDefault(c => c.ToOn is null)
            ?? throw FieldErrors.Single("ParticipationId", "Ingen handläggare följer deltagaren nu.");
        var errors = new FieldErrors();
        errors.PastDate(toOn, "ToOn", database.Today);
        errors.AddIf(toOn < now.FromOn, "ToOn", "Slutdatumet är före startdatumet. Ange ett senare datum.");
        errors.ThrowIfAny();
        await write.Session.ExecuteAsync(
            "Caseworkers.End",
            new
            {
                ForbundId = forbundId,
                ParticipationId = participationId,
                ToOn = toOn,
            },
            cancellationToken);
        await write.Session.ExecuteAsync(
            "Participations.Touch",
            new
            {
                ForbundId = forbundId,
                ParticipationId = participationId,
                Version = version,
            },
            cancellationToken);
        write.Changed(ChangedEntity.Participation, row.Id, row.Version + 1, "Caseworker", now.UserName, null);
        await write.CommitAsync("Caseworkers.End", "participation_caseworker", row.Id, $"användare {now.AppUserId}");
    }
}

/// <summary>A caseworker who is to follow a participation.</summary>
public sealed record NewCaseworker
{
    public required int ForbundId { get; init; }

    public required int ParticipationId { get; init; }

    /// <summary>The participation's version that was read.</summary>
    public required int Version { get; init; }

    public required int AppUserId { get; init; }

    public required DateOnly FromOn { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>A caseworker's time with a participation.</summary>
public sealed record CaseworkerRow
{
    public required int AppUserId { get; init; }

    public required string UserName { get; init; }

    public required string DisplayName { get; init; }

    public required DateOnly FromOn { get; init; }

    /// <summary>Null while it goes on.</summary>
    public required DateOnly? ToOn { get; init; }
}

/// <summary>A caseworker who can be chosen.</summary>
public sealed record CaseworkerCandidateRow
{
    public required int AppUserId { get; init; }

    public required string UserName { get; init; }

    public required string DisplayName { get; init; }
}
