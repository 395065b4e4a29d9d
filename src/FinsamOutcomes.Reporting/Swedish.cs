using System.Globalization;
using FinsamOutcomes.Reporting.Figures;

namespace FinsamOutcomes.Reporting;

/// <summary>
/// Swedish typography in one place: decimal comma, no-break space between thousands and before %, a true minus sign,
/// en dash for ranges. Percentages are rounded half away from zero, never truncated.
/// </summary>
public static class Swedish
{
    /// <summary>No-break space, U+00A0.</summary>
    public const string NoBreakSpace = "\u00A0";

    private static readonly NumberFormatInfo s_numbers = new()
    {
        NumberDecimalSeparator = ",",
        NumberGroupSeparator = NoBreakSpace,
        NumberGroupSizes = [3],
        NegativeSign = "\u2212",
    };

    private static readonly string[] s_months =
        ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];

    /// <summary>1234567 → <c>1 234 567</c>.</summary>
    public static string Count(double value) =>
        Math.Round(value, 0, MidpointRounding.AwayFromZero).ToString("#,##0", s_numbers);

    /// <summary>A number with a fixed count of decimals: 1.5 → <c>1,50</c>.</summary>
    public static string Number(double value, int decimals) =>
        Round(value, decimals).ToString("#,##0" + (decimals > 0 ? "." + new string('0', decimals) : ""), s_numbers);

    /// <summary>A number with what is counted: <c>1 rad</c>, <c>2 rader</c>, <c>0 rader</c>.</summary>
    public static string Counted(long number, string one, string several) => $"{Count(number)} {(number == 1 ? one : several)}";

    /// <summary>
    /// A share 0–1 as per cent: 0.405 → <c>41 %</c> with no decimals. Nobody and everybody are said only where it is so: a
    /// share that would be rounded to them is <c>&lt; 1 %</c> or <c>&gt; 99 %</c>, and one of just above 1 <c>&gt; 100 %</c>.
    /// </summary>
    public static string Percent(double share, int decimals = 0)
    {
        var rounded = Round(share * 100, decimals);
        if (decimals > 0 || share is <= 0 or 1 || rounded is not (0 or 100))
            return Number(share * 100, decimals) + NoBreakSpace + "%";
        return (rounded == 0 ? "<" + NoBreakSpace + "1" : ">" + NoBreakSpace + (share > 1 ? "100" : "99")) + NoBreakSpace + "%";
    }

    /// <summary>Lower and upper end of a share: <c>32–51 %</c>, or <c>−15 till −3 %</c> when an end is negative.</summary>
    public static string PercentRange(double lower, double upper, int decimals = 0) =>
        Math.Round(lower * 100, decimals, MidpointRounding.AwayFromZero) < 0 || Math.Round(upper * 100, decimals, MidpointRounding.AwayFromZero) < 0
            ? $"{Number(lower * 100, decimals)} till {Number(upper * 100, decimals)}{NoBreakSpace}%"
            : $"{Number(lower * 100, decimals)}–{Number(upper * 100, decimals)}{NoBreakSpace}%";

    /// <summary>A value in the unit of its axis or column.</summary>
    /// <param name="value">A share is 0–1.</param>
    /// <param name="unit">How it is written.</param>
    /// <param name="decimals">Of per cent and percentage points.</param>
    public static string Value(double value, ValueUnit unit, int decimals = 0) => unit switch
    {
        ValueUnit.Percent => Percent(value, decimals),
        // A mean of few has been rounded to one decimal, and must not be read as if it had two.
        ValueUnit.Score => Number(value, Round(value, 1) == Round(value, 6) ? 1 : 2),
        ValueUnit.PercentagePoints => (Round(value * 100, decimals) > 0 ? "+" : "") + Number(value * 100, decimals) + NoBreakSpace + "p.e.",
        ValueUnit.Probability => value < 0.0005 ? "< 0,001" : Number(value, 3),
        ValueUnit.Kronor => Count(value) + NoBreakSpace + "kr",
        ValueUnit.KronorChange => (Round(value, 0) > 0 ? "+" : "") + Count(value) + NoBreakSpace + "kr",
        _ => Count(value),
    };

    /// <summary>A text with a full stop, unless it ends with a sign of its own: a question keeps its question mark only.</summary>
    public static string Sentence(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text is [.., '.' or '?' or '!' or '…'] ? text : text + ".";
    }

    /// <summary>A date in running text: <c>31 maj 2024</c>. Tables use ISO 8601.</summary>
    public static string LongDate(DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Day}{NoBreakSpace}{s_months[date.Month - 1]} {date.Year}");

    /// <summary>A whole year as <c>2024</c>, a day as <c>26 november 2024</c>, otherwise both dates: <c>1 januari–30 juni 2024</c>.</summary>
    public static string Period(DateOnly from, DateOnly to)
    {
        if (from == to)
            return LongDate(from);
        if (from is { Day: 1, Month: 1 } && to is { Day: 31, Month: 12 })
            return from.Year == to.Year
                ? from.Year.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{from.Year}–{to.Year}");
        if (from.Year == to.Year && from.Month == to.Month)
            return string.Create(CultureInfo.InvariantCulture, $"{from.Day}–{LongDate(to)}");
        return from.Year == to.Year
            ? string.Create(CultureInfo.InvariantCulture, $"{from.Day}{NoBreakSpace}{s_months[from.Month - 1]}–{LongDate(to)}")
            : $"{LongDate(from)}–{LongDate(to)}";
    }

    /// <summary>The name of a month, 1–12, in lower case.</summary>
    public static string Month(int month) => s_months[month - 1];

    // A share such as 0.405 is 40.50000000000000x in binary: rounding the decimal value keeps "half away from zero" true.
    private static decimal Round(double value, int decimals) =>
        Math.Round((decimal)value, decimals, MidpointRounding.AwayFromZero);
}
