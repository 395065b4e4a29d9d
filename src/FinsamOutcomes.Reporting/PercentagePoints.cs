using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting;

/// <summary>
/// A difference of two shares in percentage points, said the same on pages, in reports and in files: always with its sign
/// beside its interval, and with decimals enough for text and interval to agree.
/// </summary>
public static class PercentagePoints
{
    /// <summary>With fewer on either side no difference is claimed.</summary>
    public const int Few = 10;

    private const int MostDecimals = 6;

    // Two equal shares can differ in their last bits.
    private const double Nothing = 1e-12;

    /// <summary>The decimals of one difference that stands by itself.</summary>
    public static int Decimals(this ShareDifference difference) => Decimals([difference]);

    /// <summary>
    /// As many for all of a column: whole percentage points, unless some of them would contradict the shares beside them or
    /// be read as 0 without being it.
    /// </summary>
    public static int Decimals(IEnumerable<ShareDifference> column) =>
        column.Select(Needed).DefaultIfEmpty(0).Max();

    /// <summary><c>+3 p.e.</c>, <c>−5,4 p.e.</c></summary>
    public static string Points(this ShareDifference difference, int? decimals = null) =>
        Swedish.Value(difference.Value!.Value, Figures.ValueUnit.PercentagePoints, decimals ?? difference.Decimals());

    /// <summary><c>−12,3 till 1,5</c></summary>
    public static string Interval(this ShareDifference difference, int? decimals = null)
    {
        var digits = decimals ?? difference.Decimals();
        return $"{Swedish.Number(difference.Lower!.Value * 100, digits)} till {Swedish.Number(difference.Upper!.Value * 100, digits)}";
    }

    /// <summary><c>95 % konfidensintervall −12,3 till 1,5</c></summary>
    public static string IntervalInWords(this ShareDifference difference) => $"95{Swedish.NoBreakSpace}% konfidensintervall {difference.Interval()}";

    /// <summary>
    /// What a difference says, the same everywhere: claimed only where its interval leaves out 0, and always with its sign and
    /// what was taken from what, so that it reads as its interval does.
    /// </summary>
    /// <param name="difference">A difference that is known.</param>
    /// <param name="order">What was taken from what: <c>kvinnor minus män</c>.</param>
    /// <param name="higher">What is claimed above 0.</param>
    /// <param name="lower">What is claimed below 0.</param>
    /// <param name="equal">What is said of 0.</param>
    /// <param name="decimals">Where other differences stand on the same page, as many for all of them.</param>
    public static string InWords(this ShareDifference difference, string order, string higher, string lower, string equal, int? decimals = null)
    {
        var interval = $"95{Swedish.NoBreakSpace}% konfidensintervall {difference.Interval(decimals)}";
        if (Math.Abs(difference.Value!.Value) <= Nothing)
            return $"{equal} ({interval}).";
        var number = Swedish.Number(difference.Value.Value * 100, decimals ?? difference.Decimals());
        var points = $"{(difference.Value > 0 ? "+" : "")}{number} {(number is "1" or "\u22121" ? "procentenhet" : "procentenheter")}";
        return difference.Lower > 0 || difference.Upper < 0
            ? $"{(difference.Lower > 0 ? higher : lower)}, mer än slumpen brukar ge: skillnaden ({order}) är {points} ({interval})."
            : $"Skillnaden ({order}), {points}, kan bero på slumpen ({interval}).";
    }

    /// <summary>What the difference between women and men says.</summary>
    public static string BetweenWomenAndMen(ShareDifference difference, int? decimals = null) =>
        difference.Women.Denominator < Few || difference.Men.Denominator < Few
            ? "Det är för få för att säga om kvinnor och män skiljer sig åt."
            : difference.InWords(
                "kvinnor minus män",
                "Kvinnornas andel är högre än männens",
                "Kvinnornas andel är lägre än männens",
                "Andelarna är lika stora",
                decimals);

    private static int Needed(ShareDifference difference)
    {
        if (difference.Value is null)
            return 0;
        var decimals = Whole(difference.Women.Value) - Whole(difference.Men.Value) == Whole(difference.Value) ? 0 : 1;
        while (
            decimals < MostDecimals
            && (ReadsAsNothing(difference.Value, decimals) || ReadsAsNothing(difference.Lower, decimals) || ReadsAsNothing(difference.Upper, decimals)))
            decimals++;
        return decimals;

        static double Whole(double? share) => Rounding.HalfAwayFromZero(share!.Value * 100, 0);

        static bool ReadsAsNothing(double? end, int decimals) =>
            end is { } value && Math.Abs(value) > Nothing && Rounding.HalfAwayFromZero(value * 100, decimals) == 0;
    }
}
