using System.Globalization;
using System.Text.RegularExpressions;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>Periods as they are written.</summary>
internal static partial class PeriodOf
{
    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

    /// <summary>First and last month of a year, half-year, tertial, quarter or month; null for other words.</summary>
    public static (int Year, int First, int Last)? Range(string text)
    {
        if (Period().Match(PrintedNumber.Plain(text)) is not { Success: true } match)
            return null;
        var year = int.Parse(match.Groups["year"].Value, System.Globalization.CultureInfo.InvariantCulture);
        var which = match.Groups["which"].Value is { Length: > 0 } digit ? digit[0] - '0' : 0;
        return match.Groups["kind"].Value switch
        {
            "" => (year, 1, 12),
            "kv " => (year, (3 * which) - 2, 3 * which),
            "T" => (year, (4 * which) - 3, 4 * which),
            "halvår " => (year, (6 * which) - 5, 6 * which),
            var month => (year, Array.IndexOf(s_months, month.Trim()) + 1, Array.IndexOf(s_months, month.Trim()) + 1),
        };
    }

    [GeneratedRegex(
        @"^((?<kind>kv |T|halvår )(?<which>[1-4]) |(?<kind>jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec) )?(?<year>(19|20)\d{2})$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Period();
}
