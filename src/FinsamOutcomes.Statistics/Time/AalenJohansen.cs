using System.Runtime.InteropServices;

namespace FinsamOutcomes.Statistics;

/// <summary>How a stay stands on its last day.</summary>
public enum FollowUpEnd
{
    /// <summary>Not ended.</summary>
    StillIn,

    /// <summary>Ended with an exit that is positive under the definition in use.</summary>
    PositiveExit,

    /// <summary>Ended in any other way; it can no longer become a positive exit.</summary>
    OtherExit,
}

/// <summary>One stay with what ended it. Days are counted as in <see cref="FollowedTime"/>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CompetingTime(int Days, FollowUpEnd End, int DaysBefore = -1);

/// <summary>The curves from this day on; shares are of all who entered, 0–1.</summary>
/// <param name="Days">Days since entry.</param>
/// <param name="AtRisk">Stays that lasted at least so long and were already followed.</param>
/// <param name="PositiveExits">Positive exits on this day.</param>
/// <param name="OtherExits">Other exits on this day.</param>
/// <param name="StillIn">Stays that are followed no longer than to this day.</param>
/// <param name="Positive">Estimated share with a positive exit by this day.</param>
/// <param name="Lower">Lower end of its 95 % interval; null while the share is 0 or 1.</param>
/// <param name="Upper">Upper end of its 95 % interval; null while the share is 0 or 1.</param>
/// <param name="Other">Estimated share with another exit by this day.</param>
/// <param name="Remaining">Estimated share still in: 1 − positive − other.</param>
public sealed record IncidencePoint(
    int Days, int AtRisk, int PositiveExits, int OtherExits, int StillIn,
    double Positive, double? Lower, double? Upper, double Other, double Remaining);

/// <summary>
/// Time to positive exit when other exits compete. Treating those as "still in" would promise too many positive
/// exits, since whoever has left in another way can't have one.
/// <para>
/// Formula: I(t) = Σ S(tⱼ₋₁)·d₁ⱼ/nⱼ over days tⱼ ≤ t, with d₁ⱼ positive exits among nⱼ at risk and S the Kaplan–Meier
/// curve for any exit; who is at risk is counted as in <see cref="KaplanMeier"/>, delayed entry included. Variance by the
/// delta method:
/// Σ (I(t) − I(tⱼ))²·dⱼ/(nⱼ(nⱼ − dⱼ)) + Σ S(tⱼ₋₁)²·d₁ⱼ(nⱼ − d₁ⱼ)/nⱼ³ − 2·Σ (I(t) − I(tⱼ))·S(tⱼ₋₁)·d₁ⱼ/nⱼ².
/// 95 % interval on the log(−log) scale.
/// </para>
/// <para>
/// Source: O. O. Aalen, S. Johansen, Scand. J. Statist. 5 (1978) 141–150; variance: E. Marubini, M. G. Valsecchi,
/// Analysing Survival Data from Clinical Trials and Observational Studies (1995), section 10.3; interval:
/// J. B. Choudhury, Statistics in Medicine 21 (2002) 1129–1144.
/// R: <c>survfit(Surv(days, factor(end)) ~ 1, conf.type = "log-log")</c> gives the same I, standard error and interval.
/// With delayed entry it gives the same I but another standard error (the infinitesimal jackknife); the package etm has ours.
/// </para>
/// </summary>
public sealed record AalenJohansen
{
    private AalenJohansen()
    {
    }

    /// <summary>Stays.</summary>
    public required int N { get; init; }

    /// <summary>One point for each day on which something happened, in order; before the first, all shares are 0.</summary>
    public required IReadOnlyList<IncidencePoint> Curve { get; init; }

    /// <summary>The curves of <paramref name="stays"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A stay has negative days, or ended before it was followed.</exception>
    public static AalenJohansen Of(IReadOnlyCollection<CompetingTime> stays) => OfDays(FollowedDay.Of(stays));

    /// <summary>The curves of what happens on <paramref name="days"/>, in any order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More leave than have entered before, or fewer in all.</exception>
    public static AalenJohansen OfDays(IReadOnlyCollection<FollowedDay> days)
    {
        var ordered = FollowedDay.InOrder(days);
        List<IncidencePoint> curve = [];
        List<Step> steps = [];
        int entered = 0, left = 0;
        double remaining = 1, positive = 0, other = 0;
        foreach (var day in ordered)
        {
            var atRisk = entered - left;
            entered += day.Entered;
            if (day.Left == 0)
                continue;
            var (positiveExits, otherExits) = (day.PositiveExits, day.OtherExits);
            positive += remaining * positiveExits / atRisk;
            other += remaining * otherExits / atRisk;
            steps.Add(new Step(atRisk, positiveExits, positiveExits + otherExits, remaining, positive));
            remaining *= (double)(atRisk - positiveExits - otherExits) / atRisk;

            var (lower, upper) = LogLogInterval.Around(positive, Math.Sqrt(Math.Max(0, Variance(steps))));
            curve.Add(new IncidencePoint(
                day.Days, atRisk, positiveExits, otherExits, day.StillIn,
                positive, lower, upper, other, remaining));
            left += day.Left;
        }

        return new AalenJohansen { N = entered, Curve = curve };
    }

    private static double Variance(List<Step> steps)
    {
        double reached = steps[^1].Positive, sum = 0;
        foreach (var (n, d1, d, before, positive) in steps)
        {
            double toCome = reached - positive;
            // When everybody leaves on one day nothing is to come after it, and the term is 0, not 0/0.
            if (d < n)
                sum += toCome * toCome * d / (n * (n - d));
            sum += before * before * d1 * (n - d1) / (n * n * n) - 2 * toCome * before * d1 / (n * n);
        }

        return sum;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Step(double AtRisk, double PositiveExits, double Exits, double RemainingBefore, double Positive);
}
