using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// The one gate: whatever leaves the system as a publication has passed it with a named policy. The
/// rules themselves are <see cref="DisclosureControl"/>; here they meet the measures.
/// </summary>
public sealed class PublishingGate(PublicationPolicy policy)
{
    public PublicationPolicy Policy { get; } = policy;

    /// <summary>The cells as they may be shown: as they are, rounded, or hidden with the reason in their state.</summary>
    public IReadOnlyList<MeasureCell> Apply(IReadOnlyList<MeasureCell> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return Policy == PublicationPolicy.Internt ? cells : [.. CurveMarks.Merge(cells, hasIntervals: !IsRounded).Select(Pass)];
    }

    private MeasureCell Pass(MeasureCell cell)
    {
        if (cell.Missing is { } missing)
            cell = cell with { Missing = new MissingExits(Shown(missing.Number)) };
        if (cell.State != CellState.Shown)
            return cell;
        return MeasureCatalogue.Find(cell.Measure).Statistics.First(s => s.Name == cell.Statistic).Kind switch
        {
            StatisticKind.Count => OfCount(cell),
            StatisticKind.Share => OfShare(cell),
            StatisticKind.CurveShare => cell.IsMerged ? cell with { Denominator = Shown(cell.Denominator) } : Hidden(cell),
            StatisticKind.ShareDifference or StatisticKind.Probability when cell.RestsOn.Count == 2 => OfDifference(cell),
            _ => OfMean(cell),
        };
    }

    private bool IsRounded => Policy == PublicationPolicy.AvrundatTill5;

    private MeasureCell OfCount(MeasureCell cell) =>
        DisclosureControl.Count(Policy, (long)cell.Value!.Value) is { } count
            ? cell with { Value = count, N = Shown(cell.N) }
            : Hidden(cell);

    private MeasureCell OfShare(MeasureCell cell) =>
        DisclosureControl.Share(Policy, Share.Of(cell.Numerator!.Value, cell.Denominator!.Value)) is { } share
            // The interval of a rounded share need not hold the true one.
            ? cell with
            {
                Value = share.Value,
                Lower = IsRounded ? null : share.Lower,
                Upper = IsRounded ? null : share.Upper,
                Numerator = share.Numerator,
                Denominator = share.Denominator,
                N = share.Denominator,
            }
            : Hidden(cell);

    // A difference and its test say as much as the two shares they are made of.
    private MeasureCell OfDifference(MeasureCell cell)
    {
        if (DisclosureControl.Difference(Policy, ShareDifference.Of(cell.RestsOn[0], cell.RestsOn[1])) is not { } difference)
            return Hidden(cell);
        return cell.Statistic == "fisher_p"
            ? cell with { Value = difference.FisherP(), N = Shown(cell.N) }
            : cell with { Value = difference.Value, Lower = difference.Lower, Upper = difference.Upper, N = Shown(cell.N) };
    }

    private MeasureCell OfMean(MeasureCell cell) =>
        DisclosureControl.HidesMean(Policy, cell.N ?? 0) ? Hidden(cell) : cell with { N = Shown(cell.N), Denominator = Shown(cell.Denominator) };

    // What a hidden number is of may still be told, when that is not small itself.
    private MeasureCell Hidden(MeasureCell cell) =>
        cell with
        {
            State = CellState.Hidden,
            Value = null,
            Least = null,
            Numerator = null,
            Lower = null,
            Upper = null,
            Denominator = Shown(cell.Denominator),
            N = Shown(cell.N),
            RestsOn = [],
            CurveMark = null,
        };

    private long? Shown(long? count) => count is { } n ? DisclosureControl.Count(Policy, n) : null;
}
