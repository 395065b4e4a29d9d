using DocumentFormat.OpenXml.Spreadsheet;
using FinsamOutcomes.Reporting.Figures;

namespace FinsamOutcomes.Reporting.Documents.Excel;

/// <summary>The looks a cell can have; the number is its place in the workbook's list of formats.</summary>
internal enum CellLook : uint
{
    Plain,
    Title,
    Subtitle,
    Header,
    HeaderRight,
    Text,
    TextRight,
    State,
    Count,
    Percent,
    PercentTenth,
    Score,
    Kronor,
    KronorChange,
    Points,
    PointsTenth,
    PointsHundredth,
    Probability,

    /// <summary>A share that rests on fewer than ten: the chart needs the number, the reader gets its counts from the table.</summary>
    FewShare,
    TotalText,
    TotalTextRight,
    TotalState,
    TotalCount,
    TotalPercent,
    TotalPercentTenth,
    TotalScore,
    TotalKronor,
    TotalKronorChange,
    TotalPoints,
    TotalPointsTenth,
    TotalPointsHundredth,
    TotalProbability,
    Note,
    Link,
    Mark,
    SectionHeading,
    WrappedText,
    HeaderIndented,
    TextIndented,
    TotalTextIndented,
}

/// <summary>Fonts, fills, lines and number formats of every workbook.</summary>
internal static class CellLooks
{
    private const uint PercentFormat = 164;
    private const uint KronorFormat = 165;
    private const uint PointsFormat = 166;
    private const uint ProbabilityFormat = 169;
    private const uint FewFormat = 170;
    private const uint PercentTenthFormat = 171;
    private const uint KronorChangeFormat = 172;
    private const uint ScoreFormat = 173;

    public static CellLook Number(ValueUnit? unit, bool total, int decimals = 0) => (unit, total) switch
    {
        (ValueUnit.PercentagePoints, false) => CellLook.Points + (uint)Math.Min(decimals, 2),
        (ValueUnit.PercentagePoints, true) => CellLook.TotalPoints + (uint)Math.Min(decimals, 2),
        (ValueUnit.Probability, false) => CellLook.Probability,
        (ValueUnit.Probability, true) => CellLook.TotalProbability,
        (ValueUnit.Percent, false) => CellLook.Percent + (uint)Math.Min(decimals, 1),
        (ValueUnit.Percent, true) => CellLook.TotalPercent + (uint)Math.Min(decimals, 1),
        (ValueUnit.Score, false) => CellLook.Score,
        (ValueUnit.Score, true) => CellLook.TotalScore,
        (ValueUnit.Kronor, false) => CellLook.Kronor,
        (ValueUnit.Kronor, true) => CellLook.TotalKronor,
        (ValueUnit.KronorChange, false) => CellLook.KronorChange,
        (ValueUnit.KronorChange, true) => CellLook.TotalKronorChange,
        (_, false) => CellLook.Count,
        (_, true) => CellLook.TotalCount,
    };

    public static bool Wraps(CellLook look) =>
        look
            is CellLook.Header
                or CellLook.HeaderRight
                or CellLook.HeaderIndented
                or CellLook.TextIndented
                or CellLook.TotalTextIndented
                or CellLook.Text
                or CellLook.TotalText
                or CellLook.WrappedText
                or CellLook.Note;

    public static Stylesheet Stylesheet() =>
        new(
            new NumberingFormats(
                new NumberingFormat { NumberFormatId = PercentFormat, FormatCode = DocumentTheme.NumberFormat(ValueUnit.Percent) },
                new NumberingFormat { NumberFormatId = ScoreFormat, FormatCode = DocumentTheme.NumberFormat(ValueUnit.Score) },
                new NumberingFormat { NumberFormatId = KronorFormat, FormatCode = DocumentTheme.NumberFormat(ValueUnit.Kronor) },
                new NumberingFormat { NumberFormatId = PointsFormat, FormatCode = Signed("0") },
                new NumberingFormat { NumberFormatId = PointsFormat + 1, FormatCode = Signed("0.0") },
                new NumberingFormat { NumberFormatId = PointsFormat + 2, FormatCode = Signed("0.00") },
                new NumberingFormat { NumberFormatId = ProbabilityFormat, FormatCode = "[<0.0005]\"< 0,001\";0.000" },
                new NumberingFormat { NumberFormatId = FewFormat, FormatCode = "\"färre än 10\"" },
                new NumberingFormat
                {
                    NumberFormatId = PercentTenthFormat,
                    FormatCode = DocumentTheme.NumberFormat(ValueUnit.Percent).Replace("0", "0.0", StringComparison.Ordinal),
                },
                new NumberingFormat { NumberFormatId = KronorChangeFormat, FormatCode = DocumentTheme.NumberFormat(ValueUnit.KronorChange) }
            )
            {
                Count = 9,
            },
            new Fonts(
                Font(10, DocumentTheme.Ink),
                Font(15, DocumentTheme.Accent, bold: true),
                Font(10, DocumentTheme.QuietInk),
                Font(10, DocumentTheme.Ink, bold: true),
                Font(10, DocumentTheme.QuietInk, italic: true),
                Font(9, DocumentTheme.QuietInk),
                Font(10, "1A4F8B", underlined: true),
                Font(10, DocumentTheme.Warning, bold: true),
                Font(12, DocumentTheme.Accent, bold: true))
            {
                Count = 9,
            },
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
                new Fill(
                    new PatternFill(new ForegroundColor { Rgb = "FF" + DocumentTheme.TotalShade }, new BackgroundColor { Indexed = 64 })
                    {
                        PatternType = PatternValues.Solid,
                    }))
            {
                Count = 3,
            },
            new Borders(
                Borders(null, null),
                Borders(null, (BorderStyleValues.Hair, DocumentTheme.Limit)),
                Borders((BorderStyleValues.Medium, DocumentTheme.Accent), (BorderStyleValues.Thin, DocumentTheme.Accent)),
                Borders((BorderStyleValues.Thin, DocumentTheme.Accent), (BorderStyleValues.Thin, DocumentTheme.Accent)))
            {
                Count = 4,
            },
            new CellStyleFormats(
                new CellFormat
                {
                    NumberFormatId = 0,
                    FontId = 0,
                    FillId = 0,
                    BorderId = 0,
                })
            {
                Count = 1,
            },
            new CellFormats(Enum.GetValues<CellLook>().Select(Format)) { Count = (uint)Enum.GetValues<CellLook>().Length },
            new CellStyles(
                new CellStyle
                {
                    Name = "Normal",
                    FormatId = 0,
                    BuiltinId = 0,
                })
            {
                Count = 1,
            });

    private static CellFormat Format(CellLook look)
    {
        var total = look.ToString().StartsWith("Total", StringComparison.Ordinal);
        var right = look is CellLook.HeaderRight or CellLook.TextRight or CellLook.State or CellLook.TotalTextRight or CellLook.TotalState;
        var (font, border) = look switch
        {
            CellLook.Title => (1u, 0u),
            CellLook.Subtitle => (2u, 0u),
            CellLook.Header or CellLook.HeaderRight or CellLook.HeaderIndented => (3u, 2u),
            CellLook.State => (4u, 1u),
            CellLook.TotalState => (4u, 3u),
            CellLook.Note => (5u, 0u),
            CellLook.Link => (6u, 0u),
            CellLook.Mark => (7u, 0u),
            CellLook.SectionHeading => (8u, 0u),
            CellLook.Plain or CellLook.WrappedText => (0u, 0u),
            _ => total ? (3u, 3u) : (0u, 1u),
        };
        var format = look switch
        {
            CellLook.Percent or CellLook.TotalPercent => PercentFormat,
            CellLook.Kronor or CellLook.TotalKronor => KronorFormat,
            CellLook.KronorChange or CellLook.TotalKronorChange => KronorChangeFormat,
            CellLook.Points or CellLook.TotalPoints => PointsFormat,
            CellLook.PointsTenth or CellLook.TotalPointsTenth => PointsFormat + 1,
            CellLook.PointsHundredth or CellLook.TotalPointsHundredth => PointsFormat + 2,
            CellLook.Probability or CellLook.TotalProbability => ProbabilityFormat,
            CellLook.PercentTenth or CellLook.TotalPercentTenth => PercentTenthFormat,
            CellLook.FewShare => FewFormat,
            CellLook.Score or CellLook.TotalScore => ScoreFormat,
            CellLook.Count or CellLook.TotalCount => 3u,
            _ => 0u,
        };
        return new CellFormat(
            new Alignment
            {
                Horizontal =
                    right ? HorizontalAlignmentValues.Right
                    : look is CellLook.HeaderIndented or CellLook.TextIndented or CellLook.TotalTextIndented ? HorizontalAlignmentValues.Left
                    : null,
                Indent = look is CellLook.HeaderIndented or CellLook.TextIndented or CellLook.TotalTextIndented ? 1u : null,
                Vertical = look is CellLook.Header or CellLook.HeaderRight or CellLook.HeaderIndented
                    ? VerticalAlignmentValues.Bottom
                    : VerticalAlignmentValues.Top,
                WrapText = Wraps(look) ? true : null,
            })
        {
            NumberFormatId = format,
            FontId = font,
            FillId = total ? 2u : 0u,
            BorderId = border,
            FormatId = 0,
            ApplyNumberFormat = true,
            ApplyFont = true,
            ApplyFill = true,
            ApplyBorder = true,
            ApplyAlignment = true,
        };
    }

    private static string Signed(string digits) => $"+{digits}\" p.e.\";\u2212{digits}\" p.e.\";{digits}\" p.e.\"";

    private static Font Font(double points, string colour, bool bold = false, bool italic = false, bool underlined = false)
    {
        var font = new Font();
        if (bold)
            font.Append(new Bold());
        if (italic)
            font.Append(new Italic());
        if (underlined)
            font.Append(new Underline());
        font.Append(new FontSize { Val = points }, new Color { Rgb = "FF" + colour }, new FontName { Val = DocumentTheme.Font });
        return font;
    }

    private static Border Borders((BorderStyleValues Style, string Colour)? top, (BorderStyleValues Style, string Colour)? bottom)
    {
        var topBorder = new TopBorder();
        if (top is { } t)
        {
            topBorder.Style = t.Style;
            topBorder.Append(new Color { Rgb = "FF" + t.Colour });
        }
        var bottomBorder = new BottomBorder();
        if (bottom is { } b)
        {
            bottomBorder.Style = b.Style;
            bottomBorder.Append(new Color { Rgb = "FF" + b.Colour });
        }
        return new Border(new LeftBorder(), new RightBorder(), topBorder, bottomBorder, new DiagonalBorder());
    }
}
