using System.Globalization;
using System.Text;

namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>
/// Estimated text widths and line breaking. The widths are those of Liberation Sans, which are also those of Arial and
/// Helvetica; Source Sans 3 is narrower, so that what fits here fits there.
/// </summary>
public static class TextMetrics
{
    // Advance widths of U+0020–U+007E in thousandths of the type size, read from the fonts' hmtx tables.
    private static readonly int[] s_regular =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
        556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private static readonly int[] s_bold =
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611,
        611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
    ];

    /// <summary>Estimated width in the unit of <paramref name="size"/>.</summary>
    public static double Width(string text, double size, bool bold = false)
    {
        var table = bold ? s_bold : s_regular;
        var sum = 0;
        foreach (var letter in text)
        {
            var c = WithoutAccent(letter);
            sum += c switch
            {
                >= ' ' and <= '~' => table[c - ' '],
                _ when CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark => 0,
                '\u00A0' => 278,
                '\u202F' => 200,
                '–' or '±' or '≥' or '≤' or '§' => 556,
                '−' or '×' => 584,
                '·' or '•' or '°' => 400,
                '’' => 278,
                '”' => 500,
                '…' or '—' or '→' or '←' => 1000,
                < '\u0370' => 667,
                _ => 1000,
            };
        }
        return sum * size / 1000;
    }

    /// <summary>
    /// Breaks at spaces, then after hyphens and slashes, and inside a word only when it is wider than the line.
    /// More than <paramref name="maxLines"/> lines are cut with an ellipsis.
    /// </summary>
    public static IReadOnlyList<string> Wrap(string text, double maxWidth, double size, bool bold = false, int maxLines = int.MaxValue)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var joined = line.Length == 0 ? word : line + " " + word;
            if (Width(joined, size, bold) <= maxWidth)
            {
                line = joined;
                continue;
            }
            if (line.Length > 0)
                lines.Add(line);
            line = word;
            while (Width(line, size, bold) > maxWidth && line.Length > 2)
            {
                var cut = BreakInside(line, maxWidth, size, bold);
                var needsHyphen = line[cut - 1] is not ('-' or '/' or '–');
                lines.Add(needsHyphen ? line[..cut] + "-" : line[..cut]);
                line = line[cut..];
            }
        }
        if (line.Length > 0 || lines.Count == 0)
            lines.Add(line);
        if (lines.Count <= maxLines)
            return lines;
        var last = lines[maxLines - 1];
        while (last.Length > 1 && Width(last + "…", size, bold) > maxWidth)
            last = last[..^1];
        return [.. lines.Take(maxLines - 1), last.TrimEnd() + "…"];
    }

    /// <summary>True when no word is wider than the line.</summary>
    public static bool WordsFit(string text, double maxWidth, double size, bool bold = false) =>
        text.Split(' ').All(word => Width(word, size, bold) <= maxWidth);

    // å is as wide as a. Half a surrogate pair can't be taken apart.
    private static char WithoutAccent(char letter) =>
        letter < '\u00C0' || char.IsSurrogate(letter) || letter >= '\uFFFE' ? letter : letter.ToString().Normalize(NormalizationForm.FormD)[0];

    private static int BreakInside(string word, double maxWidth, double size, bool bold)
    {
        var fits = 1;
        while (fits < word.Length - 1 && Width(word[..(fits + 1)] + "-", size, bold) <= maxWidth)
            fits++;
        for (var i = fits; i > 2; i--)
        {
            if (word[i - 1] is '-' or '/' or '–')
                return i;
        }
        // Never part a letter from its combining mark or a surrogate pair.
        while (fits > 1 && (char.IsLowSurrogate(word[fits]) || CharUnicodeInfo.GetUnicodeCategory(word[fits]) is UnicodeCategory.NonSpacingMark))
            fits--;
        return fits;
    }
}
