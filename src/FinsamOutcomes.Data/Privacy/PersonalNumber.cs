using System.Globalization;

namespace FinsamOutcomes.Data.Privacy;

/// <summary>
/// A Swedish personnummer (folkbokföringslagen 1991:481, 18 §) or samordningsnummer (lagen 2022:1697 om
/// samordningsnummer; the day is raised by 60, e.g. 701063-2391). Ten digits: birth date, a three-digit number that is
/// odd for men and even for women, and a check digit by the Luhn algorithm (weights 2 and 1). A plus sign before the last
/// four says that the person has turned 100 this year or earlier. Kept as twelve digits, with the century.
/// </summary>
public readonly record struct PersonalNumber
{
    private PersonalNumber(string digits) => Digits = digits;

    /// <summary>Twelve digits, YYYYMMDDNNNN.</summary>
    public string Digits { get; }

    public int BirthYear => int.Parse(Digits.AsSpan(0, 4), CultureInfo.InvariantCulture);

    /// <summary>True for a samordningsnummer.</summary>
    public bool IsCoordinationNumber => Digits[6] >= '6';

    /// <summary>Legal gender, <c>woman</c> or <c>man</c>.</summary>
    public string Gender => (Digits[10] - '0') % 2 == 0 ? "woman" : "man";

    /// <summary>Reads YYYYMMDD-NNNN, YYYYMMDDNNNN, YYMMDD-NNNN, YYMMDD+NNNN or YYMMDDNNNN, also with spaces around.</summary>
    /// <param name="text">As written by a person.</param>
    /// <param name="today">Tells the century of a number with ten digits.</param>
    /// <param name="number">The number, when the result is true.</param>
    public static bool TryParse(string? text, DateOnly today, out PersonalNumber number)
    {
        number = default;
        text = (text ?? "").Trim();
        var sign = text.Length is 11 or 13 ? text[^5] : '-';
        var digits = text.Length is 11 or 13 ? text.Remove(text.Length - 5, 1) : text;
        if (sign is not ('-' or '+') || digits.Length is not (10 or 12) || !digits.All(char.IsAsciiDigit) || (sign == '+' && digits.Length == 12))
            return false;
        if (digits.Length == 10)
        {
            var year = today.Year - ((today.Year - int.Parse(digits.AsSpan(0, 2), CultureInfo.InvariantCulture)) % 100);
            if (sign == '+')
                year -= 100;
            else if (BirthDate(year, digits) is { } born && born > today)
                year -= 100;
            digits = year.ToString(CultureInfo.InvariantCulture)[..2] + digits;
        }

        if (BirthDate(int.Parse(digits.AsSpan(0, 4), CultureInfo.InvariantCulture), digits[2..]) is not { } date
            || date > today || date.Year < 1850 || digits.AsSpan(8, 3).SequenceEqual("000") || !HasCheckDigit(digits.AsSpan(2)))
            return false;
        number = new PersonalNumber(digits);
        return true;
    }

    /// <summary>Nothing of the number: it would end up in a log.</summary>
    public override string ToString() => "personnummer";

    private static DateOnly? BirthDate(int year, string tenDigits)
    {
        var month = int.Parse(tenDigits.AsSpan(2, 2), CultureInfo.InvariantCulture);
        var day = int.Parse(tenDigits.AsSpan(4, 2), CultureInfo.InvariantCulture);
        day = day > 60 ? day - 60 : day;
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
    }

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
