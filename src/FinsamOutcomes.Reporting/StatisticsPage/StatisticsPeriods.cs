using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.StatisticsPage;

/// <summary>Which periods a view compares and follows.</summary>
public static class StatisticsPeriods
{
    // The calendar of the database begins here.
    private static readonly DateOnly s_first = new(1990, 1, 1);

    /// <summary>The same period the year before; for one longer than a year, as many whole years before as it takes not to overlap.</summary>
    public static (DateOnly From, DateOnly To)? Before(DateOnly from, DateOnly to)
    {
        var years = 1;
        while (Earlier(to, years) >= from)
            years++;
        var start = from.AddYears(-years);
        return start < s_first ? null : (start, Earlier(to, years));
    }

    /// <summary>What the period before is called: <c>året före</c>, <c>3 år tidigare</c>.</summary>
    public static string BeforeWords(DateOnly from, (DateOnly From, DateOnly To)? before) =>
        before is { } b && from.Year - b.From.Year is > 1 and var years ? $"{years} år tidigare" : "året före";

    /// <summary>
    /// How fine the trend can be: months where there is enough in each, otherwise tertials or years; and far enough back
    /// for the limits of a control chart to be firm. Null when no whole period has passed.
    /// </summary>
    /// <param name="from">First day looked at.</param>
    /// <param name="to">Last day looked at.</param>
    /// <param name="n">What the share of the whole period rests on; null when that is not told.</param>
    public static (PeriodKind Per, DateOnly From, DateOnly To)? Trend(DateOnly from, DateOnly to, long? n)
    {
        const int Enough = 8;
        var months = Math.Max(1, (to.DayNumber - from.DayNumber + 1) / 30.44);
        var monthly = (n ?? 0) / months;
        var (per, length, back) = months <= 24.5 && monthly >= Enough ? (PeriodKind.Month, 1, 24)
            : months <= 98 && monthly * 4 >= Enough ? (PeriodKind.Tertial, 4, 48)
            : (PeriodKind.Year, 12, 72);
        var end = LastEnd(to, length);
        var start = new DateOnly(from.Year, ((from.Month - 1) / length * length) + 1, 1);
        if (end.AddDays(1).AddMonths(-back) is var early && early < start)
            start = early;
        if (start < s_first)
            start = s_first;
        return start < end ? (per, start, end) : null;
    }

    /// <summary>The whole months that hold a period, as far as they have ended; at least one.</summary>
    public static (DateOnly From, DateOnly To) WholeMonths(DateOnly from, DateOnly to, DateOnly today)
    {
        var end = FirstOf(to).AddMonths(1).AddDays(-1);
        if (end > today)
            end = FirstOf(to).AddDays(-1);
        var start = FirstOf(from);
        return (start > end ? FirstOf(end) : start, end);
    }

    /// <summary>From the first of a month to the last of one, or to today: day after day would tell of whoever came or left between.</summary>
    public static (DateOnly From, DateOnly To) MonthsUntilToday(DateOnly from, DateOnly to, DateOnly today)
    {
        var end = FirstOf(to).AddMonths(1).AddDays(-1);
        return (FirstOf(from), end > today ? today : end);
    }

    /// <summary>The whole months within a period; null when there is none.</summary>
    public static (DateOnly From, DateOnly To)? MonthsWithin(DateOnly from, DateOnly to)
    {
        var start = from.Day == 1 ? from : FirstOf(from).AddMonths(1);
        var end = LastEnd(to, length: 1);
        return start < end ? (start, end) : null;
    }

    /// <summary>True when a period begins with a month and ends with one.</summary>
    public static bool IsWholeMonths(DateOnly from, DateOnly to) => MonthsWithin(from, to) == (from, to);

    private static DateOnly FirstOf(DateOnly date) => new(date.Year, date.Month, 1);

    // The end of February stays the end of February.
    private static DateOnly Earlier(DateOnly to, int years) => to.AddDays(1).Day == 1 ? to.AddDays(1).AddYears(-years).AddDays(-1) : to.AddYears(-years);

    private static DateOnly LastEnd(DateOnly to, int length)
    {
        var next = to.AddDays(1);
        return new DateOnly(next.Year, ((next.Month - 1) / length * length) + 1, 1).AddDays(-1);
    }
}
