using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FinsamOutcomes.Reporting.Documents.Charts;

namespace FinsamOutcomes.Reporting.Documents.Excel;

/// <summary>A sheet with one table, its notes, and the chart and chart numbers of its figure.</summary>
internal static class TableSheet
{
    /// <summary>Row of the column headings: frozen, and repeated on each printed page.</summary>
    public const int HeaderRow = 5;

    private const double LowestRowMm = 5.2;

    public static void Write(WorksheetPart part, ReportDocument document, SheetPlan sheet)
    {
        var table = sheet.Table.Table;
        var widths = Widths(table);
        var rows = new SheetRows(widths);
        rows.Line($"Tabell {sheet.Table.Number}. {table.Title}", CellLook.Title, height: 24);
        rows.Line(sheet.Table.Detail, CellLook.Subtitle);
        var marks = DocumentFacts.Marks(document);
        rows.Line(marks.Length > 0 ? marks : $"{document.Forbund} · {document.Title}", marks.Length > 0 ? CellLook.Mark : CellLook.Subtitle);
        rows.Line("Till innehållet", CellLook.Link, height: 22);
        rows.Table(table);
        rows.Next();
        foreach (var note in table.Notes.Append(table.Source))
            rows.Note(note, table.Columns.Count);

        Drawing? drawing = null;
        if (sheet.Figure is { } figure && !FigureText.HasPoints(figure.Block.Figure))
        {
            rows.Note(FigureText.InsteadOfFigure(figure.Block.Figure), table.Columns.Count, skip: 1);
        }
        else if (sheet.Figure is { } drawn)
        {
            foreach (var note in FigureText.Notes(drawn.Block.Figure).Except(table.Notes))
                rows.Note(note, table.Columns.Count);
            if (ChartModels.Has(drawn.Block.Figure))
                drawing = Chart(part, sheet, drawn, rows);
        }

        part.Worksheet = new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            new SheetViews(new SheetView(
                new Pane { VerticalSplit = HeaderRow, TopLeftCell = $"A{HeaderRow + 1}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen },
                new Selection { Pane = PaneValues.BottomLeft, ActiveCell = $"A{HeaderRow + 1}" })
            { ShowGridLines = false, WorkbookViewId = 0 }),
            SheetRows.Format(),
            SheetRows.Columns(widths),
            rows.Data);
        if (rows.Merged.HasChildren)
            part.Worksheet.Append(rows.Merged);
        part.Worksheet.Append(
            new Hyperlinks(new Hyperlink { Reference = "A4", Location = $"'{SheetPlan.ContentsName}'!A1", Display = "Till innehållet" }),
            Margins(),
            Landscape(onOnePage: drawing is not null && table.Rows.Count <= 25),
            HeaderAndFooter(document));
        if (drawing is not null)
            part.Worksheet.Append(drawing);
    }

    private static Drawing Chart(WorksheetPart part, SheetPlan sheet, OutlineFigure figure, SheetRows rows)
    {
        var model = ChartModels.Of(figure.Block.Figure);
        // The chart must not cover its own numbers.
        var below = HeaderRow + (int)Math.Ceiling(model.HeightMm / LowestRowMm);
        rows.Line("Diagrammets siffror – ändras de här så ändras diagrammet", CellLook.SectionHeading, skip: Math.Max(2, below - rows.Number));
        var data = new ChartData(model, sheet.Name, rows.Number + 1);
        rows.Chart(data);
        SheetChart.Write(part.AddNewPart<DrawingsPart>("rIdDiagram"), figure, data, column: Math.Max(sheet.Table.Table.Columns.Count, 2) + 1, row: HeaderRow);
        return new Drawing { Id = "rIdDiagram" };
    }

    public static PageMargins Margins() => new() { Left = 0.6, Right = 0.6, Top = 0.8, Bottom = 0.7, Header = 0.35, Footer = 0.35 };

    public static PageSetup Landscape(bool onOnePage) =>
        new() { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = onOnePage ? 1u : 0u };

    public static HeaderFooter HeaderAndFooter(ReportDocument document) => new(
        new OddHeader($"&L&8{Literal(document.Forbund)} · {Literal(document.Title)}&R&8&\"-,Bold\"{Literal(DocumentFacts.Marks(document))}"),
        new OddFooter($"&L&8{Literal(DocumentFacts.Read(document))}&R&8Sida &P av &N"));

    // An ampersand begins a code in page headers.
    private static string Literal(string text) => text.Replace("&", "&&");

    private static List<double> Widths(ReportTable table) =>
        table.Columns.Select((column, c) =>
        {
            var longest = table.Rows.Select(r => CellText.Of(r.Cells[c], column).Length).DefaultIfEmpty(0).Max();
            return (double)(column.Unit is null ? Math.Clamp(longest + 2, 24, 52) : Math.Clamp(Math.Max(longest, column.Header.Length) + 3, 12, 20));
        }).ToList();
}
