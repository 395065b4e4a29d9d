using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>
/// The calendar year that a report is about, as far as it has come. While the year goes on nothing in a report may be read as
/// its outcome: the last day is today, and title, headings and targets say <em>hittills</em>.
/// </summary>
public sealed record ReportPeriod
{
    private ReportPeriod(int year, DateOnly today)
    {
        Year = year;
        From = new DateOnly(year, 1, 1);
        YearEnd = new DateOnly(year, 12, 31);
        IsOver = today > YearEnd;
        To = IsOver ? YearEnd : today;
    }

    public int Year { get; }

    public DateOnly From { get; }

    /// <summary>The last day that is counted: the year's last, or today while it goes on.</summary>
    public DateOnly To { get; }

    public DateOnly YearEnd { get; }

    /// <summary>False while what is counted can still change; also on the year's last day.</summary>
    public bool IsOver { get; }

    /// <summary><c>2024</c>, or <c>1 januari–26 november 2026</c> while the year goes on.</summary>
    public string Words => Swedish.Period(From, To);

    /// <summary>Empty, or <c> hittills</c> while the year goes on.</summary>
    public string SoFar => IsOver ? "" : " hittills";

    /// <summary>The year as far as it has come on a day.</summary>
    /// <exception cref="ReportYearException">It has not begun.</exception>
    public static ReportPeriod Of(int year, DateOnly today) =>
        year <= today.Year ? new ReportPeriod(year, today) : throw new ReportYearException(NotBegun(year));

    /// <summary>Why a year can't be reported, for the user; null when it can.</summary>
    public static string? WhyNot(int year, DateOnly today) => year <= today.Year ? null : NotBegun(year);

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

    private static string NotBegun(int year) => $"{year} har inte börjat, så det finns inget att redovisa. Välj ett år som har börjat.";
}

/// <summary>The year of a report has not begun; the message is for the user.</summary>
public sealed class ReportYearException(string message) : Exception(message);
