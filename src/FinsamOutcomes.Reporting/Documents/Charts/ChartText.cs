using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace FinsamOutcomes.Reporting.Documents.Charts;

/// <summary>Letters, fills and lines of charts.</summary>
internal static class ChartText
{
    private const int EmuPerPoint = 12700;

    /// <param name="points">Size of the letters.</param>
    /// <param name="colour">Their colour.</param>
    /// <param name="bold">True for bold.</param>
    /// <param name="isLevel">True for labels that are never to be turned, however many they are.</param>
    public static C.TextProperties Properties(double points, string colour, bool bold = false, bool isLevel = false) => new(
        isLevel ? new A.BodyProperties { Rotation = 0, Vertical = A.TextVerticalValues.Horizontal } : new A.BodyProperties(),
        new A.ListStyle(),
        new A.Paragraph(
            new A.ParagraphProperties(new A.DefaultRunProperties(Letters(colour)) { FontSize = (int)(points * 100), Bold = bold }),
            new A.EndParagraphRunProperties { Language = "sv-SE" }));

    public static C.Title AxisTitle(string text, bool upright) => new(
        new C.ChartText(new C.RichText(
            new A.BodyProperties { Rotation = upright ? -5400000 : 0, Vertical = A.TextVerticalValues.Horizontal },
            new A.ListStyle(),
            new A.Paragraph(
                new A.ParagraphProperties(new A.DefaultRunProperties(Letters(DocumentTheme.QuietInk)) { FontSize = 800, Bold = false }),
                new A.Run(
                    new A.RunProperties(Letters(DocumentTheme.QuietInk)) { Language = "sv-SE", FontSize = 800, Bold = false },
                    new A.Text(text))))),
        new C.Overlay { Val = false });

    /// <summary>
    /// What each bar of a group stands for, from the top: <c>Uppifrån i varje grupp: ■ Kvinnor  ▨ Män</c>. It must be
    /// understood without its colours, since some programs write all of a title as they write its first letters.
    /// </summary>
    public static C.Title Key(IEnumerable<(string Name, string Colour, bool IsHatched)> series)
    {
        var paragraph = new A.Paragraph(new A.ParagraphProperties(new A.DefaultRunProperties(Letters(DocumentTheme.Ink)) { FontSize = 900, Bold = false }));
        paragraph.Append(Run("Uppifrån i varje grupp:", DocumentTheme.Ink, 9));
        foreach (var ((name, colour, isHatched), place) in series.Select((s, i) => (s, i)))
        {
            paragraph.Append(
                Run((place > 0 ? "     " : "  ") + (isHatched ? "\u25a8" : "\u25a0") + " ", colour == DocumentTheme.Men ? DocumentTheme.MenEdge : colour, 11),
                Run(name, DocumentTheme.Ink, 9));
        }

        return new C.Title(
            new C.ChartText(new C.RichText(new A.BodyProperties(), new A.ListStyle(), paragraph)),
            new C.Overlay { Val = false });

        static A.Run Run(string text, string colour, int points) =>
            new(new A.RunProperties(Letters(colour)) { Language = "sv-SE", FontSize = points * 100, Bold = false }, new A.Text(text));
    }

    public static A.SolidFill Fill(string colour) => new(new A.RgbColorModelHex { Val = colour });

    /// <summary>White stripes on the colour: still the same colour, yet not to be mistaken for a solid bar.</summary>
    public static A.PatternFill Hatch(string colour) => new(
        new A.ForegroundColor(new A.RgbColorModelHex { Val = "FFFFFF" }),
        new A.BackgroundColor(new A.RgbColorModelHex { Val = colour }))
    {
        Preset = A.PresetPatternValues.WideUpwardDiagonal,
    };

    public static A.Outline Line(string colour, double points, bool dashed = false)
    {
        var line = new A.Outline(Fill(colour)) { Width = (int)(points * EmuPerPoint) };
        if (dashed)
            line.Append(new A.PresetDash { Val = A.PresetLineDashValues.Dash });
        return line;
    }

    public static A.Outline NoLine() => new(new A.NoFill());

    private static DocumentFormat.OpenXml.OpenXmlElement[] Letters(string colour) =>
        [Fill(colour), new A.LatinFont { Typeface = DocumentTheme.Font }, new A.ComplexScriptFont { Typeface = DocumentTheme.Font }];
}
