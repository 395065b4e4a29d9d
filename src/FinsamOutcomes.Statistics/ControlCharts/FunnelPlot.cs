using MathNet.Numerics;

namespace FinsamOutcomes.Statistics;

/// <summary>Where a share lies in a <see cref="FunnelPlot"/>.</summary>
public enum FunnelPosition
{
    /// <summary>No exits: no share.</summary>
    NoData,

    /// <summary>Inside the 95 % limits.</summary>
    Within,

    /// <summary>Above the 95 % limit, inside the 99.8 % limit.</summary>
    Above95,

    /// <summary>Below the 95 % limit, inside the 99.8 % limit.</summary>
    Below95,

    /// <summary>Above the 99.8 % limit.</summary>
    Above998,

    /// <summary>Below the 99.8 % limit.</summary>
    Below998,
}

/// <summary>The Swedish words for <see cref="FunnelPosition"/>.</summary>
public static class FunnelPositions
{
    public static string ToSwedish(this FunnelPosition position) => position switch
    {
        FunnelPosition.NoData => "inget underlag",
        FunnelPosition.Within => "inom gränserna",
        FunnelPosition.Above95 => "över 95-procentsgränsen",
        FunnelPosition.Below95 => "under 95-procentsgränsen",
        FunnelPosition.Above998 => "över 99,8-procentsgränsen",
        FunnelPosition.Below998 => "under 99,8-procentsgränsen",
        _ => throw new ArgumentOutOfRangeException(nameof(position), position, message: null),
    };
}

/// <summary>Limits for a share of n around the common share, all 0–1.</summary>
public sealed record FunnelLimits(double Lower95, double Upper95, double Lower998, double Upper998);

/// <summary>One insats: its share, the limits for its n (null without exits) and where it lies.</summary>
public sealed record FunnelPoint(Share Share, FunnelLimits? Limits, FunnelPosition Position);

/// <summary>
/// A funnel plot: do insatser of different sizes differ by more than chance? It is not a ranking.
/// <para>
/// Formula: the common share p̄ = Σx/Σn. For each n the lower limit at tail probability q (0.025; 0.001) is (r − α)/n,
/// where r is the smallest count with P(R ≤ r) ≥ q for R ~ Bin(n, p̄) and α = (P(R ≤ r) − q) / P(R = r), cut at 0. The
/// upper limit is the same for the complement, mirrored. So a share is outside exactly when chance alone gives one so
/// extreme, on that side, with a probability below q; limits from the normal curve don't hold that for small insatser.
/// </para>
/// <para>
/// Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24
/// (2005) 1185–1202, appendix A.1.1, for the lower limit. Its formula at q = 0.999 would put 1 of 1 outside when p̄ is
/// 40 %, hence the mirrored upper limit.
/// </para>
/// </summary>
public sealed record FunnelPlot
{
    private const double Tolerance = 1e-12;

    private FunnelPlot()
    {
    }

    /// <summary>p̄, 0–1; null when no insats has exits.</summary>
    public required double? Centre { get; init; }

    /// <summary>One for each insats given, in the same order.</summary>
    public required IReadOnlyList<FunnelPoint> Points { get; init; }

    /// <summary>The funnel of <paramref name="insatser"/>.</summary>
    public static FunnelPlot Of(IReadOnlyList<Share> insatser)
    {
        ArgumentNullException.ThrowIfNull(insatser);
        double? centre = Share.Of(insatser.Sum(s => s.Numerator), insatser.Sum(s => s.Denominator)).Value;
        return new FunnelPlot
        {
            Centre = centre,
            Points =
            [
                .. insatser.Select(share =>
                {
                    if (share.Value is not { } value || centre is not { } p)
                        return new FunnelPoint(share, Limits: null, FunnelPosition.NoData);
                    var limits = LimitsAt(p, share.Denominator);
                    return new FunnelPoint(share, limits, Position(value, limits));
                }),
            ],
        };
    }

    /// <summary>The limits for a share of <paramref name="n"/> around <paramref name="centre"/>; also draws the funnel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is not positive, or the centre not 0–1.</exception>
    public static FunnelLimits LimitsAt(double centre, long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        if (!(centre >= 0 && centre <= 1))
            throw new ArgumentOutOfRangeException(nameof(centre), centre, "Must be 0 to 1.");
        return new FunnelLimits(
            LowerLimit(centre, n, 0.025), 1 - LowerLimit(1 - centre, n, 0.025),
            LowerLimit(centre, n, 0.001), 1 - LowerLimit(1 - centre, n, 0.001));
    }

    private static FunnelPosition Position(double value, FunnelLimits limits) =>
        value > limits.Upper998 + Tolerance ? FunnelPosition.Above998
        : value < limits.Lower998 - Tolerance ? FunnelPosition.Below998
        : value > limits.Upper95 + Tolerance ? FunnelPosition.Above95
        : value < limits.Lower95 - Tolerance ? FunnelPosition.Below95
        : FunnelPosition.Within;

    private static double LowerLimit(double p, long n, double probability)
    {
        if (p is 0 or 1)
            return p;
        long low = 0, high = n;
        while (low < high)
        {
            long middle = low + (high - low) / 2;
            if (AtMost(middle, p, n) >= probability)
                high = middle;
            else
                low = middle + 1;
        }

        double reached = AtMost(low, p, n);
        double excess = (reached - probability) / (reached - AtMost(low - 1, p, n));
        return Math.Clamp((low - excess) / n, 0, 1);
    }

    // P(R ≤ r) for R ~ Bin(n, p), through the incomplete beta function so that large n costs no more than small.
    private static double AtMost(long r, double p, long n) =>
        r < 0 ? 0 : r >= n ? 1 : SpecialFunctions.BetaRegularized(n - r, r + 1, 1 - p);
}
