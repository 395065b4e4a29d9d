using MathNet.Numerics.Distributions;

namespace FinsamOutcomes.Statistics;

/// <summary>
/// What changed between two measurements of the same people, over complete pairs only. Figures are in the unit of the
/// scale; every change is after − before, whichever direction is good.
/// <para>
/// Formula of the interval: mean ± t(0.975; n − 1)·s/√n with s the standard deviation of the differences (n − 1 in the
/// denominator); R: <c>t.test(after, before, paired = TRUE)</c>. Source: Student, Biometrika 6 (1908) 1–25. All sums are
/// <see cref="Sums"/>: the order of the pairs changes no digit.
/// </para>
/// <para>
/// Improved, unchanged and worse: a change counts when it is not 0 and at least as large as the smallest change that
/// matters for the item, both rounded to 4 decimals; otherwise the person is unchanged.
/// </para>
/// </summary>
public sealed record PairedChange
{
    private PairedChange()
    {
    }

    /// <summary>Complete pairs.</summary>
    public required int N { get; init; }

    /// <summary>Null when there are no pairs.</summary>
    public required double? MeanBefore { get; init; }

    /// <summary>Null when there are no pairs.</summary>
    public required double? MeanAfter { get; init; }

    /// <summary>Mean of after − before; null when there are no pairs.</summary>
    public required double? MeanChange { get; init; }

    /// <summary>Median of after − before, each rounded to 4 decimals as when ranking; null when there are no pairs.</summary>
    public required double? MedianChange { get; init; }

    /// <summary>Lower end of the 95 % t interval for the mean change; null with fewer than 2 pairs.</summary>
    public required double? ChangeLower { get; init; }

    /// <summary>Upper end of the 95 % t interval for the mean change; null with fewer than 2 pairs.</summary>
    public required double? ChangeUpper { get; init; }

    /// <summary>Signed-rank test of the same differences.</summary>
    public required WilcoxonSignedRank Wilcoxon { get; init; }

    public required int Improved { get; init; }

    public required int Unchanged { get; init; }

    public required int Worse { get; init; }

    public Share ShareImproved => Share.Of(Improved, N);

    public Share ShareUnchanged => Share.Of(Unchanged, N);

    public Share ShareWorse => Share.Of(Worse, N);

    /// <summary>Compares before and after for each of <paramref name="pairs"/>.</summary>
    /// <param name="pairs">Only people with both values.</param>
    /// <param name="higherIsBetter">The direction of the item.</param>
    /// <param name="smallestChangeThatMatters">In the unit of the scale; 0 lets every change count.</param>
    /// <exception cref="ArgumentException">A value is not a finite number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The smallest change is negative or not a number.</exception>
    public static PairedChange Of(
        IReadOnlyList<(double Before, double After)> pairs, bool higherIsBetter, double smallestChangeThatMatters)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (!(smallestChangeThatMatters >= 0) || !double.IsFinite(smallestChangeThatMatters))
            throw new ArgumentOutOfRangeException(nameof(smallestChangeThatMatters), smallestChangeThatMatters, "Must be 0 or more.");

        double[] cleaned = [.. pairs.Select(p => Differences.Clean(p.After - p.Before))];
        double smallest = Differences.Clean(smallestChangeThatMatters);
        int risen = cleaned.Count(d => d > 0 && d >= smallest);
        int fallen = cleaned.Count(d => d < 0 && -d >= smallest);

        int n = pairs.Count;
        double[] changes = [.. pairs.Select(p => p.After - p.Before)];
        double? mean = Sums.Mean(changes);
        double? halfWidth = n < 2 ? null : HalfWidth(changes, mean!.Value);
        return new PairedChange
        {
            N = n,
            MeanBefore = Sums.Mean([.. pairs.Select(p => p.Before)]),
            MeanAfter = Sums.Mean([.. pairs.Select(p => p.After)]),
            MeanChange = mean,
            MedianChange = Median(cleaned),
            ChangeLower = mean - halfWidth,
            ChangeUpper = mean + halfWidth,
            Wilcoxon = WilcoxonSignedRank.Of(cleaned),
            Improved = higherIsBetter ? risen : fallen,
            Worse = higherIsBetter ? fallen : risen,
            Unchanged = n - risen - fallen,
        };
    }

    private static double HalfWidth(double[] changes, double mean)
    {
        int n = changes.Length;
        double squares = Sums.Of(changes.Select(c => (c - mean) * (c - mean)));
        return StudentT.InvCDF(0, 1, n - 1, 0.975) * Math.Sqrt(squares / (n - 1) / n);
    }

    private static double? Median(double[] values)
    {
        if (values.Length == 0)
            return null;
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1
            ? sorted[middle]
            : Rounding.HalfAwayFromZero((sorted[middle - 1] + sorted[middle]) / 2, 5);
    }
}
