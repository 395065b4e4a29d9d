using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>What a publication tells of the answer to one request. All else is thrown away when it has been counted.</summary>
public sealed record PlannedMeasure
{
    /// <summary>Statistics whose every cell is told, by <see cref="MeasureStatistic.Name"/>.</summary>
    public required IReadOnlySet<string> Statistics { get; init; }

    /// <summary>Statistics that notes tell of the whole only, undivided by insats or people.</summary>
    public IReadOnlySet<string> OfWhole { get; init; } = new HashSet<string>();

    /// <summary>The only categories that are told, of a measure that has them; null for all.</summary>
    public IReadOnlySet<string>? Categories { get; init; }

    /// <summary>True where n stands beside each number, as in figures; in tables only the whole's is told.</summary>
    public bool TellsEachN { get; init; }

    /// <summary>
    /// True for a table or figure that may be told with fewer divisions, or left out, where most of it is small; see
    /// <see cref="Coarsening"/>.
    /// </summary>
    public bool MayBeCoarser { get; init; }

    internal PlannedMeasure With(PlannedMeasure other) => new()
    {
        Statistics = Statistics.Union(other.Statistics).ToHashSet(StringComparer.Ordinal),
        Categories = Categories is null || other.Categories is null ? null : Categories.Union(other.Categories).ToHashSet(StringComparer.Ordinal),
        OfWhole = OfWhole.Union(other.OfWhole).ToHashSet(StringComparer.Ordinal),
        TellsEachN = TellsEachN || other.TellsEachN,
        MayBeCoarser = MayBeCoarser && other.MayBeCoarser,
    };
}

/// <summary>
/// Every request that a publication will need, known before anything is counted: what is published together is protected
/// together.
/// </summary>
public sealed class PublicationPlan
{
    private readonly Dictionary<MeasureRequest, PlannedMeasure> _measures = [];

    /// <summary>Each request once, in the order that they were first wanted.</summary>
    public IReadOnlyDictionary<MeasureRequest, PlannedMeasure> Measures => _measures;

    /// <summary>Adds what is wanted to what was wanted of the same request before.</summary>
    public void Add(MeasureRequest request, PlannedMeasure told)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(told);
        _measures[request] = _measures.TryGetValue(request, out var before) ? before.With(told) : told;
    }

    /// <summary>Adds a request of which the statistics named are told, cell by cell.</summary>
    public void Add(MeasureRequest request, params IEnumerable<string> statistics) =>
        Add(request, new PlannedMeasure { Statistics = statistics.ToHashSet(StringComparer.Ordinal) });

    /// <summary>Counts all that is planned, in one snapshot.</summary>
    /// <exception cref="MeasureRequestException">A request can't be answered.</exception>
    internal async Task<IReadOnlyList<CountedMeasure>> CountAsync(MeasureSnapshot snapshot)
    {
        var counted = new List<CountedMeasure>();
        foreach (var (request, told) in _measures)
            counted.Add(new(request, told, await snapshot.ComputeAsync(request)));
        return counted;
    }
}
