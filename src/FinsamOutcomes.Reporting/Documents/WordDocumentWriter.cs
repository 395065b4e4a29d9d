using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using FinsamOutcomes.Reporting.Documents.Word;

namespace FinsamOutcomes.Reporting.Documents;

/// <summary>
/// Writes a report as a Word document (.docx): A4, in Swedish, with styles, contents, captions and native charts that can
/// be edited in Word. The same report always gives the same bytes.
/// </summary>
public static class WordDocumentWriter
{
    /// <summary>Writes the whole file to <paramref name="target"/>, which stays open and need not be seekable.</summary>
    public static void Write(ReportDocument document, Stream target)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(target);
        using var buffer = new MemoryStream();
        using (var file = WordprocessingDocument.Create(buffer, WordprocessingDocumentType.Document, autoSave: true))
        {
            var main = file.AddMainDocumentPart();
            file.ChangeIdOfPart(main, "rId1");
            var properties = file.AddCoreFilePropertiesPart();
            file.ChangeIdOfPart(properties, "rId2");
            CoreProperties.Write(properties, document);

            main.AddNewPart<StyleDefinitionsPart>("rIdStyles").Styles = WordStyles.All();
            main.AddNewPart<DocumentSettingsPart>("rIdSettings").Settings = WordParts.Settings();
            main.AddNewPart<NumberingDefinitionsPart>("rIdNumbering").Numbering = WordParts.Bullets();
            main.AddNewPart<HeaderPart>("rIdHeader").Header = WordPage.Header(document, isFirst: false);
            main.AddNewPart<HeaderPart>("rIdFirstHeader").Header = WordPage.Header(document, isFirst: true);
            main.AddNewPart<FooterPart>("rIdFooter").Footer = WordPage.Footer(document);

            var body = new Body(new WordBody(document, main).Elements());
            body.Append(WordPage.Section("rIdHeader", "rIdFirstHeader", "rIdFooter"));
            main.Document = new Document(body);
            WritableParts.Clean(file);
        }
        FixedZip.Repack(buffer, target);
    }
}
