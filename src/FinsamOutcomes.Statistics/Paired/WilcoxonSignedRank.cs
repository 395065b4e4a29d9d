using MathNet.Numerics.Distributions;

namespace FinsamOutcomes.Statistics;

/// <summary>How the p of a <see cref="WilcoxonSignedRank"/> was found.</summary>
public enum WilcoxonMethod
{
    /// <summary>No difference other than 0: there is no test.</summary>
    None,

    /// <summary>The exact distribution of V given the ranks, tied or not: at most 50 differences.</summary>
    Exact,

    /// <summary>Normal approximation with correction for ties and for continuity: more than 50 differences.</summary>
    Normal,
}

/// <summary>
/// Wilcoxon's signed-rank test of paired differences after − before.
/// <para>
/// Formula: differences are rounded to 4 decimals, zeros dropped, the rest ranked by size with mid-ranks for ties.
/// V is the sum of the ranks of the positive differences, so a small V says that values fell. Exact, up to 50 differences
/// that are not zero: V is the sum of a random subset of the ranks themselves, mid-ranks and all (doubled, they are whole
/// numbers), and p = min(1, 2·min(P(V ≤ v), P(V ≥ v))). Whole-number scales nearly always tie, and the normal
/// approximation then says too much of a few: five equal changes can't give less than 2/2⁵ = 0.0625. Normal, above 50:
/// mean n(n+1)/4, variance n(n+1)(2n+1)/24 − Σ(t³−t)/48 over groups of t tied, the distance to the mean shortened by ½.
/// </para>
/// <para>
/// Source: F. Wilcoxon, Biometrics Bulletin 1 (1945) 80–83; M. Hollander, D. A. Wolfe, E. Chicken, Nonparametric
/// Statistical Methods, section 3.1; ties: B. Streitberg, J. Röhmel, Statistical Software Newsletter 12 (1986) 10–17.
/// R: up to 50, <c>exactRankTests::wilcox.exact(after, before, paired = TRUE, exact = TRUE)</c> and
/// <c>coin::wilcoxsign_test(after ~ before, zero.method = "Wilcoxon", distribution = "exact")</c>; above, and for V always,
/// <c>wilcox.test(after, before, paired = TRUE)</c>, which leaves the exact distribution whenever there are ties or zeros.
/// </para>
/// </summary>
public sealed record WilcoxonSignedRank
{
    private const int LargestExact = 50;

    private WilcoxonSignedRank()
    {
    }

    /// <summary>Differences other than 0.</summary>
    public required int N { get; init; }

    /// <summary>Sum of the ranks of the positive differences, 0 to n(n+1)/2.</summary>
    public required double V { get; init; }

    /// <summary>Two-sided p, or null when every difference is 0.</summary>
    public required double? PValue { get; init; }

    public required WilcoxonMethod Method { get; init; }

    /// <summary>Tests <paramref name="differences"/>, each after − before.</summary>
    /// <exception cref="ArgumentException">A difference is not a finite number.</exception>
    public static WilcoxonSignedRank Of(IEnumerable<double> differences)
    {
        double[] nonZero = [.. differences.Select(Differences.Clean).Where(d => d != 0)];
        Array.Sort(nonZero, (a, b) => Math.Abs(a).CompareTo(Math.Abs(b)));

        int n = nonZero.Length;
        int[] doubledRanks = new int[n];
        long doubledV = 0;
        double tieTerm = 0;
        for (int start = 0; start < nonZero.Length;)
        {
            int end = start + 1;
            while (end < nonZero.Length && Math.Abs(nonZero[end]) == Math.Abs(nonZero[start]))
                end++;
            int doubledRank = start + 1 + end;
            double tied = end - start;
            Array.Fill(doubledRanks, doubledRank, start, end - start);
            doubledV += (long)doubledRank * nonZero[start..end].Count(d => d > 0);
            tieTerm += tied * tied * tied - tied;
            start = end;
        }

        double v = doubledV / 2.0;
        var method = n == 0 ? WilcoxonMethod.None
            : n <= LargestExact ? WilcoxonMethod.Exact
            : WilcoxonMethod.Normal;
        return new WilcoxonSignedRank
        {
            N = n,
            V = v,
            Method = method,
            PValue = method switch
            {
                WilcoxonMethod.Exact => ExactP(doubledRanks, (int)doubledV),
                WilcoxonMethod.Normal => NormalP(n, v, tieTerm),
                _ => null,
            },
        };
    }

    private static double ExactP(int[] doubledRanks, int doubledV)
    {
        // subsets[s] = number of subsets of the ranks with doubled sum s; at most 2⁵⁰ together, so exact in 64 bits.
        int most = doubledRanks.Sum();
        long[] subsets = new long[most + 1];
        subsets[0] = 1;
        foreach (int rank in doubledRanks)
        {
            for (int sum = most; sum >= rank; sum--)
                subsets[sum] += subsets[sum - rank];
        }

        // The distribution is symmetric, so the smaller tail is the one below min(v, most − v).
        long tail = 0;
        for (int sum = 0; sum <= Math.Min(doubledV, most - doubledV); sum++)
            tail += subsets[sum];
        return Math.Min(1, 2.0 * tail / (1L << doubledRanks.Length));
    }

    private static double NormalP(double n, double v, double tieTerm)
    {
        double distance = Math.Abs(v - n * (n + 1) / 4);
        double sd = Math.Sqrt(n * (n + 1) * (2 * n + 1) / 24 - tieTerm / 48);
        return Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Max(0, distance - 0.5) / sd));
    }
}
