using System.Runtime.InteropServices;

namespace FinsamOutcomes.Statistics;

/// <summary>
/// A share x/n with its 95 % Wilson interval; all figures are 0–1.
/// <para>
/// Formula: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n) with p = x/n and z = 1.959963984540054.
/// </para>
/// <para>
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
/// Journal of the American Statistical Association 22 (1927) 209–212; method 3 in R. G. Newcombe,
/// Statistics in Medicine 17 (1998) 857–872. R: <c>prop.test(x, n, correct = FALSE)$conf.int</c>.
/// </para>
/// A share of nothing has no value: <see cref="Value"/>, <see cref="Lower"/> and <see cref="Upper"/> are then null,
/// never 0.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Share
{
    private Share(long numerator, long denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    /// <summary>x: how many of the <see cref="Denominator"/> it is true for.</summary>
    public long Numerator { get; }

    /// <summary>n: how many the share rests on.</summary>
    public long Denominator { get; }

    /// <summary>n − x: how many it is not true for.</summary>
    public long Complement => Denominator - Numerator;

    /// <summary>
    /// True from n = 10: below that a headline says the counts, not a percentage that one person moves by more than
    /// ten points.
    /// </summary>
    public bool CarriesHeadline => Denominator >= 10;

    /// <summary>x/n, or null when n is 0.</summary>
    public double? Value => Denominator == 0 ? null : (double)Numerator / Denominator;

    /// <summary>Lower end of the Wilson interval, or null when n is 0.</summary>
    public double? Lower => Denominator == 0 ? null : Numerator == 0 ? 0 : Math.Max(0, WilsonCentre() - WilsonHalfWidth());

    /// <summary>Upper end of the Wilson interval, or null when n is 0.</summary>
    public double? Upper => Denominator == 0 ? null : Complement == 0 ? 1 : Math.Min(1, WilsonCentre() + WilsonHalfWidth());

    /// <summary>The share <paramref name="numerator"/> of <paramref name="denominator"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 ≤ numerator ≤ denominator.</exception>
    public static Share Of(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(numerator);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numerator, denominator);
        return new Share(numerator, denominator);
    }

    private double WilsonCentre()
    {
        double n = Denominator, z2 = Quantiles.Z95 * Quantiles.Z95;
        return (Numerator + z2 / 2) / (n + z2);
    }

    private double WilsonHalfWidth()
    {
        double n = Denominator, z2 = Quantiles.Z95 * Quantiles.Z95, p = Numerator / n;
        return Quantiles.Z95 * Math.Sqrt(n * p * (Complement / n) + z2 / 4) / (n + z2);
    }
}
