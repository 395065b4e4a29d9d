using System.Runtime.InteropServices;
using System.Text;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Reads participants and participations. A row that equals what is registered changes nothing; one that says more (an entry
/// from the queue, an exit) completes it; one that says something else is an error.
/// </summary>
internal sealed partial class ParticipationImport(ImportJob job) : IFileImport
{
    private const int Code = 0,
        Insats = 1,
        Gender = 2,
        BirthYear = 3,
        Education = 4,
        Started = 5,
        Ended = 6,
        Reason = 7,
        Queued = 8,
        Planned = 9,
        Referrer = 10;
    private const int LivelihoodBefore = 11,
        WorkBefore = 13;

    private readonly List<ParticipationRow> _rows = [];
    private readonly Dictionary<long, int> _last = [];
    private readonly CodeLookup _insatsNames = new(areNames: true);
    private readonly List<KnownInsats> _insatser = [];
    private readonly CodeLookup _genders = CodeWords.Genders();
    private readonly CodeLookup _noYes = CodeWords.NoYes();
    private ParticipantIndex _participants = null!;
    private CodeLookup _reasons = null!;
    private CodeLookup _educations = null!;
    private CodeLookup _referrers = null!;
    private CodeLookup _livelihoods = null!;
    private HashSet<int> _misregistrations = null!;
    private int _knownRows;
    private HashSet<int> _withNumber = [];

    public ImportCounts Read()
    {
        while (job.Next())
            ReadRow();
        CheckNumbers();
        CheckOverlaps();
        CheckMissedExits();
        CheckLikelySame();
        return Counts();
    }

    public int KnownParticipants => _participants.KnownInFile;

    public bool RestsOn(ChangedMeanwhile change) => change.What switch
    {
        ChangedMeanwhile.Participant => HasIdentities || _participants.IsInFile(change),
        ChangedMeanwhile.Insats => true,
        _ => false,
    };

    public async Task LoadAsync(DatabaseSession session)
    {
        await job.LoadCodesAsync(session);
        (_reasons, _educations, _referrers, _livelihoods) = (
            job.Codes("exit_reason"),
            job.Codes("education_level"),
            job.Codes("referrer"),
            job.Codes("livelihood"));
        _misregistrations = [.. job.Misregistrations.Select(_reasons.Find)];
        foreach (var insats in await job.KnownAsync<KnownInsats>(session, "Import.Insatser"))
        {
            if (_insatsNames.Add(insats.Name) == _insatser.Count)
                _insatser.Add(insats);
        }

        await LoadReachAsync(session);
        await LoadIdentitiesAsync(session);
        _withNumber = [.. await job.KnownAsync<int>(session, "Import.WithPersonalNumber")];
        _participants = new ParticipantIndex(await job.KnownAsync<KnownParticipant>(session, "Import.Participants"));
        var known = await job.KnownAsync<KnownParticipation>(session, "Import.Participations");
        if (known.Count == 0)
            return;
        var participants = new Dictionary<int, int>(_participants.KnownCount);
        for (var i = 0; i < _participants.KnownCount; i++)
            participants.Add(_participants.All[i].Id, i);
        var insatser = _insatser.Select((insats, i) => (insats.Id, i)).ToDictionary(p => p.Id, p => p.i);
        var rows = new Dictionary<int, int>(known.Count);
        foreach (var p in known)
        {
            if (!insatser.TryGetValue(p.InsatsId, out var insats) || !participants.TryGetValue(p.ParticipantId, out var participant))
                continue;
            rows.Add(p.Id, _rows.Count);
            Chain(new ParticipationRow
            {
                Id = p.Id,
                Participant = participant,
                Insats = insats,
                QueuedOn = p.QueuedOn?.DayNumber ?? 0,
                StartedOn = p.StartedOn?.DayNumber ?? 0,
                EndedOn = p.EndedOn?.DayNumber ?? 0,
                Reason = Position(_reasons, p.ExitReason),
                Education = Position(_educations, p.EducationLevel),
                Referrer = Position(_referrers, p.Referrer),
                IsPlanned = p.IsPlannedExit is { } planned ? (sbyte)(planned ? 1 : 0) : (sbyte)-1,
            });
        }

        _knownRows = _rows.Count;
        await LoadDetailsAsync(session, rows);
    }

    private async Task LoadDetailsAsync(DatabaseSession session, Dictionary<int, int> rows)
    {
        ParticipationDetails? DetailsOf(int participationId)
        {
            if (!rows.TryGetValue(participationId, out var place))
                return null;
            ref var row = ref CollectionsMarshal.AsSpan(_rows)[place];
            return row.Details ??= new ParticipationDetails();
        }

        foreach (var share in await job.KnownAsync<KnownLivelihoodShare>(session, "Import.LivelihoodShares"))
        {
            if (DetailsOf(share.ParticipationId)?.Livelihood is not { } before)
                continue;
            var occasion = Array.IndexOf(ParticipationDetails.Occasions, share.Occasion);
            before[occasion] = [.. before[occasion] ?? [], (_livelihoods.Find(share.Livelihood), share.PercentShare)];
        }

        foreach (var o in await job.KnownAsync<KnownOccupation>(session, "Import.Occupations"))
        {
            if (DetailsOf(o.ParticipationId)?.Occupation is { } occupation)
                occupation[Array.IndexOf(ParticipationDetails.Occasions, o.Occasion)] = (o.WorkPercent, o.StudyPercent, o.IsJobSeeking);
        }
    }

    private static short Position(CodeLookup codes, string? code) => code is null ? (short)-1 : (short)codes.Find(code);

    private void ReadRow()
    {
        var rows = job.Rows;
        var code = FormulaGuard.Open(rows.Raw(Code));
        var isCodeValid = CheckCode(code);
        var insats = rows.Code(Insats, _insatsNames, isRequired: true, ImportRule.InsatsUnknown);
        var gender = rows.Code(Gender, _genders, isRequired: true);
        var birthYear = rows.WholeNumber(BirthYear, 1900, 2059, rule: ImportRule.BirthYearInvalid, toldMax: DateOnly.FromDayNumber(job.Today).Year) ?? 0;
        var row = new ParticipationRow
        {
            Line = rows.Line,
            Insats = insats,
            Education = (short)Math.Max(-1, rows.Code(Education, _educations)),
            StartedOn = rows.Date(Started),
            EndedOn = rows.Date(Ended),
            Reason = (short)Math.Max(-1, rows.Code(Reason, _reasons)),
            QueuedOn = rows.Has(Queued) ? rows.Date(Queued) : 0,
            IsPlanned = rows.Has(Planned) ? (sbyte)Math.Max(-1, rows.Code(Planned, _noYes)) : (sbyte)-1,
            Referrer = rows.Has(Referrer) ? (short)Math.Max(-1, rows.Code(Referrer, _referrers)) : (short)-1,
            Details = ReadDetails(),
        };
        CheckDates(row);
        CheckInsats(row);
        CheckAge(row, birthYear);
        var given = _hasIdentities ? ReadIdentity(insats, gender, ref birthYear) : null;
        if (isCodeValid)
            row.Participant = FindParticipant(code, gender, birthYear);
        if (given is not null && isCodeValid && row.Participant >= 0)
            KeepIdentity(row.Participant, given);
        if (_consentInsatser.Count > 0 && isCodeValid && row.Participant >= 0)
            RequireConsent(row.Participant, insats);
        if (rows.IsRowValid)
            Place(row);
    }

    private bool CheckCode(ReadOnlySpan<byte> code)
    {
        var rows = job.Rows;
        if (code.IsEmpty)
            rows.Add(ImportRule.Required, Code, "deltagarkod är tomt.");
        else if (code.Length >= 10 && PersonalNumber.CouldBeIn(Encoding.UTF8.GetString(code)))
            rows.Add(ImportRule.PersonalNumber, Code, "deltagarkod innehåller något som ser ut som ett personnummer.");
        else if (
            code.Length > ParticipantCode.MaxLength
            && NormalForm.Written(Encoding.UTF8.GetString(code)).Length is > ParticipantCode.MaxLength and var length)
            rows.Add(ImportRule.TooLong, Code, $"deltagarkod har {length} tecken men får ha högst {ParticipantCode.MaxLength}.");
        else if (
            (!Ascii.IsValid(code) || code.ContainsAnyInRange((byte)0, (byte)0x1F) || code.Contains((byte)0x7F))
            && ForbiddenSigns.In(NormalForm.Written(Encoding.UTF8.GetString(code))) is { } sign)
            rows.Add(ImportRule.ForbiddenSign, Code, $"deltagarkod innehåller {sign}.");
        else if (!Ascii.IsValid(code) && NormalForm.Of(Encoding.UTF8.GetString(code)) is { Length: 0 or > ParticipantCode.MaxLength * 3 })
            rows.Add(ImportRule.ForbiddenSign, Code, "deltagarkod har tecken som inte syns eller inte går att jämföra.");
        else
            return true;
        return false;
    }

    private void CheckDates(in ParticipationRow row)
    {
        var rows = job.Rows;
        if (row.StartedOn == 0 && row.QueuedOn == 0)
            rows.Add(ImportRule.DatesMissing, Started, "Både inskriven och koad är tomma.");
        var isKnown = job.IsNotInFuture(Started, row.StartedOn) & job.IsNotInFuture(Ended, row.EndedOn) & job.IsNotInFuture(Queued, row.QueuedOn);
        if (isKnown && row.EndedOn > 0 && row.EndedOn < Math.Max(row.StartedOn, row.QueuedOn))
        {
            var (first, day) = row.EndedOn < row.StartedOn ? ("inskriven", row.StartedOn) : ("koad", row.QueuedOn);
            rows.Add(
                ImportRule.DateOrder,
                Ended,
                $"utskriven {ImportJob.Iso(row.EndedOn)} är före {first} {ImportJob.Iso(day)}.",
                $"utskriven är före {first}.");
        }

        if (isKnown && row is { StartedOn: > 0, QueuedOn: > 0 } && row.StartedOn < row.QueuedOn)
            rows.Add(
                ImportRule.DateOrder,
                Started,
                $"inskriven {ImportJob.Iso(row.StartedOn)} är före koad {ImportJob.Iso(row.QueuedOn)}.",
                "inskriven är före koad.");
        if (row.EndedOn == 0 && row.Reason >= 0)
            rows.Add(ImportRule.ReasonWithoutExit, Reason, "avslutsanledning är ifylld men utskriven är tomt.");
        if (row.EndedOn == 0 && row.IsPlanned >= 0)
            rows.Add(ImportRule.ReasonWithoutExit, Planned, "planerat_avslut är ifyllt men utskriven är tomt.");
        if (row.EndedOn > 0 && rows.Raw(Reason).IsEmpty)
            rows.Add(ImportRule.ExitWithoutReason, Reason, "utskriven är ifylld men avslutsanledning är tomt.");
        if (row.EndedOn == 0 && row.Details is { } details && (details.Livelihood[1] is not null || details.Occupation[1] is not null))
            rows.Add(ImportRule.AfterWithoutExit, Ended, "Försörjning eller sysselsättning efter är ifylld men utskriven är tomt.");
    }

    private void CheckInsats(in ParticipationRow row)
    {
        if (row.Insats < 0)
            return;
        var insats = _insatser[row.Insats];
        if (insats.Orientation != "individual" || insats.FollowUpMethod != "individual")
            job.Rows.Add(
                ImportRule.InsatsWithoutParticipants,
                Insats,
                insats.Orientation == "individual"
                    ? "Insatsen följs upp med antal, inte med deltagare."
                    : "Insatsen är strukturövergripande och har inga deltagare.");
        else
            CheckTime(row, insats);
    }

    private void CheckTime(in ParticipationRow row, KnownInsats insats)
    {
        if (row.StartedOn > 0 && (row.StartedOn < insats.StartsOn.DayNumber || row.StartedOn > (insats.EndsOn?.DayNumber ?? int.MaxValue)))
            job.Rows.Add(
                ImportRule.OutsideInsats,
                Started,
                $"inskriven {ImportJob.Iso(row.StartedOn)} ligger utanför insatsens tid, {insats.StartsOn:yyyy-MM-dd}–{insats.EndsOn:yyyy-MM-dd}.",
                $"inskriven ligger utanför insatsens tid, {insats.StartsOn:yyyy-MM-dd}–{insats.EndsOn:yyyy-MM-dd}.");
        if (insats.EndsOn is { } last && row.EndedOn > last.DayNumber)
            job.Rows.Add(
                ImportRule.ExitAfterClosing,
                Ended,
                $"utskriven {ImportJob.Iso(row.EndedOn)} är efter insatsens slut {last:yyyy-MM-dd}.",
                $"utskriven är efter insatsens slut {last:yyyy-MM-dd}.");
    }

    // After all rows: the exit may be registered already, or stand in a row further down.
    private void CheckMissedExits()
    {
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(_rows))
        {
            if (row is { Line: > 0, EndedOn: 0 } && _insatser[row.Insats].EndsOn is { } last && last.DayNumber < job.Today)
                job.Problems.Add(
                    ImportRule.MissedExit,
                    row.Line,
                    job.Rows.Name(Ended),
                    $"utskriven är tomt fast insatsen slutade {last:yyyy-MM-dd}. Deltagandet räknas som pågående.");
        }
    }

    private void CheckAge(in ParticipationRow row, int birthYear)
    {
        if (birthYear == 0 || row.From <= 0)
            return;
        var age = DateOnly.FromDayNumber(row.From).Year - birthYear;
        if (age is < 0 or > 110)
            job.Rows.Add(ImportRule.AgeImpossible, BirthYear, $"Åldern vid start blir {age} år.", "Åldern vid start är orimlig.");
        else if (age is < 15 or > 70)
            job.Rows.Add(ImportRule.AgeUnusual, BirthYear, $"Åldern vid start blir {age} år.", "Åldern vid start är ovanlig.");
    }

    private int FindParticipant(ReadOnlySpan<byte> code, int gender, int birthYear)
    {
        var place = _participants.Mention(code);
        if (place < 0 && (code.IndexOfAny("'\"`"u8) >= 0 || !Ascii.IsValid(code)) && ParticipantCode.HoldsQuotes(Encoding.UTF8.GetString(code)))
        {
            job.Rows.Add(ImportRule.CodeQuotes, Code, "deltagarkod innehåller citattecken eller apostrof.");
            return -1;
        }

        if (place < 0 && (code.IndexOfAny("gG"u8) >= 0 || !Ascii.IsValid(code)) && ParticipantCode.IsReserved(Encoding.UTF8.GetString(code)))
        {
            job.Rows.Add(ImportRule.CodeReserved, Code, "deltagarkod börjar med ”gallrad”.");
            return -1;
        }

        if (place < 0 && code.IndexOfAny("+-"u8) > 1 && ParticipantCode.IsScientific(Encoding.UTF8.GetString(code)))
        {
            job.Rows.Add(ImportRule.CodeScientific, Code, "deltagarkod är ett tal i grundpotensform.");
            return -1;
        }

        // Of a participant's first row only, and only of codes with something between words.
        if (place < 0 && code.ContainsAny(" .,_-"u8) && ParticipantCode.LooksLikeName(Encoding.UTF8.GetString(code)))
            job.Rows.Add(ImportRule.CodeLikeName, Code, "deltagarkod ser ut som ett namn.");
        if (place < 0)
            return gender < 0 ? -1 : _participants.Add(code, (sbyte)gender, (short)birthYear, job.Rows.Line);
        ref var known = ref CollectionsMarshal.AsSpan(_participants.All)[place];
        if (known.IsErased)
            job.Rows.Add(ImportRule.ParticipantErased, Code, "Deltagaren är gallrad.");
        if (birthYear != 0 && known.BirthYear == 0 && known.Line > 0)
            known.BirthYear = (short)birthYear;
        if (known.Line > 0)
            CompareWithRow(known.Line, known.Gender, known.BirthYear, gender, birthYear);
        else
            CompareWithRegister(ref known, gender, birthYear);
        return place;
    }

    private void Chain(ParticipationRow row)
    {
        ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, ((long)row.Participant << 32) | (uint)row.Insats, out var exists);
        row.Previous = exists ? last : -1;
        last = _rows.Count;
        _rows.Add(row);
    }

    // Rows of the file: one that says something new of the stay or of its person has completed, and is counted once.
    private ImportCounts Counts()
    {
        var (updated, unchanged) = (0, 0);
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(_rows)[.._knownRows])
        {
            if (row.Line == 0)
                continue;
            if (row.IsChanged || _participants.All[row.Participant].IsCorrected || FillsIdentity(row.Participant))
                updated++;
            else
                unchanged++;
        }

        return new ImportCounts(_rows.Count - _knownRows, updated, unchanged);
    }
}
