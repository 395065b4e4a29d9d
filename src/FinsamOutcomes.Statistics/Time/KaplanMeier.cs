namespace FinsamOutcomes.Statistics;

/// <summary>One stay in an insats: whole days from entry to exit, or to the day of counting for those still in.</summary>
/// <param name="Days">0 or more.</param>
/// <param name="HasEnded">False for those still in: the stay is at least this long.</param>
/// <param name="DaysBefore">
/// How old the stay was on the last day before it was followed, since it would not be here if it had ended by then;
/// −1 when it has been followed from its first day.
/// </param>
public readonly record struct FollowedTime(int Days, bool HasEnded, int DaysBefore = -1);

/// <summary>The curve from this day on.</summary>
/// <param name="Days">Days since entry.</param>
/// <param name="AtRisk">Stays that lasted at least so long and were already followed.</param>
/// <param name="Ended">Stays that ended on this day.</param>
/// <param name="StillIn">Stays that are followed no longer than to this day.</param>
/// <param name="Remaining">Estimated share still in after this day, 0–1.</param>
/// <param name="Lower">Lower end of its 95 % interval; null while nobody has left and once everybody has.</param>
/// <param name="Upper">Upper end of its 95 % interval; null while nobody has left and once everybody has.</param>
public sealed record RemainingPoint(int Days, int AtRisk, int Ended, int StillIn, double Remaining, double? Lower, double? Upper);

/// <summary>
/// Time in insats, with those still in counted for as long as they have been followed (leaving them out would make
/// the time look shorter than it is).
/// <para>
/// Formula: S(t) = Π(1 − dⱼ/nⱼ) over days j ≤ t with dⱼ exits among nⱼ at risk. At risk on day j are those whose days
/// before are fewer than j and who are followed to day j or longer (delayed entry: who came long ago is here only because
/// they had not left, and counted from their first day they would make the time look longer than it is).
/// Greenwood's variance: v = Σ dⱼ/(nⱼ(nⱼ − dⱼ)). 95 % interval S^exp(±z·√v/ln S) (log-log: stays inside 0–1 and
/// holds its level in small groups). Median: first day with S ≤ ½, or the mean of that day and the next exit when S is
/// exactly ½, as R has it; its interval by the same rule on the two ends of the interval.
/// </para>
/// <para>
/// Source: E. L. Kaplan, P. Meier, JASA 53 (1958) 457–481; R. Brookmeyer, J. Crowley, Biometrics 38 (1982) 29–41
/// (median); Ø. Borgan, K. Liestøl, Scand. J. Statist. 17 (1990) 35–41 (log-log); J. P. Klein, M. L. Moeschberger,
/// Survival Analysis (2003), section 4.6 (delayed entry).
/// R: <c>survfit(Surv(daysBefore, days, ended) ~ 1, conf.type = "log-log")</c>. One thing differs: when all who are at
/// risk leave before others begin to be followed, R's curve is 0 for ever and its median that day, however long the others
/// stay; here there is no median then, unless the curve had come down to one half before.
/// </para>
/// </summary>
public sealed record KaplanMeier
{
    // R's tolerance (the square root of the double's epsilon): 1 − 1/2 − … meets ½ only up to rounding.
    private const double Tolerance = 1.5e-8;

    private KaplanMeier()
    {
    }

    /// <summary>Stays.</summary>
    public required int N { get; init; }

    /// <summary>Stays that have ended.</summary>
    public required int Ended { get; init; }

    /// <summary>
    /// Median days; null while the curve hasn't come down to one half, and when it fell past it to 0 before the last began to
    /// be followed.
    /// </summary>
    public required double? MedianDays { get; init; }

    /// <summary>Lower end of the 95 % interval for the median, or null.</summary>
    public required double? MedianLower { get; init; }

    /// <summary>Upper end of the 95 % interval for the median, or null when it can't be told yet.</summary>
    public required double? MedianUpper { get; init; }

    /// <summary>
    /// The first day on which all at risk left while others had not begun to be followed: from it on the curve says nothing.
    /// Null when there is no such day.
    /// </summary>
    public required int? CutOffDay { get; init; }

    /// <summary>One point for each day on which something happened, in order; before the first, everybody is in.</summary>
    public required IReadOnlyList<RemainingPoint> Curve { get; init; }

    /// <summary>The curve of <paramref name="stays"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A stay has negative days, or ended before it was followed.</exception>
    public static KaplanMeier Of(IReadOnlyCollection<FollowedTime> stays)
    {
        ArgumentNullException.ThrowIfNull(stays);
        return OfDays(FollowedDay.Of([.. stays.Select(s => new CompetingTime(s.Days, s.HasEnded ? FollowUpEnd.OtherExit : FollowUpEnd.StillIn, s.DaysBefore))]));
    }

    /// <summary>The curve of what happens on <paramref name="days"/>, in any order; both kinds of exit are exits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More leave than have entered before, or fewer in all.</exception>
    public static KaplanMeier OfDays(IReadOnlyCollection<FollowedDay> days)
    {
        var ordered = FollowedDay.InOrder(days);
        List<RemainingPoint> curve = [];
        var n = ordered.Sum(d => d.Entered);
        int entered = 0, left = 0;
        double remaining = 1, variance = 0;
        int? cutOffDay = null;
        foreach (var day in ordered)
        {
            var enteredBefore = entered;
            entered += day.Entered;
            if (day.Left == 0)
                continue;
            int atRisk = enteredBefore - left, ended = day.Exits;
            remaining *= (double)(atRisk - ended) / atRisk;
            variance += ended == atRisk ? 0 : (double)ended / ((double)atRisk * (atRisk - ended));
            if (ended == atRisk && enteredBefore < n)
                cutOffDay ??= day.Days;
            var (lower, upper) = LogLogInterval.Around(remaining, Math.Sqrt(variance) * remaining);
            curve.Add(new RemainingPoint(day.Days, atRisk, ended, day.StillIn, remaining, lower, upper));
            left += day.Left;
        }

        // A curve that was above one half until the day it was cut off says nothing of where the middle is.
        var isUnknown = cutOffDay is { } cut && curve.Find(p => p.Remaining <= 0.5 + Tolerance)!.Days == cut;
        return new KaplanMeier
        {
            N = n,
            Ended = ordered.Sum(d => d.Exits),
            MedianDays = isUnknown ? null : FirstAtHalf(curve, p => p.Remaining),
            MedianLower = isUnknown ? null : FirstAtHalf(curve, p => p.Lower),
            MedianUpper = isUnknown ? null : FirstAtHalf(curve, p => p.Upper),
            CutOffDay = cutOffDay,
            Curve = curve,
        };
    }

    private static double? FirstAtHalf(List<RemainingPoint> curve, Func<RemainingPoint, double?> height)
    {
        if (curve.Find(p => height(p) <= 0.5 + Tolerance) is not { } first)
            return null;
        if (Math.Abs(height(first)!.Value - 0.5) < Tolerance && curve.Find(p => height(p) < height(first)) is { } next)
            return (first.Days + (double)next.Days) / 2;
        return first.Days;
    }
}
