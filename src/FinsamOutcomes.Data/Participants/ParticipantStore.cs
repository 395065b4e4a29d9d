using System.Globalization;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Consents;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participants;

/// <summary>
/// The participants of a förbund. Names and personal numbers are encrypted with the installation's key file
/// (<see cref="Privacy.KeyFile"/>), and each showing of a participant is in the log. Errors are told with <see cref="RegistrationException"/>.
/// </summary>
public sealed class ParticipantStore(FinsamDatabase database)
{
    private const string Table = ChangedEntity.Participant;

    private readonly ParticipantWriter _writer = new(database);

    private readonly ReadingJournal _readings = new(database);

    public async Task<ParticipantRow?> FindAsync(int forbundId, string code, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await ParticipantWriter.FindByCodeAsync(session, forbundId, code, cancellationToken);
    }

    public async Task<ParticipantRow?> FindAsync(int forbundId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await FindAsync(session, forbundId, participantId, cancellationToken);
    }

    /// <summary>Adds a participant; returns the id.</summary>
    public async Task<int> AddAsync(NewParticipant participant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(participant);
        await using var write = await RegistrationWrite.OpenAsync(database, participant.ForbundId, participant.Actor, cancellationToken);
        var id = await write.Session.ReserveIdsAsync(Table, cancellationToken: cancellationToken);
        var errors = new FieldErrors();
        var given = new GivenParticipant(
            participant.Code,
            participant.Gender,
            participant.BirthYear,
            participant.Name,
            participant.PersonalNumber,
            participant.HasProtectedIdentity,
            Asks: false);
        var person = await _writer.CheckAsync(write, errors, id, given, mayLackCode: false, cancellationToken);
        errors.ThrowIfAny();
        await RefuseTakenNumberAsync(write, person, null, cancellationToken);
        await _writer.AddAsync(write, person, cancellationToken);
        await write.CommitAsync("Participants.Add", Table, id);
        return id;
    }

    /// <summary>Changes a participant; refused when the version is no longer the latest or the participant is erased.</summary>
    public async Task UpdateAsync(ParticipantChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using var write = await RegistrationWrite.OpenAsync(database, change.ForbundId, change.Actor, cancellationToken);
        var before = await LivingAsync(write.Session, change.ForbundId, change.Id, nameof(change.Id), cancellationToken);
        if (before.Version != change.Version)
            throw FieldErrors.Stale();

        var row = (await FindIdentityAsync(write.Session, change.ForbundId, change.Id, cancellationToken))!;
        var known = ParticipantWriter.Identity(await ParticipantWriter.ReadCipherAsync(database, write.Session, cancellationToken), row);
        var given = change.KeepsIdentity ? (known.Name, known.PersonalNumber) : (change.Name, change.PersonalNumber);

        // Protection that comes later takes away what was stored before it.
        var (name, number) = change.HasProtectedIdentity && !before.HasProtectedIdentity ? (null, null) : given;
        var errors = new FieldErrors();
        var person = await _writer.CheckAsync(
            write,
            errors,
            change.Id,
            new GivenParticipant(
                change.Code,
                change.Gender,
                change.BirthYear,
                name,
                number,
                change.HasProtectedIdentity,
                Asks: change.UserId is not null && !change.IsCodeNoName && change.Code.Trim() != before.Code)
            {
                KeptCode = before.Code,
                UserId = change.UserId,
            },
            mayLackCode: false,
            cancellationToken);
        if (errors.Any)
            await ParticipantWriter.NoteTakenCodeAsync(write, person, change.UserId, cancellationToken);
        errors.ThrowIfAny();
        await ConsentStore.RequireBeforeNameAsync(
            write,
            errors,
            change.Id,
            null,
            person.Name is not null && person.Name != known.Name,
            person.Number is not null && person.Number?.Digits != known.PersonalNumber,
            cancellationToken);
        errors.ThrowIfAny();
        if (person.Number?.Digits is { } digits && digits != known.PersonalNumber)
        {
            await Presence.RequireFreeAsync(write, person with { Name = null }, change.UserId, cancellationToken);
            await RefuseTakenNumberAsync(write, person, change.UserId, cancellationToken);
        }

        var isKept = (change.KeepsUnreadable || change.KeepsIdentity) && !change.HasProtectedIdentity;
        var (keepsName, keepsNumber) = (isKept && known.IsNameUnreadable && person.Name is null, isKept && known.IsNumberUnreadable && person.Number is null);
        var stored = await _writer.EncryptAsync(write, person, cancellationToken);
        if (keepsName)
            stored = stored with { NameEncrypted = row.NameEncrypted };
        if (keepsNumber)
            stored = stored with { PersonalNumberEncrypted = row.PersonalNumberEncrypted, PersonalNumberIndex = row.PersonalNumberIndex };
        NoteChanges(write, before, person, known, keepsName, keepsNumber);
        await write.Session.ExecuteAsync(
            "Participants.Update",
            stored with { Version = change.Version, KeepsForm = NormalForm.AreSame(before.Code, person.Code) },
            cancellationToken);
        await ParticipantWriter.PassOnCodeAsync(write, before.Code, cancellationToken);
        if (!keepsName)
            await _writer.IndexNameAsync(write, person, cancellationToken);
        await write.CommitAsync("Participants.Update", Table, change.Id);
    }

    /// <summary>
    /// Name and personal number in clear text, for the caseworker's own page. That the participant was opened is in the log
    /// before this returns, with or without a name.
    /// </summary>
    public async Task<ParticipantIdentity> ReadIdentityAsync(int forbundId, int participantId, string actor, CancellationToken cancellationToken = default)
    {
        ParticipantIdentity identity;
        await using (var session = await database.ReadAsync(cancellationToken))
        {
            var row = await FindIdentityAsync(session, forbundId, participantId, cancellationToken) ?? throw Missing("ParticipantId");
            var cipher = row is { NameEncrypted: null, PersonalNumberEncrypted: null }
                ? null
                : await ParticipantWriter.ReadCipherAsync(database, session, cancellationToken);
            identity = ParticipantWriter.Identity(cipher, row);
        }

        var action = identity.Name is null && identity.PersonalNumber is null ? "Participants.Open" : "Participants.ReadIdentity";
        await _readings.NoteAsync(
            new NewAuditEvent
            {
                ForbundId = forbundId,
                Actor = actor,
                Action = action,
                Entity = Table,
                EntityId = participantId,
            },
            cancellationToken);
        return identity;
    }

    /// <summary>Why a participant can't be removed; empty when nothing stands in the way.</summary>
    public async Task<IReadOnlyList<string>> WhyNotRemovedAsync(int forbundId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await WhyNotRemovedAsync(session, forbundId, participantId, cancellationToken);
    }

    /// <summary>
    /// Removes a participant who was registered by mistake and has nothing else: one stay at most, without exit and assessments,
    /// that nothing handed over or published has counted. The code is free again; the event in the log stays.
    /// </summary>
    public async Task RemoveAsync(int forbundId, int participantId, int version, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var row = await LivingAsync(write.Session, forbundId, participantId, "ParticipantId", cancellationToken);
        if (row.Version != version)
            throw FieldErrors.Stale();
        var errors = new FieldErrors();
        foreach (var reason in await WhyNotRemovedAsync(write.Session, forbundId, participantId, cancellationToken))
            errors.Add("ParticipantId", reason);
        errors.ThrowIfAny();
        await write.Session.ExecuteAsync("Erasures.ForgetHistory", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);
        await write.Session.ExecuteAsync("ParticipantNames.ClearBuckets", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);
        foreach (var part in s_parts)
            await write.Session.ExecuteAsync(part, new { ForbundId = forbundId, ParticipantId = participantId, Version = version }, cancellationToken);
        await ParticipantWriter.PassOnCodeAsync(write, row.Code, cancellationToken);
        write.ChangedUntold(Table, participantId, version + 1, "Removed");
        await write.CommitAsync("Participants.Remove", Table, participantId);
    }

    // What goes with a participant, in the order that rows refer to each other.
    private static readonly string[] s_parts =
    [
        "Participants.RemoveDismissals",
        "Participants.RemoveCaseworkers",
        "Participants.RemoveLivelihoods",
        "Participants.RemoveOccupations",
        "Participants.RemoveStays",
        "Reach.RemoveOpenings",
        "Reach.RemoveClosed",
        "Erasures.RemoveConsents",
        "Erasures.RemoveCorrectionRequests",
        "Erasures.RemoveMarks",
        "Participants.RemoveUndoneMergeStays",
        "Participants.RemoveUndoneMerges",
        "Participants.Remove",
    ];

    private static async Task<IReadOnlyList<string>> WhyNotRemovedAsync(
        DatabaseSession session,
        int forbundId,
        int participantId,
        CancellationToken cancellationToken)
    {
        var place = new { ForbundId = forbundId, ParticipantId = participantId };
        var other = (await session.SingleOrDefaultAsync<WhatElseRow>("Participants.WhatElse", place, cancellationToken))!;
        return
        [
            .. new (bool Is, string Why)[]
            {
                (other.Stays > 1, "Deltagaren har flera deltaganden. Markera dem som är fel som felregistrerade i stället."),
                (other.Ended > 0, "Deltagandet är avslutat. Markera det som felregistrerat i stället."),
                (other.Assessments > 0, "Deltagaren har självskattningar. Ta bort dem först om de också är fel."),
                (other.Merges > 0, "Deltagaren har slagits ihop med en annan och hör till en persons historik."),
                (other.Counted > 0, "Deltagandet kan ha räknats i en överlämning eller publicering. Markera det som felregistrerat i stället."),
            }
                .Where(r => r.Is)
                .Select(r => r.Why),
        ];
    }

    internal static Task<ParticipantRow?> FindAsync(DatabaseSession session, int forbundId, int participantId, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<ParticipantRow>("Participants.Find", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);

    /// <summary>The LIKE pattern for what holds a text in normal form without the marks that the query takes away, with ! as escape.</summary>
    internal static string Holds(string text) =>
        "%" + NormalForm.Of(text).Replace('å', 'a').Replace('ä', 'a').Replace('ö', 'o').Replace('é', 'e').Replace('ü', 'u')
            .Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal).Replace("[", "![", StringComparison.Ordinal) + "%";

    /// <summary>The pattern of what begins so, when spaces and hyphens are left out: <c>EX 2024</c> of EX-2024; as it is where nothing else is there.</summary>
    internal static string HoldsJoined(string text)
    {
        var joined = NormalForm.Of(text).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return Holds(joined.Length > 0 ? joined : text)[1..];
    }

    /// <summary>A participant that something can still be registered for.</summary>
    internal static async Task<ParticipantRow> LivingAsync(
        DatabaseSession session,
        int forbundId,
        int participantId,
        string field,
        CancellationToken cancellationToken)
    {
        var row = await FindAsync(session, forbundId, participantId, cancellationToken) ?? throw Missing(field);
        if (row.MergedIntoId is not null)
            throw FieldErrors.Single(field, "Deltagaren är sammanslagen med en annan. Sök upp koden igen, så öppnas den som finns kvar.");
        return row.ErasedAt is null ? row : throw FieldErrors.Single(field, "Deltagaren är gallrad och kan inte ändras.");
    }

    private static RegistrationException Missing(string field) => FieldErrors.Single(field, "Deltagaren finns inte.");

    /// <summary>
    /// Reads the names that a page is about to show, and notes whom it shows: one event for the person that the page is about, and one for
    /// all others whose rows it has. Both are in the log before this returns.
    /// </summary>
    public async Task<ShownNames> ReadShownAsync(ShownPage page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        var (stays, identities) = (new Dictionary<int, int>(), new Dictionary<int, ParticipantIdentity>());
        HashSet<int> shown;
        int? opened;
        await using (var session = await database.ReadAsync(cancellationToken))
        {
            foreach (var id in page.Participations.Concat(page.NamedParticipations).Concat(page.OpenedParticipationId is { } of ? [of] : []).Distinct())
            {
                var arguments = new { page.ForbundId, ParticipationId = id };
                if (await session.SingleOrDefaultAsync<int?>("Participations.ParticipantOf", arguments, cancellationToken) is { } participant)
                    stays[id] = participant;
            }

            HashSet<int> named = [.. page.NamedParticipants, .. page.NamedParticipations.Where(stays.ContainsKey).Select(id => stays[id])];
            opened = page.OpenedParticipationId is { } stay ? stays.GetValueOrDefault(stay) : page.OpenedParticipantId;
            var cipher = named.Count > 0 ? await ParticipantWriter.ReadCipherAsync(database, session, cancellationToken) : null;
            foreach (var id in named)
                if (await FindIdentityAsync(session, page.ForbundId, id, cancellationToken) is { } row)
                    identities[id] = ParticipantWriter.Identity(cipher, row);
            shown = [.. identities.Keys, .. page.Participants, .. page.Participations.Where(stays.ContainsKey).Select(id => stays[id])];
        }

        bool IsRead(int id) => identities.GetValueOrDefault(id) is { Name: not null } or { PersonalNumber: not null };
        if (page.Opened is { } about)
            await _readings.NoteAsync(
                new NewAuditEvent
                {
                    ForbundId = page.ForbundId,
                    Actor = page.Actor,
                    Action = $"{about.Feature}.{(opened is { } id && IsRead(id) ? "ReadIdentity" : "Open")}",
                    Entity = about.Entity,
                    EntityId = about.Id,
                },
                cancellationToken);
        var others = shown.Where(id => page.Opened is null || id != opened).ToList();
        await NoteListAsync(_readings, page.ForbundId, [.. others.Where(IsRead)], others, page.Actor, cancellationToken);
        return new ShownNames(identities, stays);
    }

    /// <summary>Notes that a list of participants was shown, some of them with their names or found by their number.</summary>
    internal static async Task NoteListAsync(
        ReadingJournal readings,
        int forbundId,
        IReadOnlyCollection<int> named,
        IEnumerable<int> shown,
        string actor,
        CancellationToken cancellationToken)
    {
        var others = shown.Except(named).Order().ToList();
        if (named.Count + others.Count == 0)
            return;
        string[] parts =
        [
            .. named.Count > 0 ? ["deltagare", .. Ids(named.Order())] : Array.Empty<string>(),
            .. others.Count > 0 ? [named.Count > 0 ? "utan namn" : "deltagare", .. Ids(others)] : Array.Empty<string>(),
        ];
        await readings.NoteAsync(
            new NewAuditEvent
            {
                ForbundId = forbundId,
                Actor = actor,
                Action = named.Count > 0 ? "Participants.ReadIdentities" : "Participants.List",
                Entity = Table,
                Detail = string.Join(' ', parts),
            },
            cancellationToken);

        static IEnumerable<string> Ids(IEnumerable<int> ids) => ids.Select(id => id.ToString(CultureInfo.InvariantCulture));
    }

    private static Task<ParticipantIdentityRow?> FindIdentityAsync(
        DatabaseSession session,
        int forbundId,
        int participantId,
        CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<ParticipantIdentityRow>(
            "Participants.Identity",
            new { ForbundId = forbundId, ParticipantId = participantId },
            cancellationToken);

    private async Task RefuseTakenNumberAsync(RegistrationWrite write, CheckedParticipant person, int? userId, CancellationToken cancellationToken)
    {
        if (await _writer.FindHolderAsync(write, person, cancellationToken) is not { } holder)
            return;
        await Presence.NoteAsync(write, [await LikelySameSearch.HolderAsync(write, holder, userId, cancellationToken)], userId, cancellationToken);
        throw FieldErrors.Single(nameof(NewParticipant.PersonalNumber), ParticipantWriter.TakenNumberMessage);
    }

    // Of name and number only that they changed.
    private static void NoteChanges(
        RegistrationWrite write,
        ParticipantRow before,
        CheckedParticipant person,
        ParticipantIdentity known,
        bool keepsName,
        bool keepsNumber)
    {
        var version = before.Version + 1;
        write.Changed(Table, before.Id, version, nameof(person.Code), before.Code, person.Code);
        write.Changed(Table, before.Id, version, nameof(person.Gender), before.Gender, person.Gender);
        write.Changed(Table, before.Id, version, nameof(person.BirthYear), before.BirthYear, person.BirthYear);
        write.Changed(Table, before.Id, version, nameof(person.HasProtectedIdentity), before.HasProtectedIdentity, person.HasProtectedIdentity);

        // What can't be read is replaced by something that can, or goes.
        if (!keepsName && (known.IsNameUnreadable || known.Name != person.Name))
            write.ChangedUntold(Table, before.Id, version, nameof(person.Name));
        if (!keepsNumber && (known.IsNumberUnreadable || known.PersonalNumber != person.Number?.Digits))
            write.ChangedUntold(Table, before.Id, version, nameof(ParticipantChange.PersonalNumber));
    }
}
