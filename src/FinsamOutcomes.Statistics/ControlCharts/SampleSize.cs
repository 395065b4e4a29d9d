namespace FinsamOutcomes.Statistics;

/// <summary>More exits of women and of men that it would take.</summary>
public sealed record MoreExits(long Women, long Men)
{
    public long Total => Women + Men;
}

/// <summary>
/// How many exits it takes to see a difference of a given size, with 80 % power in a two-sided test at 5 %.
/// <para>
/// Formula, two groups of n each with shares p₁ and p₂, p̄ their mean:
/// n = (z₀.₉₇₅·√(2p̄(1−p̄)) + z₀.₈₀·√(p₁(1−p₁) + p₂(1−p₂)))² / (p₁ − p₂)², rounded up; no continuity correction.
/// One group against a known share p₀: n = (z₀.₉₇₅·√(p₀(1−p₀)) + z₀.₈₀·√(p₁(1−p₁)))² / (p₁ − p₀)², rounded up.
/// </para>
/// <para>
/// Source: J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions (2003), chapters 2 and 4;
/// the first as R's <c>power.prop.test(p1, p2, power = 0.8)</c>.
/// </para>
/// </summary>
public static class SampleSize
{
    /// <summary>Exits needed in each of two groups to tell the shares apart.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A share is not 0–1, or they are equal.</exception>
    public static long PerGroup(double first, double second)
    {
        CheckShares(first, second);
        double mean = (first + second) / 2;
        return Needed(2 * mean * (1 - mean), first * (1 - first) + second * (1 - second), first - second);
    }

    /// <summary>Exits needed in one insats, or one period, to tell its share from the known <paramref name="centre"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A share is not 0–1, or they are equal.</exception>
    public static long AgainstCentre(double centre, double share)
    {
        CheckShares(centre, share);
        return Needed(centre * (1 - centre), share * (1 - share), share - centre);
    }

    /// <summary>
    /// How many more exits of women and of men it would take to see a difference of <paramref name="difference"/>
    /// (0–1; 0.10 is ten percentage points) between them. The two shares are placed symmetrically around the share of
    /// all, or around one half when there are no exits yet; both groups are brought up to the size of
    /// <see cref="PerGroup"/>, so a group that is already larger makes the answer a little cautious.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The difference is not above 0 and at most 1.</exception>
    public static MoreExits ToSeeDifference(Share women, Share men, double difference)
    {
        CheckDifference(difference);
        double all = Share.Of(women.Numerator + men.Numerator, women.Denominator + men.Denominator).Value ?? 0.5;
        double lower = Math.Clamp(all - difference / 2, 0, 1 - difference);
        long needed = PerGroup(lower, Math.Min(1, lower + difference));
        return new MoreExits(Math.Max(0, needed - women.Denominator), Math.Max(0, needed - men.Denominator));
    }

    /// <summary>
    /// How many more exits one insats or period would need before a share <paramref name="difference"/> (0–1) from
    /// <paramref name="centre"/> would be seen. The side that takes most exits counts; a side beyond 0 or 1 doesn't.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The centre is not 0–1, or no share lies so far from it.
    /// </exception>
    public static long ToSeeDifferenceFromCentre(Share observed, double centre, double difference)
    {
        CheckDifference(difference);
        double[] possible = [.. new[] { centre - difference, centre + difference }.Where(share => share is >= 0 and <= 1)];
        if (possible.Length == 0)
            throw new ArgumentOutOfRangeException(nameof(difference), difference, "No share lies so far from the centre.");
        return Math.Max(0, possible.Max(share => AgainstCentre(centre, share)) - observed.Denominator);
    }

    private static long Needed(double varianceIfEqual, double varianceIfDifferent, double difference)
    {
        double root = Quantiles.Z95 * Math.Sqrt(varianceIfEqual) + Quantiles.Z80Power * Math.Sqrt(varianceIfDifferent);
        // At least 1: a centre of exactly 0 or 1 has no variance, but nothing is seen without an exit.
        return Math.Max(1, (long)Math.Ceiling(root * root / (difference * difference)));
    }

    private static void CheckShares(double first, double second)
    {
        if (first is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(first), first, "Must be 0 to 1.");
        if (second is not (>= 0 and <= 1) || second == first)
            throw new ArgumentOutOfRangeException(nameof(second), second, "Must be 0 to 1 and differ from the other share.");
    }

    private static void CheckDifference(double difference)
    {
        if (difference is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(difference), difference, "Must be above 0 and at most 1.");
    }
}
