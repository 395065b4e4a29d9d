using System.Collections.Concurrent;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// Measures behind the publishing gate: all that a report or a page shows is computed here, once for each request, also
/// when several ask at the same time.
/// </summary>
public sealed class GatedMeasures(MeasureSnapshot snapshot, PublicationPolicy policy)
{
    private readonly PublishingGate _gate = new(policy);
    private readonly ConcurrentDictionary<MeasureRequest, Lazy<Task<IReadOnlyList<MeasureCell>>>> _computed = new();

    public PublicationPolicy Policy => policy;

    public MeasureLabels Labels => snapshot.Labels;

    /// <summary>The cells of a measure as they may be shown.</summary>
    /// <exception cref="MeasureRequestException">The request can't be answered; the message is for the user.</exception>
    public Task<IReadOnlyList<MeasureCell>> ComputeAsync(MeasureRequest request) =>
        _computed.GetOrAdd(request, static (wanted, self) => new(() => self.PassAsync(wanted)), this).Value;

    public Task<IReadOnlyList<MeasurePeriodRow>> PeriodsAsync(PeriodKind per, DateOnly from, DateOnly to) => snapshot.PeriodsAsync(per, from, to);

    private async Task<IReadOnlyList<MeasureCell>> PassAsync(MeasureRequest request) => _gate.Apply(await snapshot.ComputeAsync(request));
}
