using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.ApiKeys;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Consents;
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
public sealed partial class ParticipationStore(FinsamDatabase database)
{
    /// <summary>The exit reason of what was registered by mistake: no exit at all.</summary>
    public const string Misregistration = "felregistrering";

    private const string Table = ChangedEntity.Participation;

    private readonly ParticipantWriter _people = new(database);

    /// <summary>Puts a participant in the queue of an insats.</summary>
    public Task<RegisteredParticipation> QueueAsync(NewQueueEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var added = new AddedParticipation(
            entry.ParticipantId,
            entry.InsatsId,
            entry.QueuedOn,
            null,
            null,
            null,
            null,
            entry.Referrer,
            entry.EducationLevel,
            entry.Before,
            new Situation())
        {
            CaseworkerId = entry.CaseworkerId,
            Once = entry.Once,
        };
        return RegisterAddedAsync(entry.ForbundId, entry.Actor, added, "Participations.Queue", cancellationToken);
    }

    /// <summary>Registers an entry directly, without a queue, or a whole stay that is past.</summary>
    public Task<RegisteredParticipation> RegisterAsync(NewParticipation participation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(participation);
        var p = participation;
        var added = new AddedParticipation(
            p.ParticipantId,
            p.InsatsId,
            p.QueuedOn,
            p.StartedOn,
            p.EndedOn,
            p.ExitReason,
            p.IsPlannedExit,
            p.Referrer,
            p.EducationLevel,
            p.Before,
            p.After)
        {
            CaseworkerId = p.CaseworkerId,
            Once = p.Once,
        };
        return RegisterAddedAsync(p.ForbundId, p.Actor, added, "Participations.Register", cancellationToken);
    }

    /// <summary>Registers an entry from the queue.</summary>
    public async Task<RegisteredParticipation> RegisterAsync(NewEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        await using var write = await RegistrationWrite.OpenAsync(database, entry.ForbundId, entry.Actor, cancellationToken);
        var row = await CurrentAsync(write, entry.ParticipationId, entry.Version, cancellationToken);
        if (row.StartedOn is not null || row.EndedOn is not null)
            throw FieldErrors.Single(nameof(entry.ParticipationId), "Deltagaren står inte längre i kö.");
        _ = await ParticipantStore.LivingAsync(write.Session, entry.ForbundId, row.ParticipantId, nameof(entry.ParticipationId), cancellationToken);
        var errors = new FieldErrors();
        errors.PastDate(entry.StartedOn, nameof(entry.StartedOn), database.Today);
        errors.AddIf(entry.StartedOn < row.QueuedOn, nameof(entry.StartedOn), "Inskrivningen är före ködatumet. Ändra något av datumen.");
        await SituationWriter.CheckAsync(write, errors, "before", entry.Before, cancellationToken);
        await RefuseOverlapAsync(write, errors, row.Id, row.ParticipantId, row.InsatsId, entry.StartedOn, null, nameof(entry.StartedOn), cancellationToken);
        errors.ThrowIfAny();
        await write.Session.ExecuteAsync(
            "Participations.Enter",
            new
            {
                entry.ForbundId,
                entry.ParticipationId,
                entry.Version,
                entry.StartedOn,
            },
            cancellationToken);
        await SituationWriter.ReplaceAsync(write, row, "before", entry.Before, cancellationToken);
        var insats = await InsatsStore.FindAsync(write.Session, entry.ForbundId, row.InsatsId, cancellationToken);
        write.Changed(Table, row.Id, row.Version + 1, nameof(row.StartedOn), null, entry.StartedOn);
        await write.CommitAsync("Participations.Enter", Table, row.Id);
        return new RegisteredParticipation { Id = row.Id, Warnings = Warnings(insats!, entry.StartedOn, null) };
    }

    /// <summary>
    /// Registers a person and their place in the queue or entry in one go, or tells every error at once. When somebody who is
    /// registered may be the same person, it is refused with <see cref="RegistrationException.LikelySame"/> until
    /// <see cref="NewRegistration.IsNotDuplicate"/> says otherwise.
    /// </summary>
    public async Task<RegisteredPerson> RegisterNewAsync(NewRegistration registration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var r = registration;
        await using var write = await RegistrationWrite.OpenAsync(database, r.ForbundId, r.Actor, cancellationToken);
        if (r.Once is not null && await r.Once.FindAsync(write, cancellationToken) is { } answered)
            return await AgainAsync(write, answered, cancellationToken);
        var errors = new FieldErrors();
        var (person, added, insats) = await CheckNewAsync(write, errors, r, cancellationToken);
        if (errors.Any)
            await ParticipantWriter.NoteTakenCodeAsync(write, person, r.UserId, cancellationToken);
        errors.ThrowIfAny();

        // Asked last, since the answer tells who is in the register.
        await Presence.RequireFreeAsync(write, person, r.UserId, cancellationToken);
        var holder = await _people.FindHolderAsync(write, person, cancellationToken);
        var likelySame = await LikelySameSearch.FindAsync(write, database, person, holder, r.UserId, r.InsatsId, added.FromOn, cancellationToken);
        errors.AddIf(holder is not null, nameof(r.PersonalNumber), ParticipantWriter.TakenNumberMessage);
        errors.AddIf(
            !r.IsNotDuplicate && likelySame.Any(l => !l.IsCertain),
            nameof(r.IsNotDuplicate),
            "Personen kan redan vara registrerad. Jämför med dem som liknar, och bekräfta om det är en annan person.");
        if (errors.Any)
            await Presence.NoteAsync(write, likelySame, r.UserId, cancellationToken);
        errors.ThrowIfAny(likelySame);
        if (person.Code.Length == 0)
            person = person with { Code = await ParticipantWriter.NextCodeAsync(write, cancellationToken) };
        await _people.AddAsync(write, person, cancellationToken);
        await write.NoteAsync("Participants.Add", ChangedEntity.Participant, person.Id);
        var participationId = await AddAsync(write, added, cancellationToken);
        if (r.Once is not null)
            await r.Once.KeepAsync(write, person.Id, participationId, cancellationToken);
        await write.CommitAsync(r.StartedOn is null ? "Participations.Queue" : "Participations.Register", Table, participationId);
        return new RegisteredPerson
        {
            ParticipantId = person.Id,
            Code = person.Code,
            ParticipationId = participationId,
            Warnings = Warnings(insats!, added.FromOn, null),
        };
    }

    /// <summary>
    /// What is wrong with a registration, for a form that is known to be wrong already: all of it is told at once. Nothing of it
    /// is written, and the register is not asked who may be the same person.
    /// </summary>
    public async Task<IReadOnlyList<FieldError>> FaultsAsync(NewRegistration registration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registration);
        await using var write = await RegistrationWrite.OpenAsync(database, registration.ForbundId, registration.Actor, cancellationToken);
        var errors = new FieldErrors();
        var (person, _, _) = await CheckNewAsync(write, errors, registration, cancellationToken);
        if (errors.Any)
            await ParticipantWriter.NoteTakenCodeAsync(write, person, registration.UserId, cancellationToken);
        return errors.All;
    }

    private async Task<(CheckedParticipant Person, AddedParticipation Added, InsatsRow? Insats)> CheckNewAsync(
        RegistrationWrite write,
        FieldErrors errors,
        NewRegistration r,
        CancellationToken cancellationToken)
    {
        var participantId = await write.Session.ReserveIdsAsync(ChangedEntity.Participant, cancellationToken: cancellationToken);
        var given = new GivenParticipant(r.Code, r.Gender, r.BirthYear, r.Name, r.PersonalNumber, r.HasProtectedIdentity, Asks: !r.IsCodeNoName)
        {
            UserId = r.UserId,
        };
        var person = await _people.CheckAsync(write, errors, participantId, given, mayLackCode: true, cancellationToken);
        await ConsentStore.RequireBeforeNameAsync(
            write,
            errors,
            participantId,
            r.InsatsId,
            person.Name is not null,
            person.Number is not null,
            cancellationToken);
        var added = new AddedParticipation(
            participantId,
            r.InsatsId,
            r.QueuedOn,
            r.StartedOn,
            null,
            null,
            null,
            r.Referrer,
            r.EducationLevel,
            r.Before,
            new Situation())
        {
            CaseworkerId = r.CaseworkerId,
        };
        return (person, added, await CheckAddedAsync(write, errors, added, cancellationToken));
    }

    private async Task<RegisteredParticipation> RegisterAddedAsync(
        int forbundId,
        string actor,
        AddedParticipation added,
        string action,
        CancellationToken cancellationToken)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        if (added.Once is not null && await added.Once.FindAsync(write, cancellationToken) is { } answered)
        {
            var again = await AgainAsync(write, answered, cancellationToken);
            return new RegisteredParticipation { Id = again.ParticipationId, Warnings = again.Warnings };
        }

        _ = await ParticipantStore.LivingAsync(write.Session, forbundId, added.ParticipantId, nameof(added.ParticipantId), cancellationToken);
        var errors = new FieldErrors();
        var insats = await CheckAddedAsync(write, errors, added, cancellationToken);
        errors.ThrowIfAny();
        var id = await AddAsync(write, added, cancellationToken);
        if (added.Once is not null)
            await added.Once.KeepAsync(write, added.ParticipantId, id, cancellationToken);
        var isAgain = await ReachStore.CloseHistoryAsync(write.Session, forbundId, id, cancellationToken) > 0;
        await write.CommitAsync(action, Table, id, isAgain ? "tidigare deltagare, äldre deltaganden i insatsen förblir stängda" : "");
        return new RegisteredParticipation { Id = id, Warnings = Warnings(insats!, added.FromOn, added.EndedOn) };
    }

    // What a registration was answered, told again; of who has been removed since, the ids alone.
    private static async Task<RegisteredPerson> AgainAsync(RegistrationWrite write, ApiAnswerRow answered, CancellationToken cancellationToken)
    {
        var person = await ParticipantStore.FindAsync(write.Session, write.ForbundId, answered.ParticipantId, cancellationToken);
        var row = await write.Session.SingleOrDefaultAsync<ParticipationRow>(
            "Participations.Find",
            new { write.ForbundId, answered.ParticipationId },
            cancellationToken);
        var insats = row is null ? null : await InsatsStore.FindAsync(write.Session, write.ForbundId, row.InsatsId, cancellationToken);
        return new RegisteredPerson
        {
            ParticipantId = answered.ParticipantId,
            Code = person?.Code ?? "",
            ParticipationId = answered.ParticipationId,
            Warnings = insats is null ? [] : Warnings(insats, row!.StartedOn ?? row.QueuedOn, row.EndedOn),
        };
    }

    private async Task<InsatsRow?> CheckAddedAsync(RegistrationWrite write, FieldErrors errors, AddedParticipation added, CancellationToken cancellationToken)
    {
        var insats = await InsatsStore.FindAsync(write.Session, write.ForbundId, added.InsatsId, cancellationToken);
        errors.AddIf(insats is null, nameof(added.InsatsId), "Insatsen finns inte.");
        errors.AddIf(
            insats?.FollowUpMethod == "count",
            nameof(added.InsatsId),
            "Insatsen följs upp med antal och har inga enskilda deltagare. Registrera antal i stället.");
        errors.AddIf(added.FromOn is null, nameof(added.StartedOn), "Ange när deltagaren skrevs in, eller när deltagaren ställdes i kö.");
        await CheckDatesAndCodesAsync(write, errors, added.QueuedOn, added.StartedOn, added.Referrer, added.EducationLevel, cancellationToken);
        await SituationWriter.CheckAsync(write, errors, "before", added.Before, cancellationToken);
        if (added.EndedOn is { } endedOn)
            await CheckExitAsync(write, errors, added.QueuedOn, added.StartedOn, endedOn, added.ExitReason, added.After, cancellationToken);
        else
            errors.AddIf(
                added.ExitReason is not null || added.After.Livelihoods.Count > 0 || added.After.Occupation is not null,
                nameof(added.EndedOn),
                "Ange när deltagaren skrevs ut, eller ta bort uppgifterna om avslutet.");
        errors.AddIf(
            added.CaseworkerId is { } caseworker && (await CandidatesAsync(write, added.InsatsId, cancellationToken)).All(c => c.AppUserId != caseworker),
            nameof(added.CaseworkerId),
            "Välj en handläggare som arbetar i insatsen.");
        if (added.FromOn is { } from)
            await RefuseOverlapAsync(
                write,
                errors,
                0,
                added.ParticipantId,
                added.InsatsId,
                from,
                added.EndedOn,
                added.StartedOn is null ? nameof(added.QueuedOn) : nameof(added.StartedOn),
                cancellationToken);
        return insats;
    }

    private async Task CheckDatesAndCodesAsync(
        RegistrationWrite write,
        FieldErrors errors,
        DateOnly? queuedOn,
        DateOnly? startedOn,
        string? referrer,
        string? educationLevel,
        CancellationToken cancellationToken)
    {
        errors.PastDate(queuedOn, nameof(AddedParticipation.QueuedOn), database.Today);
        errors.PastDate(startedOn, nameof(AddedParticipation.StartedOn), database.Today);
        errors.AddIf(startedOn < queuedOn, nameof(AddedParticipation.StartedOn), "Inskrivningen är före ködatumet. Ändra något av datumen.");
        errors.AddIf(
            !await CodeListStore.HoldsAsync(write.Session, "CodeLists.Referrers", referrer, cancellationToken),
            nameof(AddedParticipation.Referrer),
            "Välj remittent ur listan.");
        errors.AddIf(
            !await CodeListStore.HoldsAsync(write.Session, "CodeLists.EducationLevels", educationLevel, cancellationToken),
            nameof(AddedParticipation.EducationLevel),
            "Välj utbildning ur listan.");
    }

    private async Task CheckExitAsync(
        RegistrationWrite write,
        FieldErrors errors,
        DateOnly? queuedOn,
        DateOnly? startedOn,
        DateOnly endedOn,
        string? exitReason,
        Situation after,
        CancellationToken cancellationToken)
    {
        errors.PastDate(endedOn, nameof(AddedParticipation.EndedOn), database.Today);
        errors.AddIf(endedOn < startedOn, nameof(AddedParticipation.EndedOn), "Utskrivningen är före inskrivningen. Ändra något av datumen.");
        errors.AddIf(startedOn is null && endedOn < queuedOn, nameof(AddedParticipation.EndedOn), "Datumet är före ködatumet. Ändra något av datumen.");
        errors.AddIf(
            exitReason == Misregistration,
            nameof(AddedParticipation.ExitReason),
            "En felregistrering är inget avslut. Markera deltagandet som felregistrerat i stället.");
        errors.AddIf(
            !await CodeListStore.HoldsAsync(write.Session, "CodeLists.ExitReasons", exitReason, cancellationToken),
            nameof(AddedParticipation.ExitReason),
            "Välj avslutsorsak ur listan.");
        errors.AddIf(
            startedOn is null && (after.Livelihoods.Count > 0 || after.Occupation is not null),
            nameof(AddedParticipation.After),
            "Deltagaren har inte varit inskriven, så det finns inget efter.");
        await SituationWriter.CheckAsync(write, errors, "after", after, cancellationToken);
    }

    private static async Task<int> AddAsync(RegistrationWrite write, AddedParticipation added, CancellationToken cancellationToken)
    {
        var id = await write.Session.ReserveIdsAsync(Table, cancellationToken: cancellationToken);
        await write.Session.ExecuteAsync(
            "Participations.Register",
            new
            {
                Id = id,
                write.ForbundId,
                added.ParticipantId,
                added.InsatsId,
                added.QueuedOn,
                added.StartedOn,
                added.EndedOn,
                added.ExitReason,
                added.IsPlannedExit,
                added.Referrer,
                added.EducationLevel,
            },
            cancellationToken);
        await SituationWriter.AddAsync(write, id, "before", added.Before, cancellationToken);
        await SituationWriter.AddAsync(write, id, "after", added.After, cancellationToken);
        if (added.CaseworkerId is { } caseworker)
        {
            var place = new { write.ForbundId, ParticipationId = id, AppUserId = caseworker, added.FromOn, ToOn = added.EndedOn };
            await write.Session.ExecuteAsync("Caseworkers.Add", place, cancellationToken);
            if (added.EndedOn is not null)
                await write.Session.ExecuteAsync("Caseworkers.End", place, cancellationToken);
            await write.NoteAsync("Caseworkers.Assign", "participation_caseworker", id, $"användare {caseworker}");
        }

        return id;
    }

    private static Task<IReadOnlyList<CaseworkerCandidateRow>> CandidatesAsync(RegistrationWrite write, int insatsId, CancellationToken cancellationToken) =>
        write.Session.QueryAsync<CaseworkerCandidateRow>("Caseworkers.Candidates", new { write.ForbundId, InsatsId = insatsId }, cancellationToken);

    /// <summary>The participation, when the version is its latest.</summary>
    internal static async Task<ParticipationRow> CurrentAsync(RegistrationWrite write, int participationId, int version, CancellationToken cancellationToken)
    {
        var row = await write.Session.SingleOrDefaultAsync<ParticipationRow>(
            "Participations.Find",
            new { write.ForbundId, ParticipationId = participationId },
            cancellationToken) ?? throw FieldErrors.Single("ParticipationId", "Deltagandet finns inte.");
        return row.Version == version ? row : throw FieldErrors.Stale();
    }

    // A stay that goes on has no last day.
    private static async Task RefuseOverlapAsync(
        RegistrationWrite write,
        FieldErrors errors,
        int ownId,
        int participantId,
        int insatsId,
        DateOnly from,
        DateOnly? to,
        string field,
        CancellationToken cancellationToken)
    {
        var arguments = new
        {
            write.ForbundId,
            ParticipantId = participantId,
            InsatsId = insatsId,
            ParticipationId = ownId,
            FromOn = from,
            ToOn = to ?? DateOnly.MaxValue,
        };
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

    // Id of participant and insats, the dates, the exit where it is known, and the situations.
    private sealed record AddedParticipation(
        int ParticipantId,
        int InsatsId,
        DateOnly? QueuedOn,
        DateOnly? StartedOn,
        DateOnly? EndedOn,
        string? ExitReason,
        bool? IsPlannedExit,
        string? Referrer,
        string? EducationLevel,
        Situation Before,
        Situation After)
    {
        public DateOnly? FromOn => StartedOn ?? QueuedOn;

        /// <summary>Who follows the participant from the first day; null for nobody yet.</summary>
        public int? CaseworkerId { get; init; }

        public OnceRequest? Once { get; init; }
    }
}
