using DocumentFormat.OpenXml.Wordprocessing;

namespace FinsamOutcomes.Reporting.Documents.Word;

/// <summary>The page: A4, with its header and footer. Measures in twentieths of a point.</summary>
internal static class WordPage
{
    public const int Width = 11906;
    public const int Height = 16838;
    public const int Side = 1418;
    public const int Top = 1531;
    public const int Bottom = 1361;
    public const int TextWidth = Width - 2 * Side;
    public const int TextHeight = Height - Top - Bottom;

    public static SectionProperties Section(string header, string firstHeader, string footer) => new(
        new HeaderReference { Type = HeaderFooterValues.Default, Id = header },
        new HeaderReference { Type = HeaderFooterValues.First, Id = firstHeader },
        new FooterReference { Type = HeaderFooterValues.Default, Id = footer },
        new FooterReference { Type = HeaderFooterValues.First, Id = footer },
        new PageSize { Width = Width, Height = Height },
        new PageMargin { Top = Top, Bottom = Bottom, Left = Side, Right = Side, Header = 709, Footer = 624, Gutter = 0 },
        new TitlePage());

    /// <summary>The marks of internal and invented numbers stand on every page, the title only from the second.</summary>
    public static Header Header(ReportDocument document, bool isFirst)
    {
        var paragraph = WordText.Paragraph(WordStyles.Header);
        if (!isFirst)
            paragraph.Append(WordText.Run($"{document.Forbund} · {document.Title}"));
        if (DocumentFacts.Marks(document) is { Length: > 0 } marks)
        {
            paragraph.Append(
                new Run(new TabChar()),
                WordText.Run(marks, new RunProperties(new Bold(), new Color { Val = DocumentTheme.Warning })));
        }
        return new Header(paragraph);
    }

    public static Footer Footer(ReportDocument document)
    {
        var paragraph = WordText.Paragraph(WordStyles.Footer);
        paragraph.Append(WordText.Run(DocumentFacts.Read(document)), new Run(new TabChar()), WordText.Run("Sida "));
        paragraph.Append(WordText.Field("PAGE", "1"));
        paragraph.Append(WordText.Run(" av "));
        paragraph.Append(WordText.Field("NUMPAGES", "1"));
        return new Footer(paragraph);
    }
}
