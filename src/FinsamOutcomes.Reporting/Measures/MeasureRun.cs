using System.Runtime.InteropServices;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>Where a cell belongs; level 0 is the whole förbund.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CellKey(DateOnly From, DateOnly To, int Level, string Gender, string AgeGroup, string Education, string Referrer)
{
    public CellKey WithGender(string gender) => this with { Gender = gender };
}

/// <summary>The arguments of every measure query; see sql/queries/measure_frame.sql.</summary>
internal sealed record MeasureArguments
{
    public required int ForbundId { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required string Per { get; init; }

    public required int FirstDay { get; init; }

    public required int LastDay { get; init; }

    public required int TodayDay { get; init; }

    public required int Insats { get; init; }

    public required int ByInsats { get; init; }

    public required int ByGender { get; init; }

    public required int ByAge { get; init; }

    public required int ByEducation { get; init; }

    public required int ByReferrer { get; init; }

    public required string Definition { get; init; }

    public required int Gender { get; init; }

    public required string AgeGroups { get; init; }

    /// <summary>A gender that a publication leaves out, 0 for none.</summary>
    public required int WithoutGender { get; init; }
}

/// <summary>One computation: its queries, the grid of cells to fill, and how a cell is made.</summary>
internal sealed class MeasureRun(
    CountedRows counted,
    MeasureInfo info,
    MeasureRequest request,
    MeasureArguments arguments,
    MeasureLabels labels,
    IReadOnlyList<(DateOnly From, DateOnly To)> periods,
    DateOnly today)
{
    // Beyond this nobody reads it, and it no longer fits in memory.
    private const int MostCells = 250_000;

    private readonly Dictionary<int, string> _insatsNames = labels.Insatser.ToDictionary(i => i.Id, i => i.Name);

    public MeasureRequest Request => request;

    public MeasureLabels Labels => labels;

    public DateOnly Today => today;

    /// <summary>
    /// Whether a level has individuals to count. One that only registers how many they are has none: 0 would say that nobody
    /// came. One that has rows all the same is counted as they say.
    /// </summary>
    public Func<int, bool> Followed(IEnumerable<CellKey> rows)
    {
        var seen = rows.Select(k => k.Level).ToHashSet();
        return level => seen.Contains(level) || Insats(level) is not { IsCountedOnly: true };
    }

    /// <summary>The insats of a level; null for the whole förbund.</summary>
    public MeasureInsatsRow? Insats(int level) => level == 0 ? null : labels.Insatser.First(i => i.Id == level);

    public Task<IReadOnlyList<T>> RowsAsync<T>(string query) => counted.RowsAsync<T>(query, arguments);

    /// <summary>The same rows by gender also where that was not asked for.</summary>
    public Task<IReadOnlyList<T>> RowsByGenderAsync<T>(string query) => counted.RowsAsync<T>(query, arguments with { ByGender = 1 });

    public async Task<Dictionary<CellKey, T>> ByKeyAsync<T>(string query)
        where T : MeasureRow =>
        (await RowsAsync<T>(query)).ToDictionary(r => r.Key());

    /// <summary>
    /// Every cell that was asked for, also those that no row fills: periods, then insatser, then women before men, totals
    /// last. Insatser closed in the whole range and unknown codes are there only when rows have them.
    /// </summary>
    public IReadOnlyList<CellKey> Grid(IEnumerable<CellKey> rows)
    {
        var seen = new[]
        {
            new HashSet<string>(StringComparer.Ordinal),
            new HashSet<string>(StringComparer.Ordinal),
            new HashSet<string>(StringComparer.Ordinal),
            new HashSet<string>(StringComparer.Ordinal),
        };
        var seenLevels = new HashSet<int>();
        foreach (var key in rows)
        {
            seenLevels.Add(key.Level);
            seen[0].Add(key.Gender);
            seen[1].Add(key.AgeGroup);
            seen[2].Add(key.Education);
            seen[3].Add(key.Referrer);
        }

        var levels = Levels(seenLevels);
        var genders = Values(MeasureDimensions.Gender, "gender", seen[0]);
        var ages = Values(MeasureDimensions.Age, "age", seen[1]);
        var educations = Values(MeasureDimensions.Education, "education", seen[2]);
        var referrers = Values(MeasureDimensions.Referrer, "referrer", seen[3]);
        var size = (long)periods.Count * levels.Count * genders.Count * ages.Count * educations.Count * referrers.Count;
        if (size > MostCells)
            throw new MeasureRequestException(
                $"Indelningen ger {Swedish.Count(size)} celler, fler än {Swedish.Count(MostCells)}. Välj färre indelningar, längre delperioder eller en kortare tid."
            );
        return
        [
            .. from p in periods
               from level in levels
               from gender in genders
               from age in ages
               from education in educations
               from referrer in referrers
               select new CellKey(p.From, p.To, level, gender, age, education, referrer),
        ];
    }

    public MeasureCell Cell(CellKey key, string statistic, CellState state) => new()
    {
        Measure = info.Name,
        Definition = info.TakesPositiveDefinition ? arguments.Definition : null,
        Statistic = statistic,
        PeriodFrom = key.From,
        PeriodTo = key.To,
        Insats = key.Level == 0 ? MeasureCell.All : _insatsNames[key.Level],
        Gender = key.Gender,
        AgeGroup = key.AgeGroup,
        Education = key.Education,
        Referrer = key.Referrer,
        State = state,
        IsUnfinished = key.To >= today,
    };

    /// <summary>A count, which is a number also when it is 0.</summary>
    public MeasureCell Count(CellKey key, string statistic, long count, long? n = null) =>
        Cell(key, statistic, CellState.Shown) with { Value = count, N = n };

    /// <summary>A share with its Wilson interval; without anything to divide by there is no data.</summary>
    public MeasureCell Share(CellKey key, string statistic, long numerator, long denominator)
    {
        var share = Statistics.Share.Of(numerator, denominator);
        return Cell(key, statistic, share.Value is null ? CellState.NoData : CellState.Shown) with
        {
            Value = share.Value,
            Numerator = numerator,
            Denominator = denominator,
            Lower = share.Lower,
            Upper = share.Upper,
            N = denominator,
        };
    }

    /// <summary>A number that is missing when there is no data.</summary>
    public MeasureCell Number(CellKey key, string statistic, double? value, long n, double? lower = null, double? upper = null) =>
        Cell(key, statistic, value is null ? CellState.NoData : CellState.Shown) with
        {
            Value = value,
            Lower = value is null ? null : lower,
            Upper = value is null ? null : upper,
            N = n,
        };

    private List<int> Levels(HashSet<int> seen)
    {
        var by = request.By.HasFlag(MeasureDimensions.Insats);
        var listed = labels.Insatser.Where(i => by
            && (arguments.Insats == 0 || i.ParentId == arguments.Insats)
            && (seen.Contains(i.Id) || (i.StartsOn <= request.To && (i.EndsOn is null || i.EndsOn >= request.From))));
        return [.. listed.Select(i => i.Id), arguments.Insats];
    }

    private List<string> Values(MeasureDimensions dimension, string name, HashSet<string> seen) => request.By.HasFlag(dimension)
        ? [.. labels.Codes(name).Select(c => c.Code).Where(code => seen.Contains(code) || !IsRare(code)).Where(code => IsWanted(name, code)), MeasureCell.All]
        : [MeasureCell.All];

    private bool IsWanted(string dimension, string code) => dimension switch
    {
        "gender" => request.Gender is null || request.Gender == code,
        "age" => request.AgeGroups is null || request.AgeGroups.Split(',').Contains(code, StringComparer.Ordinal),
        _ => true,
    };

    // Ages outside working life and codes for what nobody knows.
    private static bool IsRare(string code) => code is "unknown" or "okand" or "0-15" or "67-";
}
