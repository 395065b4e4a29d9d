using System.Buffers;
using System.Globalization;
using System.Text;

namespace FinsamOutcomes.Data.Registration;

/// <summary>
/// What participant codes and names of insatser are told apart by, the same on pages, in files and in the database of either
/// engine: two spellings with one normal form are one person or one insats. It is stored beside what was written, in a
/// column that is unique in the förbund and compared sign by sign; what is shown is what was written.
/// </summary>
public static class NormalForm
{
    /// <summary>
    /// Stands in a stored form between the form and the row's id, where an older row has the same: no form holds capitals. Such
    /// rows are listed by a quality check.
    /// </summary>
    public const string Collision = "ID";

    /// <summary>
    /// Composed and of one width (NFKC: with NFC alone, K² and ＡＢ１ beside K2 and AB1 would be two people whom no list tells apart),
    /// figures of any script as 0–9, case left aside, every hyphen and dash as -, spaces of any kind as one, none at the ends, and
    /// without what can't be seen. Empty for what holds nothing that is seen.
    /// </summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsPlain(text) ? text.ToLowerInvariant() : OfAny(text);
    }

    /// <summary>True when both are spellings of the same.</summary>
    public static bool AreSame(string? one, string? other) => one is null || other is null ? one == other : Of(one) == Of(other);

    /// <summary>The text as it is kept: without what can't be seen and without spaces at its ends, otherwise as it was written.</summary>
    public static string Written(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsPlain(text))
            return text;
        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            // A half sign is left for the rule that refuses it.
            var isWhole = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var used) == OperationStatus.Done;
            if (!isWhole || !ForbiddenSigns.IsInvisible(rune))
                kept.Append(text, at, used);
            at += used;
        }

        return kept.ToString().Trim();
    }

    /// <summary>The same of UTF-8, as it stands in a file.</summary>
    internal static ReadOnlySpan<byte> Written(ReadOnlySpan<byte> utf8)
    {
        utf8 = utf8.Trim((byte)' ');
        return utf8.ContainsAnyExcept(s_seen) ? Encoding.UTF8.GetBytes(Written(Encoding.UTF8.GetString(utf8))) : utf8;
    }

    // Of ASCII and the letters À–ÿ, which nearly every field is made of.
    private static readonly SearchValues<byte> s_seen = SearchValues.Create(
        [.. Enumerable.Range(0, 0xC0).Append(0xC3).Select(b => (byte)b)]);

    /// <summary>True for hyphens, dashes and minus signs of any kind.</summary>
    internal static bool IsDash(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation || rune.Value is 0x2212 or 0x2043 or 0x02D7 or 0x207B or 0x208B;

    // Nearly every code: letters a–z, figures and single signs between.
    private static bool IsPlain(string text)
    {
        if (!Ascii.IsValid(text) || text.Length == 0 || text[0] == ' ' || text[^1] == ' ')
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < ' ' || text[i] == '\x7F' || (text[i] == ' ' && text[i - 1] == ' '))
                return false;
        }

        return true;
    }

    private static string OfAny(string text)
    {
        // Normalize throws on what is no sign, which a file may hold. Once more after the first time: a sign that is taken
        // apart may leave spaces and dashes, and letters that are lowered may be put together anew.
        var seen = Folded(Folded(ForbiddenSigns.ForDocument(text)));
        return seen.ToLowerInvariant();
    }

    private static string Folded(string text)
    {
        var seen = new StringBuilder(text.Length);
        foreach (var sign in text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().ToLowerInvariant().EnumerateRunes())
        {
            if (ForbiddenSigns.IsInvisible(sign))
                continue;
            if (IsDash(sign))
                seen.Append('-');
            else if (Rune.IsWhiteSpace(sign) || Rune.GetUnicodeCategory(sign) == UnicodeCategory.Control)
                Space();
            else if (Rune.GetUnicodeCategory(sign) == UnicodeCategory.DecimalDigitNumber)
                seen.Append((char)('0' + (int)Rune.GetNumericValue(sign)));
            else
                seen.Append(sign);
        }

        return seen.ToString().Normalize(NormalizationForm.FormKC).TrimEnd(' ');

        void Space()
        {
            if (seen.Length > 0 && seen[^1] != ' ')
                seen.Append(' ');
        }
    }
}
