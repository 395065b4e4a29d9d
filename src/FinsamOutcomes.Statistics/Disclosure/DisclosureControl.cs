namespace FinsamOutcomes.Statistics;

/// <summary>
/// Primary disclosure control: what a <see cref="PublicationPolicy"/> lets through of one number on its own. Null
/// always means <em>dold</em>. A share without data passes as it is, with its own null values: nothing is kept back.
/// <para>
/// Rule for minst 5: a count of 1–4 is hidden; a share is hidden when its numerator, its complement or its denominator
/// is 1–4 (the percentage and n together give the count away); a mean is hidden when it rests on 1–4. Rule for
/// avrundat till 5: counts to the nearest 5, shares from rounded counts and never nobody or everybody unless it is so,
/// no differences (a test of rounded counts tests the rounding), means as for minst 5 (they can't be rounded into safety).
/// </para>
/// <para>
/// Source: A. Hundepool et al., Statistical Disclosure Control (2012), chapter 5 (threshold rule, rounding).
/// </para>
/// </summary>
public static class DisclosureControl
{
    private const int SmallestShown = 5;

    /// <summary>The count as it may be shown, or null when it is hidden. 0 is a number and is shown.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative count.</exception>
    public static long? Count(PublicationPolicy policy, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return policy switch
        {
            PublicationPolicy.Minst5 => IsSmall(count) ? null : count,
            PublicationPolicy.AvrundatTill5 => Rounding.ToNearestFive(count),
            PublicationPolicy.Internt => count,
            _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, message: null),
        };
    }

    /// <summary>The share as it may be shown, with its interval, or null when it is hidden.</summary>
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

    /// <summary>The difference as it may be shown; hidden when either of its shares is, or rounded.</summary>
    public static ShareDifference? Difference(PublicationPolicy policy, ShareDifference difference) =>
        policy != PublicationPolicy.AvrundatTill5 && Share(policy, difference.Women) is { } women && Share(policy, difference.Men) is { } men
            ? ShareDifference.Of(women, men)
            : null;

    /// <summary>
    /// True when a mean, a median, or an interval or test around one must be hidden because it rests on
    /// <paramref name="n"/>. 0 is no data rather than hidden.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative n.</exception>
    public static bool HidesMean(PublicationPolicy policy, long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return policy != PublicationPolicy.Internt && IsSmall(n);
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
