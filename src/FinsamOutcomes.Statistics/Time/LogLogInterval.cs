namespace FinsamOutcomes.Statistics;

/// <summary>
/// 95 % interval for a probability from its standard error, on the log(−log) scale:
/// p^exp(±z·se/(p·ln p)). Source: J. D. Kalbfleisch, R. L. Prentice, The Statistical Analysis of Failure Time Data.
/// </summary>
internal static class LogLogInterval
{
    /// <summary>
    /// Both ends null where p is 0 or 1: the scale has no such points, and an interval of width 0 would claim certainty.
    /// </summary>
    public static (double? Lower, double? Upper) Around(double p, double standardError)
    {
        if (p is <= 0 or >= 1)
            return (null, null);
        double reach = Quantiles.Z95 * standardError / (p * -Math.Log(p));
        return (Math.Pow(p, Math.Exp(reach)), Math.Pow(p, Math.Exp(-reach)));
    }
}
