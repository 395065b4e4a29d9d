using System.Globalization;
using System.Runtime.InteropServices;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Reads answers, one a row or a column for each question, and gathers them to assessments. A registered answer is changed by
/// a file that corrects only; new answers may be added to a registered assessment. The first answer locks its instrument.
/// </summary>
internal sealed class AssessmentImport(ImportJob job) : IFileImport
{
    private const int Code = 0, Insats = 1, Instrument = 2, Occasion = 3, AnsweredOn = 4, Item = 5, Value = 6, Respondent = 7, Version = 8, StartedOn = 9;
    private const int After = 3;

    private readonly CodeLookup _insatsNames = new(areNames: true);
    private readonly List<int> _insatsIds = [];
    private readonly CodeLookup _instrumentNames = new(areNames: true);
    private readonly CodeLookup _occasions = CodeWords.Occasions();
    private readonly CodeLookup _respondents = CodeWords.Respondents();
    private readonly CodeLookup _missing = CodeWords.MissingReasons();
    private readonly List<(KnownInstrument Row, CodeLookup Items, List<KnownInstrumentItem> ItemRows)> _instruments = [];
    private readonly Dictionary<(int Participation, int Instrument, int Occasion, int Day), int> _assessmentPlaces = [];
    private readonly List<Assessment> _assessments = [];
    private readonly Dictionary<(int Assessment, int ItemId), Answer> _answers = [];
    private readonly List<(int Assessment, int ItemId, Answer Answer)> _added = [];
    private readonly List<(int Assessment, int ItemId, Answer Answer)> _corrected = [];
    private readonly Dictionary<int, string> _texts = [];
    private ParticipantIndex _participants = null!;
    private ILookup<(int Participant, int Insats), KnownParticipation> _participations = null!;
    private HashSet<string> _misregistrations = null!;
    private int _unchanged;

    [StructLayout(LayoutKind.Auto)]
    private record struct Assessment(int Id, int Participation, int Instrument, int Occasion, int Day);

    // Line is 0 for a registered answer.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Answer(int Line, double? Value, string? MissingReason);

    public ImportCounts Read()
    {
        while (job.Next())
            ReadRow();
        return new ImportCounts(_added.Count, _corrected.Count, _unchanged);
    }

    public int KnownParticipants => _participants.KnownInFile;

    public bool RestsOn(ChangedMeanwhile change) => change.What switch
    {
        ChangedMeanwhile.Participant or ChangedMeanwhile.Assessment => _participants.IsInFile(change),
        ChangedMeanwhile.Insats or ChangedMeanwhile.Instrument => true,
        _ => false,
    };

    public async Task LoadAsync(DatabaseSession session)
    {
        await job.LoadCodesAsync(session);
        _misregistrations = job.Misregistrations.ToHashSet(StringComparer.Ordinal);
        foreach (var insats in await job.KnownAsync<KnownInsats>(session, "Import.Insatser"))
        {
            if (_insatsNames.Add(insats.Name) == _insatsIds.Count)
                _insatsIds.Add(insats.Id);
        }

        _participants = new ParticipantIndex(await job.KnownAsync<KnownParticipant>(session, "Import.Participants"));
        _participations = (await job.KnownAsync<KnownParticipation>(session, "Import.Participations")).ToLookup(p => (p.ParticipantId, p.InsatsId));
        if (job.Rows.Questions.Count > 0)
        {
            foreach (var text in (await job.KnownAsync<KnownItemText>(session, "Import.ItemTexts")).Where(t => t.Language == "sv"))
                _texts[text.InstrumentItemId] = text.Body;
        }

        var items = (await job.KnownAsync<KnownInstrumentItem>(session, "Import.InstrumentItems")).ToLookup(i => i.InstrumentId);
        foreach (var instrument in await job.KnownAsync<KnownInstrument>(session, "Import.Instruments"))
        {
            _instrumentNames.Add(instrument.Code);
            var (codes, rows) = (new CodeLookup(areNames: true), new List<KnownInstrumentItem>());
            foreach (var item in items[instrument.Id])
            {
                if (codes.Add(item.Code) == rows.Count)
                    rows.Add(item);
            }

            _instruments.Add((instrument, codes, rows));
        }

        var byId = new Dictionary<int, int>();
        foreach (var known in await job.KnownAsync<KnownAssessment>(session, "Import.Assessments"))
        {
            var occasion = Array.IndexOf(CodeWords.OccasionCodes, known.Occasion);
            byId.Add(known.Id, _assessments.Count);
            _assessmentPlaces[(known.ParticipationId, known.InstrumentId, occasion, known.AnsweredOn.DayNumber)] = _assessments.Count;
            _assessments.Add(new Assessment(known.Id, known.ParticipationId, known.InstrumentId, occasion, known.AnsweredOn.DayNumber));
        }

        foreach (var answer in await job.KnownAsync<KnownAnswer>(session, "Import.Answers"))
        {
            if (byId.TryGetValue(answer.AssessmentId, out var place))
                _answers.Add((place, answer.InstrumentItemId), new Answer(0, answer.Value, answer.MissingReason));
        }
    }

    private void ReadRow()
    {
        var rows = job.Rows;
        var participant = FindParticipant();
        var insats = rows.Code(Insats, _insatsNames, isRequired: true, ImportRule.InsatsUnknown);
        var name = rows.Code(Instrument, _instrumentNames, isRequired: true, ImportRule.InstrumentUnknown);
        var occasion = rows.Code(Occasion, _occasions, isRequired: true);
        var day = rows.Date(AnsweredOn, isRequired: true);
        job.IsNotInFuture(AnsweredOn, day);
        var respondent = rows.Code(Respondent, _respondents);
        var version = rows.WholeNumber(Version, 1, 10_000);
        var startedOn = rows.Date(StartedOn);
        var instrument = name < 0 || respondent == -2 ? -1 : FindInstrument(_instrumentNames.Words[name], respondent, version);
        var participation =
            participant < 0 || insats < 0 || day <= 0 || startedOn < 0 ? null : FindParticipation(participant, _insatsIds[insats], day, occasion, startedOn);
        if (rows.Questions.Count == 0)
        {
            var item = instrument < 0 ? null : FindItem(_instruments[instrument].Items, _instruments[instrument].ItemRows);
            var answer = ReadValue(item, rows.Raw(Value), rows.Name(Value));
            if (rows.IsRowValid)
                Place(participation!.Id, participant, _instruments[instrument].Row.Id, occasion, day, item!, answer);
            return;
        }

        // A column for each question: one that is empty has not been answered here.
        foreach (var (field, question) in rows.Questions)
        {
            var raw = rows.RawField(field);
            if (raw.IsEmpty || instrument < 0)
                continue;
            var item = FindQuestion(instrument, question);
            if (item is null)
            {
                job.Problems.Add(
                    ImportRule.ItemUnknown,
                    rows.Line,
                    "",
                    $"Kolumn {ImportRows.Letter(field)} ”{ImportRows.Shown(question)}” är ingen fråga i instrumentet."
                        + _instruments[instrument].Items.Suggested(question),
                    $"Kolumn {ImportRows.Letter(field)} är ingen fråga i instrumentet.");
                continue;
            }

            var answer = ReadValue(item, raw, item.Code);
            if (rows.IsRowValid)
                Place(participation!.Id, participant, _instruments[instrument].Row.Id, occasion, day, item, answer);
        }
    }

    // By the code of the question or by how it is asked.
    private KnownInstrumentItem? FindQuestion(int instrument, string question)
    {
        var (_, codes, items) = _instruments[instrument];
        if (codes.Find(question) is >= 0 and var index)
            return items[index];
        var key = CodeLookup.Key(question);
        return items.Find(i => CodeLookup.Key(i.Code) == key || (_texts.TryGetValue(i.Id, out var text) && CodeLookup.Key(text) == key));
    }

    private int FindParticipant()
    {
        var raw = FormulaGuard.Open(job.Rows.Raw(Code));
        var place = raw.IsEmpty ? -1 : _participants.Mention(raw);
        if (raw.IsEmpty)
            job.Rows.Add(ImportRule.Required, Code, "deltagarkod är tomt.");
        else if (place < 0 && PersonalNumber.CouldBeIn(System.Text.Encoding.UTF8.GetString(raw)))
            job.Rows.Add(ImportRule.PersonalNumber, Code, "deltagarkod innehåller något som ser ut som ett personnummer.");
        else if (place < 0)
            TellUnknown(System.Text.Encoding.UTF8.GetString(raw));
        return place;
    }

    private void TellUnknown(string code)
    {
        if (ParticipantCode.IsScientific(code))
        {
            job.Rows.Add(ImportRule.CodeScientific, Code, "deltagarkod är ett tal i grundpotensform.");
            return;
        }

        var place = _participants.FindLookalike(code);
        var hint = place < 0 ? "" : $" Menar du {_participants.All[place].Code}?";
        job.Rows.Add(
            ImportRule.ParticipantUnknown,
            Code,
            $"Deltagaren ”{ImportRows.Shown(code)}” är inte registrerad.{hint}",
            hint.Length > 0
                ? "Deltagaren är inte registrerad. En annan kod ser nästan likadan ut: nollor kan ha fallit bort."
                : "Deltagaren är inte registrerad.");
    }

    private int FindInstrument(string name, int respondent, int? version)
    {
        // Nothing said means the participant, unless only caseworkers answer this instrument; the newest version, unless one is named.
        var best = -1;
        for (var i = 0; i < _instruments.Count; i++)
        {
            var row = _instruments[i].Row;
            if (!string.Equals(row.Code, name, StringComparison.OrdinalIgnoreCase) || (version is { } v && row.InstrumentVersion != v)
                || (respondent >= 0 && row.Respondent != CodeWords.RespondentCodes[respondent]))
            {
                continue;
            }

            if (best < 0 || Rank(row).CompareTo(Rank(_instruments[best].Row)) > 0)
                best = i;
        }

        if (best < 0)
            job.Rows.Add(
                ImportRule.InstrumentUnknown,
                version is null ? Respondent : Version,
                $"Instrumentet {ImportRows.Shown(name)} finns inte {(version is null ? "för den respondenten" : $"i version {version}")}.",
                $"Instrumentet finns inte {(version is null ? "för den respondenten" : "i den versionen")}.");
        return best;

        static (bool IsParticipants, int Version) Rank(KnownInstrument row) => (row.Respondent == CodeWords.RespondentCodes[0], row.InstrumentVersion);
    }

    private KnownInstrumentItem? FindItem(CodeLookup codes, List<KnownInstrumentItem> items)
    {
        var index = job.Rows.Code(Item, codes, isRequired: true, ImportRule.ItemUnknown);
        return index < 0 ? null : items[index];
    }

    private Answer ReadValue(KnownInstrumentItem? item, ReadOnlySpan<byte> raw, string column)
    {
        var rows = job.Rows;
        if (raw.IsEmpty)
        {
            rows.Add(ImportRule.Required, Value, "varde är tomt. Skriv ett tal, eller varför svaret saknas: ej_tillfragad, vill_ej_svara eller vet_ej.");
            return default;
        }

        if (!ImportRows.TryNumber(raw, out var number))
        {
            var reason = rows.Code(raw, column, _missing, ImportRule.NumberInvalid);
            return reason < 0 ? default : new Answer(rows.Line, null, CodeWords.MissingCodes[reason]);
        }

        if (!rows.IsKept(column, number))
            return default;
        if (item is not null && (number < item.ScaleMin || number > item.ScaleMax))
            job.Problems.Add(
                ImportRule.OutsideScale,
                rows.Line,
                column,
                $"{column} ligger utanför skalan {ImportProblems.Number(item.ScaleMin)}–{ImportProblems.Number(item.ScaleMax)}.");
        return new Answer(rows.Line, number, null);
    }

    // Of several stays in the same insats: the one whose start the row names, else the one that the day falls in, else the
    // last one begun before it, else the first. Misregistered stays come last.
    private KnownParticipation? FindParticipation(int participant, int insatsId, int day, int occasion, int startedOn)
    {
        KnownParticipation? best = null;
        foreach (var p in _participations[(_participants.All[participant].Id, insatsId)])
        {
            if (startedOn == 0 || p.StartedOn?.DayNumber == startedOn)
                best = best is null || Rank(p).CompareTo(Rank(best)) > 0 ? p : best;
        }

        if (best is null)
            job.Rows.Add(
                ImportRule.ParticipationUnknown,
                startedOn == 0 ? Insats : StartedOn,
                startedOn == 0
                    ? "Deltagaren är inte registrerad i insatsen."
                    : $"Deltagaren har inget deltagande i insatsen som börjar {ImportJob.Iso(startedOn)}.",
                startedOn == 0 ? null : "Deltagaren har inget deltagande i insatsen som börjar den dagen.");
        else if (day < From(best) || (occasion != After && day > To(best)))
            job.Rows.Add(
                ImportRule.OutsideParticipation,
                AnsweredOn,
                $"datum {ImportJob.Iso(day)} ligger utanför deltagandet {ImportJob.Iso(From(best))}–{best.EndedOn:yyyy-MM-dd}.",
                "datum ligger utanför deltagandet.");
        return best;

        (bool IsReal, bool IsWithin, bool HasBegun, int Start) Rank(KnownParticipation p) =>
            (
                p.ExitReason is null || !_misregistrations.Contains(p.ExitReason),
                day >= From(p) && day <= To(p),
                From(p) <= day,
                From(p) <= day ? From(p) : -From(p));

        static int From(KnownParticipation p) => (p.StartedOn ?? p.QueuedOn!.Value).DayNumber;
        static int To(KnownParticipation p) => p.EndedOn?.DayNumber ?? int.MaxValue;
    }

    private void Place(int participation, int participant, int instrument, int occasion, int day, KnownInstrumentItem question, Answer answer)
    {
        var item = question.Id;
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_assessmentPlaces, (participation, instrument, occasion, day), out var exists);
        if (!exists)
        {
            place = _assessments.Count;
            _assessments.Add(new Assessment(0, participation, instrument, occasion, day));
        }

        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_answers, (place, item), out var isKnown);
        if (!isKnown)
        {
            known = answer;
            _added.Add((place, item, answer));
            if (_assessments[place].Id > 0)
                NoteAnswer(_assessments[place], question, before: null, answer);
        }
        else if (known.Line > 0)
        {
            job.Rows.Add(ImportRule.Duplicate, Item, $"Svaret på frågan finns redan på rad {known.Line}.");
        }
        else if (known.Value.Equals(answer.Value) && known.MissingReason == answer.MissingReason)
        {
            known = answer;
            _unchanged++;
        }
        else if (job.Corrects)
        {
            NoteAnswer(_assessments[place], question, known, answer);
            var who = _participants.All[participant];
            job.Changes.Add(new RegisterChange(job.Rows.Line, who.Id, who.Code, question.Code, Said(known), Said(answer)));
            _corrected.Add((place, item, answer));
            known = answer;
        }
        else
        {
            job.Rows.Add(ImportRule.AnswerDiffers, Value, "Svaret är redan registrerat med ett annat värde.");
        }
    }

    private void NoteAnswer(Assessment assessment, KnownInstrumentItem question, Answer? before, Answer answer)
    {
        job.FilledIn.Add(ChangedEntity.Assessment, assessment.Id, AssessmentStore.Field(question.Code), Kept(answer), before is { } was ? Kept(was) : null);

        static string Kept(Answer answer) => answer.Value?.ToString("0.####", CultureInfo.InvariantCulture) ?? answer.MissingReason!;
    }

    private string Said(Answer answer) =>
        answer.Value is { } value ? ImportProblems.Number(value) : _missing.Words[Array.IndexOf(CodeWords.MissingCodes, answer.MissingReason)];

    public async Task WriteAsync(DatabaseSession session)
    {
        await session.ExecuteAsync(
            "Import.CorrectAnswer",
            _corrected.Select(c => new
            {
                job.ForbundId,
                AssessmentId = _assessments[c.Assessment].Id,
                InstrumentItemId = c.ItemId,
                c.Answer.Value,
                c.Answer.MissingReason,
            }),
            job.CancellationToken);
        if (_added.Count == 0)
            return;
        var places = _assessments.Select((a, i) => (a, i)).Where(p => p.a.Id == 0).Select(p => p.i).ToList();
        if (places.Count > 0)
        {
            var first = await session.ReserveIdsAsync("assessment", places.Count, job.CancellationToken);
            for (var i = 0; i < places.Count; i++)
                _assessments[places[i]] = _assessments[places[i]] with { Id = first + i };
        }

        var respondents = _instruments.ToDictionary(i => i.Row.Id, i => i.Row.Respondent);
        await session.BulkInsertAsync(
            "assessment",
            ["id", "forbund_id", "participation_id", "instrument_id", "occasion", "respondent", "answered_on"],
            places.Select(place =>
            {
                var a = _assessments[place];
                return new object?[]
                {
                    a.Id,
                    job.ForbundId,
                    a.Participation,
                    a.Instrument,
                    CodeWords.OccasionCodes[a.Occasion],
                    respondents[a.Instrument],
                    ImportJob.Date(a.Day),
                };
            }),
            job.CancellationToken);
        await session.BulkInsertAsync(
            "answer",
            ["assessment_id", "instrument_item_id", "value", "missing_reason"],
            _added.Select(a => new object?[] { _assessments[a.Assessment].Id, a.ItemId, a.Answer.Value, a.Answer.MissingReason }),
            job.CancellationToken);
        foreach (var instrument in _added.Select(a => _assessments[a.Assessment].Instrument).Distinct())
            await session.ExecuteAsync("Import.LockInstrument", new { job.ForbundId, Id = instrument, LockedAt = session.UtcNow }, job.CancellationToken);
    }
}
