namespace FinsamOutcomes.Statistics;

/// <summary>
/// Quantiles of the standard normal distribution that the definitions are written with, given as numbers so that
/// every interval is the same to the last digit everywhere.
/// </summary>
public static class Quantiles
{
    /// <summary>0.975: a two-sided 95 % interval.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>0.80: a power of 80 %.</summary>
    public const double Z80Power = 0.8416212335729143;
}
