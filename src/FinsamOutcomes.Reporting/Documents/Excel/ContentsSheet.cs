using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace FinsamOutcomes.Reporting.Documents.Excel;

/// <summary>The first sheet: what the workbook is, a link to each sheet and what the words in the cells mean.</summary>
internal static class ContentsSheet
{
    public static void Write(WorksheetPart part, ReportDocument document, IReadOnlyList<SheetPlan> sheets)
    {
        double[] widths = [22, 62, 62, 12];
        var rows = new SheetRows(widths);
        var links = new Hyperlinks();
        rows.Line(document.Title, CellLook.Title, height: 24);
        rows.Line(document.Forbund, CellLook.Subtitle);
        foreach (var (label, text) in DocumentFacts.Of(document))
        {
            rows.Next();
            rows.Text(1, label, label is DocumentFacts.InternalMark or DocumentFacts.DemoMark ? CellLook.Mark : CellLook.Subtitle);
            rows.Text(2, text, CellLook.WrappedText);
        }

        rows.Next(skip: 1);
        rows.Text(1, "Blad", CellLook.Header);
        rows.Text(2, "Visar", CellLook.Header);
        rows.Text(3, "Enhet, period och definition", CellLook.Header);
        rows.Text(4, "Diagram", CellLook.Header);
        foreach (var sheet in sheets)
        {
            rows.Next();
            rows.Text(1, $"Tabell {sheet.Table.Number}", CellLook.Link);
            links.Append(new Hyperlink { Reference = $"A{rows.Number}", Location = $"'{sheet.Name}'!A1", Display = sheet.Name });
            rows.Text(2, sheet.Table.Table.Title, CellLook.Text);
            rows.Text(3, sheet.Table.Table.Subtitle, CellLook.Text);
            rows.Text(4, sheet.Figure is { } figure ? $"Figur {figure.Number}" : "", CellLook.Text);
        }

        rows.Line("Så läses tabellerna", CellLook.SectionHeading, skip: 1);
        foreach (var (word, meaning) in DocumentFacts.CellWords)
        {
            rows.Next();
            rows.Text(1, word, CellLook.Subtitle);
            rows.Text(2, meaning, CellLook.WrappedText);
        }
        rows.Line("Andelar är lagrade som tal mellan 0 och 1 med procentformat och går att räkna vidare på.", CellLook.Subtitle, skip: 1);

        part.Worksheet = new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            new SheetViews(new SheetView { ShowGridLines = false, TabSelected = true, WorkbookViewId = 0 }),
            SheetRows.Format(),
            SheetRows.Columns(widths),
            rows.Data);
        if (links.HasChildren)
            part.Worksheet.Append(links);
        part.Worksheet.Append(TableSheet.Margins(), TableSheet.Landscape(onOnePage: false), TableSheet.HeaderAndFooter(document));
    }
}
