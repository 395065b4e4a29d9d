using System.Globalization;
using FinsamOutcomes.Reporting.Figures;

namespace FinsamOutcomes.Reporting.Documents;

/// <summary>
/// One look for every document: typeface, colours and number formats. Colours are six hexadecimal digits without #.
/// Arial is in every Word; Liberation Sans, with the same widths, replaces it in LibreOffice, so lines break alike.
/// </summary>
public static class DocumentTheme
{
    public const string Font = "Arial";
    public const string HtmlFonts = "Arial, 'Liberation Sans', Helvetica, sans-serif";

    public const string Ink = "262626";
    public const string QuietInk = "595959";
    public const string Accent = "3F1F73";
    public const string Hairline = "D0D0D0";
    public const string TotalShade = "F1EFF5";
    public const string PlaceholderShade = "FFF4CC";
    public const string PlaceholderInk = "5C4700";
    public const string Warning = "A32A1A";

    public const string Women = "54278F";
    public const string Men = "D9A441";
    public const string MenEdge = "8F6210";
    public const string All = "6B6B6B";
    public const string Unknown = "A6A6A6";
    public const string Limit = "8C8C8C";
    public const string Target = "1F6F5C";

    // The same colours as in the drawn figures, from dark to light so that neighbours differ also in greyscale print.
    private static readonly string[] s_categories =
        ["0D3B66", "2A7F9E", "7FBFB5", "C9E4D6", "F3F1E4", "8C8C8C", "C4C4C4", "EDEDED"];

    /// <summary>The colour of a series by what it stands for; a category by its place.</summary>
    public static string Colour(SeriesRole role, int place) => role switch
    {
        SeriesRole.Woman => Women,
        SeriesRole.Man => Men,
        SeriesRole.Unknown => Unknown,
        SeriesRole.All => All,
        _ => s_categories[place % s_categories.Length],
    };

    /// <summary>A paler shade of a colour, towards white: the "before" of a before/after pair.</summary>
    /// <param name="colour">Six hexadecimal digits.</param>
    /// <param name="share">How far towards white, 0–1.</param>
    public static string Paler(string colour, double share = 0.6) =>
        string.Concat(Enumerable.Range(0, 3).Select(i =>
        {
            var part = Convert.ToInt32(colour.Substring(i * 2, 2), 16);
            return ((int)Math.Round(part + (255 - part) * share)).ToString("X2", CultureInfo.InvariantCulture);
        }));

    /// <summary>True when white letters read better than black ones on the colour (relative luminance below 0.18).</summary>
    public static bool IsDark(string colour)
    {
        var parts = Enumerable.Range(0, 3).Select(i =>
        {
            var c = Convert.ToInt32(colour.Substring(i * 2, 2), 16) / 255.0;
            return c <= 0.03928 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }).ToArray();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] < 0.18;
    }

    /// <summary>The number format of a unit in charts, with Swedish separators whatever the reader's own are.</summary>
    public static string ChartNumberFormat(ValueUnit unit) => "[$-41D]" + NumberFormat(unit);

    /// <summary>The number format of a unit in spreadsheets; Office shows it with the reader's own separators.</summary>
    public static string NumberFormat(ValueUnit unit) => unit switch
    {
        ValueUnit.Percent => "0\u00A0%",
        ValueUnit.Score => "0.0#",
        ValueUnit.Kronor => "#,##0\\ \"kr\"",
        ValueUnit.KronorChange => "+#,##0\\ \"kr\";\u2212#,##0\\ \"kr\";0\\ \"kr\"",
        _ => "#,##0",
    };
}
