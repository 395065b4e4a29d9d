using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>Reads budget and outcome of insatser, and of what the förbund itself costs.</summary>
internal sealed class EconomyImport(ImportJob job) : IFileImport
{
    private const int Year = 0, Insats = 1, Cost = 2, Participants = 3, Budget = 4, Outcome = 5, Administration = 6;
    private const int MaxNameLength = 200;

    private readonly CodeLookup _names = new(areNames: true);
    private readonly List<KnownInsats> _insatser = [];
    private readonly Dictionary<(int Year, string Key), KnownForbundCost> _costs = [];
    private readonly RowComparison _comparison = new(job);
    private readonly List<(string Query, object Row)> _writes = [];
    private Dictionary<(int InsatsId, int Year), KnownInsatsYear> _years = [];

    public async Task LoadAsync(DatabaseSession session)
    {
        foreach (var insats in await job.KnownAsync<KnownInsats>(session, "Import.Insatser"))
        {
            if (_names.Add(insats.Name) == _insatser.Count)
                _insatser.Add(insats);
        }

        _years = (await job.KnownAsync<KnownInsatsYear>(session, "Import.InsatsYears")).ToDictionary(y => (y.InsatsId, y.CalendarYear));
        foreach (var cost in await job.KnownAsync<KnownForbundCost>(session, "Import.ForbundCosts"))
            _costs[(cost.CalendarYear, NormalForm.Of(cost.Name))] = cost;
    }

    public ImportCounts Read()
    {
        var (rows, noYes) = (job.Rows, CodeWords.NoYes());
        while (job.Next())
        {
            var year = rows.WholeNumber(Year, 1990, 2059, isRequired: true) ?? 0;
            var insats = rows.Code(Insats, _names, rule: ImportRule.InsatsUnknown);
            var cost = rows.Text(Cost, MaxNameLength);
            var participants = rows.WholeNumber(Participants, 0, 1_000_000);
            var budget = rows.Kronor(Budget, mayBeNegative: false);
            var outcome = rows.Kronor(Outcome, mayBeNegative: true);
            var administration = rows.Has(Administration) ? rows.Code(Administration, noYes) : -1;
            var isInsats = !rows.Raw(Insats).IsEmpty;
            if (isInsats != rows.Raw(Cost).IsEmpty)
                rows.Add(ImportRule.EitherOr, Insats, isInsats ? "Både insats och kostnad är ifyllda." : "Både insats och kostnad är tomma.");
            else if (!isInsats && participants is not null)
                rows.Add(ImportRule.NotAsked, Participants, "budgeterade_deltagare är ifyllt för en kostnad som inte hör till en insats.");
            else if (isInsats && administration == 1)
                rows.Add(ImportRule.NotAsked, Administration, "administration är ja för en insats.");
            if (!rows.IsRowValid)
                continue;
            if (isInsats)
                KeepInsats(_insatser[insats], year, participants, budget, outcome);
            else
                KeepCost(cost!, year, administration < 0 ? null : administration == 1, budget, outcome);
        }

        return _comparison.Counts;
    }

    private void KeepInsats(KnownInsats insats, int year, int? participants, long? budget, long? outcome)
    {
        if (!_comparison.IsFirst(string.Create(CultureInfo.InvariantCulture, $"{year} {insats.Id}"), Insats))
            return;
        var known = _years.GetValueOrDefault((insats.Id, year));
        var entity = ChangedEntity.InsatsYear(year);
        ComparedField[] fields =
        [
            new(
                Participants,
                nameof(NewInsatsYear.BudgetedParticipants),
                ComparedField.Text(known?.BudgetedParticipants),
                ComparedField.Text(participants)),
            new(Budget, nameof(NewInsatsYear.BudgetKronor), ComparedField.Text(known?.BudgetKronor), ComparedField.Text(budget)),
            new(Outcome, nameof(NewInsatsYear.OutcomeKronor), ComparedField.Text(known?.OutcomeKronor), ComparedField.Text(outcome)),
        ];
        if (known is null)
            _comparison.Add(entity, insats.Id, version: 1, fields);
        else if (!_comparison.Changes(entity, insats.Id, known.Version + 1, string.Create(CultureInfo.InvariantCulture, $"{insats.Name} {year}"), fields))
            return;
        _writes.Add((
            known is null ? "Insatser.AddYear" : "Insatser.UpdateYear",
            new
            {
                job.ForbundId,
                InsatsId = insats.Id,
                CalendarYear = year,
                BudgetedParticipants = participants ?? known?.BudgetedParticipants,
                BudgetKronor = budget ?? known?.BudgetKronor,
                OutcomeKronor = outcome ?? known?.OutcomeKronor,
                Version = known?.Version ?? 0,
            }));
    }

    private void KeepCost(string cost, int year, bool? isAdministration, long? budget, long? outcome)
    {
        var key = NormalForm.Of(cost);
        if (!_comparison.IsFirst(string.Create(CultureInfo.InvariantCulture, $"{year}:{key}"), Cost))
            return;
        var known = _costs.GetValueOrDefault((year, key));
        var name = known?.Name ?? cost;
        var entity = ChangedEntity.ForbundCost(year, name);
        ComparedField[] fields =
        [
            // A new cost is told by its sums, and by this only where it is administration.
            new(
                Administration,
                nameof(NewForbundCost.IsAdministration),
                Flag(known?.IsAdministration),
                known is null && isAdministration != true ? null : Flag(isAdministration))
            {
                Word = kept => kept == "true" ? "ja" : "nej",
            },
            new(Budget, nameof(NewForbundCost.BudgetKronor), ComparedField.Text(known?.BudgetKronor), ComparedField.Text(budget)),
            new(Outcome, nameof(NewForbundCost.OutcomeKronor), ComparedField.Text(known?.OutcomeKronor), ComparedField.Text(outcome)),
        ];
        if (known is null)
            _comparison.Add(entity, job.ForbundId, version: 1, fields);
        else if (!_comparison.Changes(entity, job.ForbundId, known.Version + 1, string.Create(CultureInfo.InvariantCulture, $"{year} {name}"), fields))
            return;
        _writes.Add((
            known is null ? "Insatser.AddCost" : "Insatser.UpdateCost",
            new
            {
                job.ForbundId,
                CalendarYear = year,
                Name = name,
                IsAdministration = isAdministration ?? known?.IsAdministration ?? false,
                BudgetKronor = budget ?? known?.BudgetKronor,
                OutcomeKronor = outcome ?? known?.OutcomeKronor,
                Version = known?.Version ?? 0,
            }));

        static string? Flag(bool? value) => value is { } flag ? flag ? "true" : "false" : null;
    }

    public bool RestsOn(ChangedMeanwhile change) => change.What is ChangedMeanwhile.Insats or ChangedMeanwhile.Sum;

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
        job.Problems.Add(ImportRule.Alike, "Två kostnader samma år har namn som databasen inte skiljer åt.");
        return Task.CompletedTask;
    }
}
