using System.Collections.Concurrent;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// Measures behind the publishing gate: all that a report or a page shows is computed here, once for each request, also
/// when several ask at the same time.
/// </summary>
public sealed class GatedMeasures(FinsamDatabase database, PublicationPolicy policy, CancellationToken cancellationToken)
{
    // All that is counted at one time in this program, whoever asks: each holds a connection, and a core where the database
    // is a file. More at once would be done no sooner, and would keep other pages waiting.
    private static readonly SemaphoreSlim s_counting = new(Math.Clamp(2 * Environment.ProcessorCount, 4, 32));

    private readonly MeasureService _measures = new(database);
    private readonly PublishingGate _gate = new(policy);
    private readonly ConcurrentDictionary<MeasureRequest, Lazy<Task<IReadOnlyList<MeasureCell>>>> _computed = new();

    public PublicationPolicy Policy => policy;

    /// <summary>The cells of a measure as they may be shown.</summary>
    /// <exception cref="MeasureRequestException">The request can't be answered; the message is for the user.</exception>
    public Task<IReadOnlyList<MeasureCell>> ComputeAsync(MeasureRequest request) =>
        _computed.GetOrAdd(request, static (wanted, self) => new(() => self.PassAsync(wanted)), this).Value;

    public Task<MeasureLabels> LabelsAsync(int forbundId) => _measures.LabelsAsync(forbundId, cancellationToken);

    public Task<IReadOnlyList<MeasurePeriodRow>> PeriodsAsync(PeriodKind per, DateOnly from, DateOnly to) =>
        _measures.PeriodsAsync(per, from, to, cancellationToken);

    // On a thread of its own: SQLite answers on the caller's, and what is asked for at once should be counted at once.
    private async Task<IReadOnlyList<MeasureCell>> PassAsync(MeasureRequest request)
    {
        await s_counting.WaitAsync(cancellationToken);
        try
        {
            return _gate.Apply(await Task.Run(() => _measures.ComputeAsync(request, cancellationToken), cancellationToken));
        }
        finally
        {
            s_counting.Release();
        }
    }
}
