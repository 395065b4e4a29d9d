using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>All that a publication will tell, exact, and what a reader knows besides.</summary>
internal sealed record CountedPublication
{
    public required IReadOnlyList<CountedMeasure> Measures { get; init; }

    /// <summary>What may be told.</summary>
    public required PublicationPolicy Policy { get; init; }

    public required KnownStructure Structure { get; init; }

    /// <summary>The day of the snapshot.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Whether only women and men were counted; see <see cref="UnknownGender"/>.</summary>
    public bool LeavesOutUnknownGender { get; init; }

    /// <summary>The question, where there is one: its women and men are hidden last.</summary>
    public ComparedGenders? Question { get; init; }

    /// <summary>What a reader has from earlier publications.</summary>
    public KnownCounts Known { get; init; } = new();
}

/// <summary>
/// What is published together, protected together: the answers to all requests of a plan, with nothing in them that the policy
/// keeps back. After this nothing sees an unprotected number.
/// </summary>
public sealed class Publication
{
    private readonly Dictionary<MeasureRequest, IReadOnlyList<MeasureCell>> _cells;

    internal Publication(CountedPublication counted, Dictionary<MeasureRequest, IReadOnlyList<MeasureCell>> cells) =>
        (Policy, LeavesOutUnknownGender, _cells) = (counted.Policy, counted.LeavesOutUnknownGender, cells);

    public PublicationPolicy Policy { get; }

    /// <summary>True when all are women and men; see <see cref="UnknownGender"/>.</summary>
    public bool LeavesOutUnknownGender { get; }

    /// <summary>The answer to a request of the plan.</summary>
    /// <exception cref="InvalidOperationException">The request was not planned, so nothing may be told of it.</exception>
    public IReadOnlyList<MeasureCell> Cells(MeasureRequest request) =>
        _cells.GetValueOrDefault(request)
            ?? throw new InvalidOperationException($"Nothing was planned to be published of {request?.Measure}: add the request to the plan.");

    /// <summary>What a reader of it has; nothing where counts are not told as they are.</summary>
    internal KnownCounts Known { get; private init; } = new();

    /// <summary>Protects what has been counted.</summary>
    internal static Publication Protect(CountedPublication counted)
    {
        switch (counted.Policy)
        {
            case PublicationPolicy.Internt:
                return new(counted, counted.Measures.ToDictionary(c => c.Request, c => c.Cells));
            case PublicationPolicy.AvrundatTill5:
                return new(counted, RoundedCells.Of(counted));
            default:
                var cells = ProtectedCells.Of(counted);
                return new(counted, cells.Cells) { Known = cells.Known };
        }
    }

    /// <summary>This and what another tells.</summary>
    internal Publication With(Publication other)
    {
        foreach (var (request, cells) in other._cells)
            _cells.TryAdd(request, cells);
        return this;
    }
}
