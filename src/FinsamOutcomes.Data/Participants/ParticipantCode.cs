using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participants;

/// <summary>What a participant code should not be: it stands in lists, files and addresses where no name may.</summary>
public static class ParticipantCode
{
    /// <summary>Of a code that looks like a name; a user who knows that it isn't may say so.</summary>
    public const string NameMessage =
        "Deltagarkoden ser ut som ett namn. Den syns på många ställen där namn inte får stå: välj en kod som inte avslöjar vem deltagaren är, eller bekräfta att den inte är ett namn.";

    public const string PersonalNumberMessage =
        "Deltagarkoden innehåller något som ser ut som ett personnummer. Välj en kod som inte avslöjar vem deltagaren är.";

    /// <summary>Of a code that a spreadsheet has made a number of.</summary>
    public const string ScientificMessage =
        "Deltagarkoden är ett tal i grundpotensform, som 1,23E+05: Excel har gjort om koden och flera siffror är borta. Hämta koden där den först skrevs. I Excel väljer du formatet Text för kolumnen innan koderna skrivs eller klistras in.";

    public const string QuotesMessage = "Deltagarkoden innehåller ett citattecken eller en apostrof. Skriv den utan.";

    /// <summary>Of a code that those who are erased get.</summary>
    public const string ReservedMessage = "Deltagarkoder som börjar med ”gallrad” får de som har gallrats. Välj en annan kod.";

    /// <summary>What the code of somebody erased begins with; what follows is the number of the row.</summary>
    public const string Erased = "gallrad-";

    /// <summary>The most signs that a code has, also in its normal form, where some signs become several.</summary>
    public const int MaxLength = 50;

    /// <summary>True for <c>1,23457E+11</c> and the like: what a spreadsheet shows of a long number.</summary>
    public static bool IsScientific(string code)
    {
        var form = NormalForm.Of(code);
        var e = form.IndexOf('e', StringComparison.Ordinal);
        return e > 0 && e + 2 < form.Length
            && char.IsAsciiDigit(form[0]) && (e == 1 || form[1] is ',' or '.') && form.AsSpan(Math.Min(e, 2)..e).IndexOfAnyExceptInRange('0', '9') < 0
            && form[e + 1] is '+' or '-' && form.AsSpan(e + 2).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    /// <summary>True for the word gallrad, in any spelling, alone or before something that is no letter: such codes are for those who are erased.</summary>
    public static bool IsReserved(string code)
    {
        const string Word = "gallrad";
        var form = NormalForm.Of(code).Replace(" ", "", StringComparison.Ordinal);
        return form.StartsWith(Word, StringComparison.Ordinal) && (form.Length == Word.Length || !char.IsLetter(form[Word.Length]));
    }

    /// <summary>True for quotation marks and apostrophes of any kind, which files and spreadsheets add and take away.</summary>
    public static bool HoldsQuotes(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.Any(c => c is '"' or '\'' or '`' or '\u00B4' or '\u201A' or '\u201E' or '\u2032' or '\u2033' or '\uFF02' or '\uFF07'
            || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation);
    }

    /// <summary>True when two codes are the same figures but for zeros before them, as a spreadsheet leaves them: 0012 and 12.</summary>
    public static bool DifferInZeros(string one, string other)
    {
        var (a, b) = (NormalForm.Of(one), NormalForm.Of(other));
        return a != b && IsFigures(a) && IsFigures(b) && a.TrimStart('0') == b.TrimStart('0');

        static bool IsFigures(string form) => form.Length > 0 && form.All(char.IsAsciiDigit);
    }

    // Small letters of other alphabets that look like a Latin one, small or capital, and signs that are read for one another.
    private const string Lookalikes = "авсеѕһіјкмнорԛтухԁԝαβεζηικμνορτυχoli";
    private const string LookLike = "abcesh1jkmh0pqtyxdwabezh1kmn0ptyx011";

    /// <summary>
    /// What the eye makes of a code: letters of other alphabets as the Latin ones that they look like, O as 0, I and l as 1, without
    /// spaces and hyphens but between figures, and nothing but figures without zeros before them. Other codes with the same look may be
    /// meant for it, but are other codes.
    /// </summary>
    public static string Look(string code)
    {
        var signs = LookOfSigns(code);
        var look = new StringBuilder(signs.Length);
        for (var i = 0; i < signs.Length; i++)
        {
            if (signs[i] is not (' ' or '-'))
                look.Append(signs[i]);
            else if (look.Length > 0 && char.IsAsciiDigit(look[^1]) && i + 1 < signs.Length && char.IsAsciiDigit(signs[i + 1]))
                look.Append('-');
        }

        var whole = look.ToString();
        return whole.All(char.IsAsciiDigit) ? whole.TrimStart('0') : whole;
    }

    /// <summary>
    /// What is asked of the register about a look, by LIKE, of normal forms without spaces and hyphens: any sign where signs are taken for one
    /// another. Finds all that look the same but for zeros before figures, and some others.
    /// </summary>
    internal static string LookPattern(string code) =>
        string.Concat(LookOfSigns(code).Where(c => c is not (' ' or '-')).Select(c => char.IsAsciiLetterOrDigit(c) && !LookLike.Contains(c) ? c : '_'));

    private static string LookOfSigns(string code)
    {
        var form = NormalForm.Of(code);
        return string.Create(form.Length, form, static (look, form) =>
        {
            for (var i = 0; i < look.Length; i++)
                look[i] = Lookalikes.IndexOf(form[i], StringComparison.Ordinal) is >= 0 and var place ? LookLike[place] : form[i];
        });
    }

    /// <summary>True when two codes are different but look the same.</summary>
    public static bool LookAlike(string one, string other) => !NormalForm.AreSame(one, other) && Look(one) == Look(other);

    /// <summary>
    /// True for two or more words of letters, such as <c>Anna Andersson</c>, <c>åsa.öström</c> and <c>ANDERSSON, Anna 85</c>;
    /// a word has at least two letters, and four when it is all capitals, so that <c>KU Lund A</c> and <c>USB-12</c> pass.
    /// </summary>
    public static bool LooksLikeName(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var (words, length, hasSmall) = (0, 0, false);
        foreach (var c in ForbiddenSigns.ForDocument(code).Normalize().Append(' '))
        {
            if (char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            {
                (length, hasSmall) = (length + 1, hasSmall || char.IsLower(c));
                continue;
            }

            // A letter next to a figure is no name: A12, d0007.
            if (length >= (hasSmall ? 2 : 4) && !char.IsDigit(c))
                words++;
            (length, hasSmall) = (char.IsDigit(c) ? int.MinValue / 2 : 0, false);
        }

        return words >= 2;
    }
}
