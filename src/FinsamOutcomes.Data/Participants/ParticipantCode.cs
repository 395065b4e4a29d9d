using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Import;
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

    /// <summary>
    /// True for anything that reads as a personal number: figures of any script, full width included, and whatever stands
    /// between them but letters. What is 10 or 12 figures and begins with a day is one, its check digit right or not.
    /// </summary>
    public static bool HoldsPersonalNumber(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var figures = new StringBuilder(code.Length);
        foreach (var c in code)
        {
            if (CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var figure)
                figures.Append((char)('0' + figure));
            else if (char.IsLetter(c))
                figures.Append('.');
        }

        return PersonalNumberSearch.IsIn(Encoding.UTF8.GetBytes(code)) || PersonalNumberSearch.IsIn(Encoding.ASCII.GetBytes(figures.ToString()));
    }

    /// <summary>True when something in it can't be seen, so that two codes would look the same.</summary>
    public static bool HoldsInvisible(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.EnumerateRunes().Any(ForbiddenSigns.IsInvisible);
    }

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
