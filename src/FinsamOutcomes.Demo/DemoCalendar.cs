namespace FinsamOutcomes.Demo;

/// <summary>Swedish working days and the rhythm of a year in the work: few new in July, many in January and September.</summary>
internal static class DemoCalendar
{
    // January to December; 1 is an average month.
    private static readonly double[] s_referrals = [1.5, 1.15, 1.1, 0.95, 0.9, 0.55, 0.12, 0.85, 1.6, 1.25, 1.1, 0.5];
    private static readonly double[] s_starts = [0.30, 0.15, 0.15, 0.14, 0.11, 0.05, 0.008, 0.08, 0.36, 0.16, 0.13, 0.06];

    public static double ReferralRate(DateOnly day) => s_referrals[day.Month - 1];

    /// <summary>The chance that somebody who is ready starts on a working day when there is a place.</summary>
    public static double StartChance(DateOnly day, bool withTerms) =>
        day is { Month: 12, Day: > 19 } ? 0 : withTerms ? day.Month is 1 or 8 or 9 ? 0.3 : 0.01 : s_starts[day.Month - 1];

    public static bool IsWorkingDay(DateOnly day)
    {
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            return false;
        if ((day.Month, day.Day) is (1, 1) or (1, 6) or (5, 1) or (6, 6) or (12, 24) or (12, 25) or (12, 26) or (12, 31))
            return false;
        // Midsummer Eve is the Friday of 19–25 June.
        if (day is { Month: 6, Day: >= 19 and <= 25, DayOfWeek: DayOfWeek.Friday })
            return false;
        var fromEaster = day.DayNumber - Easter(day.Year).DayNumber;
        return fromEaster is not (-2 or 1 or 39);
    }

    public static DateOnly WorkingDayOnOrBefore(DateOnly day)
    {
        while (!IsWorkingDay(day))
            day = day.AddDays(-1);
        return day;
    }

    public static DateOnly WorkingDayOnOrAfter(DateOnly day)
    {
        while (!IsWorkingDay(day))
            day = day.AddDays(1);
        return day;
    }

    public static DateOnly LastOfMonth(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    /// <summary>Time in calendar years: 2022.5 is the middle of 2022.</summary>
    public static double Years(DateOnly day) => day.Year + ((day.DayOfYear - 1) / 365.25);

    // The Gregorian computus (Meeus, Astronomical Algorithms, 1991, chapter 8).
    private static DateOnly Easter(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var l = (32 + (2 * e) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }
}
