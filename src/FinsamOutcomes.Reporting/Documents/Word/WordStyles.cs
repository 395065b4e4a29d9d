using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace FinsamOutcomes.Reporting.Documents.Word;

/// <summary>Names of the styles, and the styles themselves: built-in names, so that Word's own panes know them.</summary>
internal static class WordStyles
{
    public const string Title = "Title";
    public const string Subtitle = "Subtitle";
    public const string Forbund = "Forbund";
    public const string ContentsHeading = "TOCHeading";
    public const string Caption = "Caption";
    public const string CaptionDetail = "Tabellunderrubrik";
    public const string TableText = "Tabelltext";
    public const string SmallTableText = "TabelltextLiten";
    public const string Chart = "Diagram";
    public const string Note = "Anmarkning";
    public const string Header = "Header";
    public const string Footer = "Footer";
    public const string Bullet = "ListBullet";
    public const string Hyperlink = "Hyperlink";
    public const string Placeholder = "PlaceholderText";

    public static string Heading(int level) => $"Heading{Math.Clamp(level, 1, 3)}";

    public static string Contents(int level) => $"TOC{Math.Clamp(level, 1, 3)}";

    public static Styles All() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = DocumentTheme.Font, HighAnsi = DocumentTheme.Font, EastAsia = DocumentTheme.Font, ComplexScript = DocumentTheme.Font },
                new Color { Val = DocumentTheme.Ink },
                new FontSize { Val = "21" },
                new FontSizeComplexScript { Val = "21" },
                new Languages { Val = "sv-SE", EastAsia = "sv-SE", Bidi = "ar-SA" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(
                new SpacingBetweenLines { Before = "0", After = "140", Line = "283", LineRule = LineSpacingRuleValues.Auto }))),
        Paragraph("Normal", "Normal", null, null, isDefault: true, quick: true),
        HeadingStyle(1, 36, before: 480, after: 160),
        HeadingStyle(2, 26, before: 360, after: 100),
        HeadingStyle(3, 22, before: 260, after: 60),
        Paragraph(Title, "Title", Spaced(0, 120, 240, suppressHyphens: true), Letters(60, DocumentTheme.Accent, bold: true), quick: true),
        Paragraph(Subtitle, "Subtitle", Spaced(0, 240, 240), Letters(28, DocumentTheme.QuietInk), quick: true),
        Paragraph(Forbund, "Förbund", Spaced(600, 360, 240), Letters(26, DocumentTheme.Ink, bold: true)),
        Paragraph(ContentsHeading, "TOC Heading", Spaced(560, 140, 240, keepNext: true), Letters(28, DocumentTheme.Accent, bold: true)),
        ContentsStyle(1),
        ContentsStyle(2),
        ContentsStyle(3),
        Paragraph(Caption, "caption", Spaced(240, 40, 252, keepNext: true, suppressHyphens: true), Letters(20, DocumentTheme.Ink, bold: true), quick: true),
        Paragraph(CaptionDetail, "Tabellunderrubrik", Spaced(0, 100, 247, keepNext: true), Letters(18, DocumentTheme.QuietInk)),
        Paragraph(TableText, "Tabelltext", Spaced(44, 44, 240), Letters(18, DocumentTheme.Ink)),
        Paragraph(SmallTableText, "Tabelltext liten", Spaced(36, 36, 240), Letters(15, DocumentTheme.Ink)),
        Paragraph(Chart, "Diagram", Spaced(0, 60, 240, keepNext: true), null),
        Paragraph(Note, "Anmärkning", Spaced(30, 30, 247), Letters(16, DocumentTheme.QuietInk)),
        Paragraph(Header, "header", Tabbed(Spaced(0, 0, 240)), Letters(16, DocumentTheme.QuietInk)),
        Paragraph(Footer, "footer", Tabbed(Spaced(0, 0, 240)), Letters(16, DocumentTheme.QuietInk)),
        Paragraph(Bullet, "List Bullet", BulletParagraph(), null, quick: true),
        Character(Hyperlink, "Hyperlink", Letters(null, "1A4F8B")),
        Character(Placeholder, "Placeholder Text", new StyleRunProperties(
            new Color { Val = DocumentTheme.PlaceholderInk },
            new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = DocumentTheme.PlaceholderShade })),
        TableDefaults());

    private static Style HeadingStyle(int level, int halfPoints, int before, int after)
    {
        var properties = Spaced(before, after, 252, keepNext: true, suppressHyphens: true);
        properties.KeepLines = new KeepLines();
        properties.OutlineLevel = new OutlineLevel { Val = level - 1 };
        var style = Paragraph(Heading(level), $"heading {level}", properties, Letters(halfPoints, DocumentTheme.Accent, bold: true), quick: true);
        style.NextParagraphStyle = new NextParagraphStyle { Val = "Normal" };
        return style;
    }

    private static Style ContentsStyle(int level)
    {
        var properties = Spaced(level == 1 ? 80 : 20, 20, 247);
        properties.Tabs = new Tabs(new TabStop { Val = TabStopValues.Right, Leader = TabStopLeaderCharValues.Dot, Position = WordPage.TextWidth });
        properties.Indentation = new Indentation { Left = ((level - 1) * 300).ToString(CultureInfo.InvariantCulture) };
        return Paragraph(Contents(level), $"toc {level}", properties, Letters(level == 1 ? 21 : 19, DocumentTheme.Ink));
    }

    private static StyleParagraphProperties Spaced(int before, int after, int line, bool keepNext = false, bool suppressHyphens = false) => new()
    {
        KeepNext = keepNext ? new KeepNext() : null,
        SuppressAutoHyphens = suppressHyphens ? new SuppressAutoHyphens() : null,
        SpacingBetweenLines = new SpacingBetweenLines
        {
            Before = before.ToString(CultureInfo.InvariantCulture),
            After = after.ToString(CultureInfo.InvariantCulture),
            Line = line.ToString(CultureInfo.InvariantCulture),
            LineRule = LineSpacingRuleValues.Auto,
        },
    };

    private static StyleParagraphProperties Tabbed(StyleParagraphProperties properties)
    {
        properties.Tabs = new Tabs(new TabStop { Val = TabStopValues.Right, Position = WordPage.TextWidth });
        return properties;
    }

    private static StyleParagraphProperties BulletParagraph()
    {
        var properties = Spaced(0, 80, 283);
        properties.NumberingProperties = new NumberingProperties(new NumberingId { Val = 1 });
        return properties;
    }

    private static StyleRunProperties Letters(int? halfPoints, string colour, bool bold = false)
    {
        var properties = new StyleRunProperties();
        if (bold)
            properties.Append(new Bold());
        properties.Append(new Color { Val = colour });
        if (halfPoints is { } size)
            properties.Append(
                new FontSize { Val = size.ToString(CultureInfo.InvariantCulture) },
                new FontSizeComplexScript { Val = size.ToString(CultureInfo.InvariantCulture) }
            );
        return properties;
    }

    private static Style Paragraph(
        string id, string name, StyleParagraphProperties? paragraph, StyleRunProperties? run, bool isDefault = false, bool quick = false)
    {
        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id };
        if (isDefault)
            style.Default = true;
        else
            style.Append(new BasedOn { Val = "Normal" });
        if (quick)
            style.Append(new PrimaryStyle());
        if (paragraph is not null)
            style.Append(paragraph);
        if (run is not null)
            style.Append(run);
        return style;
    }

    private static Style Character(string id, string name, StyleRunProperties run) =>
        new(new StyleName { Val = name }, run) { Type = StyleValues.Character, StyleId = id };

    private static Style TableDefaults() => new(
        new StyleName { Val = "Normal Table" },
        new UIPriority { Val = 99 },
        new SemiHidden(),
        new UnhideWhenUsed(),
        new StyleTableProperties(
            new TableIndentation { Width = 0, Type = TableWidthUnitValues.Dxa },
            new TableCellMarginDefault(
                new TopMargin { Width = "0", Type = TableWidthUnitValues.Dxa },
                new TableCellLeftMargin { Width = 80, Type = TableWidthValues.Dxa },
                new BottomMargin { Width = "0", Type = TableWidthUnitValues.Dxa },
                new TableCellRightMargin { Width = 80, Type = TableWidthValues.Dxa })))
    {
        Type = StyleValues.Table,
        Default = true,
        StyleId = "TableNormal",
    };
}
