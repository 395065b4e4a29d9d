using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>What kind of thing a cell says.</summary>
internal enum PrintedKind
{
    /// <summary>Words, or nothing.</summary>
    Text,

    /// <summary>A number between two bounds: rounded as it is printed.</summary>
    Number,

    /// <summary>A share between two bounds, 0–1.</summary>
    Share,

    /// <summary><c>5 av 12</c>.</summary>
    CountOf,

    /// <summary><em>dold</em>: a count of 1–4, a share of which numerator or denominator is, a mean of fewer than ten.</summary>
    Small,

    /// <summary><em>skyddad</em>: kept back to protect another; it can be any number.</summary>
    Protecting,

    /// <summary><em>inget underlag</em>, <em>ej tillfrågad</em> and the like: nothing is kept back.</summary>
    Missing,
}

/// <summary>A printed number as the range that it can have been rounded from.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly partial record struct PrintedNumber(PrintedKind Kind, double Lower, double Upper)
{
    private const double Exactness = 1e-7;

    /// <summary>True where the number is a whole one, said exactly.</summary>
    public bool IsCount => Kind == PrintedKind.Number && Upper - Lower < 1e-6 && Math.Abs(Lower - Math.Round(Lower)) < 1e-6 && Lower >= 0;

    public long Count => (long)Math.Round(Lower);

    public bool IsHidden => Kind is PrintedKind.Small or PrintedKind.Protecting;

    /// <summary>Reads a cell; numbers are Swedish, with spaces between thousands and decimal comma.</summary>
    public static PrintedNumber Read(PrintedCell cell)
    {
        if (cell.Number is { } stored)
            return new(PrintedKind.Number, stored, stored);
        return Read(cell.Text ?? "");
    }

    /// <inheritdoc cref="Read(PrintedCell)"/>
    public static PrintedNumber Read(string printed)
    {
        var text = Plain(printed);
        switch (text)
        {
            case "dold" or "(dold)" or "dolt":
                return new(PrintedKind.Small, 0, 0);
            case "skyddad" or "(skyddad)" or "skyddat":
                return new(PrintedKind.Protecting, 0, 0);
            case "inget underlag" or "ej tillfrågad" or "ej ifyllt" or "inte ifyllt":
                return new(PrintedKind.Missing, 0, 0);
        }

        if (CountOf().Match(text) is { Success: true } of)
            return new(PrintedKind.CountOf, Whole(of.Groups["a"].Value), Whole(of.Groups["b"].Value));
        if (Number().Match(text) is not { Success: true } match)
            return new(PrintedKind.Text, 0, 0);
        var digits = match.Groups["n"].Value.Replace(" ", "", StringComparison.Ordinal).Replace(',', '.');
        var value = double.Parse(digits, CultureInfo.InvariantCulture) * (match.Groups["sign"].Value is "-" or "−" ? -1 : 1);
        var decimals = digits.Contains('.', StringComparison.Ordinal) ? digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var half = 0.5 * Math.Pow(10, -decimals);
        if (match.Groups["percent"].Success)
        {
            var (lower, upper) = match.Groups["bound"].Value switch
            {
                "<" => (0, value),
                ">" => (value, 100),
                _ => (value - half, value + half),
            };
            return new(PrintedKind.Share, (lower / 100) - Exactness, (upper / 100) + Exactness);
        }

        return decimals == 0 ? new(PrintedKind.Number, value, value) : new(PrintedKind.Number, value - half - Exactness, value + half + Exactness);
    }

    /// <summary>Whether a cell says that there is nothing to count or divide by.</summary>
    public static bool SaysNothing(PrintedCell cell) => cell.Text is not null && Plain(cell.Text) == "inget underlag";

    /// <summary>How many decimals a number is written with, in a document or as it is stored in a workbook.</summary>
    public static int Decimals(PrintedCell cell)
    {
        var text = Plain(cell.Text ?? "");
        var point = text.LastIndexOfAny(['.', ',']);
        return point < 0 ? 0 : text.Length - point - 1;
    }

    /// <summary>Text with plain spaces.</summary>
    public static string Plain(string text) => Spaces().Replace(text.Replace('\u00a0', ' ').Replace('\u202f', ' '), " ").Trim();

    /// <summary>A whole number with spaces between thousands.</summary>
    public static long Whole(string digits) => long.Parse(digits.Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<a>\d{1,3}( \d{3})*|\d+) av (?<b>\d{1,3}( \d{3})*|\d+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CountOf();

    [GeneratedRegex(
        @"^((högst|minst|ungefär) )?(?<bound>[<>])? ?(?<sign>[-−+])?(?<n>(\d{1,3}( \d{3})+|\d+)([.,]\d+)?) ?((?<percent>%)|kr|dagar)?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
