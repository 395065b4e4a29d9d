using System.Globalization;
using System.Text.RegularExpressions;

namespace FinsamOutcomes.Data.Registration;

/// <summary>Why a text is no date that can be used as it stands.</summary>
public enum DateFault
{
    None,

    /// <summary>Written in no way that is known.</summary>
    Unreadable,

    /// <summary>Such as 2024-02-30.</summary>
    NotInCalendar,

    /// <summary>A spreadsheet's number for a day, such as 45415: <see cref="ReadDate.Date"/> is the day that it would be.</summary>
    DayNumber,

    /// <summary>Month before day, as in 11/26/2026.</summary>
    MonthFirst,
}

/// <summary>What a text says of a day.</summary>
/// <param name="Date">The day; for <see cref="DateFault.DayNumber"/> the one it would be, otherwise meaningless with a fault.</param>
/// <param name="Fault">Why it can't be used; <see cref="DateFault.None"/> when it can.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct ReadDate(DateOnly Date, DateFault Fault)
{
    /// <summary>Day and month could also have been meant the other way round, as in 1/2/2024: read with the day first.</summary>
    public bool MayBeSwapped { get; init; }

    /// <summary>The year had two figures, and was written first: 24-05-03 or 240503.</summary>
    public bool HasShortYear { get; init; }
}

/// <summary>
/// The one reader of dates, for forms and for files. Reads them as people in Sweden write them: 2024-05-03 (also with a time
/// after it), 2024-5-3, 20240503, 240503, 3/5 2024, 3/5-24, 03.05.2024, 3 maj 2024. The day comes before the month unless the
/// year comes first; the American order is never guessed.
/// </summary>
public static partial class SwedishDate
{
    // As spreadsheets count them: 1 is the first of January 1900, in a calendar that had a 29th of February that year.
    private const int DayNumberZero = 693_593;

    private const int Longest = 60;

    private static readonly string[] s_months = CultureInfo.GetCultureInfo("sv-SE").DateTimeFormat.MonthNames[..12];

    /// <summary>A date with its year, as in a file.</summary>
    public static ReadDate Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(Plain(text), yearIfNone: null);
    }

    /// <summary>Also the words idag, igår and i förrgår, and a day and month without a year: the latest such day that has been.</summary>
    public static ReadDate Read(string text, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(text);
        var word = Plain(text);
        if (DaysAgo(word) is { } days)
            return new(today.AddDays(-days), DateFault.None);
        var read = Read(word, today.Year);
        return read.Fault == DateFault.None && read.Date > today && Read(word, yearIfNone: null).Fault != DateFault.None
            ? Read(word, today.Year - 1)
            : read;
    }

    /// <summary>What is wrong and what to write instead; null when nothing is.</summary>
    public static string? Message(ReadDate read) => read.Fault switch
    {
        DateFault.None => null,
        DateFault.NotInCalendar => "Dagen finns inte i kalendern. Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-05-31.",
        DateFault.DayNumber => $"Det är ett kalkylprograms nummer för {read.Date:yyyy-MM-dd}. Skriv {read.Date:yyyy-MM-dd} om det är den dagen.",
        DateFault.MonthFirst => "Datumet har månaden före dagen. Skriv det som ÅÅÅÅ-MM-DD, till exempel 2026-05-31.",
        _ => "Datumet går inte att läsa. Skriv det som ÅÅÅÅ-MM-DD, till exempel 2026-05-31.",
    };

    private static int? DaysAgo(string word) => word switch
    {
        "idag" or "i dag" => 0,
        "igår" or "i går" => 1,
        "i förrgår" or "iförrgår" or "förrgår" => 2,
        _ => null,
    };

    private static ReadDate Read(string word, int? yearIfNone)
    {
        word = TimeAfter().Replace(word, "");
        if (DayNumber().IsMatch(word))
        {
            var days = int.Parse(word.AsSpan(0, 5), CultureInfo.InvariantCulture);
            return days is >= 25_569 and <= 73_050 ? new(DateOnly.FromDayNumber(DayNumberZero + days), DateFault.DayNumber) : new(default, DateFault.Unreadable);
        }

        if (YearFirst().Match(word) is { Success: true } iso)
            return Of(Number(iso, "y"), Number(iso, "m"), Number(iso, "d")) with { HasShortYear = iso.Groups["y"].Length == 2 };
        if (DayFirst().Match(word) is { Success: true } numbers)
        {
            var (day, month) = (Number(numbers, "d"), Number(numbers, "m"));
            if (month > 12 && day is >= 1 and <= 12 && month <= 31)
                return new(default, DateFault.MonthFirst);
            if ((numbers.Groups["y"].Success ? Number(numbers, "y") : yearIfNone) is not { } year)
                return new(default, DateFault.Unreadable);
            var isSlashed = numbers.Groups["first"].Value == "/" && numbers.Groups["second"].Value == "/";
            return Of(year, month, day) with { MayBeSwapped = isSlashed && day <= 12 && day != month };
        }

        if (NamedMonth().Match(word) is not { Success: true } named)
            return new(default, DateFault.Unreadable);
        var index = Array.FindIndex(s_months, m => m.StartsWith(named.Groups["month"].Value, StringComparison.Ordinal));
        return index < 0 || (named.Groups["y"].Success ? Number(named, "y") : yearIfNone) is not { } named4
            ? new(default, DateFault.Unreadable)
            : Of(named4, index + 1, Number(named, "d"));
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    // Two figures are the year of this century up to 59: nothing that is registered is older than 1990.
    private static ReadDate Of(int year, int month, int day)
    {
        year += year >= 100 ? 0 : year < 60 ? 2000 : 1900;
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new(new DateOnly(year, month, day), DateFault.None)
            : new(default, DateFault.NotInCalendar);
    }

    // Word and web pages write dashes and hard spaces where people see a hyphen and a space.
    private static string Plain(string text) =>
        text.Length > Longest ? "" : Spaces().Replace(Dashes().Replace(NormalForm.Written(text), "-"), " ").Trim().ToLowerInvariant();

    [GeneratedRegex(@"[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dashes();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();

    // A time of day with no zone: with one, the day could be another in Sweden.
    [GeneratedRegex(
        @"(?:(?<=\d)t| |, | kl\.? )\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,7})?)?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeAfter();

    [GeneratedRegex(@"\A\d{5}(?:[.,]\d{1,10})?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DayNumber();

    [GeneratedRegex(
        @"\A(?:(?<y>\d{4})(?<between>[-/. ])(?<m>\d{1,2})\k<between>(?<d>\d{1,2})|(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})|(?<y>\d{2})(?<between>-?)(?<m>\d{2})\k<between>(?<d>\d{2}))\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex YearFirst();

    // 3/5, 3/5 2024, 3/5-24, 3/5/2024, 3.5.2024, 3.5.24, 3 5 2024; not 3-5-2024 or 3/5/24, which others write the other way.
    [GeneratedRegex(
        @"\A(?:(?<d>\d{1,2})(?<first>/)(?<m>\d{1,2})(?:(?<second>[- ])'?(?<y>\d{4}|\d{2})|(?<second>/)(?<y>\d{4}))?|(?<d>\d{1,2})\. ?(?<m>\d{1,2})\. ?(?<y>\d{4}|\d{2})|(?<d>\d{1,2}) (?<m>\d{1,2}) (?<y>\d{4}))\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex DayFirst();

    // A month by its name or at least the first three letters of it.
    [GeneratedRegex(
        @"\A(?:den )?(?<d>\d{1,2})(?::?[ea]|\.)?[ -]?(?<month>[a-zåäö]{3,9})\.?(?:(?: |-| -|, )'?(?<y>\d{4}|\d{2}))?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedMonth();
}
