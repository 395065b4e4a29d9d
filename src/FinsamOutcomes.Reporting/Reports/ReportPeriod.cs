using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>
/// The calendar year that a report is about, as far as it has come. While the year goes on nothing in a report may be read as
/// its outcome: title, headings and targets say <em>hittills</em>. It then ends with the last month that is over: today's
/// report beside yesterday's would otherwise tell who came and left between, and differ from the statistics page.
/// </summary>
public sealed record ReportPeriod
{
    private ReportPeriod(int year, DateOnly today)
    {
        Year = year;
        From = new DateOnly(year, 1, 1);
        YearEnd = new DateOnly(year, 12, 31);
        IsOver = today > YearEnd;
        To = IsOver ? YearEnd : LastMonthEnd(today);
    }

    public int Year { get; }

    public DateOnly From { get; }

    /// <summary>The last day that is counted: the year's last, or that of the last month that is over.</summary>
    public DateOnly To { get; }

    public DateOnly YearEnd { get; }

    /// <summary>False while what is counted can still change; also on the year's last day.</summary>
    public bool IsOver { get; }

    /// <summary><c>2024</c>, or <c>1 januari–26 november 2026</c> while the year goes on.</summary>
    public string Words => Swedish.Period(From, To);

    /// <summary>Empty, or <c> hittills</c> while the year goes on.</summary>
    public string SoFar => IsOver ? "" : " hittills";

    /// <summary>The year as far as it has come on a day.</summary>
    /// <exception cref="ReportYearException">No month of it is over.</exception>
    public static ReportPeriod Of(int year, DateOnly today) => WhyNot(year, today) is { } why ? throw new ReportYearException(why) : new ReportPeriod(year, today);

    /// <summary>Why a year can't be reported, for the user; null when it can.</summary>
    public static string? WhyNot(int year, DateOnly today) => ReportJobStore.WhyNot(year, today);

    /// <summary>The last day of a series of periods: whole periods only in a figure, which shows how something goes on.</summary>
    public DateOnly LastDay(PeriodKind per, bool onlyWhole)
    {
        if (IsOver || per == PeriodKind.None)
            return YearEnd;
        var length = per switch { PeriodKind.Quarter => 3, PeriodKind.Tertial => 4, PeriodKind.Half => 6, PeriodKind.Year => 12, _ => 1 };
        var next = To.AddDays(1);
        var begun = new DateOnly(next.Year, ((next.Month - 1) / length * length) + 1, 1);

        // Twelve months that end with a month half gone have only eleven and a half.
        return onlyWhole || per == PeriodKind.Rolling12 || begun == next ? begun.AddDays(-1) : begun.AddMonths(length).AddDays(-1);
    }

    // On its last day a month is over.
    private static DateOnly LastMonthEnd(DateOnly today)
    {
        var tomorrow = today.AddDays(1);
        return new DateOnly(tomorrow.Year, tomorrow.Month, 1).AddDays(-1);
    }
}

/// <summary>The year of a report has not begun; the message is for the user.</summary>
public sealed class ReportYearException(string message) : Exception(message);
