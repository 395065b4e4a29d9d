using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// The policy <em>avrundat till 5</em>: every count to the nearest 5, the same wherever it stands. A share is of rounded counts, and
/// shown only where the rounding can't move it by more than two and a half percentage points, and never as nobody or everybody,
/// which would tell 0 from 1 and 2. Intervals, differences and tests would be of the rounding, and are left out. Means as under
/// <em>minst 5</em>.
/// </summary>
internal static class RoundedCells
{
    // Two up or down is the most that a count moves.
    private const int Moved = 2;
    private const double FarthestShare = 0.025;

    public static Dictionary<MeasureRequest, IReadOnlyList<MeasureCell>> Of(CountedPublication counted)
    {
        var told = counted.Measures.Select(c => (c.Request, Cells: c.ToldCells(counted.Today, hasIntervals: false))).ToList();
        var means = MeanProtection.Of(told.SelectMany(t => t.Cells), counted.Structure, counted.Known);
        return told.ToDictionary(t => t.Request, IReadOnlyList<MeasureCell> (t) => [.. t.Cells.Select(c => Round(c.Cell, c.Counts, means))]);
    }

    private static MeasureCell Round(MeasureCell cell, CellCounts counts, MeanProtection means)
    {
        if (cell.Missing is { Number: { } missing })
            cell = cell with { Missing = new MissingExits(Rounding.ToNearestFive(missing)) };
        var (n, denominator) = (Rounded(cell.N), Rounded(cell.Denominator));
        if (cell.State != CellState.Shown)
            return cell with { N = n, Denominator = denominator };
        return MeasureCatalogue.StatisticOf(cell).Kind switch
        {
            StatisticKind.Count => cell with { Value = Rounding.ToNearestFive((long)cell.Value!.Value), Least = Rounded(cell.Least), N = n },
            StatisticKind.Share => OfShare(cell),
            StatisticKind.CurveShare => cell.IsMerged ? cell with { Denominator = denominator } : Hidden(),
            StatisticKind.ShareDifference => Hidden(),
            StatisticKind.Probability when cell.RestsOn.Count > 0 => Hidden(),
            StatisticKind.Kronor => OfCost(cell),
            _ => means.Pass(cell, counts.Base) with { N = n },
        };

        MeasureCell Hidden() => cell.Without(CellState.Hidden) with { N = n, Denominator = denominator };
    }

    private static MeasureCell OfShare(MeasureCell cell)
    {
        var share = Share.Of(Rounding.ToNearestFive(cell.Numerator!.Value), Rounding.ToNearestFive(cell.Denominator!.Value));
        var counts = cell with { N = share.Denominator, Denominator = share.Denominator, Lower = null, Upper = null };
        return share.Numerator == 0 || share.Complement <= 0 || IsMovedFar(share)
            ? counts.Without(CellState.Hidden) with { N = share.Denominator, Denominator = share.Denominator }
            : counts with { Value = share.Value, Numerator = share.Numerator };
    }

    // A cost a head gives the heads, since the outcome in kronor is no secret: it is of rounded heads too.
    private static MeasureCell OfCost(MeasureCell cell)
    {
        var heads = Rounding.ToNearestFive(cell.N!.Value);
        return heads == 0
            ? cell.Without(CellState.Hidden) with { N = heads }
            : cell with { Value = (double)cell.Numerator!.Value / heads, N = heads, Denominator = heads };
    }

    // The farthest that the exact share can be from that of the rounded counts.
    private static bool IsMovedFar(Share share)
    {
        var (least, most) = ((double)(share.Numerator - Moved) / (share.Denominator + Moved), (double)(share.Numerator + Moved) / (share.Denominator - Moved));
        return Math.Max(share.Value!.Value - least, most - share.Value.Value) > FarthestShare;
    }

    private static long? Rounded(long? count) => count is { } n ? Rounding.ToNearestFive(n) : null;
}
