using System.Buffers;
using System.Globalization;
using System.Text;

namespace FinsamOutcomes.Data.Registration;

/// <summary>How a text is written, which decides what signs belong in it.</summary>
public enum TextForm
{
    /// <summary>One line: a name, a code, a label.</summary>
    Line,

    /// <summary>Lines, as in the texts of a report.</summary>
    Lines,

    /// <summary>Lines in a language that may be written from right to left: marks that show the direction belong there.</summary>
    AnyDirection,
}

/// <summary>
/// The one rule for signs that no text may hold, wherever it comes from (form, file, command line): signs that no document
/// can show, and those that make a text look like another. Word, Excel and pictures are XML, which has no place for some of
/// them; a single one in the name of an insats would stop all reports.
/// </summary>
public static class ForbiddenSigns
{
    // Signs that are nothing but ordinary text, which nearly all texts are made of: no need to look at them one by one.
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        string.Concat(
            Enumerable
                .Range(0x20, 0x5F)
                .Concat(Enumerable.Range(0xA1, 0x0C))
                .Concat(Enumerable.Range(0xAE, 0x180 - 0xAE))
                .Append(0x2013)
                .Append(0x2019)
                .Append(0x201D)
                .Select(c => (char)c)));

    /// <summary>What in the text can't be kept, such as <c>ett styrtecken (U+0007)</c>; null when all of it can.</summary>
    public static string? In(ReadOnlySpan<char> text, TextForm form = TextForm.Line)
    {
        var isSeen = text.IsEmpty;
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(s_plain);
            if (plain < 0)
                return null;
            isSeen |= !text[..plain].IsWhiteSpace();
            text = text[plain..];
            if (Rune.DecodeFromUtf16(text, out var rune, out var used) != OperationStatus.Done)
                return $"ett halvt tecken (U+{(int)text[0]:X4})";
            if (Kind(rune, form) is { } kind)
                return $"{kind} (U+{rune.Value:X4})";
            isSeen |= !Rune.IsWhiteSpace(rune) && !IsInvisible(rune);
            text = text[used..];
        }

        return isSeen ? null : "bara tecken som inte syns";
    }

    /// <summary>The text without what can't be kept; empty when nothing of it can be seen.</summary>
    public static string Without(string text, TextForm form = TextForm.Line)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (In(text, form) is null)
            return text;
        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var isWhole = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var used) == OperationStatus.Done;
            if (isWhole && rune.Value == 0xFFFD)
                kept.Append('?');
            else if (isWhole && form == TextForm.Line && rune.Value is '\t' or '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029)
                kept.Append(' ');
            else if (isWhole && Kind(rune, form) is null)
                kept.Append(text, at, used);
            at += used;
        }

        var left = kept.ToString();
        return In(left, form) is null ? left : "";
    }

    /// <summary>
    /// The text without what no document can hold, whatever it is: for what writes documents, which must never fail on a text.
    /// </summary>
    public static string ForDocument(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = true;
        foreach (var c in text)
            plain &= c is '\t' or '\n' or '\r' or (>= ' ' and < '\uD800');
        if (plain)
            return text;
        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var used) == OperationStatus.Done
                && (rune.Value is '\t' or '\n' or '\r' or >= ' ') && !IsNoncharacter(rune.Value))
            {
                kept.Append(text, at, used);
            }

            at += used;
        }

        return kept.ToString();
    }

    private static string? Kind(Rune rune, TextForm form)
    {
        var value = rune.Value;
        if (value is '\t' or '\n' or '\r')
            return form == TextForm.Line ? value == '\t' ? "ett tabbtecken" : "en radbrytning" : null;
        if (value is 0x2028 or 0x2029)
            return form == TextForm.Line ? "en radbrytning" : null;
        if (IsNoncharacter(value))
            return "en kod som inte är något tecken";
        if (value == 0xFFFD)
            return "ett tecken som har gått sönder";
        return value switch
        {
            0x200E or 0x200F or 0x061C => form == TextForm.AnyDirection ? null : Direction,
            (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x206F) => Direction,
            >= 0xFFF9 and <= 0xFFFB => "ett styrtecken",
            _ => Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control => "ett styrtecken",
                UnicodeCategory.PrivateUse => "ett privat tecken, som ser olika ut på olika datorer",
                _ => null,
            },
        };
    }

    private const string Direction = "ett osynligt tecken som ändrar läsriktningen";

    private static bool IsNoncharacter(int value) => value is >= 0xFDD0 and <= 0xFDEF || (value & 0xFFFE) == 0xFFFE;

    /// <summary>Belongs inside words of many languages and in compound pictures, but a text of nothing else looks empty.</summary>
    internal static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or 0x2800
                or 0x3164
                or 0xFFA0
                or (>= 0xFE00 and <= 0xFE0F)
                or (>= 0xE0100 and <= 0xE01EF);
}
