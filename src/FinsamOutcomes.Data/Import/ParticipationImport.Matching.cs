using System.Runtime.InteropServices;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <content>How a row of the file meets what is registered and the other rows.</content>
internal sealed partial class ParticipationImport
{
    private static readonly string[] s_genderWords = [.. CodeWords.Genders().Words];

    private static readonly Comparison<ParticipationRow> s_byStart = (a, b) => (a.From, a.To).CompareTo((b.From, b.To));

    // A row belongs to a registered participation with the same start, or with the same queue date when either has not started.
    private void Place(ParticipationRow row)
    {
        if (!_last.TryGetValue(((long)row.Participant << 32) | (uint)row.Insats, out var index))
        {
            AddParticipation(row);
            return;
        }

        var (best, bestConflict, taken) = (-1, (string?)null, 0);
        for (; index >= 0; index = _rows[index].Previous)
        {
            var other = _rows[index];
            if (index >= _knownRows)
            {
                if (other.From == row.From && other.StartedOn == row.StartedOn && IsMisregistered(other) == IsMisregistered(row))
                {
                    job.Rows.Add(ImportRule.Duplicate, Code, $"Deltagandet finns redan på rad {other.Line}.");
                    return;
                }

                continue;
            }

            var isSame = other.StartedOn != 0 && row.StartedOn != 0 ? other.StartedOn == row.StartedOn : other.QueuedOn != 0 && other.QueuedOn == row.QueuedOn;
            if (!isSame)
                continue;
            if (other.Line > 0)
            {
                taken = other.Line;
                continue;
            }

            var conflict = Conflict(other, row);
            if (best < 0 || conflict is null)
                (best, bestConflict) = (index, conflict);
        }

        if (best >= 0 && (bestConflict is null || job.Corrects))
            Complete(best, row);
        else if (best >= 0)
            job.Rows.Add(
                ImportRule.ParticipationDiffers,
                Code,
                $"Deltagandet är redan registrerat med ett annat värde i {bestConflict}.",
                "Deltagandet avviker från registret.");
        else if (taken > 0)
            job.Rows.Add(ImportRule.Duplicate, Code, $"Deltagandet finns redan på rad {taken}.");
        else
            AddParticipation(row);
    }

    /// <summary>The first column where both say something, and not the same; null when there is none.</summary>
    private static string? Conflict(in ParticipationRow known, in ParticipationRow row)
    {
        if (row.QueuedOn != 0 && known.QueuedOn != 0 && row.QueuedOn != known.QueuedOn)
            return "koad";
        if (row.EndedOn != 0 && known.EndedOn != 0 && row.EndedOn != known.EndedOn)
            return "utskriven";
        if (row.Reason >= 0 && known.Reason >= 0 && row.Reason != known.Reason)
            return "avslutsanledning";
        if (row.Education >= 0 && known.Education >= 0 && row.Education != known.Education)
            return "utbildning";
        if (row.IsPlanned >= 0 && known.IsPlanned >= 0 && row.IsPlanned != known.IsPlanned)
            return "planerat_avslut";
        if (row.Referrer >= 0 && known.Referrer >= 0 && row.Referrer != known.Referrer)
            return "remittent";
        if (row.Details is null || known.Details is null)
            return null;
        for (var occasion = 0; occasion < 2; occasion++)
        {
            if (
                row.Details.Livelihood[occasion] is { } livelihood
                && known.Details.Livelihood[occasion] is { } knownLivelihood
                && !livelihood.Order().SequenceEqual(knownLivelihood.Order()))
                return occasion == 0 ? "forsorjning_fore" : "forsorjning_efter";
            if (
                row.Details.Occupation[occasion] is { } occupation
                && known.Details.Occupation[occasion] is { } knownOccupation
                && occupation != knownOccupation)
                return occasion == 0 ? "arbete_fore" : "arbete_efter";
        }

        return null;
    }

    private void Complete(int index, in ParticipationRow row)
    {
        ref var known = ref CollectionsMarshal.AsSpan(_rows)[index];
        var before = known;
        known.Line = row.Line;
        var isChanged = false;
        Fill(ref known.QueuedOn, row.QueuedOn, ref isChanged);
        Fill(ref known.StartedOn, row.StartedOn, ref isChanged);
        Fill(ref known.EndedOn, row.EndedOn, ref isChanged);
        FillCode(ref known.Reason, row.Reason, ref isChanged);
        FillCode(ref known.Education, row.Education, ref isChanged);
        FillCode(ref known.Referrer, row.Referrer, ref isChanged);
        if (row.IsPlanned >= 0 && known.IsPlanned != row.IsPlanned)
            (known.IsPlanned, isChanged) = (row.IsPlanned, true);
        for (var occasion = 0; row.Details is not null && occasion < 2; occasion++)
        {
            if (row.Details.Livelihood[occasion] is { } livelihood
                && !(known.Details?.Livelihood[occasion] is { } before1 && before1.Order().SequenceEqual(livelihood.Order())))
                _newDetails.Add((index, occasion, livelihood, null));
            if (row.Details.Occupation[occasion] is { } occupation && known.Details?.Occupation[occasion] != occupation)
                _newDetails.Add((index, occasion, null, occupation));
        }

        isChanged |= _newDetails.Count > 0 && _newDetails[^1].Row == index;
        known.IsChanged = isChanged;
        if (isChanged)
            NoteFilledIn(before, known, index);

        // Filled in from two sources, the dates may no longer fit together.
        if ((known.EndedOn != 0 && known.EndedOn < Math.Max(known.StartedOn, known.QueuedOn)) || (known.StartedOn != 0 && known.StartedOn < known.QueuedOn))
            job.Rows.Add(ImportRule.DateOrder, Started, "Datumen stämmer inte med dem som redan är registrerade för deltagandet.");
        else if (known.EndedOn == 0 && known.Reason >= 0)
            job.Rows.Add(ImportRule.ReasonWithoutExit, Reason, "avslutsanledning är ifylld men deltagandet har inget slut.");
    }

    // Nothing in the file leaves what is registered; something else in it has been let through where the file corrects.
    private static void Fill(ref int known, int value, ref bool isChanged)
    {
        if (value != 0 && known != value)
            (known, isChanged) = (value, true);
    }

    private static void FillCode(ref short known, short value, ref bool isChanged)
    {
        if (value >= 0 && known != value)
            (known, isChanged) = (value, true);
    }

    private bool IsMisregistered(in ParticipationRow row) => row.Reason >= 0 && _misregistrations.Contains(row.Reason);

    // After all rows: a row further down may complete what would otherwise overlap. Who leaves may come back the same day.
    private void CheckOverlaps()
    {
        var chain = new List<ParticipationRow>();
        foreach (var last in _last.Values)
        {
            if (_rows[last].Previous < 0)
                continue;
            chain.Clear();
            for (var index = last; index >= 0; index = _rows[index].Previous)
            {
                if (!IsMisregistered(_rows[index]))
                    chain.Add(_rows[index]);
            }

            chain.Sort(s_byStart);
            for (var i = 1; i < chain.Count; i++)
            {
                var (first, second) = (chain[i - 1], chain[i]);
                if (second.From >= first.To || (first.Line == 0 && second.Line == 0))
                    continue;
                var (at, other) = first.Line > second.Line ? (first, second) : (second, first);
                job.Problems.Add(
                    ImportRule.Overlap,
                    at.Line,
                    job.Rows.Name(Started),
                    other.Line > 0
                        ? $"Deltagandet överlappar det på rad {other.Line} i samma insats."
                        : $"Deltagandet överlappar ett registrerat deltagande i samma insats, {ImportJob.Iso(other.From)}–{(other.EndedOn == 0 ? "" : ImportJob.Iso(other.EndedOn))}.",
                    other.Line > 0 ? null : "Deltagandet överlappar ett registrerat deltagande i samma insats.");
            }
        }
    }

    // New persons beside those in the register, by the rule of the page: the file may have lost zeros, or another system has another code.
    private void CheckLikelySame()
    {
        if (_participants.KnownCount == 0 || _participants.All.Count == _participants.KnownCount)
            return;
        var near = new Dictionary<(int Insats, int BirthYear), List<(int From, int Participant)>>();
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(_rows)[.._knownRows])
        {
            var person = _participants.All[row.Participant];
            if (person.BirthYear == 0 || person.IsErased)
                continue;
            ref var stays = ref CollectionsMarshal.GetValueRefOrAddDefault(near, (row.Insats, person.BirthYear), out _);
            (stays ??= []).Add((row.From, row.Participant));
        }

        foreach (var stays in near.Values)
            stays.Sort();
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(_rows)[_knownRows..])
        {
            var person = _participants.All[row.Participant];
            if (row.Participant < _participants.KnownCount || row.Line != person.Line)
                continue;
            if (_participants.FindLookalike(person.Code) is >= 0 and var place && WhyLooking(person, _participants.All[place]) is { } why)
                job.Problems.Add(
                    ImportRule.LikelySame,
                    row.Line,
                    job.Rows.Name(Code),
                    $"deltagarkod är ny, men {_participants.All[place].Code} i registret har {why}. Menar du {_participants.All[place].Code}?",
                    $"deltagarkod är ny, men någon i registret har {why}.");
            else if (person.BirthYear == 0)
                continue;
            else if (FindNamesake(row.Participant, person) is { } namesake)
                job.Problems.Add(
                    ImportRule.LikelySame,
                    row.Line,
                    job.Rows.Name(Code),
                    $"deltagarkod är ny, men {namesake} i registret har {SameFacts.NameWhy}.",
                    $"deltagarkod är ny, men någon i registret har {SameFacts.NameWhy}.");
            else if (near.TryGetValue((row.Insats, person.BirthYear), out var stays) && Near(stays, row.From, row.Participant, person) is { } other)
                job.Problems.Add(
                    ImportRule.LikelySame,
                    row.Line,
                    job.Rows.Name(Code),
                    $"deltagarkod är ny, men {other} i registret har {SameFacts.NearWhy}.",
                    $"deltagarkod är ny, men någon i registret har {SameFacts.NearWhy}.");
        }

        // Zeros before figures are a spreadsheet's doing, and of two short numbers mostly two people's: then the facts decide.
        string? WhyLooking(IndexedParticipant person, IndexedParticipant known) =>
            known.IsErased ? null
            : person.BirthYear != 0 && IsSamePerson(person, known) ? SameFacts.OfCodes(person.Code, known.Code)
            : !ParticipantCode.DifferInZeros(person.Code, known.Code) && ParticipantCode.LookAlike(person.Code, known.Code) ? SameFacts.LookAloneWhy
            : null;

        string? Near(List<(int From, int Participant)> stays, int from, int place, IndexedParticipant person)
        {
            var first = stays.BinarySearch((from - SameFacts.DaysApart, -1));
            for (var i = first < 0 ? ~first : first; i < stays.Count && stays[i].From <= from + SameFacts.DaysApart; i++)
            {
                var known = _participants.All[stays[i].Participant];
                if (!known.IsInFile && IsSamePerson(person, known) && !HaveOtherNames(place, stays[i].Participant))
                    return known.Code;
            }

            return null;
        }
    }

    private static bool IsSamePerson(in IndexedParticipant one, in IndexedParticipant other) =>
        !other.IsErased && one.BirthYear == other.BirthYear
        && SameFacts.MayBeGender(CodeWords.GenderCodes[one.Gender], CodeWords.GenderCodes[other.Gender]);

    private bool CompareWithRow(int line, int saidGender, int saidBirthYear, int gender, int birthYear)
    {
        var (isOtherGender, isOtherYear) = (
            gender >= 0 && saidGender >= 0 && gender != saidGender,
            birthYear != 0 && saidBirthYear != 0 && birthYear != saidBirthYear);
        if (isOtherGender)
            job.Rows.Add(ImportRule.ParticipantDiffers, Gender, $"Deltagaren har ett annat kön på rad {line}.");
        if (isOtherYear)
            job.Rows.Add(ImportRule.ParticipantDiffers, BirthYear, $"Deltagaren har ett annat födelseår på rad {line}.");
        return isOtherGender || isOtherYear;
    }

    // Only what the file says first is held against the register: a file with a row for each gender and year would otherwise
    // be told which of them is right.
    private void CompareWithRegister(ref IndexedParticipant known, int gender, int birthYear)
    {
        if (CompareWithRow(known.SaidOn, known.SaidGender, known.SaidBirthYear, gender, birthYear))
            return;
        if (known.SaidOn == 0)
            known.SaidOn = job.Rows.Line;
        if (known.SaidGender < 0)
            known.SaidGender = (sbyte)gender;
        if (known.SaidBirthYear == 0)
            known.SaidBirthYear = (short)birthYear;
        var (isOtherGender, isOtherYear) = (gender >= 0 && gender != known.Gender, birthYear != 0 && birthYear != known.BirthYear);
        if (!isOtherGender && isOtherYear && known.BirthYear == 0 && !known.IsErased && !_withNumber.Contains(known.Id))
        {
            // Filled in, as an education is: it takes the place of nothing.
            (known.BirthYear, known.IsCorrected) = ((short)birthYear, true);
            job.FilledIn.Add(
                ChangedEntity.Participant,
                known.Id,
                nameof(GivenParticipant.BirthYear),
                birthYear.ToString(System.Globalization.CultureInfo.InvariantCulture),
                null);
            return;
        }

        if (!isOtherGender && !isOtherYear)
            return;

        if (job.Corrects)
        {
            Correct(ref known, isOtherGender ? gender : known.Gender, isOtherYear ? birthYear : known.BirthYear);
            return;
        }

        // One fault in the column of the code, whichever of them it is: the page may not tell what the register says.
        var what = isOtherGender && isOtherYear ? "ett annat kön och ett annat födelseår" : isOtherGender ? "ett annat kön" : "ett annat födelseår";
        job.Rows.Add(ImportRule.ParticipantDiffers, Code, $"Deltagaren har {what} i registret.", "Deltagaren avviker från registret.");
    }

    private void Correct(ref IndexedParticipant known, int gender, int birthYear)
    {
        if (_withNumber.Contains(known.Id))
        {
            // Gender and birth year follow from the number; that there is one is told to nobody here.
            job.Rows.Add(
                ImportRule.CorrectedByHand,
                Code,
                "Deltagarens kön och födelseår är andra i registret, och går inte att rätta från en fil.",
                "Deltagaren avviker från registret.");
            return;
        }

        if (gender != known.Gender)
            Change(
                known,
                Gender,
                nameof(GivenParticipant.Gender),
                s_genderWords[known.Gender],
                s_genderWords[gender],
                CodeWords.GenderCodes[known.Gender],
                CodeWords.GenderCodes[gender]);
        if (birthYear != known.BirthYear)
            Change(
                known,
                BirthYear,
                nameof(GivenParticipant.BirthYear),
                Year(known.BirthYear),
                Year(birthYear),
                known.BirthYear == 0 ? null : Year(known.BirthYear),
                Year(birthYear));
        (known.Gender, known.BirthYear, known.IsCorrected) = ((sbyte)gender, (short)birthYear, true);

        static string Year(int year) => year == 0 ? "" : year.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Change(in IndexedParticipant known, int column, string field, string was, string now, string? storedBefore, string stored)
    {
        job.FilledIn.Add(ChangedEntity.Participant, known.Id, field, stored, storedBefore);
        job.Changes.Add(new RegisterChange(job.Rows.Line, known.Id, known.Code, job.Rows.Name(column), was, now));
    }
}
