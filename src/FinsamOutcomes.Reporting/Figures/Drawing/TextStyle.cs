using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Registration;
using SkiaSharp;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>Which part of a text stands at the given place.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>Size, weight and colour of a text, and its exact measures.</summary>
internal sealed record TextStyle(double Size, string Colour, bool IsBold = false, bool IsItalic = false)
{
    public static TextStyle Title { get; } = new(FigureTheme.TitleSize, FigureTheme.Ink, IsBold: true);

    public static TextStyle Subtitle { get; } = new(FigureTheme.SubtitleSize, FigureTheme.Muted);

    public static TextStyle Label { get; } = new(FigureTheme.LabelSize, FigureTheme.Ink);

    public static TextStyle Value { get; } = new(FigureTheme.LabelSize, FigureTheme.Ink, IsBold: true);

    public static TextStyle Small { get; } = new(FigureTheme.SmallSize, FigureTheme.Muted);

    public static TextStyle State { get; } = new(FigureTheme.SmallSize, FigureTheme.Muted, IsItalic: true);

    public double LineHeight => Size * 1.28;

    /// <summary>The text as it is drawn: labels come from people's files, and the typeface has no combining marks.</summary>
    public static string Clean(string text) => ForbiddenSigns.ForDocument(text).Normalize(NormalizationForm.FormC);

    public SKFont Font() => new(FigureFonts.Face(IsBold, IsItalic), (float)Size) { Subpixel = true, Hinting = SKFontHinting.None };

    public double Measure(string text)
    {
        using var font = Font();
        return font.MeasureText(Clean(text));
    }

    /// <summary>The widest of some texts; 0 for none.</summary>
    public double Widest(IEnumerable<string> texts) => texts.Select(Measure).DefaultIfEmpty(0).Max();

    /// <summary>
    /// Breaks at spaces, then after hyphens and slashes, and inside a word only when it is wider than the line.
    /// More than <paramref name="maxLines"/> lines are cut with an ellipsis.
    /// </summary>
    public IReadOnlyList<string> Wrap(string text, double maxWidth, int maxLines = int.MaxValue)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in Clean(text).Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var joined = line.Length == 0 ? word : line + " " + word;
            if (Measure(joined) <= maxWidth)
            {
                line = joined;
                continue;
            }
            if (line.Length > 0)
                lines.Add(line);
            line = word;
            while (Measure(line) > maxWidth && line.Length > 2)
            {
                var cut = BreakInside(line, maxWidth);
                lines.Add(line[cut - 1] is '-' or '/' or '–' ? line[..cut] : line[..cut] + "-");
                line = line[cut..];
            }
        }
        if (line.Length > 0 || lines.Count == 0)
            lines.Add(line);
        if (lines.Count <= maxLines)
            return lines;
        var last = lines[maxLines - 1];
        while (last.Length > 1 && Measure(last + "…") > maxWidth)
            last = last[..^(char.IsLowSurrogate(last[^1]) ? 2 : 1)];
        return [.. lines.Take(maxLines - 1), last.TrimEnd() + "…"];
    }

    /// <summary>True when no word is wider than the line.</summary>
    public bool WordsFit(string text, double maxWidth) => text.Split(' ').All(word => Measure(word) <= maxWidth);

    private int BreakInside(string word, double maxWidth)
    {
        var fits = 1;
        while (fits < word.Length - 1 && Measure(word[..(fits + 1)] + "-") <= maxWidth)
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
