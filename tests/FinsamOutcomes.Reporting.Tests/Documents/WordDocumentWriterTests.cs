using DocumentFormat.OpenXml.Packaging;

namespace FinsamOutcomes.Reporting.Tests.Documents;

public sealed class WordDocumentWriterTests
{
    [Fact]
    public void The_document_follows_the_schema()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        Rendered.Faults(file).ShouldBeEmpty();
    }
}
