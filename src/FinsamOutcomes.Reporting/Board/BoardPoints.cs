using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Board;

/// <summary>A difference of two shares in percentage points, said the same in sentences and tables.</summary>
internal static class BoardPoints
{
    /// <summary>Whole percentage points, unless they would contradict the shares beside them or read as 0 without being it.</summary>
    public static int Decimals(this ShareDifference difference)
    {
        var shares = Whole(difference.Women.Value) - Whole(difference.Men.Value);
        return shares != Whole(difference.Value) || IsNearNothing(difference.Value) || IsNearNothing(difference.Lower) || IsNearNothing(difference.Upper) ? 1 : 0;

        static double Whole(double? share) => Rounding.HalfAwayFromZero(share!.Value * 100, 0);

        static bool IsNearNothing(double? end) => end is not 0 and > -0.005 and < 0.005;
    }

    /// <summary><c>+3 p.e.</c>, <c>−5,4 p.e.</c></summary>
    public static string Points(this ShareDifference difference) =>
        $"{(difference.Value > 0 ? "+" : "")}{Swedish.Number(difference.Value!.Value * 100, difference.Decimals())}{Swedish.NoBreakSpace}p.e.";

    /// <summary><c>−12,3 till 1,5</c></summary>
    public static string Interval(this ShareDifference difference)
    {
        var decimals = difference.Decimals();
        return $"{Swedish.Number(difference.Lower!.Value * 100, decimals)} till {Swedish.Number(difference.Upper!.Value * 100, decimals)}";
    }
}
