namespace FinsamOutcomes.Statistics;

/// <summary>A rule that tells a real change from chance.</summary>
public enum PChartRule
{
    /// <summary>A share above its upper limit.</summary>
    AboveLimits,

    /// <summary>A share below its lower limit.</summary>
    BelowLimits,

    /// <summary>8 or more in a row above the centre line.</summary>
    RunAbove,

    /// <summary>8 or more in a row below the centre line.</summary>
    RunBelow,

    /// <summary>6 or more in a row, each higher than the one before.</summary>
    Rising,

    /// <summary>6 or more in a row, each lower than the one before.</summary>
    Falling,
}

/// <summary>The Swedish words for <see cref="PChartRule"/>.</summary>
public static class PChartRules
{
    public static string ToSwedish(this PChartRule rule) => rule switch
    {
        PChartRule.AboveLimits => "över den övre gränsen",
        PChartRule.BelowLimits => "under den nedre gränsen",
        PChartRule.RunAbove => "minst 8 i rad över mittlinjen",
        PChartRule.RunBelow => "minst 8 i rad under mittlinjen",
        PChartRule.Rising => "minst 6 i rad som stiger",
        PChartRule.Falling => "minst 6 i rad som sjunker",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, message: null),
    };
}

/// <summary>One period: its share and limits (0–1, null when the period has no exits) and the rules it takes part in breaking.</summary>
public sealed record PChartPoint(Share Share, double? Lower, double? Upper, IReadOnlyList<PChartRule> Signals);

/// <summary>Something seen in the chart, from the first to the last period (places in the list given).</summary>
public sealed record PChartFinding(PChartRule Rule, int First, int Last);

/// <summary>
/// A control chart for shares over time: is the latest share news, or the usual variation?
/// <para>
/// Formula: p̄ = Σx/Σn over the periods; limits p̄ ± 3·√(p̄(1−p̄)/nᵢ), cut to 0–1. Signals: outside the limits; 8 in a
/// row on one side of p̄ (a share equal to p̄ ends the row); 6 in a row rising or falling (equal shares end the row).
/// A period without exits carries no point and ends no row. With fewer than 12 points the limits are preliminary.
/// </para>
/// <para>
/// Source: W. A. Shewhart, Economic Control of Quality of Manufactured Product (1931); D. C. Montgomery, Introduction
/// to Statistical Quality Control, chapter 7 (limits) and 5 (rules: Western Electric 1956, Nelson 1984 for trends).
/// </para>
/// </summary>
public sealed record PChart
{
    private const int RunLength = 8;
    private const int TrendLength = 6;
    private const int FirmFrom = 12;

    // A share on its limit is inside it, also when the last bits of the square root say otherwise.
    private const double Tolerance = 1e-12;

    private PChart()
    {
    }

    /// <summary>p̄, 0–1; null when no period has exits.</summary>
    public required double? Centre { get; init; }

    /// <summary>Fewer than 12 points: <em>preliminära gränser</em>.</summary>
    public required bool IsPreliminary { get; init; }

    /// <summary>One for each period given, in the same order.</summary>
    public required IReadOnlyList<PChartPoint> Points { get; init; }

    /// <summary>What is seen, ordered by where it begins.</summary>
    public required IReadOnlyList<PChartFinding> Findings { get; init; }

    /// <summary>The chart of <paramref name="periods"/>, which are in time order.</summary>
    public static PChart Of(IReadOnlyList<Share> periods)
    {
        ArgumentNullException.ThrowIfNull(periods);
        int[] shown = [.. Enumerable.Range(0, periods.Count).Where(i => periods[i].Denominator > 0)];
        double? centre = Share.Of(periods.Sum(p => p.Numerator), periods.Sum(p => p.Denominator)).Value;
        var limits = periods.Select(p => Limits(centre, p.Denominator)).ToList();

        List<PChartFinding> findings = [];
        if (centre is { } middle)
        {
            double ValueAt(int place) => periods[shown[place]].Value!.Value;

            foreach (int i in shown)
            {
                double value = periods[i].Value!.Value;
                if (value > limits[i].Upper + Tolerance)
                    findings.Add(new PChartFinding(PChartRule.AboveLimits, i, i));
                else if (value < limits[i].Lower - Tolerance)
                    findings.Add(new PChartFinding(PChartRule.BelowLimits, i, i));
            }

            foreach (var (first, last, side) in Stretches(shown.Length, place => Math.Sign(ValueAt(place) - middle)))
            {
                if (last - first + 1 >= RunLength)
                    findings.Add(new PChartFinding(side > 0 ? PChartRule.RunAbove : PChartRule.RunBelow, shown[first], shown[last]));
            }

            // Step k goes from point k to point k + 1, so a stretch of steps covers one point more.
            foreach (var (first, last, way) in Stretches(shown.Length - 1, step => Math.Sign(ValueAt(step + 1) - ValueAt(step))))
            {
                if (last - first + 2 >= TrendLength)
                    findings.Add(new PChartFinding(way > 0 ? PChartRule.Rising : PChartRule.Falling, shown[first], shown[last + 1]));
            }
        }

        findings = [.. findings.OrderBy(f => f.First).ThenBy(f => f.Rule)];
        return new PChart
        {
            Centre = centre,
            IsPreliminary = shown.Length < FirmFrom,
            Findings = findings,
            Points =
            [
                .. periods.Select((share, i) => new PChartPoint(
                    share,
                    limits[i].Lower,
                    limits[i].Upper,
                    share.Denominator == 0 ? [] : [.. findings.Where(f => f.First <= i && i <= f.Last).Select(f => f.Rule).Distinct()])),
            ],
        };
    }

    private static (double? Lower, double? Upper) Limits(double? centre, long n)
    {
        if (n == 0 || centre is not { } p)
            return (null, null);
        double reach = 3 * Math.Sqrt(p * (1 - p) / n);
        return (Math.Max(0, p - reach), Math.Min(1, p + reach));
    }

    // The longest stretches of places with the same sign; places with sign 0 belong to none.
    private static IEnumerable<(int First, int Last, int Sign)> Stretches(int count, Func<int, int> sign)
    {
        for (int first = 0; first < count;)
        {
            int last = first;
            while (last + 1 < count && sign(last + 1) == sign(first))
                last++;
            if (sign(first) != 0)
                yield return (first, last, sign(first));
            first = last + 1;
        }
    }
}
