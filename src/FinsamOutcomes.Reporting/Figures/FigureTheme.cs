namespace FinsamOutcomes.Reporting.Figures;

/// <summary>How the ground of a bar is drawn on top of its colour, so that it is told apart without colour.</summary>
public enum FillPattern
{
    None,
    Hatch,
    BackHatch,
    Dots,
    Cross,
    Vertical,
    Horizontal,
}

/// <summary>One look of a bar, a segment or a marker.</summary>
/// <param name="Name">Unique among the looks; part of the pattern's id.</param>
/// <param name="Ground">The colour, <c>#rrggbb</c>.</param>
/// <param name="Pattern">The pattern over it.</param>
/// <param name="PatternInk">Colour of the pattern's lines or dots.</param>
/// <param name="Outline">A line round it that has at least 3:1 against white, whatever the ground has.</param>
/// <param name="Text">Colour of text on the ground, at least 4.5:1.</param>
public sealed record FillLook(string Name, string Ground, FillPattern Pattern, string PatternInk, string Outline, string Text);

/// <summary>
/// Colours, type sizes and measures of every figure (design §8). Lengths are SVG user units: 680 of them fill the text
/// width of an A4 page, where 13 units are about 9 points, and 360 the width of a phone.
/// </summary>
public static class FigureTheme
{
    /// <summary>The typeface that is drawn with comes first; Arial and Helvetica have the widths of its letters.</summary>
    public const string FontFamily = "'Liberation Sans', Arial, Helvetica, sans-serif";

    public const double Width = 680;
    public const double Margin = 14;
    public const double NarrowWidth = 360;
    public const double NarrowMargin = 6;
    public const double TitleSize = 17;
    public const double SubtitleSize = 13;
    public const double LabelSize = 12.5;
    public const double SmallSize = 11.5;

    public const string Ground = "#ffffff";
    public const string Ink = "#1f2328";
    public const string Muted = "#4f565e";
    public const string Hairline = "#dfe2e6";
    public const string Axis = "#767d86";
    public const string Calm = "#f4f5f7";
    public const string Signal = "#a61b1b";

    public static FillLook Women { get; } = new("kvinnor", "#54278f", FillPattern.None, "#54278f", "#54278f", "#ffffff");

    public static FillLook Men { get; } = new("man", "#d9a441", FillPattern.Hatch, "#8f6210", "#8f6210", "#1f2328");

    public static FillLook UnknownGender { get; } = new("okant", "#f0f0f0", FillPattern.Dots, "#6b6b6b", "#6b6b6b", "#1f2328");

    public static FillLook Total { get; } = new("alla", "#6b6b6b", FillPattern.None, "#6b6b6b", "#6b6b6b", "#ffffff");

    /// <summary>A cell that the publication policy keeps back: crossed grey, never like a bar.</summary>
    public static FillLook Hidden { get; } = new("dold", "#ffffff", FillPattern.Cross, "#868d95", "#868d95", "#1f2328");

    /// <summary>
    /// Ordered categories from dark to light: the order survives greyscale print, and every second one has a pattern.
    /// Violet and amber are left to the genders.
    /// </summary>
    private static readonly FillLook[] s_categories =
    [
        new("k0", "#0d3b66", FillPattern.None, "#0d3b66", "#0d3b66", "#ffffff"),
        new("k1", "#2a7f9e", FillPattern.Hatch, "#1c6079", "#1c6079", "#ffffff"),
        new("k2", "#7fbfb5", FillPattern.None, "#7fbfb5", "#3f7f76", "#1f2328"),
        new("k3", "#c9e4d6", FillPattern.Dots, "#5d9a86", "#4f8a77", "#1f2328"),
        new("k4", "#f3f1e4", FillPattern.None, "#f3f1e4", "#85816a", "#1f2328"),
        new("k5", "#8c8c8c", FillPattern.Vertical, "#5f5f5f", "#5f5f5f", "#1f2328"),
        new("k6", "#c4c4c4", FillPattern.BackHatch, "#7d7d7d", "#707070", "#1f2328"),
        new("k7", "#ededed", FillPattern.Horizontal, "#9a9a9a", "#858585", "#1f2328"),
    ];

    private static readonly FillLook s_neutral = new("mitt", "#eeeeee", FillPattern.None, "#eeeeee", "#767d86", "#1f2328");

    private static readonly FillLook[] s_negative =
    [
        new("n0", "#a6611a", FillPattern.Hatch, "#6f3f0d", "#6f3f0d", "#ffffff"),
        new("n1", "#c58f4b", FillPattern.BackHatch, "#8a6a35", "#8a6a35", "#1f2328"),
        new("n2", "#e3c79a", FillPattern.Dots, "#8a6a35", "#8a6a35", "#1f2328"),
    ];

    private static readonly FillLook[] s_positive =
    [
        new("p0", "#01665e", FillPattern.None, "#01665e", "#01665e", "#ffffff"),
        new("p1", "#5aa79f", FillPattern.None, "#5aa79f", "#2f6f68", "#1f2328"),
        new("p2", "#a9d4cf", FillPattern.None, "#a9d4cf", "#2f6f68", "#1f2328"),
    ];

    /// <summary>The look of a series. <paramref name="index"/> is its place among the categories, from 0.</summary>
    public static FillLook Look(SeriesRole role, int index) => role switch
    {
        SeriesRole.Woman => Women,
        SeriesRole.Man => Men,
        SeriesRole.Unknown => UnknownGender,
        SeriesRole.All => Total,
        _ => Category(index),
    };

    /// <summary>
    /// The look of an answer among <paramref name="count"/> from the most negative to the most positive: dark ends, a pale
    /// middle, and a pattern on the negative side alone, so that the sides are told apart in greyscale.
    /// </summary>
    public static FillLook Answer(int index, int count)
    {
        var half = count / 2;
        if (count % 2 == 1 && index == half)
            return s_neutral;
        var side = index < half ? s_negative : s_positive;
        var fromEnd = index < half ? index : count - 1 - index;
        return side[Math.Min(fromEnd, side.Length - 1)];
    }

    /// <summary>The light of a target.</summary>
    public static string Light(TargetStatus status) => status switch
    {
        TargetStatus.Met => "#1b7f3b",
        TargetStatus.Near => "#e0a100",
        TargetStatus.Missed => "#b3261e",
        _ => "#c4c4c4",
    };

    /// <summary>Every look, for checks of contrast.</summary>
    public static IEnumerable<FillLook> AllLooks => [Women, Men, UnknownGender, Total, Hidden, .. s_categories, s_neutral, .. s_negative, .. s_positive];

    /// <summary>Contrast of two colours, 1–21, as WCAG 2.2 defines it.</summary>
    public static double Contrast(string first, string second)
    {
        var (a, b) = (Luminance(first), Luminance(second));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>Relative luminance 0–1 (WCAG 2.2): what is left of a colour in greyscale.</summary>
    public static double Luminance(string colour)
    {
        var rgb = Convert.ToInt32(colour[1..], 16);
        return 0.2126 * Linear(rgb >> 16) + 0.7152 * Linear(rgb >> 8) + 0.0722 * Linear(rgb);

        static double Linear(int channel)
        {
            var c = (channel & 0xff) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
    }

    // Past the palette the same colours come again with the next pattern, so that no two series look alike.
    private static FillLook Category(int index)
    {
        var look = s_categories[index % s_categories.Length];
        var round = index / s_categories.Length;
        if (round == 0)
            return look;
        var patterns = Enum.GetValues<FillPattern>();
        return look with
        {
            Name = $"k{index}",
            Pattern = patterns[((int)look.Pattern + round) % patterns.Length],
            PatternInk = look.PatternInk == look.Ground ? look.Text : look.PatternInk,
        };
    }
}
