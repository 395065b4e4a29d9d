using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participants;

/// <summary>
/// Makes one of two records of the same person, and undoes it while nothing has been built on it. The kept record gets the
/// other's stays, and what of it was missing; the other is shown nowhere, and answers to its code and number as the kept one.
/// Errors are told with <see cref="RegistrationException"/>.
/// </summary>
public sealed class ParticipantMergeStore(FinsamDatabase database)
{
    private const string Table = ChangedEntity.Participant;
    private const string Other = "MergedId";

    private readonly ParticipantWriter _writer = new(database);

    /// <summary>What a merge would keep and what stands in its way; null when one of them is not there.</summary>
    public async Task<MergePreview?> PreviewAsync(int forbundId, int keptId, int mergedId, int userId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        if (
            await ParticipantStore.FindAsync(session, forbundId, keptId, cancellationToken) is not { MergedIntoId: null } kept
            || await ParticipantStore.FindAsync(session, forbundId, mergedId, cancellationToken) is not { MergedIntoId: null } merged
        )
            return null;
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        var stays = await StaysAsync(session, forbundId, keptId, mergedId, userId, days, cancellationToken);
        return new MergePreview
        {
            Kept = kept,
            Merged = merged,
            Gender = Gender(kept, merged),
            BirthYear = kept.BirthYear ?? merged.BirthYear,
            TakesName = !kept.HasName && merged.HasName,
            TakesNumber = !kept.HasPersonalNumber && merged.HasPersonalNumber,
            Stays = [.. stays.Where(s => s.IsReached)],
            NotShown = stays.Count(s => !s.IsReached),
            Differences = await DifferencesAsync(session, forbundId, kept, merged, cancellationToken),
            Hindrances = await HindrancesAsync(
                session,
                forbundId,
                kept,
                merged,
                [.. stays.Where(s => s.IsReached).Select(s => s.ParticipationId)],
                cancellationToken),
        };
    }

    /// <summary>Makes them one. Refused when either has been changed since it was read, or something stands in the way.</summary>
    public async Task MergeAsync(NewMerge merge, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(merge);
        await using var write = await RegistrationWrite.OpenAsync(database, merge.ForbundId, merge.Actor, cancellationToken);
        var kept = await ParticipantStore.LivingAsync(write.Session, merge.ForbundId, merge.KeptId, "ParticipantId", cancellationToken);
        var merged = await ParticipantStore.LivingAsync(write.Session, merge.ForbundId, merge.MergedId, Other, cancellationToken);
        if (kept.Version != merge.KeptVersion || merged.Version != merge.MergedVersion)
            throw FieldErrors.Stale();
        var errors = new FieldErrors();
        foreach (var hindrance in await HindrancesAsync(write.Session, merge.ForbundId, kept, merged, null, cancellationToken))
            errors.Add(Other, hindrance);
        errors.ThrowIfAny();
        var days = await ReachDays.ReadAsync(write.Session, merge.ForbundId, cancellationToken);
        var stays = await StaysAsync(write.Session, merge.ForbundId, kept.Id, merged.Id, 0, days, cancellationToken);
        var id = await write.Session.ReserveIdsAsync("participant_merge", cancellationToken: cancellationToken);
        var pair = new
        {
            merge.ForbundId,
            Id = id,
            KeptId = kept.Id,
            MergedId = merged.Id,
            merged.Version,
            days.ReachedSince,
        };
        await write.Session.ExecuteAsync("Reach.CloseMerged", pair, cancellationToken);
        var took = await TakeAsync(write, kept, merged, cancellationToken);
        foreach (var stay in stays.Where(s => s.ParticipantId == merged.Id))
            await MoveAsync(write, stay.ParticipationId, stay.Version, merged.Code, kept, cancellationToken);
        await write.Session.ExecuteAsync("Merges.Into", pair, cancellationToken);
        await write.Session.ExecuteAsync("Merges.Follow", pair, cancellationToken);
        await write.Session.ExecuteAsync("ParticipantNames.ClearBuckets", new { merge.ForbundId, ParticipantId = merged.Id }, cancellationToken);
        await write.Session.ExecuteAsync(
            "Merges.Add",
            new
            {
                Id = id,
                merge.ForbundId,
                KeptId = kept.Id,
                MergedId = merged.Id,
                MergedAt = write.Session.UtcNow,
                merge.Actor,
                KeptVersion = kept.Version + 1,
                GenderBefore = took.GenderBefore,
                took.TookBirthYear,
                took.TookName,
                took.TookNumber,
            },
            cancellationToken);
        await write.Session.BulkInsertAsync(
            "participant_merge_stay",
            ["merge_id", "participation_id", "owner_id", "version"],
            stays.Select(s => new object?[] { id, s.ParticipationId, s.ParticipantId, s.ParticipantId == merged.Id ? s.Version + 1 : s.Version }),
            cancellationToken);
        write.Changed(Table, kept.Id, kept.Version + 1, "MergedCode", null, merged.Code);
        write.Changed(Table, merged.Id, merged.Version + 1, "MergedInto", null, kept.Code);
        await write.CommitAsync("Participants.Merge", Table, kept.Id, string.Create(CultureInfo.InvariantCulture, $"deltagare {merged.Id}"));
    }

    /// <summary>The merges of a participant that stand, the latest first; only that one can be undone.</summary>
    public async Task<IReadOnlyList<MergeRow>> OfAsync(int forbundId, int keptId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<MergeRow>("Merges.OfKept", new { ForbundId = forbundId, KeptId = keptId }, cancellationToken);
    }

    /// <summary>Every record that has been merged into one, also by way of another, with the code it had.</summary>
    public async Task<IReadOnlyList<ParticipantCodeRow>> MergedIntoAsync(int forbundId, int keptId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<ParticipantCodeRow>("Merges.AllOf", new { ForbundId = forbundId, KeptId = keptId }, cancellationToken);
    }

    /// <summary>Why the latest merge of a participant can't be undone; null when it can.</summary>
    public async Task<string?> WhyNotUndoneAsync(int forbundId, int keptId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await ParticipantStore.FindAsync(session, forbundId, keptId, cancellationToken) is { } kept
            && (await session.QueryAsync<MergeRow>("Merges.OfKept", new { ForbundId = forbundId, KeptId = keptId }, cancellationToken)) is [var latest, ..]
            ? await WhyNotUndoneAsync(session, forbundId, kept, latest, cancellationToken)
            : "Det finns ingen sammanslagning att ångra.";
    }

    /// <summary>Undoes the latest merge of a participant: both records are what they were.</summary>
    /// <param name="forbundId">The förbund.</param>
    /// <param name="keptId">The kept record.</param>
    /// <param name="mergeId">The merge that was shown.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Stops it; nothing is kept.</param>
    public async Task UndoAsync(int forbundId, int keptId, int mergeId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var kept = await ParticipantStore.LivingAsync(write.Session, forbundId, keptId, "ParticipantId", cancellationToken);
        var merges = await write.Session.QueryAsync<MergeRow>("Merges.OfKept", new { ForbundId = forbundId, KeptId = keptId }, cancellationToken);
        if (merges is not [var latest, ..] || latest.Id != mergeId)
            throw FieldErrors.Single("ParticipantId", "Sammanslagningen är redan ångrad, eller så har en till gjorts efter den.");
        if (await WhyNotUndoneAsync(write.Session, forbundId, kept, latest, cancellationToken) is { } why)
            throw FieldErrors.Single("ParticipantId", why);
        var merged = (await ParticipantStore.FindAsync(write.Session, forbundId, latest.MergedId, cancellationToken))!;
        var place = new
        {
            ForbundId = forbundId,
            Id = mergeId,
            KeptId = keptId,
            latest.MergedId,
            Actor = actor,
            UndoneAt = write.Session.UtcNow,
        };
        foreach (var stay in await write.Session.QueryAsync<int>("Merges.MovedStays", place, cancellationToken))
        {
            var version = (await write.Session.SingleOrDefaultAsync<Participations.ParticipationRow>(
                "Participations.Find",
                new { ForbundId = forbundId, ParticipationId = stay },
                cancellationToken))!.Version;
            await MoveAsync(write, stay, version, kept.Code, merged, cancellationToken);
        }

        await GiveBackAsync(write, kept, latest, cancellationToken);
        await write.Session.ExecuteAsync("Merges.OutOf", place, cancellationToken);
        await write.Session.ExecuteAsync("Merges.FollowBack", place, cancellationToken);
        await write.Session.ExecuteAsync("Merges.Undo", place, cancellationToken);
        var identity = await IdentityAsync(write.Session, forbundId, merged.Id, cancellationToken);
        if (identity.NameEncrypted is not null && await ParticipantWriter.ReadCipherAsync(database, write.Session, cancellationToken) is { } cipher)
            await _writer.IndexNameAsync(
                write,
                Person(merged) with { Name = ParticipantWriter.Name(cipher, merged.Id, identity.NameEncrypted) },
                cancellationToken);
        write.Changed(Table, kept.Id, kept.Version + 1, "MergedCode", merged.Code, null);
        write.Changed(Table, merged.Id, merged.Version + 1, "MergedInto", kept.Code, null);
        await write.CommitAsync("Participants.Unmerge", Table, keptId, string.Create(CultureInfo.InvariantCulture, $"deltagare {merged.Id}"));
    }

    private static string Gender(ParticipantRow kept, ParticipantRow merged) => kept.Gender == "unknown" ? merged.Gender : kept.Gender;

    private static CheckedParticipant Person(ParticipantRow row) => new(row.Id, row.Code, row.Gender, row.BirthYear, null, null, row.HasProtectedIdentity);

    private static Task<IReadOnlyList<MergeStayRow>> StaysAsync(
        DatabaseSession session,
        int forbundId,
        int keptId,
        int mergedId,
        int userId,
        ReachDays days,
        CancellationToken cancellationToken) =>
        session.QueryAsync<MergeStayRow>(
            "Merges.Stays",
            new
            {
                ForbundId = forbundId,
                KeptId = keptId,
                MergedId = mergedId,
                UserId = userId,
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);

    // Of stays that whoever asks doesn't reach it is only told that there are some; null tells of all.
    private static async Task<IReadOnlyList<string>> HindrancesAsync(
        DatabaseSession session,
        int forbundId,
        ParticipantRow kept,
        ParticipantRow merged,
        HashSet<int>? told,
        CancellationToken cancellationToken)
    {
        var found = new List<string>();
        if (kept.Id == merged.Id)
            found.Add("Det är samma registrering. Välj en annan deltagare.");
        if (kept.ErasedAt is not null || merged.ErasedAt is not null)
            found.Add("Den ena deltagaren är gallrad. Gallrade deltagare kan inte slås ihop.");
        if (kept.HasProtectedIdentity != merged.HasProtectedIdentity)
            found.Add(
                "Den ena har skyddade personuppgifter och den andra inte. Ändra den som är fel först: namn och personnummer tas då bort ur registret.");
        var overlaps = await session.QueryAsync<MergeOverlapRow>(
            "Merges.Overlapping",
            new { ForbundId = forbundId, KeptId = kept.Id, MergedId = merged.Id },
            cancellationToken);
        foreach (var overlap in overlaps)
        {
            var where = told is null || told.Contains(overlap.ParticipationId)
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{overlap.Insats} samtidigt (från {overlap.FromOn:yyyy-MM-dd} och från {overlap.OtherFromOn:yyyy-MM-dd})")
                : "en insats som du inte ser samtidigt";
            found.Add($"Båda är registrerade i {where}. Är det samma deltagande, markera det ena som felregistrerat först; annars rätta datumen.");
        }

        return found;
    }

    // Two records of one person differ where one was mistyped; where they differ in more, they are more likely two people.
    private async Task<IReadOnlyList<string>> DifferencesAsync(
        DatabaseSession session, int forbundId, ParticipantRow kept, ParticipantRow merged, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        if (kept.Gender != merged.Gender && kept.Gender != "unknown" && merged.Gender != "unknown")
            found.Add("Registreringarna har olika juridiskt kön.");
        if (kept.BirthYear is { } born && merged.BirthYear is { } otherBorn && born != otherBorn)
            found.Add(string.Create(CultureInfo.InvariantCulture, $"Registreringarna har olika födelseår: {born} och {otherBorn}."));
        if (
            (kept.HasName && merged.HasName || kept.HasPersonalNumber && merged.HasPersonalNumber)
            && await ParticipantWriter.ReadCipherAsync(database, session, cancellationToken) is { } cipher)
        {
            var (one, other) = (
                ParticipantWriter.Identity(cipher, await IdentityAsync(session, forbundId, kept.Id, cancellationToken)),
                ParticipantWriter.Identity(cipher, await IdentityAsync(session, forbundId, merged.Id, cancellationToken)));
            if (one.Name is { } name && other.Name is { } otherName && NormalForm.Of(name) != NormalForm.Of(otherName))
                found.Add("Registreringarna har olika namn.");
            if (one.PersonalNumber is { } number && other.PersonalNumber is { } otherNumber && number != otherNumber)
                found.Add("Registreringarna har olika personnummer.");
        }

        return found;
    }

    private static async Task<string?> WhyNotUndoneAsync(
        DatabaseSession session,
        int forbundId,
        ParticipantRow kept,
        MergeRow merge,
        CancellationToken cancellationToken)
    {
        if (kept.ErasedAt is not null)
            return "Deltagaren är gallrad.";
        var built = await session.SingleOrDefaultAsync<int>(
            "Merges.CountBuiltOn",
            new { ForbundId = forbundId, KeptId = kept.Id, merge.Id },
            cancellationToken);
        return kept.Version != merge.KeptVersion || built > 0
            ? "Deltagaren eller något deltagande har ändrats sedan sammanslagningen, så den går inte längre att ångra."
            : null;
    }

    private static async Task<ParticipantIdentityRow> IdentityAsync(DatabaseSession session, int forbundId, int id, CancellationToken cancellationToken) =>
        (await session.SingleOrDefaultAsync<ParticipantIdentityRow>(
            "Participants.Identity",
            new { ForbundId = forbundId, ParticipantId = id },
            cancellationToken))!;

    private static async Task MoveAsync(
        RegistrationWrite write,
        int participationId,
        int version,
        string from,
        ParticipantRow to,
        CancellationToken cancellationToken)
    {
        await write.Session.ExecuteAsync(
            "Merges.MoveStay",
            new { write.ForbundId, ParticipationId = participationId, ToId = to.Id },
            cancellationToken);
        write.Changed(ChangedEntity.Participation, participationId, version + 1, "Participant", from, to.Code);
    }

    // What is missing in the kept record is taken from the other; name and number are encrypted anew, since they are bound to their row.
    private async Task<(string? GenderBefore, bool TookBirthYear, bool TookName, bool TookNumber)> TakeAsync(
        RegistrationWrite write,
        ParticipantRow kept,
        ParticipantRow merged,
        CancellationToken cancellationToken)
    {
        var (own, others) = (
            await IdentityAsync(write.Session, write.ForbundId, kept.Id, cancellationToken),
            await IdentityAsync(write.Session, write.ForbundId, merged.Id, cancellationToken));
        var cipher = others is { NameEncrypted: null, PersonalNumberEncrypted: null }
            ? null
            : await ParticipantWriter.ReadCipherAsync(database, write.Session, cancellationToken);
        var read = ParticipantWriter.Identity(cipher, others);
        var name = own.NameEncrypted is null ? read.Name : null;
        PersonalNumber? number =
            own.PersonalNumberEncrypted is null && PersonalNumber.TryParse(read.PersonalNumber, database.Today, out var parsed) ? parsed : null;
        var person = Person(kept) with
        {
            Gender = Gender(kept, merged),
            BirthYear = kept.BirthYear ?? merged.BirthYear,
            Name = name,
            Number = number,
        };
        var stored = await _writer.EncryptAsync(write, person, cancellationToken);
        await write.Session.ExecuteAsync(
            "Merges.Take",
            stored with
            {
                Version = kept.Version,
                NameEncrypted = own.NameEncrypted ?? stored.NameEncrypted,
                PersonalNumberEncrypted = own.PersonalNumberEncrypted ?? stored.PersonalNumberEncrypted,
                PersonalNumberIndex = own.PersonalNumberIndex ?? stored.PersonalNumberIndex,
            },
            cancellationToken);
        if (name is not null)
            await _writer.IndexNameAsync(write, person, cancellationToken);
        NoteTaken(write, kept, person.Gender, person.BirthYear, name is not null, number is not null);
        return (person.Gender == kept.Gender ? null : kept.Gender, person.BirthYear != kept.BirthYear, name is not null, number is not null);
    }

    private static async Task GiveBackAsync(RegistrationWrite write, ParticipantRow kept, MergeRow merge, CancellationToken cancellationToken)
    {
        var own = await IdentityAsync(write.Session, write.ForbundId, kept.Id, cancellationToken);
        var (gender, birthYear) = (merge.GenderBefore ?? kept.Gender, merge.TookBirthYear ? null : kept.BirthYear);
        await write.Session.ExecuteAsync(
            "Merges.Take",
            new
            {
                write.ForbundId,
                kept.Id,
                kept.Version,
                Gender = gender,
                BirthYear = birthYear,
                NameEncrypted = merge.TookName ? null : own.NameEncrypted,
                PersonalNumberEncrypted = merge.TookNumber ? null : own.PersonalNumberEncrypted,
                PersonalNumberIndex = merge.TookNumber ? null : own.PersonalNumberIndex,
            },
            cancellationToken);
        if (merge.TookName)
            await write.Session.ExecuteAsync("ParticipantNames.ClearBuckets", new { write.ForbundId, ParticipantId = kept.Id }, cancellationToken);
        NoteTaken(write, kept, gender, birthYear, merge.TookName, merge.TookNumber);
    }

    private static void NoteTaken(RegistrationWrite write, ParticipantRow kept, string gender, int? birthYear, bool isOtherName, bool isOtherNumber)
    {
        write.Changed(Table, kept.Id, kept.Version + 1, nameof(kept.Gender), kept.Gender, gender);
        write.Changed(Table, kept.Id, kept.Version + 1, nameof(kept.BirthYear), kept.BirthYear, birthYear);
        if (isOtherName)
            write.ChangedUntold(Table, kept.Id, kept.Version + 1, nameof(NewParticipant.Name));
        if (isOtherNumber)
            write.ChangedUntold(Table, kept.Id, kept.Version + 1, nameof(NewParticipant.PersonalNumber));
    }
}
