using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Privacy;

/// <summary>
/// A Swedish personnummer (folkbokföringslagen 1991:481, 18 §) or samordningsnummer (lagen 2022:1697 om
/// samordningsnummer; the day is raised by 60, e.g. 701063-2391; month 00 and day 60 where they are unknown). Ten digits: birth date,
/// a three-digit number that is odd for men and even for women, and a check digit by the Luhn algorithm (weights 2 and 1). A
/// plus sign before the last four says that the person has turned 100 this year or earlier. Kept as twelve digits, with the
/// century. Also what tells that a text holds such a number, for every door where none may pass.
/// </summary>
public readonly partial record struct PersonalNumber
{
    private const int Unknown = 60;

    private PersonalNumber(string digits) => Digits = digits;

    /// <summary>Twelve digits, YYYYMMDDNNNN.</summary>
    public string Digits { get; }

    public int BirthYear => int.Parse(Digits.AsSpan(0, 4), CultureInfo.InvariantCulture);

    /// <summary>True for a samordningsnummer.</summary>
    public bool IsCoordinationNumber => Digits[6] >= '6';

    /// <summary>Legal gender, <c>woman</c> or <c>man</c>.</summary>
    public string Gender => (Digits[10] - '0') % 2 == 0 ? "woman" : "man";

    /// <summary>True when the text is a number, however it is written.</summary>
    public static bool TryParse(string? text, DateOnly today, out PersonalNumber number) => Read(text, today, out number) == PersonalNumberFault.None;

    /// <summary>
    /// Reads YYYYMMDD-NNNN and YYMMDD-NNNN with any dash, plus sign or space or nothing before the last four, and dashes or
    /// spaces within the date; or tells which part is wrong.
    /// </summary>
    /// <param name="text">As written by a person.</param>
    /// <param name="today">Tells the century of a number with ten digits.</param>
    /// <param name="number">The number, when nothing is wrong.</param>
    public static PersonalNumberFault Read(string? text, DateOnly today, out PersonalNumber number)
    {
        number = default;
        var written = NormalForm.Of(text ?? "").Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (written.Any(char.IsLetter))
            return PersonalNumberFault.Letter;
        var digits = written.Replace("+", "", StringComparison.Ordinal);
        var isPlus = digits.Length < written.Length;
        if (!digits.All(char.IsAsciiDigit) || written.Length - digits.Length > 1 || (isPlus && (written.Length < 5 || written[^5] != '+')))
            return PersonalNumberFault.Sign;
        if (digits.Length is not (10 or 12))
            return PersonalNumberFault.Length;
        var (month, day) = (Two(digits.AsSpan(digits.Length - 8)), Two(digits.AsSpan(digits.Length - 6)));
        var isCoordination = day >= Unknown;
        if (month > 12 || (month == 0 && !isCoordination))
            return PersonalNumberFault.Month;
        if (digits.Length == 10)
        {
            var year = today.Year - ((today.Year - Two(digits)) % 100);
            if (isPlus || First(year, month, day) > today)
                year -= 100;
            digits = year.ToString(CultureInfo.InvariantCulture)[..2] + digits;
        }

        var born = int.Parse(digits.AsSpan(0, 4), CultureInfo.InvariantCulture);
        if (born is < 1850 or > 9999)
            return PersonalNumberFault.Year;
        if (!IsDay(born, month, day))
            return PersonalNumberFault.Day;
        if (First(born, month, day) > today)
            return PersonalNumberFault.Future;
        if (digits.AsSpan(8, 3).SequenceEqual("000"))
            return PersonalNumberFault.BirthNumber;
        if (!HasCheckDigit(digits.AsSpan(2)))
            return PersonalNumberFault.CheckDigit;
        number = new PersonalNumber(digits);
        return PersonalNumberFault.None;
    }

    /// <summary>
    /// True when a text holds a number with a possible month and day, with or without century, with any dash, a plus sign, spaces or
    /// nothing before the last four. The check digit isn't asked for: a misspelt number is as personal.
    /// </summary>
    public static bool IsIn(ReadOnlySpan<byte> utf8)
    {
        // Hardly any field has so many figures; those of other scripts are more than one byte.
        var figures = 0;
        var isAscii = true;
        foreach (var b in utf8)
        {
            figures += b is >= (byte)'0' and <= (byte)'9' ? 1 : 0;
            isAscii &= b < 0x80;
        }

        return (figures >= 10 || !isAscii) && IsIn(Encoding.UTF8.GetString(utf8));
    }

    /// <summary>The same of a text.</summary>
    public static bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Has(NormalForm.Of(text), IsNumberAt);
    }

    /// <summary>
    /// True for a code that is or could be a number: as <see cref="IsIn(string)"/>, also with anything but letters between the
    /// figures, and a reserve number of health care, which has letters among its last four (<c>900101-T123</c>).
    /// </summary>
    public static bool CouldBeIn(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var form = NormalForm.Of(code);
        var figures = new StringBuilder(form.Length);
        foreach (var c in form)
        {
            if (char.IsAsciiDigit(c))
                figures.Append(c);
            else if (char.IsLetter(c))
                figures.Append('.');
        }

        return Has(form, IsNumberAt) || Has(figures.ToString(), IsNumberAt) || Has(form, IsReserveNumberAt);
    }

    /// <summary>
    /// True for a text in Markdown that holds a number, as it is written or as it is shown: as <see cref="IsIn(string)"/>, and with
    /// other signs among the figures when the check digit is right. Spans of dates are no numbers.
    /// </summary>
    public static bool IsInProse(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var shown = Shown(markdown);
        return IsIn(SpanOfDates().Replace(NormalForm.Of(markdown), Break))
            || IsIn(SpanOfDates().Replace(NormalForm.Of(shown), Break))
            || shown.Split('\n').Any(line => RowOfFigures().Matches(SpanOfDates().Replace(NormalForm.Of(line), Break)).Any(row => HasSpread(row.Value)));
    }

    /// <summary>Nothing of the number: it would end up in a log.</summary>
    public override string ToString() => "personnummer";

    // A letter: what stands around it is not read together.
    private const string Break = "x";

    // Of a day to a day, with the second one's year or without.
    [GeneratedRegex(
        @"(?<![0-9])(19|20)[0-9]{2}(?<sign>[-./])(0[1-9]|1[0-2])\k<sign>[0-3][0-9][^\p{L}0-9]{1,5}((19|20)[0-9]{2}\k<sign>)?(0[1-9]|1[0-2])\k<sign>[0-3][0-9](?![0-9])",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex SpanOfDates();

    // Figures with signs between them that are no pause in a sentence, list or table.
    [GeneratedRegex(@"(?<![0-9])(?>[0-9]+)(?>(?!\.+ )[- ./\\_+*~`\[\]'""]{1,8}[0-9]+)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowOfFigures();

    [GeneratedRegex("[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Figures();

    // What is written so that it is not shown: where a link leads, and tags.
    [GeneratedRegex(@"(?<=\])(\([^()\n]*\)|\[[^\[\]\n]*\])|<[^<>]*>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unshown();

    [GeneratedRegex("&[A-Za-z][A-Za-z0-9]{1,31};", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameOfSign();

    // Markdown as it is shown, nearly: signs for bold type and the like stand, and are let through between figures.
    private static string Shown(string markdown)
    {
        var text = NameOfSign().Replace(WebUtility.HtmlDecode(Unshown().Replace(markdown, "")), "-");
        return text.Replace("\\", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal);
    }

    // Pieces of two figures or more that are a number when they are put together; thousands come in threes.
    private static bool HasSpread(string row)
    {
        var pieces = Figures().Matches(row).Select(m => m.Value).ToList();
        for (var first = 0; first < pieces.Count; first++)
        {
            var figures = "";
            foreach (var piece in pieces.Skip(first).TakeWhile(p => p.Length % 2 == 0))
            {
                figures += piece;
                if (figures.Length > 12)
                    break;
                if (figures.Length is 10 or 12 && IsNumberAt(figures) && HasCheckDigit(figures.AsSpan(figures.Length - 10)))
                    return true;
            }
        }

        return false;
    }

    private delegate bool Look(ReadOnlySpan<char> text);

    private static bool Has(ReadOnlySpan<char> text, Look looksSo)
    {
        for (var i = 0; i + 10 <= text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]) && (i == 0 || !char.IsAsciiDigit(text[i - 1])) && looksSo(text[i..]))
                return true;
        }

        return false;
    }

    private static bool IsNumberAt(ReadOnlySpan<char> text) => IsNumberAt(text, hasCentury: true) || IsNumberAt(text, hasCentury: false);

    private static bool IsNumberAt(ReadOnlySpan<char> text, bool hasCentury)
    {
        if (!IsDateAt(ref text, hasCentury))
            return false;
        Skip(ref text);
        return text.Length >= 4 && text[..4].IndexOfAnyExceptInRange('0', '9') < 0 && (text.Length == 4 || !char.IsAsciiDigit(text[4]));
    }

    private static bool IsReserveNumberAt(ReadOnlySpan<char> text) => IsReserveNumberAt(text, hasCentury: true) || IsReserveNumberAt(text, hasCentury: false);

    private static bool IsReserveNumberAt(ReadOnlySpan<char> text, bool hasCentury)
    {
        if (!IsDateAt(ref text, hasCentury))
            return false;
        Skip(ref text);
        if (text.Length < 4 || (text.Length > 4 && char.IsLetterOrDigit(text[4])))
            return false;
        var (letters, figures) = (0, 0);
        foreach (var c in text[..4])
        {
            letters += char.IsLetter(c) ? 1 : 0;
            figures += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return letters is 1 or 2 && letters + figures == 4;
    }

    // YYMMDD or YYYYMMDD, with a dash or space between its parts or none; what follows is left.
    private static bool IsDateAt(ref ReadOnlySpan<char> text, bool hasCentury)
    {
        Span<int> parts = stackalloc int[hasCentury ? 4 : 3];
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0 && text.Length > 0 && (text[0] == ' ' || (text[0] == '-' && !(hasCentury && i == 1))))
                text = text[1..];
            if (text.Length < 2 || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1]))
                return false;
            parts[i] = Two(text);
            text = text[2..];
        }

        var (month, day) = (parts[^2], parts[^1]);
        return month <= 12 && day is (>= 1 and <= 31) or (>= Unknown and <= Unknown + 31) && (month > 0 || day >= Unknown);
    }

    // What stands before the last four: nothing, or up to three spaces with a dash or plus sign among them.
    private static void Skip(ref ReadOnlySpan<char> text)
    {
        for (var (skipped, signs) = (0, 0); skipped < 3 && text.Length > 0 && text[0] is ' ' or '-' or '+'; skipped++)
        {
            signs += text[0] == ' ' ? 0 : 1;
            if (signs > 1)
                return;
            text = text[1..];
        }
    }

    private static int Two(ReadOnlySpan<char> digits) => ((digits[0] - '0') * 10) + digits[1] - '0';

    private static bool IsDay(int year, int month, int day)
    {
        var date = day >= Unknown ? day - Unknown : day;
        return (date > 0 || day == Unknown) && date <= (month == 0 ? 31 : DateTime.DaysInMonth(year, month));
    }

    // The first day that it can be; the first of its year for what is no day.
    private static DateOnly First(int year, int month, int day) =>
        new(year, Math.Max(1, month), IsDay(year, month, day) && month > 0 ? Math.Max(1, day >= Unknown ? day - Unknown : day) : 1);

    private static bool HasCheckDigit(ReadOnlySpan<char> tenDigits)
    {
        var sum = 0;
        for (var i = 0; i < tenDigits.Length; i++)
        {
            var product = (tenDigits[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += product > 9 ? product - 9 : product;
        }

        return sum % 10 == 0;
    }
}

/// <summary>Which part of a personal number is wrong.</summary>
public enum PersonalNumberFault
{
    None,
    Letter,
    Sign,
    Length,
    Year,
    Month,
    Day,
    Future,
    BirthNumber,
    CheckDigit,
}

/// <summary>The faults of personal numbers in Swedish.</summary>
public static class PersonalNumberFaults
{
    /// <summary>What is wrong and what to do; nothing of the number.</summary>
    public static string InWords(this PersonalNumberFault fault) => fault switch
    {
        PersonalNumberFault.Letter =>
            "Personnumret innehåller en bokstav. Reservnummer sparas inte: skriv det person- eller samordningsnummer som Skatteverket har gett, eller lämna fältet tomt.",
        PersonalNumberFault.Sign => "Personnumret innehåller annat än siffror, bindestreck och plustecken. Skriv ÅÅÅÅMMDD-NNNN.",
        PersonalNumberFault.Length => "Personnumret ska ha tio eller tolv siffror. Skriv ÅÅÅÅMMDD-NNNN.",
        PersonalNumberFault.Year => "Personnumrets år stämmer inte. Kontrollera de fyra första siffrorna.",
        PersonalNumberFault.Month => "Personnumrets månad finns inte. Kontrollera siffrorna: ÅÅÅÅMMDD-NNNN.",
        PersonalNumberFault.Day => "Personnumrets dag finns inte. Kontrollera siffrorna: ÅÅÅÅMMDD-NNNN. I ett samordningsnummer är dagen ökad med 60.",
        PersonalNumberFault.Future => "Personnumrets födelsedag är i framtiden. Kontrollera siffrorna: ÅÅÅÅMMDD-NNNN.",
        PersonalNumberFault.BirthNumber => "De fyra sista siffrorna i personnumret stämmer inte. Kontrollera dem.",
        PersonalNumberFault.CheckDigit => "Personnumrets sista siffra, kontrollsiffran, stämmer inte med de andra. Kontrollera siffrorna.",
        _ => "",
    };
}
