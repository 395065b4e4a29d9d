using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Consents;
using FinsamOutcomes.Data.CorrectionRequests;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Quality;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Extracts;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Pages.Assessments;
using FinsamOutcomes.Web.Pages.Participations;

namespace FinsamOutcomes.Web.Pages.Extracts;

/// <summary>
/// Gathers what is stored about a person, each in the words of its page. A caseworker gets name, number and texts, and the
/// stays that they reach; an administrator gets every stay, and of what only caseworkers read that it is there. Between them
/// the person gets everything, and nobody reads more than otherwise. An extract that is taken as a file is in the log before it
/// is sent; one that is only shown is the opening of the participant that every page about a person is.
/// </summary>
public sealed class ExtractReader(
    CurrentAccess access,
    FinsamDatabase database,
    ParticipantStore participants,
    ParticipantMergeStore merges,
    ParticipationStore participations,
    InsatsStore insatser,
    CaseworkerStore caseworkers,
    AssessmentStore assessments,
    InstrumentStore instruments,
    CodeListStore codes,
    ConsentStore consents,
    CorrectionRequestStore corrections,
    ErasureStore erasures,
    QualityChecks quality,
    ReachStore reach,
    ChangeReader changes,
    AuditStore audit,
    ReadingJournal readings)
{
    private const string UnreadNote = "en text finns sparad; lämnas ut av handläggaren";
    private const string UnreadReason = "en text finns sparad; lämnas ut av förbundets administratör";
    private const string Secret = "finns sparat, krypterat; lämnas ut av handläggaren";
    private const string Unreadable = "går inte att läsa";

    // What events about a stay are kept under, with its id.
    private static readonly string[] s_ofStay = [ChangedEntity.Participation, "participation_caseworker", "quality_dismissal"];

    /// <summary>For a caseworker: what they reach, with name and number.</summary>
    public async Task<Extract> OfReachedAsync(ParticipantRow person, bool isTaken, CancellationToken cancellationToken)
    {
        var extract = await ReadAsync(person, isReached: true, cancellationToken);
        if (isTaken)
            await NoteAsync(person, "det handläggaren når", cancellationToken);
        return extract;
    }

    /// <summary>For an administrator: every stay, without what only caseworkers read.</summary>
    public async Task<Extract> OfAllAsync(ParticipantRow person, CancellationToken cancellationToken)
    {
        var extract = await ReadAsync(person, isReached: false, cancellationToken);
        await NoteAsync(person, "alla deltaganden, utan namn och texter", cancellationToken);
        return extract;
    }

    private Task NoteAsync(ParticipantRow person, string what, CancellationToken cancellationToken) => readings.NoteAsync(
        new NewAuditEvent
        {
            ForbundId = access.ForbundId,
            Actor = access.UserName,
            Action = "Participants.Extract",
            Entity = ChangedEntity.Participant,
            EntityId = person.Id,
            Detail = what,
        },
        cancellationToken);

    private async Task<Extract> ReadAsync(ParticipantRow person, bool isReached, CancellationToken cancellationToken)
    {
        var forbundId = access.ForbundId;
        var lists = await ParticipationLists.LoadAsync(codes, forbundId, cancellationToken);
        var all = await participations.OfParticipantAsync(forbundId, person.Id, cancellationToken: cancellationToken);
        var stays = isReached ? await participations.OfParticipantAsync(forbundId, person.Id, access.UserId, cancellationToken) : all;
        var stayEntries = new List<ExtractEntry>();
        var answerEntries = new List<ExtractEntry>();
        var records = await RecordsAsync(person, cancellationToken);
        var changeEntries = new List<ExtractEntry>();
        foreach (var record in records)
        {
            var what = record.Id == person.Id ? "Personuppgifterna" : Merged(record);
            changeEntries.AddRange((await changes.OfAsync(forbundId, ChangedEntity.Participant, record.Id, cancellationToken)).Select(c => Changed(what, c)));
        }

        foreach (var row in stays)
        {
            var stay = new Participation(row, person, (await insatser.FindAsync(forbundId, row.InsatsId, cancellationToken))!.Name);
            stayEntries.Add(await StayAsync(stay, lists, isReached, cancellationToken));
            answerEntries.AddRange(await AnswersAsync(stay, cancellationToken));
            changeEntries.AddRange(
                (await changes.OfAsync(forbundId, ChangedEntity.Participation, row.Id, cancellationToken)).Select(c => Changed(stay.Insats, c)));
        }

        var sections = new List<ExtractSection>
        {
            new("Personuppgifter", await EachAsync(IdentityAsync), ""),
            new("Samtycken", await EachAsync(ConsentsAsync), "Inga samtycken är inskrivna."),
            new("Deltaganden", stayEntries, "Inga deltaganden är registrerade.") { Note = NotShown(all.Count - stays.Count) },
            new("Självskattningar", answerEntries, "Inga självskattningar är registrerade."),
            new("Begäran om rättelse", await EachAsync(CorrectionsAsync), "Ingen rättelse är begärd."),
            new("Öppnad igen efter avslut", await EachAsync(OpeningsAsync), "Ingen har bett om att få öppna uppgifterna igen."),
            new("Ändringar", changeEntries, "Inget har ändrats."),
            new("Vem som har sett eller ändrat uppgifterna", await EventsAsync(person, isReached ? stays : null, cancellationToken), "Inget står i loggen."),
        };
        return new Extract
        {
            Title = person.ErasedAt is null ? "Registerutdrag" : "Registerutdrag, efter gallring",
            Forbund = access.Forbund.Name,
            Code = person.Code,
            ReadAt = database.Clock.GetLocalNow().DateTime,
            Introduction = Introduction(person, isReached),
            Sections = sections,
        };

        async Task<IReadOnlyList<ExtractEntry>> EachAsync(Func<ParticipantRow, bool, CancellationToken, Task<IReadOnlyList<ExtractEntry>>> read)
        {
            var entries = new List<ExtractEntry>();
            foreach (var record in records)
                entries.AddRange(await read(record, isReached, cancellationToken));
            return entries;
        }
    }

    // Records that have been merged are one person: what was stored with each, and what the kept one has taken over.
    private async Task<IReadOnlyList<ParticipantRow>> RecordsAsync(ParticipantRow person, CancellationToken cancellationToken)
    {
        var records = new List<ParticipantRow> { person };
        foreach (var merged in await merges.MergedIntoAsync(access.ForbundId, person.Id, cancellationToken))
            records.Add((await participants.FindAsync(access.ForbundId, merged.Id, cancellationToken))!);
        return records;
    }

    private static string Merged(ParticipantRow record) => $"Sammanslagen registrering, {record.Code}";

    private static string[] Introduction(ParticipantRow person, bool isReached) =>
    [
        person.ErasedAt is null
            ? "Det här är vad som är registrerat om dig i förbundets uppföljning. I de rapporter som förbundet publicerar finns inga personer, bara antal."
            : "Uppgifterna om vem personen är har gallrats. Det här är vad som finns kvar, för att statistiken ska stämma. "
                + "Det går inte längre att knyta till någon.",
        isReached
            ? "Utdraget är gjort av en handläggare och visar det som handläggaren når."
            : "Utdraget är gjort av en förbundsadministratör och visar alla deltaganden. Namn, personnummer och texter om dig läser bara handläggare: "
                + "de lämnar ut dem i ett eget utdrag.",
        "Är något fel kan du begära att det rättas.",
    ];

    private static string? NotShown(int count) => count switch
    {
        0 => null,
        1 => "Det finns ett deltagande till, i en insats som handläggaren inte når eller så gammalt att det är stängt. "
            + "Förbundets administratör lämnar ut det.",
        _ => $"Det finns {count} deltaganden till, i insatser som handläggaren inte når eller så gamla att de är stängda. "
            + "Förbundets administratör lämnar ut dem.",
    };

    private async Task<IReadOnlyList<ExtractEntry>> IdentityAsync(ParticipantRow person, bool isReached, CancellationToken cancellationToken)
    {
        var facts = new List<ExtractFact> { new("Deltagarkod", person.Code) };
        if (isReached)
        {
            var identity = await participants.ReadIdentityAsync(access.ForbundId, person.Id, access.UserName, cancellationToken);
            facts.Add(new("Namn", identity.Name ?? (person.HasName ? Unreadable : "inte sparat")));
            var number = identity.PersonalNumber is { } digits ? Participants.PersonModel.Number(digits) : null;
            facts.Add(new("Personnummer", number ?? (person.HasPersonalNumber ? Unreadable : "inte sparat")));
        }
        else
        {
            facts.Add(new("Namn", person.HasName ? Secret : "inte sparat"));
            facts.Add(new("Personnummer", person.HasPersonalNumber ? Secret : "inte sparat"));
        }

        facts.Add(new("Juridiskt kön", (await codes.GendersAsync(cancellationToken)).First(g => g.Code == person.Gender).Label));
        facts.Add(new("Födelseår", person.BirthYear?.ToString(CultureInfo.InvariantCulture) ?? ParticipationLists.Unknown));
        facts.Add(new("Skyddade personuppgifter", person.HasProtectedIdentity ? "ja" : "nej"));
        if (person.ErasedAt is { } erased)
            facts.Add(new("Gallrad", Local(erased)));
        else if (await erasures.StateAsync(access.ForbundId, person.Id, cancellationToken) is { DueOn: { } due })
            facts.Add(new("Förfaller till gallring", Day(due)));
        return [new ExtractEntry(person.MergedIntoId is null ? null : Merged(person), facts)];
    }

    private async Task<IReadOnlyList<ExtractEntry>> ConsentsAsync(ParticipantRow person, bool isReached, CancellationToken cancellationToken) =>
    [
        .. (await consents.OfAsync(access.ForbundId, person.Id, cancellationToken)).Select(c => new ExtractEntry(
            ConsentScope.InWords(c.Row.Scope),
            [
                new("Gavs", Day(c.Row.GivenOn)),
                .. c.Row.WithdrawnOn is { } withdrawn ? [new ExtractFact("Återkallat", Day(withdrawn))] : Array.Empty<ExtractFact>(),
                .. c.Row.FormPlaceEncrypted is not null
                    ? [new ExtractFact("Blanketten finns", isReached ? c.FormPlace ?? Unreadable : Secret)]
                    : Array.Empty<ExtractFact>(),
            ])),
    ];

    private async Task<ExtractEntry> StayAsync(Participation stay, ParticipationLists lists, bool isReached, CancellationToken cancellationToken)
    {
        var (row, id) = (stay.Row, stay.Row.Id);
        var before = await participations.SituationAsync(access.ForbundId, id, "before", cancellationToken);
        var after = await participations.SituationAsync(access.ForbundId, id, "after", cancellationToken);
        var facts = new List<ExtractFact> { new("Läge", stay.Status) };
        AddDay("Ställd i kö", row.QueuedOn);
        AddDay("Inskriven", row.StartedOn);
        AddDay("Avslutad", row.EndedOn);
        if (stay is { IsEnded: true, IsMisregistered: false })
        {
            facts.Add(new("Avslutsorsak", ParticipationLists.Label(lists.ExitReasons, row.ExitReason)));
            facts.Add(new("Planerat avslut", row.IsPlannedExit switch { true => "ja", false => "nej", null => ParticipationLists.Unknown }));
        }

        facts.Add(new("Remittent", ParticipationLists.Label(lists.Referrers, row.Referrer)));
        facts.Add(new("Högsta utbildning", ParticipationLists.Label(lists.EducationLevels, row.EducationLevel)));
        facts.Add(new("Försörjning före", lists.Livelihood(before)));
        facts.Add(new("Sysselsättning före", ParticipationLists.Occupation(before)));
        facts.Add(new("Försörjning efter", lists.Livelihood(after)));
        facts.Add(new("Sysselsättning efter", ParticipationLists.Occupation(after)));
        foreach (var c in await caseworkers.OfAsync(access.ForbundId, id, cancellationToken))
            facts.Add(new("Handläggare", $"{c.DisplayName}, {(c.ToOn is { } to ? $"{Day(c.FromOn)} – {Day(to)}" : $"sedan {Day(c.FromOn)}")}"));
        foreach (var d in await quality.DismissalsOfAsync(access.ForbundId, id, cancellationToken))
            facts.Add(new("Kontrollerad anmärkning", $"{Local(d.DismissedAt)}, {d.Actor}{(d.Note.Length == 0 ? "" : $": {(isReached ? d.Note : UnreadNote)}")}"));
        return new ExtractEntry(stay.Insats, facts);

        void AddDay(string label, DateOnly? day)
        {
            if (day is { } value)
                facts.Add(new(label, Day(value)));
        }
    }

    private async Task<IReadOnlyList<ExtractEntry>> AnswersAsync(Participation stay, CancellationToken cancellationToken)
    {
        var known = (await instruments.AllAsync(access.ForbundId, cancellationToken)).ToDictionary(i => i.Id);
        var entries = new List<ExtractEntry>();
        foreach (var assessment in await assessments.OfParticipationAsync(access.ForbundId, stay.Row.Id, cancellationToken))
        {
            var items = (await instruments.ItemsAsync(access.ForbundId, assessment.Row.InstrumentId, cancellationToken)).ToDictionary(i => i.Row.Code);
            var (instrument, occasion) = (AssessmentWords.Instrument(known[assessment.Row.InstrumentId]), AssessmentWords.Occasion(assessment.Row.Occasion));
            entries.Add(new ExtractEntry(
                $"{stay.Insats}: {instrument}, {occasion}, {Day(assessment.Row.AnsweredOn)}",
                [
                    new("Vem som svarar", AssessmentWords.Respondent(assessment.Row.Respondent)),
                    .. assessment.Answers.Select(a => new ExtractFact(
                        items.TryGetValue(a.ItemCode, out var item) && item.Texts.TryGetValue("sv", out var text) ? text : a.ItemCode,
                        AssessmentWords.Stored(a.Value?.ToString("0.####", CultureInfo.InvariantCulture) ?? a.MissingReason!))),
                ]));
        }

        return entries;
    }

    private async Task<IReadOnlyList<ExtractEntry>> CorrectionsAsync(ParticipantRow person, bool isReached, CancellationToken cancellationToken) =>
    [
        .. (await corrections.OfAsync(access.ForbundId, person.Id, cancellationToken)).Select(c => new ExtractEntry(
            Day(c.Row.AskedOn),
            [
                new("Vad som begärdes", isReached ? c.Request ?? Unreadable : Secret),
                new("Svar", c.Row.Answer is { } answer ? $"{CorrectionAnswer.InWords(answer)}, {Day(c.Row.AnsweredOn!.Value)}" : "väntar på svar"),
                .. c.Row.AnswerEncrypted is not null
                    ? [new ExtractFact("Varför", isReached ? c.AnswerText ?? Unreadable : Secret)]
                    : Array.Empty<ExtractFact>(),
            ])),
    ];

    // Why somebody asked is theirs to write and the administrators' to read.
    private async Task<IReadOnlyList<ExtractEntry>> OpeningsAsync(ParticipantRow person, bool isReached, CancellationToken cancellationToken) =>
    [
        .. (await reach.OfParticipantAsync(access.ForbundId, person.Id, cancellationToken)).Select(o => new ExtractEntry(
            Local(o.AskedAt),
            [
                new("Av", o.DisplayName),
                .. o.Reason.Length == 0 ? Array.Empty<ExtractFact>() : [new ExtractFact("Varför", isReached ? UnreadReason : o.Reason)],
                new("Svar", (o.State, o.OpenedThrough) switch
                {
                    ("asked", _) => "väntar på svar",
                    ("refused", _) => "nej",
                    (_, { } through) => $"ja, till och med {Day(through)}",
                    _ => "inget: begäran upphörde med gallringen",
                }),
            ])),
    ];

    // Lists hold the ids of others beside this person's: only that there was one.
    // All of them, or all but those about stays that are not shown.
    private async Task<IReadOnlyList<ExtractEntry>> EventsAsync(
        ParticipantRow person,
        IReadOnlyList<ParticipationRow>? stays,
        CancellationToken cancellationToken)
    {
        var shown = new HashSet<(string, int)>();
        foreach (var stay in stays ?? [])
        {
            shown.UnionWith(s_ofStay.Select(entity => (entity, stay.Id)));
            foreach (var assessment in await assessments.OfParticipationAsync(access.ForbundId, stay.Id, cancellationToken))
                shown.Add((ChangedEntity.Assessment, assessment.Row.Id));
        }

        // The same thing by the same user, time after time on a day, is one line with how often.
        var lines = new List<(string From, string To, string What, int Times)>();
        foreach (var e in await audit.OfParticipantAsync(access.ForbundId, person.Id, cancellationToken))
        {
            var isOfStay = e.Entity == ChangedEntity.Assessment || s_ofStay.Contains(e.Entity);
            if (stays is not null && isOfStay && !shown.Contains((e.Entity, e.EntityId ?? 0)))
                continue;
            var (at, what) = (Local(e.HappenedAt), $"{AuditWording.Action(e.Action)} – {e.Actor}");
            if (lines.Count > 0 && lines[^1] is var last && last.What == what && last.From[..10] == at[..10])
                lines[^1] = last with { To = at, Times = last.Times + 1 };
            else
                lines.Add((at, at, what, 1));
        }

        return [.. lines.Select(l => new ExtractEntry(null, [new(Between(l.From, l.To), l.Times == 1 ? l.What : $"{l.What}, {l.Times} gånger")]))];

        // Whichever comes first in the log's order.
        static string Between(string one, string other) => one == other ? one
            : string.CompareOrdinal(one, other) < 0 ? $"{one}–{other[11..]}" : $"{other}–{one[11..]}";
    }

    private static ExtractEntry Changed(string what, Change change)
    {
        var how = change.Old is null && change.New is null ? " ändrades" : $", från {change.Old ?? "inget"} till {change.New ?? "inget"}";
        return new ExtractEntry(
            null,
            [new(change.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), $"{what}: {change.Label ?? change.Field}{how} – {change.Who}")]);
    }

    private string Local(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, database.Clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
