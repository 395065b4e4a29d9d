using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using FinsamOutcomes.Reporting.Documents;

namespace FinsamOutcomes.Reporting.Tests.Documents;

public sealed class WordDocumentWriterTests
{
    [Fact]
    public void The_document_follows_the_schema()
    {
        using var stream = new MemoryStream();
        WordDocumentWriter.Write(SampleReport.Document(), stream);
        if (Environment.GetEnvironmentVariable("FINSAM_SAMPLES") is { Length: > 0 } folder)
            File.WriteAllBytes(Path.Combine(folder, "prov.docx"), stream.ToArray());
        using var file = WordprocessingDocument.Open(stream, isEditable: false);
        new OpenXmlValidator(FileFormatVersions.Office2019).Validate(file)
            .Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}").ShouldBeEmpty();
    }
}
