using ScottPlot;
using SkiaSharp;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>
/// The one typeface of every figure, read from this assembly: what is drawn never depends on the fonts of the machine.
/// </summary>
internal sealed class FigureFonts : IFontResolver
{
    private const string Family = "Liberation Sans";

    private static readonly SKTypeface s_regular = Load("Regular");
    private static readonly SKTypeface s_bold = Load("Bold");
    private static readonly SKTypeface s_italic = Load("Italic");
    private static readonly Lazy<bool> s_isRegistered = new(Register);

    /// <summary>Call before the first plot is made: then ScottPlot looks for no other fonts either.</summary>
    public static void EnsureRegistered() => _ = s_isRegistered.Value;

    public static SKTypeface Face(bool isBold, bool isItalic) => isBold ? s_bold : isItalic ? s_italic : s_regular;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        Face(weight >= FontWeight.SemiBold, slant is not FontSlant.Upright);

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => Face(bold, italic);

    private static bool Register()
    {
        ScottPlot.Fonts.FontResolvers.Clear();
        ScottPlot.Fonts.FontResolvers.Add(new FigureFonts());
        ScottPlot.Fonts.Default = Family;
        return true;
    }

    private static SKTypeface Load(string style)
    {
        using var stream = typeof(FigureFonts).Assembly.GetManifestResourceStream($"fonts/LiberationSans-{style}.ttf")
            ?? throw new InvalidOperationException($"The font LiberationSans-{style}.ttf is not in the assembly.");
        return SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"The font LiberationSans-{style}.ttf could not be read.");
    }
}
