using DocumentFormat.OpenXml.Packaging;

namespace FinsamOutcomes.Reporting.Tests.Documents;

public sealed class ExcelDocumentWriterTests
{
    [Fact]
    public void The_workbook_follows_the_schema()
    {
        using var file = SpreadsheetDocument.Open(Rendered.Excel(), isEditable: false);
        Rendered.Faults(file).ShouldBeEmpty();
    }

    [Fact]
    public void Html() => Rendered.Html().Length.ShouldBeGreaterThan(1000);
}
