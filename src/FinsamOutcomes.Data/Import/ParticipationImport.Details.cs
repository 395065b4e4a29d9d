using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <content>Livelihood and occupation, and the writing.</content>
internal sealed partial class ParticipationImport
{
    private static readonly string[] s_participantColumns =
    [
        "id", "forbund_id", "code", "code_key", "gender", "birth_year", "has_protected_identity", "version", "name_encrypted", "personal_number_encrypted",
        "personal_number_index", "erasure_mark",
    ];

    // Boxed once, since there may be millions of rows.
    private static readonly object s_no = false;
    private static readonly object s_first = 1;

    private readonly object _forbund = job.ForbundId;
    private readonly List<(
        int Row,
        int Occasion,
        IReadOnlyList<(int Code, int Percent)>? Livelihood,
        (int Work, int Study, bool IsJobSeeking)? Occupation)> _newDetails = [];

    private ParticipationDetails? ReadDetails()
    {
        ParticipationDetails? details = null;
        for (var occasion = 0; occasion < 2; occasion++)
        {
            if (ReadLivelihood(LivelihoodBefore + occasion) is { } livelihood)
                (details ??= new ParticipationDetails()).Livelihood[occasion] = livelihood;
            if (ReadOccupation(WorkBefore + (3 * occasion)) is { } occupation)
                (details ??= new ParticipationDetails()).Occupation[occasion] = occupation;
        }

        return details;
    }

    private List<(int Code, int Percent)>? ReadLivelihood(int column)
    {
        var rows = job.Rows;
        var raw = rows.Raw(column);
        if (raw.IsEmpty)
            return null;
        var (found, sum) = (new List<(int Code, int Percent)>(), 0);
        foreach (var range in raw.SplitAny((byte)',', (byte)'|'))
        {
            var part = NormalForm.Written(raw[range]);
            var colon = part.IndexOf((byte)':');
            var said = colon < 0 ? part : NormalForm.Written(part[..colon]);
            var mapped = rows.Mapped(column, said);
            if (mapped.IsEmpty && !said.IsEmpty)
                continue;
            var code = _livelihoods.Find(mapped);
            var percent = 100;
            var isNumber = colon < 0 || ImportRows.TryWhole(NormalForm.Written(part[(colon + 1)..]), isPercent: true, out percent);
            if (code < 0 && PersonalNumber.IsIn(raw))
            {
                rows.Add(ImportRule.PersonalNumber, column, $"{rows.Name(column)} innehåller något som ser ut som ett personnummer.");
                return null;
            }

            if (code < 0)
            {
                var word = Encoding.UTF8.GetString(said);
                rows.Add(
                    ImportRule.CodeUnknown,
                    column,
                    $"{rows.Name(column)} har det okända värdet ”{ImportRows.Shown(word)}”.{(_livelihoods.Nearest(word) is { } nearest ? $" Menar du {nearest}?" : "")}",
                    $"{rows.Name(column)} har ett okänt värde.",
                    word,
                    _livelihoods.Words);
                return null;
            }

            if (!isNumber || percent is < 1 or > 100 || found.Exists(f => f.Code == code))
            {
                rows.Add(ImportRule.LivelihoodInvalid, column, $"{rows.Name(column)} har en andel som inte är 1–100 procent, eller samma kod två gånger.");
                return null;
            }

            found.Add((code, percent));
            sum += percent;
        }

        if (found.Count == 0)
            return null;
        if (sum > 100)
            rows.Add(
                ImportRule.LivelihoodInvalid,
                column,
                $"Andelarna i {rows.Name(column)} blir tillsammans {sum} procent.",
                $"Andelarna i {rows.Name(column)} blir tillsammans mer än 100 procent.");
        else if (sum < 100)
            rows.Add(
                ImportRule.LivelihoodNotWhole,
                column,
                $"Andelarna i {rows.Name(column)} blir tillsammans {sum} procent.",
                $"Andelarna i {rows.Name(column)} blir tillsammans mindre än 100 procent.");
        return found;
    }

    private (int Work, int Study, bool IsJobSeeking)? ReadOccupation(int column)
    {
        var rows = job.Rows;
        var filled = 0;
        for (var i = 0; i < 3; i++)
            filled += rows.Raw(column + i).IsEmpty ? 0 : 1;
        if (filled == 0)
            return null;
        if (filled < 3)
        {
            rows.Add(
                ImportRule.OccupationIncomplete,
                column,
                $"{rows.Name(column)}, {rows.Name(column + 1)} och {rows.Name(column + 2)} är inte alla ifyllda.");
            return null;
        }

        var work = rows.WholeNumber(column, 0, 100);
        var study = rows.WholeNumber(column + 1, 0, 100);
        var seeking = rows.Code(column + 2, _noYes);
        return work is null || study is null || seeking < 0 ? null : (work.Value, study.Value, seeking == 1);
    }

    public (int First, int Last)? AddedParticipants { get; private set; }

    public (int First, int Last)? AddedParticipations { get; private set; }

    public async Task WriteAsync(DatabaseSession session)
    {
        var newParticipants = _participants.All.Count - _participants.KnownCount;
        if (newParticipants > 0)
        {
            var firstParticipant = await session.ReserveIdsAsync("participant", newParticipants, job.CancellationToken);
            AddedParticipants = (firstParticipant, firstParticipant + newParticipants - 1);
            await ReadKeyAsync(session);
            await session.BulkInsertAsync("participant", s_participantColumns, NewParticipants(firstParticipant), job.CancellationToken);
        }

        await WriteIdentitiesAsync(session);

        var newRows = _rows.Count - _knownRows;
        var first = 0;
        if (newRows > 0)
        {
            first = await session.ReserveIdsAsync("participation", newRows, job.CancellationToken);
            AddedParticipations = (first, first + newRows - 1);
            await session.BulkInsertAsync(
                "participation",
                [
                    "id",
                    "forbund_id",
                    "participant_id",
                    "insats_id",
                    "queued_on",
                    "started_on",
                    "ended_on",
                    "exit_reason",
                    "is_planned_exit",
                    "referrer",
                    "education_level",
                    "version",
                ],
                NewParticipations(first),
                job.CancellationToken);
        }

        // One statement for all of them, prepared once: others wait meanwhile.
        await session.ExecuteAsync(
            "Import.CompleteParticipation",
            _rows.Take(_knownRows).Where(r => r.IsChanged).Select(r => Completed(r)),
            job.CancellationToken);
        await session.ExecuteAsync(
            "Import.CorrectParticipant",
            _participants.All
                .Take(_participants.KnownCount)
                .Where(p => p.IsCorrected)
                .Select(p => new { job.ForbundId, p.Id, Gender = CodeWords.GenderCodes[p.Gender], BirthYear = p.BirthYear == 0 ? (int?)null : p.BirthYear }),
            job.CancellationToken);
        var replaced = _newDetails.Where(n => _rows[n.Row].Details is not null).ToLookup(
            n => n.Livelihood is not null,
            n => new { job.ForbundId, _rows[n.Row].Id, Occasion = ParticipationDetails.Occasions[n.Occasion] });
        await session.ExecuteAsync("Import.RemoveLivelihood", replaced[true], job.CancellationToken);
        await session.ExecuteAsync("Import.RemoveOccupation", replaced[false], job.CancellationToken);
        if (newRows > 0)
            _closed = await ReachStore.CloseHistoryAsync(session, job.ForbundId, first, job.CancellationToken);

        await session.BulkInsertAsync(
            "livelihood_share",
            ["participation_id", "occasion", "livelihood", "percent_share"],
            NewLivelihoods(),
            job.CancellationToken);
        await session.BulkInsertAsync(
            "occupation",
            ["participation_id", "occasion", "work_percent", "study_percent", "is_job_seeking"],
            NewOccupations(),
            job.CancellationToken);
    }

    private IEnumerable<object?[]> NewParticipants(int firstId)
    {
        for (var i = _participants.KnownCount; i < _participants.All.Count; i++)
        {
            var p = _participants.All[i] with { Id = firstId + i - _participants.KnownCount };
            _participants.All[i] = p;
            yield return Values(p, p.Id, _given.GetValueOrDefault(i));
        }
    }

    private object?[] Values(in IndexedParticipant p, int id, GivenIdentity? given)
    {
        var (name, number, index) = Encrypted(id, given);
        return
        [
            id, _forbund, p.Code, NormalForm.Of(p.Code), CodeWords.GenderCodes[p.Gender], p.BirthYear == 0 ? null : (int)p.BirthYear,
            given?.IsProtected == true ? true : s_no, s_first, name, number, index,
            Erasures.ErasedFile.NewMark(),
        ];
    }

    private IEnumerable<object?[]> NewParticipations(int firstId)
    {
        object forbund = job.ForbundId, version = 1;
        for (var i = _knownRows; i < _rows.Count; i++)
        {
            var row = _rows[i] with { Id = firstId + i - _knownRows };
            _rows[i] = row;
            yield return
            [
                row.Id,
                forbund,
                _participants.All[row.Participant].Id,
                _insatser[row.Insats].Id,
                ImportJob.Date(row.QueuedOn),
                ImportJob.Date(row.StartedOn),
                ImportJob.Date(row.EndedOn),
                Word(_reasons, row.Reason),
                row.IsPlanned < 0 ? null : row.IsPlanned == 1,
                Word(_referrers, row.Referrer),
                Word(_educations, row.Education),
                version,
            ];
        }
    }

    // A row of the register in which something stands that didn't, or something else than did.
    private void NoteFilledIn(in ParticipationRow before, in ParticipationRow known, int index)
    {
        var (id, line, participant) = (known.Id, known.Line, _participants.All[known.Participant]);
        Date(Queued, nameof(ParticipationCorrection.QueuedOn), before.QueuedOn, known.QueuedOn);
        Date(Started, nameof(ParticipationCorrection.StartedOn), before.StartedOn, known.StartedOn);
        Date(Ended, nameof(ParticipationCorrection.EndedOn), before.EndedOn, known.EndedOn);
        Code(Reason, nameof(ParticipationCorrection.ExitReason), before.Reason, known.Reason, _reasons);
        Code(Education, nameof(ParticipationCorrection.EducationLevel), before.Education, known.Education, _educations);
        Code(Referrer, nameof(ParticipationCorrection.Referrer), before.Referrer, known.Referrer, _referrers);
        if (known.IsPlanned != before.IsPlanned)
            Note(
                Planned,
                nameof(ParticipationCorrection.IsPlannedExit),
                before.IsPlanned < 0 ? null : (Word(before.IsPlanned == 1), YesNo(before.IsPlanned == 1)),
                (Word(known.IsPlanned == 1), YesNo(known.IsPlanned == 1)));
        for (var i = _newDetails.Count - 1; i >= 0 && _newDetails[i].Row == index; i--)
        {
            var (_, occasion, livelihood, occupation) = _newDetails[i];
            var prefix = occasion == 0 ? "Before." : "After.";
            if (livelihood is not null)
                Note(
                    LivelihoodBefore + occasion,
                    prefix + nameof(Situation.Livelihoods),
                    before.Details?.Livelihood[occasion] is { } was ? (Shares(was, " ", ", "), Shares(was, ":", ",")) : null,
                    (Shares(livelihood, " ", ", "), Shares(livelihood, ":", ",")));
            if (occupation is not var (work, study, isJobSeeking))
                continue;
            var (column, old) = (WorkBefore + (3 * occasion), before.Details?.Occupation[occasion]);
            if (old?.Work != work)
                Note(column, prefix + nameof(Occupation.WorkPercent), Same(Text(old?.Work)), (Text(work)!, Text(work)!));
            if (old?.Study != study)
                Note(column + 1, prefix + nameof(Occupation.StudyPercent), Same(Text(old?.Study)), (Text(study)!, Text(study)!));
            if (old?.IsJobSeeking != isJobSeeking)
                Note(
                    column + 2,
                    prefix + nameof(Occupation.IsJobSeeking),
                    old is { } o ? (Word(o.IsJobSeeking), YesNo(o.IsJobSeeking)) : null,
                    (Word(isJobSeeking), YesNo(isJobSeeking)));
        }

        // Both as the history keeps it and as the file says it.
        void Note(int column, string field, (string Kept, string Said)? was, (string Kept, string Said) now)
        {
            job.FilledIn.Add(ChangedEntity.Participation, id, field, now.Kept, was?.Kept);
            if (was is { } old)
                job.Changes.Add(new RegisterChange(line, participant.Id, participant.Code, job.Rows.Name(column), old.Said, now.Said));
        }

        void Date(int column, string field, int was, int now)
        {
            if (now != was)
                Note(column, field, was == 0 ? null : (ImportJob.Iso(was), ImportJob.Iso(was)), (ImportJob.Iso(now), ImportJob.Iso(now)));
        }

        void Code(int column, string field, int was, int now, CodeLookup codes)
        {
            if (now != was)
                Note(column, field, was < 0 ? null : (codes.Words[was], codes.Words[was]), (codes.Words[now], codes.Words[now]));
        }

        string Shares(IEnumerable<(int Code, int Percent)> shares, string colon, string comma) =>
            string.Join(comma, shares.OrderBy(l => l.Code).Select(l => $"{_livelihoods.Words[l.Code]}{colon}{l.Percent}"));

        static (string Kept, string Said)? Same(string? text) => text is null ? null : (text, text);

        static string Word(bool flag) => flag ? "true" : "false";

        static string YesNo(bool flag) => flag ? "ja" : "nej";

        static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
    }

    private object Completed(in ParticipationRow row) => new
    {
        row.Id,
        job.ForbundId,
        QueuedOn = (DateOnly?)ImportJob.Date(row.QueuedOn),
        StartedOn = (DateOnly?)ImportJob.Date(row.StartedOn),
        EndedOn = (DateOnly?)ImportJob.Date(row.EndedOn),
        ExitReason = Word(_reasons, row.Reason),
        IsPlannedExit = row.IsPlanned < 0 ? (bool?)null : row.IsPlanned == 1,
        Referrer = Word(_referrers, row.Referrer),
        EducationLevel = Word(_educations, row.Education),
    };

    private IEnumerable<(
        int Id,
        int Occasion,
        IReadOnlyList<(int Code, int Percent)>? Livelihood,
        (int Work, int Study, bool IsJobSeeking)? Occupation)> NewDetails()
    {
        foreach (var (index, occasion, livelihood, occupation) in _newDetails)
            yield return (_rows[index].Id, occasion, livelihood, occupation);
        for (var i = _knownRows; i < _rows.Count; i++)
        {
            if (_rows[i].Details is not { } details)
                continue;
            for (var occasion = 0; occasion < 2; occasion++)
                yield return (_rows[i].Id, occasion, details.Livelihood[occasion], details.Occupation[occasion]);
        }
    }

    private IEnumerable<object?[]> NewLivelihoods()
    {
        foreach (var (id, occasion, livelihood, _) in NewDetails())
        {
            foreach (var (code, percent) in livelihood ?? [])
                yield return [id, ParticipationDetails.Occasions[occasion], _livelihoods.Words[code], percent];
        }
    }

    private IEnumerable<object?[]> NewOccupations()
    {
        foreach (var (id, occasion, _, occupation) in NewDetails())
        {
            if (occupation is var (work, study, isJobSeeking))
                yield return [id, ParticipationDetails.Occasions[occasion], work, study, isJobSeeking];
        }
    }

    private static string? Word(CodeLookup codes, int position) => position < 0 ? null : codes.Words[position];
}
