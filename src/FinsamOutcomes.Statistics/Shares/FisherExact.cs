namespace FinsamOutcomes.Statistics;

/// <summary>
/// Fisher's exact test of a 2 × 2 table.
/// <para>
/// Formula: with all margins fixed, the first cell is hypergeometric; p is the sum of the probabilities of all tables
/// no more probable than the observed one (relative tolerance 10⁻⁷, so that equally probable tables count in spite of
/// rounding).
/// </para>
/// <para>
/// Source: R. A. Fisher, The Design of Experiments (1935); the two-sided rule as in R's <c>fisher.test</c>.
/// </para>
/// </summary>
public static class FisherExact
{
    private const double RelativeTolerance = 1e-7;

    // Products of two margins stay inside 64 bits up to here.
    private const long LargestCount = 1_000_000_000;

    /// <summary>
    /// Two-sided p for the table with first row (<paramref name="a"/>, <paramref name="b"/>) and second row
    /// (<paramref name="c"/>, <paramref name="d"/>). 1 when a margin is 0: such a table says nothing.
    /// A p too small for a double comes out as 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or over 10⁹.</exception>
    public static double TwoSided(long a, long b, long c, long d)
    {
        Check(a, nameof(a));
        Check(b, nameof(b));
        Check(c, nameof(c));
        Check(d, nameof(d));

        long row = a + b, column = a + c, total = a + b + c + d;
        long lowest = Math.Max(0, row + column - total), highest = Math.Min(row, column);
        long mode = Math.Clamp((row + 1) * (column + 1) / (total + 2), lowest, highest);

        // Weights relative to the most probable table, walked outwards with the exact ratio of neighbours: unlike
        // differences of log-factorials this loses no digits however large the counts are.
        double observed = Weight(a);
        if (observed == 0)
            return 0;
        double limit = observed * (1 + RelativeTolerance);
        double sum = 0, extreme = 0;
        Walk(+1);
        Walk(-1);
        sum += 1;
        if (limit >= 1)
            extreme += 1;
        return Math.Min(1, extreme / sum);

        void Walk(int step)
        {
            double weight = 1;
            for (long k = mode; k != (step > 0 ? highest : lowest) && weight > 0; k += step)
            {
                weight *= Ratio(k, step);
                sum += weight;
                if (weight <= limit)
                    extreme += weight;
            }
        }

        double Weight(long target)
        {
            double weight = 1;
            int step = target > mode ? 1 : -1;
            for (long k = mode; k != target && weight > 0; k += step)
                weight *= Ratio(k, step);
            return weight;
        }

        // P(k ± 1) / P(k).
        double Ratio(long k, int step) => step > 0
            ? (double)(row - k) * (column - k) / ((double)(k + 1) * (total - row - column + k + 1))
            : (double)k * (total - row - column + k) / ((double)(row - k + 1) * (column - k + 1));
    }

    private static void Check(long count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, LargestCount, name);
    }
}
