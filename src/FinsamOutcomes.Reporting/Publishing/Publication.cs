using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// What is published together, protected together: the answers to all requests of a plan, with nothing in them that the policy
/// keeps back. After this nothing sees an unprotected number.
/// </summary>
public sealed class Publication
{
    private readonly Dictionary<MeasureRequest, IReadOnlyList<MeasureCell>> _cells;

    private Publication(PublicationPolicy policy, bool leavesOutUnknownGender, Dictionary<MeasureRequest, IReadOnlyList<MeasureCell>> cells) =>
        (Policy, LeavesOutUnknownGender, _cells) = (policy, leavesOutUnknownGender, cells);

    public PublicationPolicy Policy { get; }

    /// <summary>True when all are women and men; see <see cref="UnknownGender"/>.</summary>
    public bool LeavesOutUnknownGender { get; }

    /// <summary>The answer to a request of the plan.</summary>
    /// <exception cref="InvalidOperationException">The request was not planned, so nothing may be told of it.</exception>
    public IReadOnlyList<MeasureCell> Cells(MeasureRequest request) =>
        _cells.GetValueOrDefault(request) ?? throw new InvalidOperationException($"Nothing was planned to be published of {request?.Measure}: add the request to the plan.");

    /// <summary>Protects what has been counted.</summary>
    /// <param name="counted">The exact cells, with what of them will be told.</param>
    /// <param name="policy">What may be told.</param>
    /// <param name="structure">What a reader knows besides.</param>
    /// <param name="known">Counts that a reader has from earlier publications.</param>
    /// <param name="today">The day of the snapshot.</param>
    /// <param name="leavesOutUnknownGender">Whether only women and men were counted.</param>
    internal static Publication Protect(
        IReadOnlyList<CountedMeasure> counted,
        PublicationPolicy policy,
        KnownStructure structure,
        IReadOnlySet<ToldCount> known,
        DateOnly today,
        bool leavesOutUnknownGender = false)
    {
        return new(policy, leavesOutUnknownGender, policy switch
        {
            PublicationPolicy.Internt => counted.ToDictionary(c => c.Request, c => c.Cells),
            PublicationPolicy.AvrundatTill5 => RoundedCells.Of(counted, structure, today),
            _ => ProtectedCells.Of(Coarsening.Of(counted, today), structure, known, today),
        });
    }
}
