using System.Globalization;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Funds;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>Reads what the members give, and the förbund's own capital.</summary>
internal sealed class FundsImport(ImportJob job) : IFileImport
{
    private const int Year = 0, Kind = 1, Member = 2, Kronor = 3;
    private const int MaxNameLength = 200;
    private const string OwnCapital = "eget_kapital";

    private readonly CodeLookup _kinds = new();
    private readonly List<string> _kindCodes = [];
    private readonly Dictionary<(int Year, string Key), KnownContribution> _members = [];
    private readonly RowComparison _comparison = new(job);
    private readonly List<(string Query, object Row)> _writes = [];
    private Dictionary<int, KnownForbundYear> _years = [];

    public async Task LoadAsync(DatabaseSession session)
    {
        foreach (var kind in await session.QueryAsync<CodeRow>("CodeLists.ContributorKinds", cancellationToken: job.CancellationToken))
        {
            _kinds.Add(CodeWords.ContributorWord(kind.Code), kind.Label);
            _kindCodes.Add(kind.Code);
        }

        _kinds.Add(OwnCapital);
        foreach (var member in await job.KnownAsync<KnownContribution>(session, "Import.Contributions"))
            _members[(member.CalendarYear, NormalForm.Of(member.Name))] = member;
        _years = (await job.KnownAsync<KnownForbundYear>(session, "Import.ForbundYears")).ToDictionary(y => y.CalendarYear);
    }

    public ImportCounts Read()
    {
        var rows = job.Rows;
        while (job.Next())
        {
            var year = rows.WholeNumber(Year, 1990, 2059, isRequired: true) ?? 0;
            var kind = rows.Code(Kind, _kinds, isRequired: true);
            var member = rows.Text(Member, MaxNameLength);
            var isCapital = kind == _kindCodes.Count;
            var kronor = rows.Kronor(Kronor, mayBeNegative: isCapital);
            if (isCapital && member is not null)
                rows.Add(ImportRule.NotAsked, Member, "medlem är ifylld fast raden är eget kapital.");
            else if (kind >= 0 && !isCapital && member is null && rows.Raw(Member).IsEmpty)
                rows.Add(ImportRule.Required, Member, "medlem är tomt.");
            if (!rows.IsRowValid)
                continue;
            if (isCapital)
                KeepCapital(year, kronor);
            else
                KeepMember(year, _kindCodes[kind], member!, kronor);
        }

        return _comparison.Counts;
    }

    private void KeepCapital(int year, long? kronor)
    {
        if (!_comparison.IsFirst(string.Create(CultureInfo.InvariantCulture, $"{year}"), Year))
            return;
        var known = _years.GetValueOrDefault(year);
        var field = new ComparedField(
            Kronor,
            nameof(NewForbundYear.OwnCapitalKronor),
            ComparedField.Text(known?.OwnCapitalKronor),
            ComparedField.Text(kronor));
        var entity = ChangedEntity.ForbundYear(year);
        if (known is null)
            _comparison.Add(entity, job.ForbundId, version: 1, field);
        else if (!_comparison.Changes(entity, job.ForbundId, known.Version + 1, string.Create(CultureInfo.InvariantCulture, $"{year} eget kapital"), field))
            return;
        _writes.Add((
            known is null ? "Funds.AddYear" : "Funds.UpdateYear",
            new { job.ForbundId, CalendarYear = year, OwnCapitalKronor = kronor ?? known?.OwnCapitalKronor, Version = known?.Version ?? 0 }));
    }

    private void KeepMember(int year, string kind, string member, long? kronor)
    {
        var key = NormalForm.Of(member);
        if (!_comparison.IsFirst(string.Create(CultureInfo.InvariantCulture, $"{year} {key}"), Member))
            return;
        var known = _members.GetValueOrDefault((year, key));
        var name = known?.Name ?? member;
        var entity = ChangedEntity.Contribution(year, name);
        var (kindField, kronorField) = (
            new ComparedField(Kind, nameof(NewContribution.Kind), known?.Kind, kind) { Word = CodeWords.ContributorWord },
            new ComparedField(Kronor, nameof(NewContribution.Kronor), ComparedField.Text(known?.Kronor), ComparedField.Text(kronor)));
        if (known is null)
            _comparison.Add(entity, job.ForbundId, version: 1, kindField, kronorField);
        else if (!_comparison.Changes(
            entity, job.ForbundId, known.Version + 1, string.Create(CultureInfo.InvariantCulture, $"{year} {name}"), kindField, kronorField))
            return;
        _writes.Add((
            known is null ? "Funds.AddContribution" : "Funds.UpdateContribution",
            new { job.ForbundId, CalendarYear = year, Name = name, Kind = kind, Kronor = kronor ?? known?.Kronor, Version = known?.Version ?? 0 }));
    }

    public bool RestsOn(ChangedMeanwhile change) => change.What == ChangedMeanwhile.Sum;

    public async Task WriteAsync(DatabaseSession session)
    {
        foreach (var (query, row) in _writes)
        {
            if (await session.ExecuteAsync(query, row, job.CancellationToken) == 0)
                throw FieldErrors.Stale();
        }
    }

    public Task FindDuplicatesAsync(DatabaseSession session)
    {
        job.Problems.Add(ImportRule.Alike, "Två medlemmar samma år har namn som databasen inte skiljer åt.");
        return Task.CompletedTask;
    }
}
