using System.Text.RegularExpressions;

namespace FinsamOutcomes.Data.Import;

/// <summary>Recognises how a date that isn't ÅÅÅÅ-MM-DD was meant, for a better message.</summary>
internal static partial class DateText
{
    /// <summary>Such as 24-05-31, 31/5/24 or 240531.</summary>
    public static bool HasTwoDigitYear(string text) => text.Length <= 10 && TwoDigitYear().IsMatch(text);

    [GeneratedRegex(
        @"^(\d{1,2}[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{6})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TwoDigitYear();
}
