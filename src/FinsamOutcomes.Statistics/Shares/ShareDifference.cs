using System.Runtime.InteropServices;

namespace FinsamOutcomes.Statistics;

/// <summary>
/// The difference between two independent shares, women − men, with Newcombe's 95 % interval; figures are −1 to 1.
/// <para>
/// Formula, with (l, u) the Wilson interval of each share p:
/// d = p₁ − p₂; lower = d − √((p₁ − l₁)² + (u₂ − p₂)²); upper = d + √((u₁ − p₁)² + (p₂ − l₂)²).
/// </para>
/// <para>
/// Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of
/// eleven methods", Statistics in Medicine 17 (1998) 873–890, method 10 (square-and-add, no continuity correction).
/// </para>
/// Without data on either side there is no difference: all three figures are then null.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ShareDifference
{
    private ShareDifference(Share women, Share men)
    {
        Women = women;
        Men = men;
    }

    /// <summary>The share that is subtracted from.</summary>
    public Share Women { get; }

    /// <summary>The share that is subtracted.</summary>
    public Share Men { get; }

    /// <summary>Women − men, or null when either share has no data.</summary>
    public double? Value => Women.Value - Men.Value;

    /// <summary>Lower end of the interval, or null.</summary>
    public double? Lower => Value - Distance(Women.Value - Women.Lower, Men.Upper - Men.Value);

    /// <summary>Upper end of the interval, or null.</summary>
    public double? Upper => Value + Distance(Women.Upper - Women.Value, Men.Value - Men.Lower);

    /// <summary>The difference <paramref name="women"/> − <paramref name="men"/>.</summary>
    public static ShareDifference Of(Share women, Share men) => new(women, men);

    /// <summary>
    /// Fisher's exact two-sided p for the same two shares, or null when either has no data; see
    /// <see cref="FisherExact"/>.
    /// </summary>
    public double? FisherP() => Value is null
        ? null
        : FisherExact.TwoSided(Women.Numerator, Women.Complement, Men.Numerator, Men.Complement);

    private static double? Distance(double? a, double? b) =>
        a is { } x && b is { } y ? Math.Sqrt(x * x + y * y) : null;
}
