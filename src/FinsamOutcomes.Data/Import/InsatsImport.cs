using System.Text;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Reads insatser and delprojekt. A row about a registered insats equals it or is an error; where the file corrects, what may be
/// changed on the page is changed, and what is locked there is refused.
/// </summary>
internal sealed class InsatsImport(ImportJob job) : IFileImport
{
    private const int Name = 0, Parent = 1, Orientation = 2, FollowUp = 3, Esf = 4, StartsOn = 5, EndsOn = 6, Capacity = 7, Specific = 8, TargetGroups = 9;
    private const int MaxNameLength = 200;

    // Some signs become several in a normal form.
    private const int MaxFormLength = 600;

    private static readonly string[] s_columns =
    [
        "id",
        "forbund_id",
        "parent_id",
        "name",
        "name_key",
        "orientation",
        "specific_orientation",
        "follow_up_method",
        "is_esf",
        "starts_on",
        "ends_on",
        "capacity",
        "version",
    ];

    private readonly CodeLookup _names = new(areNames: true);
    private readonly List<KnownInsats> _known = [];
    private readonly List<NewInsatsRow> _rows = [];
    private ILookup<int, string> _groups = null!;
    private readonly List<Correction> _corrected = [];
    private List<NewInsatsRow> _added = [];

    // What a corrected insats is afterwards; null groups are left as they are.
    private sealed record Correction(KnownInsats Known, string? Specific, int StartsOn, int EndsOn, int? Capacity, IReadOnlyList<string>? TargetGroups);

    private sealed record NewInsatsRow(
        int Line,
        string Name,
        string? Parent,
        string Orientation,
        string FollowUp,
        bool IsEsf,
        int StartsOn,
        int EndsOn,
        int? Capacity,
        string? Specific,
        IReadOnlyList<string>? TargetGroups)
    {
        public int Id { get; set; }
    }

    public async Task LoadAsync(DatabaseSession session)
    {
        await job.LoadCodesAsync(session);
        foreach (var insats in await job.KnownAsync<KnownInsats>(session, "Import.Insatser"))
        {
            if (_names.Add(insats.Name) == _known.Count)
                _known.Add(insats);
        }

        _groups = (await job.KnownAsync<KnownTargetGroup>(session, "Import.TargetGroups")).ToLookup(t => t.InsatsId, t => t.TargetGroup);
    }

    public ImportCounts Read()
    {
        ReadRows();
        CheckParents();
        _added = [.. _rows.Where(r => !IsRegistered(r))];
        CheckEnds();
        return new ImportCounts(_added.Count, _corrected.Count, _rows.Count - _added.Count - _corrected.Count);
    }

    // As on the page: a delprojekt that goes on after its insats would be left out of the hand-over.
    private void CheckEnds()
    {
        var ends = _known.ToDictionary(k => k.Id, k => k.EndsOn?.DayNumber ?? 0);
        foreach (var correction in _corrected)
            ends[correction.Known.Id] = correction.EndsOn;
        foreach (var correction in _corrected.Where(c => c.EndsOn > 0 && c.EndsOn != (c.Known.EndsOn?.DayNumber ?? 0)))
        {
            var later = _known.Where(k => k.ParentId == correction.Known.Id && (ends[k.Id] == 0 || ends[k.Id] > correction.EndsOn)).ToList();
            if (later.Count > 0)
                job.Problems.Add(
                    ImportRule.InsatsEndsEarly,
                    _rows.First(r => r.Id == correction.Known.Id).Line,
                    "slutdatum",
                    $"Insatsen har delprojekt som pågår längre än {ImportJob.Iso(correction.EndsOn)}: {ImportRows.Listed([.. later.Select(k => k.Name)])}.",
                    "Insatsen har delprojekt som pågår längre än det nya slutdatumet.");
        }
    }

    public bool RestsOn(ChangedMeanwhile change) => change.What == ChangedMeanwhile.Insats;

    private void ReadRows()
    {
        var rows = job.Rows;
        var (orientations, followUps, noYes) = (CodeWords.Orientations(), CodeWords.FollowUpMethods(), CodeWords.NoYes());
        var (specifics, targetGroups) = (job.Codes("specific_orientation"), job.Codes("target_group"));
        var lines = new Dictionary<int, int>();
        while (job.Next())
        {
            var name = rows.Text(Name, MaxNameLength, isRequired: true);
            var parent = rows.Text(Parent, MaxNameLength);
            var orientation = rows.Code(Orientation, orientations, isRequired: true);
            var followUp = rows.Code(FollowUp, followUps, isRequired: true);
            var esf = rows.Code(Esf, noYes, isRequired: true);
            var startsOn = rows.Date(StartsOn, isRequired: true);
            var endsOn = rows.Date(EndsOn);
            var capacity = rows.WholeNumber(Capacity, 0, 1_000_000);
            var specific = rows.Code(Specific, specifics);
            var groups = ReadTargetGroups(targetGroups);
            if (startsOn > 0 && endsOn > 0 && endsOn < startsOn)
                rows.Add(
                    ImportRule.DateOrder,
                    EndsOn,
                    $"slutdatum {ImportJob.Iso(endsOn)} är före startdatum {ImportJob.Iso(startsOn)}.",
                    "slutdatum är före startdatum.");
            if (orientation == 1 && followUp == 0)
                rows.Add(ImportRule.StructuralByIndividual, FollowUp, "En strukturövergripande insats har inga deltagare att följa var för sig.");
            if (name is not null && NormalForm.Of(name).Length > MaxFormLength)
                rows.Add(ImportRule.ForbiddenSign, Name, "insats har tecken som inte går att jämföra.");
            else if (name is not null)
            {
                var index = _names.Add(name);
                if (!lines.TryAdd(index, rows.Line))
                    rows.Add(ImportRule.Duplicate, Name, $"Insatsen finns redan på rad {lines[index]}.");
            }

            if (rows.IsRowValid)
            {
                _rows.Add(new NewInsatsRow(
                    rows.Line, name!, parent, CodeWords.OrientationCodes[orientation], CodeWords.FollowUpCodes[followUp], esf == 1,
                    startsOn, endsOn, capacity, specific < 0 ? null : specifics.Words[specific], groups));
            }
        }
    }

    private List<string>? ReadTargetGroups(CodeLookup codes)
    {
        if (!job.Rows.Has(TargetGroups))
            return null;
        var found = new List<string>();
        if (job.Rows.Text(TargetGroups, 1000) is not { } text)
            return found;
        foreach (var word in text.Split([',', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var mapped = Encoding.UTF8.GetString(job.Rows.Mapped(TargetGroups, Encoding.UTF8.GetBytes(word)));
            if (mapped.Length == 0)
                continue;
            var code = codes.Find(mapped);
            if (code >= 0 && !found.Contains(codes.Words[code]))
                found.Add(codes.Words[code]);
            else if (code < 0)
                job.Rows.Add(
                    ImportRule.CodeUnknown,
                    TargetGroups,
                    $"malgrupper har det okända värdet ”{ImportRows.Shown(word)}”.{(codes.Nearest(word) is { } nearest ? $" Menar du {nearest}?" : "")}",
                    "malgrupper har ett okänt värde.",
                    word,
                    codes.Words);
        }

        return found;
    }

    private void CheckParents()
    {
        var inFile = _rows.ToDictionary(r => _names.Find(r.Name));
        foreach (var row in _rows.Where(r => r.Parent is not null))
        {
            var index = _names.Find(row.Parent!);
            var (parentName, grandparent, startsOn, endsOn) = inFile.TryGetValue(index, out var other)
                ? (other.Name, other.Parent is not null, other.StartsOn, other.EndsOn)
                : index >= 0 && index < _known.Count
                    ? (_known[index].Name, _known[index].ParentId is not null, _known[index].StartsOn.DayNumber, _known[index].EndsOn?.DayNumber ?? 0)
                    : (null, false, 0, 0);
            if (parentName is null)
                job.Problems.Add(
                    ImportRule.InsatsUnknown,
                    row.Line,
                    "overordnad",
                    $"overordnad är ”{ImportRows.Shown(row.Parent!)}”, som inte finns.{(_names.Nearest(row.Parent!) is { } nearest ? $" Menar du {ImportRows.Shown(nearest)}?" : "")}",
                    "overordnad är en insats som inte finns.");
            else if (other == row || grandparent)
                job.Problems.Add(
                    ImportRule.ParentInvalid,
                    row.Line,
                    "overordnad",
                    other == row ? "Insatsen har sig själv som överordnad." : $"overordnad är ”{ImportRows.Shown(parentName)}”, som själv är ett delprojekt.",
                    other == row ? null : "overordnad är själv ett delprojekt.");
            else if (endsOn > 0 && (row.EndsOn == 0 || row.EndsOn > endsOn))
                job.Problems.Add(
                    ImportRule.OutsideParent,
                    row.Line,
                    "slutdatum",
                    $"Delprojektet pågår efter att dess insats slutar {ImportJob.Iso(endsOn)}, och är då inte med i överlämningen till Uppföljning Finsam.",
                    "Delprojektet pågår efter att dess insats slutar.");
            else if (row.StartsOn < startsOn)
                job.Problems.Add(ImportRule.OutsideParent, row.Line, "startdatum", "Delprojektet börjar före sin insats.");
        }
    }

    private bool IsRegistered(NewInsatsRow row)
    {
        var index = _names.Find(row.Name);
        if (index < 0 || index >= _known.Count)
            return false;
        var known = _known[index];
        var parent = known.ParentId is { } id ? _known.Find(k => k.Id == id)?.Name : null;
        row.Id = known.Id;
        if (job.Corrects)
        {
            Correct(row, known, parent);
            return true;
        }

        var differs = new List<string>();
        void Compare(string column, bool isSame)
        {
            if (!isSame)
                differs.Add(column);
        }

        Compare("overordnad", row.Parent is null ? parent is null : parent is not null && _names.Find(row.Parent) == _names.Find(parent));
        Compare("inriktning", row.Orientation == known.Orientation);
        Compare("uppfoljningsmetod", row.FollowUp == known.FollowUpMethod);
        Compare("esf", row.IsEsf == known.IsEsf);
        Compare("startdatum", row.StartsOn == known.StartsOn.DayNumber);
        Compare("slutdatum", row.EndsOn == (known.EndsOn?.DayNumber ?? 0));
        Compare("platser", row.Capacity == known.Capacity);
        Compare("specifik_inriktning", !job.Rows.Has(Specific) || row.Specific == known.SpecificOrientation);
        Compare(
            "malgrupper",
            row.TargetGroups is null
                || row.TargetGroups.Order(StringComparer.Ordinal).SequenceEqual(_groups[known.Id].Order(StringComparer.Ordinal), StringComparer.Ordinal));
        if (differs.Count > 0)
            job.Problems.Add(
                ImportRule.InsatsDiffers,
                row.Line,
                differs[0],
                $"Insatsen är redan registrerad med andra uppgifter: {string.Join(", ", differs)}.");
        return true;
    }

    // Nothing in the file leaves what is registered.
    private void Correct(NewInsatsRow row, KnownInsats known, string? parent)
    {
        const string Locked = "kan inte ändras när insatsen är skapad, som i Uppföljning Finsam.";
        var errors = job.Problems.Errors;
        Lock(
            "overordnad",
            row.Parent is null || (parent is not null && _names.Find(row.Parent) == _names.Find(parent)),
            "Vilken insats ett delprojekt hör till");
        Lock("inriktning", row.Orientation == known.Orientation, "Insatsinriktningen");
        Lock("uppfoljningsmetod", row.FollowUp == known.FollowUpMethod, "Uppföljningsmetoden");
        Lock("esf", row.IsEsf == known.IsEsf, "ESF-finansieringen");
        Lock(
            "specifik_inriktning",
            row.Specific is null || known.SpecificOrientation is null || row.Specific == known.SpecificOrientation,
            "Den specifika inriktningen");
        if (job.Problems.Errors > errors)
            return;
        var changes = job.Changes.Count;
        var knownEnd = known.EndsOn?.DayNumber ?? 0;
        var groups = row.TargetGroups is { Count: > 0 } given ? given.Order(StringComparer.Ordinal).ToList() : null;
        var knownGroups = _groups[known.Id].Order(StringComparer.Ordinal).ToList();
        if (groups is not null && groups.SequenceEqual(knownGroups, StringComparer.Ordinal))
            groups = null;
        Change("startdatum", nameof(InsatsChange.StartsOn), ImportJob.Iso(known.StartsOn.DayNumber), ImportJob.Iso(row.StartsOn));
        if (row.EndsOn > 0)
            Change("slutdatum", nameof(InsatsChange.EndsOn), knownEnd == 0 ? null : ImportJob.Iso(knownEnd), ImportJob.Iso(row.EndsOn));
        if (row.Capacity is { } capacity)
            Change("platser", nameof(InsatsChange.Capacity), ComparedField.Text(known.Capacity), ComparedField.Text(capacity)!);
        if (row.Specific is { } specific)
            Change("specifik_inriktning", nameof(InsatsChange.SpecificOrientation), known.SpecificOrientation, specific);
        if (groups is not null)
            Change("malgrupper", nameof(InsatsChange.TargetGroups), string.Join(", ", knownGroups), string.Join(", ", groups));
        var endsOn = row.EndsOn > 0 ? row.EndsOn : knownEnd;
        if (endsOn > 0 && endsOn < row.StartsOn)
            job.Problems.Add(
                ImportRule.DateOrder,
                row.Line,
                "startdatum",
                $"startdatum {ImportJob.Iso(row.StartsOn)} är efter slutdatum {ImportJob.Iso(endsOn)} i registret.",
                "startdatum är efter slutdatum i registret.");
        if (job.Changes.Count > changes)
            _corrected.Add(new Correction(known, row.Specific ?? known.SpecificOrientation, row.StartsOn, endsOn, row.Capacity ?? known.Capacity, groups));

        void Lock(string column, bool isSame, string what)
        {
            if (!isSame)
                job.Problems.Add(ImportRule.InsatsLocked, row.Line, column, $"{what} {Locked}");
        }

        void Change(string column, string field, string? before, string after)
        {
            if (before == after)
                return;
            job.FilledIn.Add(ChangedEntity.Insats, known.Id, field, after, before, known.Version + 1);
            job.Changes.Add(new RegisterChange(row.Line, null, known.Name, column, before ?? "", after));
        }
    }

    public async Task WriteAsync(DatabaseSession session)
    {
        await WriteCorrectionsAsync(session);
        var added = _added;
        if (added.Count == 0)
            return;
        var first = await session.ReserveIdsAsync("insats", added.Count, job.CancellationToken);
        for (var i = 0; i < added.Count; i++)
            added[i].Id = first + i;
        var ids = _known.Select(k => (k.Name, k.Id)).Concat(added.Select(r => (r.Name, r.Id))).ToDictionary(p => _names.Find(p.Name), p => p.Id);

        // Parents first: a delprojekt refers to its insats.
        await session.BulkInsertAsync(
            "insats",
            s_columns,
            added.OrderBy(r => r.Parent is not null).Select(r => Values(r, r.Id, r.Parent is null ? null : ids[_names.Find(r.Parent)])),
            job.CancellationToken);
        await session.BulkInsertAsync(
            "insats_target_group",
            ["insats_id", "target_group"],
            added.SelectMany(r => (r.TargetGroups ?? []).Select(g => new object?[] { r.Id, g })),
            job.CancellationToken);
    }

    private async Task WriteCorrectionsAsync(DatabaseSession session)
    {
        foreach (var (known, specific, startsOn, endsOn, capacity, groups) in _corrected)
        {
            var written = await session.ExecuteAsync(
                "Insatser.Update",
                new
                {
                    job.ForbundId,
                    known.Id,
                    known.Version,
                    known.Name,
                    NameKey = NormalForm.Of(known.Name),
                    KeepsForm = true,
                    SpecificOrientation = specific,
                    StartsOn = (DateOnly?)ImportJob.Date(startsOn),
                    EndsOn = (DateOnly?)ImportJob.Date(endsOn),
                    Capacity = capacity,
                },
                job.CancellationToken);
            if (written == 0)
                throw FieldErrors.Stale();
            if (groups is null)
                continue;
            await session.ExecuteAsync("Insatser.ClearTargetGroups", new { job.ForbundId, InsatsId = known.Id }, job.CancellationToken);
            await session.ExecuteAsync(
                "Insatser.AddTargetGroup",
                groups.Select(g => new { job.ForbundId, InsatsId = known.Id, TargetGroup = g }),
                job.CancellationToken);
        }
    }

    private object?[] Values(NewInsatsRow r, int id, int? parentId) =>
        [
            id,
            job.ForbundId,
            parentId,
            r.Name,
            NormalForm.Of(r.Name),
            r.Orientation,
            r.Specific,
            r.FollowUp,
            r.IsEsf,
            ImportJob.Date(r.StartsOn),
            ImportJob.Date(r.EndsOn),
            r.Capacity,
            1,
        ];
}
