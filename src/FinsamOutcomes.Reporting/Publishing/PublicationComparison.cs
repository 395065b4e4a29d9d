using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>A number of a kept publication that the register now gives otherwise.</summary>
/// <param name="Then">As it was told.</param>
/// <param name="Now">As it would be told today, for the same period and up to the same day; null when it can't be counted any more.</param>
public sealed record PublicationDifference(KeptNumber Then, MeasureCell? Now)
{
    /// <summary>True for a number that nobody sees: it was kept back and would be so again, but is another.</summary>
    public bool IsKeptBack => Then.Told.State.IsKeptBack() && Now is { } now && now.State.IsKeptBack();
}

/// <summary>
/// A kept publication beside the register of today: the same requests, of the same days, counted again. A difference is what has been
/// registered, corrected or defined anew since, and nothing else. What is told of today is protected by the publication's own policy.
/// </summary>
public sealed class PublicationComparison
{
    private const double Equal = 1e-9;

    private PublicationComparison(DateTime readAt, int compared, IReadOnlyList<PublicationDifference> differences) =>
        (ReadAt, Compared, Differences) = (readAt, compared, differences);

    /// <summary>The moment of today's numbers, UTC.</summary>
    public DateTime ReadAt { get; }

    /// <summary>How many numbers were compared.</summary>
    public int Compared { get; }

    /// <summary>The numbers that are others now, in the publication's order.</summary>
    public IReadOnlyList<PublicationDifference> Differences { get; }

    public static async Task<PublicationComparison> OfAsync(FinsamDatabase database, KeptPublication kept, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kept);
        await using var snapshot = await MeasureSnapshot.OpenAsync(database, kept.Row.ForbundId, cancellationToken);
        if (kept.Row.LeavesOutUnknownGender)
            snapshot.LeaveOutUnknownGender();
        var names = snapshot.Labels.Insatser.ToDictionary(i => i.Id, i => i.Name);
        var ids = snapshot.Labels.Insatser.ToDictionary(i => i.Name, i => i.Id, StringComparer.Ordinal);
        var counted = new List<(KeptMeasure Measure, CountedMeasure? Now)>();
        foreach (var measure in kept.Measures)
        {
            var again = Again.Of(measure, names, kept.Document.GeneratedOn);
            counted.Add((measure, again is null ? null : new(again.Request, measure.Told, await again.CountAsync(snapshot))));
        }

        if (!PublicationPolicies.TryParse(kept.Row.Policy, out var policy))
            throw new InvalidOperationException($"The policy of publication {kept.Row.Id} is unknown.");
        var publication = Publication.Protect(new()
        {
            Measures = [.. counted.Select(c => c.Now).OfType<CountedMeasure>().DistinctBy(c => c.Request)],
            Policy = policy,
            Structure = KnownStructure.Of(snapshot.Labels, snapshot.Definitions),
            Today = kept.Document.GeneratedOn,
            LeavesOutUnknownGender = kept.Row.LeavesOutUnknownGender,
        });
        var differences = new List<PublicationDifference>();
        foreach (var (measure, now) in counted)
        {
            var (cells, told) = now is null ? (null, null) : (new PlacedCells(now.Cells, ids), new PlacedCells(publication.Cells(now.Request), ids));
            foreach (var number in measure.Numbers)
            {
                var place = CellPlace.Of(number.Told, number.InsatsId);
                if (cells?.At(place) is not { } today)
                    differences.Add(new(number, Now: null));
                else if (told!.At(place) is { } shown ? IsAnother(number, today, shown) : !IsSame(number.Counted, today))
                    differences.Add(new(number, told.At(place) ?? today.Without(CellState.Protecting)));
            }
        }

        return new(snapshot.Moment, kept.Numbers.Count(), differences);
    }

    // What can be seen both then and now differs if that does; what can't, if the counts do.
    private static bool IsAnother(KeptNumber number, MeasureCell counted, MeasureCell told) => number.Told.State == CellState.Shown && told.State == CellState.Shown
        ? !IsSame(number.Told.Value, told.Value)
            || Differ(number.Told.Numerator, told.Numerator)
            || Differ(number.Told.Denominator, told.Denominator)
            || (MeasureCatalogue.StatisticOf(told).Kind is StatisticKind.Score or StatisticKind.Days && Differ(number.Told.N, told.N))
        : !IsSame(number.Counted, counted);

    // One that only one of them tells is no change of the register: what stood beside each decides what is told.
    private static bool Differ(long? then, long? now) => then is { } a && now is { } b && a != b;

    private static bool IsSame(MeasureCell then, MeasureCell now) =>
        (then.State == CellState.Shown) == (now.State == CellState.Shown)
        && IsSame(then.Value, now.Value)
        && then.Numerator == now.Numerator
        && then.Denominator == now.Denominator
        && then.N == now.N;

    // Sums of many numbers may come in another order.
    private static bool IsSame(double? then, double? now) =>
        then is { } a && now is { } b ? Math.Abs(a - b) <= Equal * Math.Max(1, Math.Abs(a)) : then is null && now is null;
}
