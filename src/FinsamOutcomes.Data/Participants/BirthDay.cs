using System.Globalization;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participants;

/// <summary>Reads a search text as a birth day or birth year.</summary>
internal static class BirthDay
{
    /// <summary>The day of <c>1987-05-03</c>, <c>19870503</c>, <c>87-05-03</c> and <c>870503</c>, the latest that has been; null for anything else.</summary>
    public static DateOnly? Of(string text, DateOnly today)
    {
        var form = NormalForm.Of(text);
        var digits = form.Replace("-", "", StringComparison.Ordinal);
        if (digits.Length is not (6 or 8) || !digits.All(char.IsAsciiDigit) || (form != digits && form != $"{digits[..^4]}-{digits[^4..^2]}-{digits[^2..]}"))
            return null;
        if (digits.Length == 8)
            return Day(digits) is { Year: >= 1900 } day && day <= today ? day : null;
        var century = today.Year / 100;
        return Day($"{century}{digits}") is { } latest && latest <= today ? latest : Day($"{century - 1}{digits}");

        static DateOnly? Day(string digits) =>
            DateOnly.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    /// <summary>The year of four figures that somebody may have been born in; null for anything else.</summary>
    public static int? Year(string text, DateOnly today) =>
        NormalForm.Of(text) is { Length: 4 } form && int.TryParse(form, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        && year >= 1900 && year <= today.Year
            ? year
            : null;

    /// <summary>True for the personal number of somebody born on the day: twelve digits, 60 added to the day in a co-ordination number.</summary>
    public static bool Is(string digits, DateOnly day) =>
        digits.StartsWith(day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        || digits.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{day:yyyyMM}{day.Day + 60}"), StringComparison.Ordinal);
}
