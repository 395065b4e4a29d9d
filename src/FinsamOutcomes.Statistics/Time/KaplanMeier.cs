namespace FinsamOutcomes.Statistics;

/// <summary>One stay in an insats: whole days from entry to exit, or to the day of counting for those still in.</summary>
/// <param name="Days">0 or more.</param>
/// <param name="HasEnded">False for those still in: the stay is at least this long.</param>
public readonly record struct Stay(int Days, bool HasEnded);

/// <summary>The curve from this day on.</summary>
/// <param name="Days">Days since entry.</param>
/// <param name="AtRisk">Stays that lasted at least so long.</param>
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
/// Formula: S(t) = Π(1 − dⱼ/nⱼ) over days j ≤ t with dⱼ exits among nⱼ at risk; who is followed to day j is at risk on
/// it. Greenwood's variance: v = Σ dⱼ/(nⱼ(nⱼ − dⱼ)). 95 % interval S^exp(±z·√v/ln S) (log-log: stays inside 0–1 and
/// holds its level in small groups). Median: first day with S ≤ ½, or half-way to the next exit when S is exactly ½;
/// its interval by the same rule on the two ends of the interval.
/// </para>
/// <para>
/// Source: E. L. Kaplan, P. Meier, JASA 53 (1958) 457–481; R. Brookmeyer, J. Crowley, Biometrics 38 (1982) 29–41
/// (median); Ø. Borgan, K. Liestøl, Scand. J. Statist. 17 (1990) 35–41 (log-log).
/// R: <c>survfit(Surv(days, ended) ~ 1, conf.type = "log-log")</c>.
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

    /// <summary>Median days; null while the curve hasn't come down to one half.</summary>
    public required double? MedianDays { get; init; }

    /// <summary>Lower end of the 95 % interval for the median, or null.</summary>
    public required double? MedianLower { get; init; }

    /// <summary>Upper end of the 95 % interval for the median, or null when it can't be told yet.</summary>
    public required double? MedianUpper { get; init; }

    /// <summary>One point for each day on which something happened, in order; before the first, everybody is in.</summary>
    public required IReadOnlyList<RemainingPoint> Curve { get; init; }

    /// <summary>The curve of <paramref name="stays"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A stay has negative days.</exception>
    public static KaplanMeier Of(IReadOnlyCollection<Stay> stays)
    {
        ArgumentNullException.ThrowIfNull(stays);
        if (stays.Any(s => s.Days < 0))
            throw new ArgumentOutOfRangeException(nameof(stays), "A stay can't have negative days.");

        List<RemainingPoint> curve = [];
        int atRisk = stays.Count;
        double remaining = 1, variance = 0;
        foreach (var day in stays.GroupBy(s => s.Days).OrderBy(g => g.Key))
        {
            int here = day.Count(), ended = day.Count(s => s.HasEnded);
            remaining *= (double)(atRisk - ended) / atRisk;
            variance += ended == atRisk ? 0 : (double)ended / ((double)atRisk * (atRisk - ended));
            var (lower, upper) = LogLogInterval.Around(remaining, Math.Sqrt(variance) * remaining);
            curve.Add(new RemainingPoint(day.Key, atRisk, ended, here - ended, remaining, lower, upper));
            atRisk -= here;
        }

        return new KaplanMeier
        {
            N = stays.Count,
            Ended = stays.Count(s => s.HasEnded),
            MedianDays = FirstAtHalf(curve, p => p.Remaining),
            MedianLower = FirstAtHalf(curve, p => p.Lower),
            MedianUpper = FirstAtHalf(curve, p => p.Upper),
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
