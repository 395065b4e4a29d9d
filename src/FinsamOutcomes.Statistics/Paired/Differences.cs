namespace FinsamOutcomes.Statistics;

/// <summary>One rule for what a paired difference is, shared by everything that ranks or compares them.</summary>
internal static class Differences
{
    /// <summary>
    /// 4 decimals: means of scale items such as 1.7273 − 1.7200 otherwise differ in their last bits, which would turn
    /// ties into ranks and "no change" into change.
    /// </summary>
    public static double Clean(double difference) => double.IsFinite(difference)
        ? Rounding.HalfAwayFromZero(difference, 4)
        : throw new ArgumentException("A difference must be a finite number.", nameof(difference));
}
