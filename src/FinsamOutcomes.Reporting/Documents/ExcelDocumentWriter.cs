using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FinsamOutcomes.Reporting.Documents.Excel;

namespace FinsamOutcomes.Reporting.Documents;

/// <summary>
/// Writes a report's tables and figures as an Excel workbook (.xlsx): a sheet with contents, then one sheet a table, with
/// real numbers and the figure's chart. The same report always gives the same bytes.
/// </summary>
public static class ExcelDocumentWriter
{
    /// <summary>Writes the whole file to <paramref name="target"/>, which stays open and need not be seekable.</summary>
    public static void Write(ReportDocument document, Stream target)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(target);
        var outline = new DocumentOutline(document);
        var sheets = SheetPlan.Of(outline);
        using var buffer = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(buffer, SpreadsheetDocumentType.Workbook, autoSave: true))
        {
            var workbook = file.AddWorkbookPart();
            file.ChangeIdOfPart(workbook, "rId1");
            var properties = file.AddCoreFilePropertiesPart();
            file.ChangeIdOfPart(properties, "rId2");
            CoreProperties.Write(properties, document);
            workbook.AddNewPart<WorkbookStylesPart>("rIdStyles").Stylesheet = CellLooks.Stylesheet();

            var list = new Sheets(new Sheet { Name = SheetPlan.ContentsName, SheetId = 1, Id = "rIdInnehall" });
            var titles = new DefinedNames();
            ContentsSheet.Write(workbook.AddNewPart<WorksheetPart>("rIdInnehall"), document, sheets);
            foreach (var sheet in sheets)
            {
                var id = $"rIdBlad{sheet.Table.Number}";
                TableSheet.Write(workbook.AddNewPart<WorksheetPart>(id), document, sheet);
                list.Append(new Sheet { Name = sheet.Name, SheetId = (uint)(1 + sheet.Table.Number), Id = id });
                titles.Append(new DefinedName($"'{sheet.Name}'!${TableSheet.HeaderRow}:${TableSheet.HeaderRow}")
                {
                    Name = "_xlnm.Print_Titles",
                    LocalSheetId = (uint)list.ChildElements.Count - 1,
                });
            }
            workbook.Workbook = new Workbook(new BookViews(new WorkbookView { ActiveTab = 0 }), list);
            if (titles.HasChildren)
                workbook.Workbook.Append(titles);
            WritableParts.Clean(file);
        }
        FixedZip.Repack(buffer, target);
    }
}
