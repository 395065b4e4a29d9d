using System.Globalization;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participants;

/// <summary>What a participant code should not be: it stands in lists, files and addresses where no name may.</summary>
public static class ParticipantCode
{
    /// <summary>Of a code that looks like a name; a user who knows that it isn't may say so.</summary>
    public const string NameMessage = "Deltagarkoden ser ut som ett namn. Den syns på många ställen där namn inte får stå: välj en kod som inte avslöjar vem deltagaren är, eller bekräfta att den inte är ett namn.";

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
