namespace FinsamOutcomes.Statistics;

/// <summary>
/// Rounding as in Swedish official statistics: half away from zero, never truncated. 52 of 127 is 41 %, not 40 %.
/// </summary>
public static class Rounding
{
    /// <summary>
    /// <paramref name="value"/> with <paramref name="decimals"/> decimals (0–15), as a reader of the decimal number
    /// would round it: 0.285 with 2 decimals is 0.29, though the nearest double is a hair below 0.285.
    /// </summary>
    public static double HalfAwayFromZero(double value, int decimals)
    {
        // Beyond 15 significant digits a double has no decimals left to round, and decimal would overflow.
        if (!double.IsFinite(value) || Math.Abs(value) >= 1e15)
            return value;
        // The conversion keeps 15 significant digits, which removes the binary noise.
        return (double)Math.Round((decimal)value, decimals, MidpointRounding.AwayFromZero);
    }

    /// <summary>A share or difference of shares (0–1) as whole per cent: 0.405 is 41, −0.405 is −41.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number.</exception>
    public static int Percent(double share) => double.IsFinite(share)
        ? (int)HalfAwayFromZero((double)((decimal)share * 100), 0)
        : throw new ArgumentOutOfRangeException(nameof(share), share, "Must be a finite number.");

    /// <summary>A share as whole per cent, counted exactly in whole numbers; null when there is nothing to divide by.</summary>
    public static int? Percent(Share share) => share.Denominator == 0
        ? null
        : (int)((200 * (Int128)share.Numerator + share.Denominator) / (2 * (Int128)share.Denominator));

    /// <summary>A count to the nearest 5: 12 is 10, 13 is 15.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative count.</exception>
    public static long ToNearestFive(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count - (count % 5) + (count % 5 >= 3 ? 5 : 0);
    }
}
