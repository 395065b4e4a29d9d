namespace FinsamOutcomes.Statistics;

/// <summary>
/// What a <see cref="PublicationPolicy"/> lets through of one share by itself, of counts that may be told: a note that sets two of
/// them against each other tells what they leave over too. Null means that it isn't told. A share without data passes as it is, with
/// its own null values: nothing is kept back.
/// <para>
/// Rule for minst 5: not where the numerator, the rest or the whole is 1–4. Rule for avrundat till 5: of rounded counts, and never
/// nobody or everybody unless it is so.
/// </para>
/// <para>
/// Source: A. Hundepool et al., Statistical Disclosure Control (2012), chapter 5 (threshold rule, rounding).
/// </para>
/// </summary>
public static class DisclosureControl
{
    private const int SmallestShown = 5;

    /// <summary>The share as it may be told, with its interval, or null.</summary>
    public static Share? Share(PublicationPolicy policy, Share share)
    {
        if (share.Denominator == 0)
            return share;
        return policy switch
        {
            PublicationPolicy.Minst5 =>
                IsSmall(share.Numerator) || IsSmall(share.Complement) || IsSmall(share.Denominator) ? null : share,
            PublicationPolicy.AvrundatTill5 => Rounded(share),
            PublicationPolicy.Internt => share,
            _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, message: null),
        };
    }

    private static bool IsSmall(long count) => count is > 0 and < SmallestShown;

    // 1 or 2 round to 0, and a share of 0 would read as "no data" though there is some: it is hidden instead.
    private static Share? Rounded(Share share)
    {
        var (numerator, denominator) = (Rounding.ToNearestFive(share.Numerator), Rounding.ToNearestFive(share.Denominator));
        var claimsNobody = numerator == 0 && share.Numerator > 0;
        var claimsEverybody = numerator == denominator && share.Complement > 0;
        return denominator == 0 || claimsNobody || claimsEverybody ? null : Statistics.Share.Of(numerator, denominator);
    }
}
