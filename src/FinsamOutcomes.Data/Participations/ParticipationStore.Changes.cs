using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participations;

/// <content>What becomes of a participation that is registered: its exit, corrections and mistakes.</content>
public sealed partial class ParticipationStore
{
    /// <summary>Days after an exit that it is taken back without a trace in how long the participant is reached.</summary>
    public const int DaysToFindMistake = 30;

    /// <summary>Registers an exit with the situation after it; for one in queue, that the place is given up.</summary>
    public async Task<RegisteredParticipation> ExitAsync(NewExit exit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exit);
        await using var write = await RegistrationWrite.OpenAsync(database, exit.ForbundId, exit.Actor, cancellationToken);
        // Also of somebody who is erased, as the others are not: an older backup may have left the stay open, which would be counted
        // as ongoing for ever, and an exit says nothing of who it was.
        var row = await CurrentAsync(write, exit.ParticipationId, exit.Version, cancellationToken);
        if (row.EndedOn is not null)
            throw FieldErrors.Single(nameof(exit.ParticipationId), "Deltagandet är redan avslutat. Ångra avslutet först om det är fel.");
        var errors = new FieldErrors();
        await CheckExitAsync(write, errors, row.QueuedOn, row.StartedOn, exit.EndedOn, exit.ExitReason, exit.After, cancellationToken);
        errors.ThrowIfAny();
        await SetExitAsync(write, row, exit.EndedOn, exit.ExitReason, exit.IsPlannedExit, cancellationToken);
        await SituationWriter.ReplaceAsync(write, row, "after", exit.After, cancellationToken);
        var insats = await InsatsStore.FindAsync(write.Session, exit.ForbundId, row.InsatsId, cancellationToken);
        await write.CommitAsync("Participations.Exit", Table, row.Id);
        return new RegisteredParticipation { Id = row.Id, Warnings = Warnings(insats!, null, exit.EndedOn) };
    }

    /// <summary>
    /// An exit in a registration that does more, as when an insats closes; true when it was registered. What is wrong is
    /// told in <paramref name="errors"/> with <paramref name="place"/> before the field.
    /// </summary>
    internal async Task<bool> ExitAsync(
        RegistrationWrite write,
        FieldErrors errors,
        string place,
        int insatsId,
        ClosingExit exit,
        CancellationToken cancellationToken)
    {
        var row = await write.Session.SingleOrDefaultAsync<ParticipationRow>(
            "Participations.Find",
            new { write.ForbundId, exit.ParticipationId },
            cancellationToken);
        if (row is null || row.InsatsId != insatsId)
        {
            errors.Add(place + nameof(exit.ParticipationId), "Deltagandet finns inte i insatsen.");
            return false;
        }

        if (row.Version != exit.Version || row.EndedOn is not null)
        {
            errors.Add(place + nameof(exit.ParticipationId), "Någon annan har ändrat deltagandet. Se efter här nedanför hur det är nu.");
            return false;
        }

        var own = new FieldErrors();
        await CheckExitAsync(write, own, row.QueuedOn, row.StartedOn, exit.EndedOn, exit.ExitReason, new Situation(), cancellationToken);
        errors.AddAll(own, place);
        if (!own.Any)
            await SetExitAsync(write, row, exit.EndedOn, exit.ExitReason, isPlannedExit: null, cancellationToken);
        return !own.Any;
    }

    /// <summary>
    /// Takes an exit back, with what was registered after it; or a misregistration, and then everything is as it was before
    /// the mark, an exit that was there included.
    /// </summary>
    public async Task UndoExitAsync(
        int forbundId,
        int participationId,
        int version,
        string actor,
        bool alsoMisregistration = true,
        CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var row = await CurrentAsync(write, participationId, version, cancellationToken);
        if (row.EndedOn is null)
            throw FieldErrors.Single("ParticipationId", "Deltagandet är inte avslutat.");
        if (row.ExitReason == Misregistration && !alsoMisregistration)
            throw FieldErrors.Single("ParticipationId", "Deltagandet är markerat som felregistrerat, inte avslutat. Det ångras på deltagarens sida.");
        _ = await ParticipantStore.LivingAsync(write.Session, forbundId, row.ParticipantId, "ParticipationId", cancellationToken);
        var exit =
            row.ExitReason == Misregistration
                ? await BeforeMisregistrationAsync(write, row, cancellationToken)
                : row with
                {
                    EndedOn = null,
                    ExitReason = null,
                    IsPlannedExit = null,
                };
        // A place in the queue that was given up takes no time from other stays.
        if (exit.StartedOn is not null || exit.EndedOn is null)
        {
            var errors = new FieldErrors();
            await RefuseOverlapAsync(
                write,
                errors,
                row.Id,
                row.ParticipantId,
                row.InsatsId,
                row.StartedOn ?? row.QueuedOn!.Value,
                exit.EndedOn,
                "ParticipationId",
                cancellationToken);
            errors.ThrowIfAny();
        }

        var isMistake = exit.EndedOn is null && await IsMistakenExitAsync(write, row, cancellationToken);
        await SetExitAsync(write, row, exit.EndedOn, exit.ExitReason, exit.IsPlannedExit, cancellationToken, isMistake);
        if (exit.EndedOn is null)
            await SituationWriter.ReplaceAsync(write, row, "after", new Situation(), cancellationToken);
        await write.CommitAsync("Participations.UndoExit", Table, row.Id);
    }

    /// <summary>Marks a participation as registered by mistake: it stays to be seen and is left out of every count.</summary>
    public async Task MisregisterAsync(int forbundId, int participationId, int version, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var row = await CurrentAsync(write, participationId, version, cancellationToken);
        if (row.ExitReason == Misregistration)
            throw FieldErrors.Single("ParticipationId", "Deltagandet är redan markerat som felregistrerat.");
        _ = await ParticipantStore.LivingAsync(write.Session, forbundId, row.ParticipantId, "ParticipationId", cancellationToken);
        await SetExitAsync(write, row, row.EndedOn ?? database.Today, Misregistration, null, cancellationToken);
        await write.CommitAsync("Participations.Misregister", Table, row.Id);
    }

    /// <summary>
    /// Moves a participation that was registered in the wrong insats to the right one, with all that belongs to it. Returns what
    /// to look at: dates outside the insats' time.
    /// </summary>
    public async Task<IReadOnlyList<string>> MoveAsync(
        int forbundId,
        int participationId,
        int version,
        int insatsId,
        string actor,
        CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var row = await CurrentAsync(write, participationId, version, cancellationToken);
        if (row.ExitReason == Misregistration)
            throw FieldErrors.Single("ParticipationId", "Deltagandet är markerat som felregistrerat. Ångra det först.");
        _ = await ParticipantStore.LivingAsync(write.Session, forbundId, row.ParticipantId, "ParticipationId", cancellationToken);
        var errors = new FieldErrors();
        var from = await InsatsStore.FindAsync(write.Session, forbundId, row.InsatsId, cancellationToken);
        var to = await InsatsStore.FindAsync(write.Session, forbundId, insatsId, cancellationToken);
        errors.AddIf(to is null, "InsatsId", "Insatsen finns inte.");
        errors.AddIf(to?.Id == row.InsatsId, "InsatsId", "Deltagandet är redan i den insatsen. Välj en annan.");
        errors.AddIf(
            to?.FollowUpMethod == "count",
            "InsatsId",
            "Insatsen följs upp med antal och har inga enskilda deltagare. Välj en annan.");

        // A place in the queue that was given up takes no time from other stays.
        if (!errors.Any && (row.StartedOn is not null || row.EndedOn is null))
            await RefuseOverlapAsync(
                write,
                errors,
                row.Id,
                row.ParticipantId,
                insatsId,
                row.StartedOn ?? row.QueuedOn!.Value,
                row.EndedOn,
                "InsatsId",
                cancellationToken);
        errors.ThrowIfAny();
        var days = await ReachDays.ReadAsync(write.Session, forbundId, cancellationToken);
        var place = new
        {
            ForbundId = forbundId,
            ParticipationId = row.Id,
            row.ParticipantId,
            InsatsId = insatsId,
            row.Version,
            days.ReachedSince,
        };
        await write.Session.ExecuteAsync("Reach.CloseMoved", place, cancellationToken);
        await write.Session.ExecuteAsync("Participations.Move", place, cancellationToken);
        write.Changed(Table, row.Id, row.Version + 1, "Insats", from!.Name, to!.Name);
        await write.CommitAsync("Participations.Move", Table, row.Id, $"insats {from.Id} till {to.Id}");
        return Warnings(to, row.StartedOn, row.EndedOn);
    }

    /// <summary>
    /// Corrects dates, reason, referrer, education and situation that were registered wrongly, all or nothing. The same rules hold as when they are
    /// registered; whether it has ended or not is changed by <see cref="ExitAsync(NewExit, CancellationToken)"/> and <see cref="UndoExitAsync"/> only.
    /// </summary>
    public async Task<RegisteredParticipation> CorrectAsync(ParticipationCorrection correction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(correction);
        var c = correction;
        await using var write = await RegistrationWrite.OpenAsync(database, c.ForbundId, c.Actor, cancellationToken);
        var row = await CurrentAsync(write, c.ParticipationId, c.Version, cancellationToken);
        if (row.ExitReason == Misregistration)
            throw FieldErrors.Single(nameof(c.ParticipationId), "Deltagandet är markerat som felregistrerat. Ångra det först.");
        _ = await ParticipantStore.LivingAsync(write.Session, c.ForbundId, row.ParticipantId, nameof(c.ParticipationId), cancellationToken);
        var errors = new FieldErrors();
        errors.AddIf(c is { QueuedOn: null, StartedOn: null }, nameof(c.StartedOn), "Ange när deltagaren skrevs in, eller när deltagaren ställdes i kö.");
        await CheckDatesAndCodesAsync(write, errors, c.QueuedOn, c.StartedOn, c.Referrer, c.EducationLevel, cancellationToken);
        errors.AddIf(
            row.EndedOn is null && (c.EndedOn is not null || c.ExitReason is not null),
            nameof(c.EndedOn),
            "Deltagandet är inte avslutat. Registrera avslutet i stället.");
        errors.AddIf(row.EndedOn is not null && c.EndedOn is null, nameof(c.EndedOn), "Ange när deltagaren skrevs ut, eller ångra avslutet i stället.");
        if (row.EndedOn is not null && c.EndedOn is { } endedOn)
            await CheckExitAsync(
                write,
                errors,
                c.QueuedOn,
                c.StartedOn,
                endedOn,
                c.ExitReason,
                c.After ?? await SituationWriter.ReadAsync(write.Session, c.ForbundId, row.Id, "after", cancellationToken),
                cancellationToken);
        errors.AddIf(
            row.EndedOn is null && c.After is { } early && (early.Livelihoods.Count > 0 || early.Occupation is not null),
            nameof(c.After),
            "Deltagandet är inte avslutat, så det finns inget efter.");
        await SituationWriter.CheckAsync(write, errors, "before", c.Before ?? new Situation(), cancellationToken);

        // A place in the queue that was given up takes no time from other stays.
        if ((c.StartedOn ?? c.QueuedOn) is { } from && (c.StartedOn is not null || c.EndedOn is null))
            await RefuseOverlapAsync(
                write,
                errors,
                row.Id,
                row.ParticipantId,
                row.InsatsId,
                from,
                c.EndedOn,
                c.StartedOn is null ? nameof(c.QueuedOn) : nameof(c.StartedOn),
                cancellationToken);
        errors.ThrowIfAny();
        await write.Session.ExecuteAsync(
            "Participations.Correct",
            new
            {
                c.ForbundId,
                c.ParticipationId,
                c.Version,
                c.QueuedOn,
                c.StartedOn,
                c.EndedOn,
                c.ExitReason,
                c.IsPlannedExit,
                c.Referrer,
                c.EducationLevel,
            },
            cancellationToken);
        NoteChanges(
            write,
            row,
            row with
            {
                QueuedOn = c.QueuedOn,
                StartedOn = c.StartedOn,
                EndedOn = c.EndedOn,
                ExitReason = c.ExitReason,
                IsPlannedExit = c.IsPlannedExit,
                Referrer = c.Referrer,
                EducationLevel = c.EducationLevel,
            });
        if (c.Before is not null)
            await SituationWriter.ReplaceAsync(write, row, "before", c.Before, cancellationToken);
        if (c.After is not null)
            await SituationWriter.ReplaceAsync(write, row, "after", c.After, cancellationToken);
        var insats = await InsatsStore.FindAsync(write.Session, c.ForbundId, row.InsatsId, cancellationToken);
        await write.CommitAsync("Participations.Correct", Table, row.Id);
        return new RegisteredParticipation { Id = row.Id, Warnings = Warnings(insats!, c.StartedOn ?? c.QueuedOn, c.EndedOn) };
    }

    // A stay that goes on is reached by everybody in the insats: not one that has ended so long ago that it takes an
    // opening. An exit taken back within some days was a mistake and leaves no trace in the reach; after that the first exit
    // is remembered, so that a new one gives no longer reach.
    private static async Task<bool> IsMistakenExitAsync(RegistrationWrite write, ParticipationRow row, CancellationToken cancellationToken)
    {
        var days = await ReachDays.ReadAsync(write.Session, write.ForbundId, cancellationToken);
        var lastOn = await write.Session.SingleOrDefaultAsync<DateOnly>("Reach.LastOn", new { write.ForbundId, ParticipationId = row.Id }, cancellationToken);
        if (lastOn < days.ReachedSince)
            throw FieldErrors.Single(
                "ParticipationId",
                "Avslutet är så gammalt att det inte går att ta tillbaka: då skulle alla handläggare i insatsen nå deltagaren igen. Uppgifterna går att ändra. Har personen kommit tillbaka registrerar du en ny inskrivning."
            );
        return lastOn >= days.Today.AddDays(-DaysToFindMistake);
    }

    // The history tells what the mark replaced. A stay that came marked, as from a file, has no exit to go back to.
    private static async Task<ParticipationRow> BeforeMisregistrationAsync(RegistrationWrite write, ParticipationRow row, CancellationToken cancellationToken)
    {
        var history = await write.Session.QueryAsync<ChangeHistoryRow>(
            "ChangeHistory.Of",
            new
            {
                write.ForbundId,
                Entity = Table,
                EntityId = row.Id,
            },
            cancellationToken);
        var mark = history.FirstOrDefault(c => c.Field == nameof(row.ExitReason) && c.NewValue == Misregistration);
        var marked = history.Where(c => c.Version == mark?.Version).ToDictionary(c => c.Field, c => c.OldValue, StringComparer.Ordinal);
        return mark is null || marked.ContainsKey(nameof(row.EndedOn))
            ? row with
            {
                EndedOn = null,
                ExitReason = null,
                IsPlannedExit = null,
            }
            : row with
            {
                ExitReason = mark.OldValue,
                IsPlannedExit = marked.GetValueOrDefault(nameof(row.IsPlannedExit)) switch
                {
                    "true" => true,
                    "false" => false,
                    _ => null,
                },
            };
    }

    private static async Task SetExitAsync(
        RegistrationWrite write,
        ParticipationRow row,
        DateOnly? endedOn,
        string? exitReason,
        bool? isPlannedExit,
        CancellationToken cancellationToken,
        bool isMistake = false)
    {
        await write.Session.ExecuteAsync(
            "Participations.SetExit",
            new
            {
                write.ForbundId,
                ParticipationId = row.Id,
                row.Version,
                EndedOn = endedOn,
                ExitReason = exitReason,
                IsPlannedExit = isPlannedExit,
                IsMistake = isMistake,
            },
            cancellationToken);
        NoteChanges(write, row, row with { EndedOn = endedOn, ExitReason = exitReason, IsPlannedExit = isPlannedExit });
    }

    private static void NoteChanges(RegistrationWrite write, ParticipationRow before, ParticipationRow after)
    {
        Note(nameof(before.QueuedOn), before.QueuedOn, after.QueuedOn);
        Note(nameof(before.StartedOn), before.StartedOn, after.StartedOn);
        Note(nameof(before.EndedOn), before.EndedOn, after.EndedOn);
        Note(nameof(before.ExitReason), before.ExitReason, after.ExitReason);
        Note(nameof(before.IsPlannedExit), before.IsPlannedExit, after.IsPlannedExit);
        Note(nameof(before.Referrer), before.Referrer, after.Referrer);
        Note(nameof(before.EducationLevel), before.EducationLevel, after.EducationLevel);

        void Note(string field, object? from, object? to) => write.Changed(Table, before.Id, before.Version + 1, field, from, to);
    }
}
