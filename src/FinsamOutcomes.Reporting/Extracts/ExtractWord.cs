using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Documents.Word;

namespace FinsamOutcomes.Reporting.Extracts;

/// <summary>Writes an extract as a Word document (.docx): A4, in Swedish, with headings that a screen reader goes by.</summary>
public static class ExtractWord
{
    private const int LabelWidth = 2_900;

    public static byte[] Write(Extract extract)
    {
        ArgumentNullException.ThrowIfNull(extract);
        using var buffer = new MemoryStream();
        using (var file = WordprocessingDocument.Create(buffer, WordprocessingDocumentType.Document, autoSave: true))
        {
            var main = file.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>("rIdStyles").Styles = WordStyles.All();
            main.AddNewPart<DocumentSettingsPart>("rIdSettings").Settings = WordParts.Settings();
            main.AddNewPart<NumberingDefinitionsPart>("rIdNumbering").Numbering = WordParts.Bullets();
            main.AddNewPart<FooterPart>("rIdFooter").Footer = new Footer(FooterOf(extract));
            file.PackageProperties.Title = extract.Title;
            file.PackageProperties.Creator = extract.Forbund;
            file.PackageProperties.Language = "sv-SE";
            var body = new Body(Elements(extract));
            body.Append(
                new SectionProperties(
                    new FooterReference { Type = HeaderFooterValues.Default, Id = "rIdFooter" },
                    new PageSize { Width = WordPage.Width, Height = WordPage.Height },
                    new PageMargin
                    {
                        Top = WordPage.Top,
                        Bottom = WordPage.Bottom,
                        Left = WordPage.Side,
                        Right = WordPage.Side,
                        Header = 709,
                        Footer = 624,
                        Gutter = 0,
                    }));
            main.Document = new Document(body);
            WritableParts.Clean(file);
        }

        return buffer.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Elements(Extract extract)
    {
        yield return WordText.Paragraph(WordStyles.Title, WordText.Run(extract.Title));
        yield return WordText.Paragraph(WordStyles.Subtitle, WordText.Run($"{extract.Code} · {extract.Forbund}"));
        foreach (var paragraph in extract.Introduction)
            yield return WordText.Paragraph(style: null, WordText.Run(paragraph));
        foreach (var section in extract.Sections)
        {
            yield return WordText.Paragraph(WordStyles.Heading(1), WordText.Run(section.Title));
            if (section.Note is { } note)
                yield return WordText.Paragraph(style: null, WordText.Run(note));
            if (section.Entries.Count == 0)
                yield return WordText.Paragraph(style: null, WordText.Run(section.Empty));
            foreach (var entry in section.Entries)
            {
                if (entry.Title is { } title)
                    yield return WordText.Paragraph(WordStyles.Heading(2), WordText.Run(title));
                foreach (var fact in entry.Facts)
                    yield return Fact(fact);
            }
        }
    }

    // A hanging line: the label to the left, the value beside it, however long.
    private static Paragraph Fact(ExtractFact fact)
    {
        var paragraph = new Paragraph(
            new ParagraphProperties(
                new Tabs(new TabStop { Val = TabStopValues.Left, Position = LabelWidth }),
                new SpacingBetweenLines { After = "40" },
                new Indentation { Left = LabelWidth.ToString(CultureInfo.InvariantCulture), Hanging = LabelWidth.ToString(CultureInfo.InvariantCulture) }));
        paragraph.Append(WordText.Run(fact.Label, new RunProperties(new Bold())), new Run(new TabChar()));
        foreach (var (line, i) in fact.Value.Split('\n').Select((l, i) => (l.TrimEnd('\r'), i)))
        {
            if (i > 0)
                paragraph.Append(new Run(new Break()));
            paragraph.Append(WordText.Run(line));
        }

        return paragraph;
    }

    private static Paragraph FooterOf(Extract extract)
    {
        var paragraph = WordText.Paragraph(WordStyles.Footer);
        paragraph.Append(
            WordText.Run(string.Create(CultureInfo.InvariantCulture, $"{extract.Forbund} · {extract.Code} · {extract.ReadAt:yyyy-MM-dd HH:mm}")),
            new Run(new TabChar()),
            WordText.Run("Sida "));
        paragraph.Append(WordText.Field("PAGE", "1"));
        paragraph.Append(WordText.Run(" av "));
        paragraph.Append(WordText.Field("NUMPAGES", "1"));
        return paragraph;
    }
}
