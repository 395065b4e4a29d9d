using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participations;

/// <summary>
/// Queue, entry and exit. A participant has at most one stay at a time in an insats: the days of two stays never overlap,
/// both ends included. Dates outside the insats' own are warned of, not refused, since plans slip in reality. Errors are
/// told with <see cref="RegistrationException"/>.
/// </summary>
public sealed class ParticipationStore(FinsamDatabase database)
{
    private const string Table = "participation";
    private const string Misregistration = "felregistrering";

    public async Task<ParticipationRow?> FindAsync(int forbundId, int participationId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<ParticipationRow>("Participations.Find", new { ForbundId = forbundId, ParticipationId = participationId }, cancellationToken);
    }

    public async Task<IReadOnlyList<ParticipationRow>> OfParticipantAsync(int forbundId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<ParticipationRow>("Participations.OfParticipant", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);
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
        var arguments = new { ForbundId = forbundId, ParticipationId = participationId };
        var livelihoods = await session.QueryAsync<LivelihoodRow>("Participations.Livelihoods", arguments, cancellationToken);
        var occupations = await session.QueryAsync<OccupationRow>("Participations.Occupations", arguments, cancellationToken);
        return new Situation
        {
            Livelihoods = [.. livelihoods.Where(l => l.Occasion == occasion).Select(l => new LivelihoodShare(l.Livelihood, l.PercentShare))],
            Occupation = occupations.Where(o => o.Occasion == occasion).Select(o => new Occupation(o.WorkPercent, o.StudyPercent, o.IsJobSeeking)).SingleOrDefault(),
        };
    }

    /// <summary>Puts a participant in the queue of an insats.</summary>
    public Task<RegisteredParticipation> QueueAsync(NewQueueEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var arrival = new Arrival(entry.ForbundId, entry.ParticipantId, entry.InsatsId, entry.QueuedOn, null, entry.Referrer, entry.EducationLevel, new Situation(), entry.Actor);
        return ArriveAsync(arrival, "Participations.Queue", cancellationToken);
    }

    /// <summary>Registers an entry directly, without a queue.</summary>
    public Task<RegisteredParticipation> RegisterAsync(NewParticipation participation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(participation);
        var p = participation;
        return ArriveAsync(new Arrival(p.ForbundId, p.ParticipantId, p.InsatsId, p.QueuedOn, p.StartedOn, p.Referrer, p.EducationLevel, p.Before, p.Actor), "Participations.Register", cancellationToken);
    }

    /// <summary>Registers an entry from the queue.</summary>
    public async Task<RegisteredParticipation> RegisterAsync(NewEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        await using var write = await RegistrationWrite.OpenAsync(database, entry.ForbundId, entry.Actor, cancellationToken);
        var row = await CurrentAsync(write, entry.ParticipationId, entry.Version, cancellationToken);
        if (row.StartedOn is not null || row.EndedOn is not null)
            throw FieldErrors.Single(nameof(entry.ParticipationId), "Deltagaren står inte längre i kö.");
        var errors = new FieldErrors();
        errors.PastDate(entry.StartedOn, nameof(entry.StartedOn), database.Today);
        errors.AddIf(entry.StartedOn < row.QueuedOn, nameof(entry.StartedOn), "Inskrivningen är före ködatumet. Ändra något av datumen.");
        await SituationWriter.CheckAsync(write, errors, entry.Before, cancellationToken);
        await RefuseOverlapAsync(write, errors, row, entry.StartedOn, nameof(entry.StartedOn), cancellationToken);
        errors.ThrowIfAny();
        await write.Session.ExecuteAsync("Participations.Enter", new { entry.ForbundId, entry.ParticipationId, entry.Version, entry.StartedOn }, cancellationToken);
        await SituationWriter.ReplaceAsync(write, row.Id, "before", entry.Before, cancellationToken);
        var insats = await InsatsStore.FindAsync(write.Session, entry.ForbundId, row.InsatsId, cancellationToken);
        await write.CommitAsync("Participations.Enter", Table, row.Id);
        return new RegisteredParticipation { Id = row.Id, Warnings = Warnings(insats!, entry.StartedOn, null) };
    }

    /// <summary>Registers an exit with the situation after it; for one in queue, that the place is given up.</summary>
    public async Task<RegisteredParticipation> ExitAsync(NewExit exit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exit);
        await using var write = await RegistrationWrite.OpenAsync(database, exit.ForbundId, exit.Actor, cancellationToken);
        var row = await CurrentAsync(write, exit.ParticipationId, exit.Version, cancellationToken);
        if (row.EndedOn is not null)
            throw FieldErrors.Single(nameof(exit.ParticipationId), "Deltagandet är redan avslutat. Ångra avslutet först om det är fel.");
        var errors = new FieldErrors();
        errors.PastDate(exit.EndedOn, nameof(exit.EndedOn), database.Today);
        errors.AddIf(exit.EndedOn < row.StartedOn, nameof(exit.EndedOn), "Utskrivningen är före inskrivningen. Ändra något av datumen.");
        errors.AddIf(row.StartedOn is null && exit.EndedOn < row.QueuedOn, nameof(exit.EndedOn), "Datumet är före ködatumet. Ändra något av datumen.");
        errors.AddIf(exit.ExitReason == Misregistration, nameof(exit.ExitReason), "En felregistrering är inget avslut. Markera deltagandet som felregistrerat i stället.");
        errors.AddIf(!await CodeListStore.HoldsAsync(write.Session, "CodeLists.ExitReasons", exit.ExitReason, cancellationToken), nameof(exit.ExitReason), "Välj avslutsorsak ur listan.");
        errors.AddIf(row.StartedOn is null && (exit.After.Livelihoods.Count > 0 || exit.After.Occupation is not null), nameof(exit.After), "Deltagaren har inte varit inskriven, så det finns inget efter.");
        await SituationWriter.CheckAsync(write, errors, exit.After, cancellationToken);
        errors.ThrowIfAny();
        await SetExitAsync(write, row, exit.EndedOn, exit.ExitReason, exit.IsPlannedExit, cancellationToken);
        await SituationWriter.ReplaceAsync(write, row.Id, "after", exit.After, cancellationToken);
        var insats = await InsatsStore.FindAsync(write.Session, exit.ForbundId, row.InsatsId, cancellationToken);
        await write.CommitAsync("Participations.Exit", Table, row.Id);
        return new RegisteredParticipation { Id = row.Id, Warnings = Warnings(insats!, null, exit.EndedOn) };
    }

    /// <summary>Takes an exit or a misregistration back, with what was registered after it.</summary>
    public async Task UndoExitAsync(int forbundId, int participationId, int version, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var row = await CurrentAsync(write, participationId, version, cancellationToken);
        if (row.EndedOn is null)
            throw FieldErrors.Single("ParticipationId", "Deltagandet är inte avslutat.");
        _ = await ParticipantStore.LivingAsync(write.Session, forbundId, row.ParticipantId, "ParticipationId", cancellationToken);
        var errors = new FieldErrors();
        await RefuseOverlapAsync(write, errors, row, row.StartedOn ?? row.QueuedOn!.Value, "ParticipationId", cancellationToken);
        errors.ThrowIfAny();
        await SetExitAsync(write, row, null, null, null, cancellationToken);
        await SituationWriter.ReplaceAsync(write, row.Id, "after", new Situation(), cancellationToken);
        await write.CommitAsync("Participations.UndoExit", Table, row.Id);
    }

    /// <summary>Marks a participation as registered by mistake: it stays to be seen and is left out of every count.</summary>
    public async Task MisregisterAsync(int forbundId, int participationId, int version, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var row = await CurrentAsync(write, participationId, version, cancellationToken);
        if (row.ExitReason == Misregistration)
            throw FieldErrors.Single("ParticipationId", "Deltagandet är redan markerat som felregistrerat.");
        await SetExitAsync(write, row, row.EndedOn ?? database.Today, Misregistration, null, cancellationToken);
        await write.CommitAsync("Participations.Misregister", Table, row.Id);
    }

    /// <summary>Replaces what is registered of livelihood and occupation, <c>before</c> or <c>after</c>.</summary>
    public async Task SetSituationAsync(int forbundId, int participationId, int version, string occasion, Situation situation, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(situation);
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var row = await CurrentAsync(write, participationId, version, cancellationToken);
        var errors = new FieldErrors();
        errors.AddIf(occasion is not ("before" or "after"), "Occasion", "Välj före eller efter insatsen.");
        errors.AddIf(occasion == "after" && (row.EndedOn is null || row.StartedOn is null), "Occasion", "Deltagandet är inte avslutat, så det finns inget efter.");
        await SituationWriter.CheckAsync(write, errors, situation, cancellationToken);
        errors.ThrowIfAny();
        await write.Session.ExecuteAsync("Participations.Touch", new { ForbundId = forbundId, ParticipationId = participationId, Version = version }, cancellationToken);
        await SituationWriter.ReplaceAsync(write, row.Id, occasion, situation, cancellationToken);
        await write.CommitAsync("Participations.SetSituation", Table, row.Id, occasion);
    }

    private async Task<RegisteredParticipation> ArriveAsync(Arrival arrival, string action, CancellationToken cancellationToken)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, arrival.ForbundId, arrival.Actor, cancellationToken);
        _ = await ParticipantStore.LivingAsync(write.Session, arrival.ForbundId, arrival.ParticipantId, nameof(arrival.ParticipantId), cancellationToken);
        var insats = await InsatsStore.FindAsync(write.Session, arrival.ForbundId, arrival.InsatsId, cancellationToken) ?? throw InsatsStore.Missing(nameof(arrival.InsatsId));
        var errors = new FieldErrors();
        errors.AddIf(insats.FollowUpMethod == "count", nameof(arrival.InsatsId), "Insatsen följs upp med antal och har inga enskilda deltagare. Registrera antal i stället.");
        errors.PastDate(arrival.QueuedOn, nameof(arrival.QueuedOn), database.Today);
        errors.PastDate(arrival.StartedOn, nameof(arrival.StartedOn), database.Today);
        errors.AddIf(arrival.StartedOn < arrival.QueuedOn, nameof(arrival.StartedOn), "Inskrivningen är före ködatumet. Ändra något av datumen.");
        errors.AddIf(!await CodeListStore.HoldsAsync(write.Session, "CodeLists.Referrers", arrival.Referrer, cancellationToken), nameof(arrival.Referrer), "Välj remittent ur listan.");
        errors.AddIf(!await CodeListStore.HoldsAsync(write.Session, "CodeLists.EducationLevels", arrival.EducationLevel, cancellationToken), nameof(arrival.EducationLevel), "Välj utbildning ur listan.");
        await SituationWriter.CheckAsync(write, errors, arrival.Before, cancellationToken);
        var id = await write.Session.ReserveIdsAsync(Table, cancellationToken: cancellationToken);
        var from = arrival.StartedOn ?? arrival.QueuedOn!.Value;
        await RefuseOverlapAsync(
            write,
            errors,
            new ParticipationRow { Id = id, ParticipantId = arrival.ParticipantId, InsatsId = arrival.InsatsId, QueuedOn = arrival.QueuedOn, StartedOn = arrival.StartedOn, EndedOn = null, ExitReason = null, IsPlannedExit = null, Referrer = arrival.Referrer, EducationLevel = arrival.EducationLevel, Version = 1 },
            from,
            arrival.StartedOn is null ? nameof(arrival.QueuedOn) : nameof(arrival.StartedOn),
            cancellationToken);
        errors.ThrowIfAny();
        await write.Session.ExecuteAsync(
            "Participations.Register",
            new { Id = id, arrival.ForbundId, arrival.ParticipantId, arrival.InsatsId, arrival.QueuedOn, arrival.StartedOn, arrival.Referrer, arrival.EducationLevel },
            cancellationToken);
        await SituationWriter.ReplaceAsync(write, id, "before", arrival.Before, cancellationToken);
        await write.CommitAsync(action, Table, id);
        return new RegisteredParticipation { Id = id, Warnings = Warnings(insats, from, null) };
    }

    private static async Task<ParticipationRow> CurrentAsync(RegistrationWrite write, int participationId, int version, CancellationToken cancellationToken)
    {
        var row = await write.Session.SingleOrDefaultAsync<ParticipationRow>("Participations.Find", new { write.ForbundId, ParticipationId = participationId }, cancellationToken)
            ?? throw FieldErrors.Single("ParticipationId", "Deltagandet finns inte.");
        return row.Version == version ? row : throw FieldErrors.Stale();
    }

    private static Task<int> SetExitAsync(RegistrationWrite write, ParticipationRow row, DateOnly? endedOn, string? exitReason, bool? isPlannedExit, CancellationToken cancellationToken) =>
        write.Session.ExecuteAsync(
            "Participations.SetExit",
            new { write.ForbundId, ParticipationId = row.Id, row.Version, EndedOn = endedOn, ExitReason = exitReason, IsPlannedExit = isPlannedExit },
            cancellationToken);

    private static async Task RefuseOverlapAsync(RegistrationWrite write, FieldErrors errors, ParticipationRow row, DateOnly from, string field, CancellationToken cancellationToken)
    {
        var arguments = new { write.ForbundId, row.ParticipantId, row.InsatsId, ParticipationId = row.Id, FromOn = from };
        if (await write.Session.SingleOrDefaultAsync<int>("Participations.CountOverlapping", arguments, cancellationToken) > 0)
            errors.Add(field, "Deltagaren står redan i kö eller är inskriven i insatsen under den tiden. Avsluta det deltagandet först eller ändra datumet.");
    }

    private static List<string> Warnings(InsatsRow insats, DateOnly? from, DateOnly? to)
    {
        var warnings = new List<string>();
        if (from < insats.StartsOn)
            warnings.Add($"Datumet {from:yyyy-MM-dd} är före insatsens start {insats.StartsOn:yyyy-MM-dd}.");
        if ((to ?? from) > insats.EndsOn)
            warnings.Add($"Datumet {to ?? from:yyyy-MM-dd} är efter insatsens slut {insats.EndsOn:yyyy-MM-dd}.");
        return warnings;
    }

    private sealed record Arrival(
        int ForbundId,
        int ParticipantId,
        int InsatsId,
        DateOnly? QueuedOn,
        DateOnly? StartedOn,
        string? Referrer,
        string? EducationLevel,
        Situation Before,
        string Actor);
}
