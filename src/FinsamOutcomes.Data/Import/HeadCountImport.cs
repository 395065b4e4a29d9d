using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>Reads numbers of people who are only counted, by the rules of the page.</summary>
internal sealed class HeadCountImport(ImportJob job) : IFileImport
{
    private const int Insats = 0, Year = 1, Period = 2, Gender = 3, Count = 4;

    private readonly CodeLookup _names = new(areNames: true);
    private readonly List<KnownInsats> _insatser = [];
    private readonly RowComparison _comparison = new(job);
    private readonly List<object?[]> _added = [];
    private readonly List<KnownHeadCount> _changed = [];

    // Of each insats and year, whether it is counted whole (0) or by halves (1), and the row that said so first; 0 for the register.
    private readonly Dictionary<(int InsatsId, int Year, bool IsHalf), int> _ways = [];
    private Dictionary<(int InsatsId, int Year, int Half, string Gender), int> _known = [];

    public async Task LoadAsync(DatabaseSession session)
    {
        foreach (var insats in await job.KnownAsync<KnownInsats>(session, "Import.Insatser"))
        {
            if (_names.Add(insats.Name) == _insatser.Count)
                _insatser.Add(insats);
        }

        var known = await job.KnownAsync<KnownHeadCount>(session, "Import.HeadCounts");
        _known = known.ToDictionary(h => (h.InsatsId, h.CalendarYear, h.Half, h.Gender), h => h.NumberOfPeople);
        foreach (var h in known)
            _ways.TryAdd((h.InsatsId, h.CalendarYear, h.Half > 0), 0);
    }

    public ImportCounts Read()
    {
        var (rows, periods, genders) = (job.Rows, CodeWords.Periods(), CodeWords.Genders());
        var today = DateOnly.FromDayNumber(job.Today);
        while (job.Next())
        {
            var place = rows.Code(Insats, _names, isRequired: true, ImportRule.InsatsUnknown);
            var year = rows.WholeNumber(Year, 1990, 2059, isRequired: true) ?? 0;
            var half = rows.Code(Period, periods, isRequired: true);
            var gender = rows.Code(Gender, genders, isRequired: true);
            var count = rows.WholeNumber(Count, 0, HeadCountStore.LargestCount, isRequired: true);
            if (year > today.Year || (year == today.Year && half == 2 && today.Month < 7))
                rows.Add(ImportRule.PeriodNotBegun, Period, "Perioden har inte börjat än.");
            else if (place >= 0 && year > 0 && half >= 0 && !HeadCountStore.IsOpen(_insatser[place].StartsOn, _insatser[place].EndsOn, year, half))
                rows.Add(
                    ImportRule.PeriodOutside,
                    Period,
                    $"Insatsen pågick inte då: {_insatser[place].StartsOn:yyyy-MM-dd}–{_insatser[place].EndsOn:yyyy-MM-dd}.");
            if (!rows.IsRowValid)
                continue;
            Keep(_insatser[place], year, half, CodeWords.GenderCodes[gender], count!.Value);
        }

        return _comparison.Counts;
    }

    private void Keep(KnownInsats insats, int year, int half, string gender, int count)
    {
        var rows = job.Rows;
        if (!_comparison.IsFirst(string.Create(CultureInfo.InvariantCulture, $"{insats.Id}.{year}.{half}.{gender}"), Insats))
            return;
        if (_ways.TryGetValue((insats.Id, year, half == 0), out var line))
        {
            rows.Add(
                ImportRule.YearAndHalf,
                Period,
                half == 0
                    ? $"Insatsen har antal för halvår det året, {(line == 0 ? "i registret" : $"på rad {line}")}."
                    : $"Insatsen har antal för hela året, {(line == 0 ? "i registret" : $"på rad {line}")}.");
            return;
        }

        _ways.TryAdd((insats.Id, year, half > 0), rows.Line);
        var entity = ChangedEntity.HeadCount(year);
        var name = string.Create(CultureInfo.InvariantCulture, $"{gender}.{half}");
        if (!_known.TryGetValue((insats.Id, year, half, gender), out var before))
        {
            if (insats.Orientation == "structural" && gender != CodeWords.GenderCodes[2])
                rows.Add(
                    ImportRule.CountWithoutGender,
                    Gender,
                    $"{ImportRows.Shown(insats.Name)} är strukturövergripande och har ett antal utan kön.",
                    "Insatsen är strukturövergripande och har ett antal utan kön.");
            _added.Add([job.ForbundId, insats.Id, year, half, gender, count]);
            _comparison.Add(entity, insats.Id, version: 0, new ComparedField(Count, name, null, ComparedField.Text(count)));
        }
        else if (_comparison.Changes(
            entity,
            insats.Id,
            version: 0,
            string.Create(CultureInfo.InvariantCulture, $"{insats.Name} {year}"),
            new ComparedField(Count, name, ComparedField.Text(before), ComparedField.Text(count))))
        {
            _changed.Add(new KnownHeadCount { InsatsId = insats.Id, CalendarYear = year, Half = half, Gender = gender, NumberOfPeople = count });
        }
    }

    public bool RestsOn(ChangedMeanwhile change) => change.What is ChangedMeanwhile.Insats or ChangedMeanwhile.Sum;

    public async Task WriteAsync(DatabaseSession session)
    {
        await session.BulkInsertAsync(
            "head_count",
            ["forbund_id", "insats_id", "calendar_year", "half", "gender", "number_of_people"],
            _added,
            job.CancellationToken);
        await session.ExecuteAsync(
            "HeadCounts.Update",
            _changed.Select(h => new { job.ForbundId, h.InsatsId, h.CalendarYear, h.Half, h.Gender, h.NumberOfPeople }),
            job.CancellationToken);
    }
}
