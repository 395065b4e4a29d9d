using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// Means give people away as counts do: n × mean is a sum, and the sum of one group is what the others leave of the whole. Rule:
/// a mean, median or test of fewer than ten is hidden; and wherever groups make a whole whose mean is shown, the groups that are
/// hidden are none, or at least two that together are at least ten, so that every mean that can be worked out is one that could
/// have been shown. Means have one decimal below a hundred and two from there: more would tell n and the sum.
/// <para>Source: A. Hundepool et al., Statistical Disclosure Control (2012), chapter 4.3 (magnitude tables, complementary hiding).</para>
/// </summary>
internal sealed class MeanProtection
{
    /// <summary>Fewer than these have no mean.</summary>
    public const int Fewest = 10;

    private const int Many = 100;

    private readonly HashSet<ToldCount> _hidden;

    private MeanProtection(HashSet<ToldCount> hidden) => _hidden = hidden;

    /// <summary>Decides which groups of each question show means.</summary>
    /// <param name="cells">All that the publication tells.</param>
    /// <param name="structure">How insatser hang together.</param>
    /// <param name="known">What earlier publications have shown, and kept back.</param>
    public static MeanProtection Of(IEnumerable<ToldCell> cells, KnownStructure structure, KnownCounts known)
    {
        var told = cells.Where(c => c.Cell.State == CellState.Shown).Select(c => c.Counts.Base).OfType<ToldCount>();
        var relations = new CountRelations([.. told, .. known.ShownMeans, .. known.HiddenMeans], [], structure);
        var shown = known.ShownMeans.Select(relations.IndexOf).OfType<int>().ToHashSet();
        while (shown.Count > 0 && relations.Sums.Any(Follows))
        {
            // What follows from what readers have is theirs already: the mean of the only insats that has answers is the förbund's.
        }

        var hidden = Enumerable.Range(0, relations.Counts.Count).Where(i => relations.Number(i) is > 0 and < Fewest || relations.IsRest(i))
            .Concat(known.HiddenMeans.Select(relations.IndexOf).OfType<int>()).Except(shown).ToHashSet();
        while (relations.Sums.Any(Close))
        {
            // What has been hidden for one whole may leave too little hidden in another.
        }

        return new([.. hidden.Select(i => relations.Counts[i])]);

        bool Follows((int Total, int[] Parts) sum) =>
            sum.Parts.Append(sum.Total).Where(i => relations.Number(i) > 0 && !shown.Contains(i)).Take(2).ToList() is [var one]
            && relations.Number(one) >= Fewest && shown.Add(one);

        // True when something more had to be hidden.
        bool Close((int Total, int[] Parts) sum)
        {
            var dark = sum.Parts.Where(p => hidden.Contains(p) && relations.Number(p) > 0).ToList();
            var isTold = !hidden.Contains(sum.Total);
            if (isTold ? dark.Count == 0 || (dark.Count > 1 && dark.Sum(relations.Number) >= Fewest) : dark.Count > 0)
                return false;
            var light = sum.Parts.Except(dark).Where(p => relations.Number(p) > 0 && !shown.Contains(p)).ToList();
            return light.Count > 0 ? hidden.Add(light.MinBy(relations.Number)) : !shown.Contains(sum.Total) && hidden.Add(sum.Total);
        }
    }

    /// <summary>A mean, median or test as it may be shown.</summary>
    public MeasureCell Pass(MeasureCell cell, ToldCount? rest)
    {
        if (rest is not { } n || n.Number < Fewest || _hidden.Contains(n))
            return cell.Without(Why()) with { N = cell.N };
        if (MeasureCatalogue.StatisticOf(cell).Kind != StatisticKind.Score)
            return cell;
        var decimals = n.Number < Many ? 1 : 2;
        return cell with { Value = Round(cell.Value), Lower = Round(cell.Lower), Upper = Round(cell.Upper) };

        CellState Why() => rest is { Number: >= Fewest } ? CellState.Protecting : CellState.Hidden;

        double? Round(double? value) => value is { } number ? Rounding.HalfAwayFromZero(number, decimals) : null;
    }
}
