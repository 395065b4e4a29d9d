using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FinsamOutcomes.Reporting.Documents.Charts;

namespace FinsamOutcomes.Reporting.Documents.Excel;

/// <summary>The small workbook inside a chart in Word, which opens with "Redigera data".</summary>
internal static class ChartWorkbook
{
    public const string Sheet = "Diagramdata";

    public static void Write(ChartData data, Stream target)
    {
        using var buffer = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(buffer, SpreadsheetDocumentType.Workbook, autoSave: true))
        {
            var workbook = file.AddWorkbookPart();
            file.ChangeIdOfPart(workbook, "rId1");
            workbook.AddNewPart<WorkbookStylesPart>("rId2").Stylesheet = CellLooks.Stylesheet();

            double[] widths = [40, .. data.Headers.Select(_ => 16.0)];
            var rows = new SheetRows(widths);
            rows.Chart(data);
            workbook.AddNewPart<WorksheetPart>("rId1").Worksheet = new Worksheet(
                SheetRows.Columns(widths),
                rows.Data);
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Name = Sheet, SheetId = 1, Id = "rId1" }));
            WritableParts.Clean(file);
        }
        FixedZip.Repack(buffer, target);
    }
}
