using System.Globalization;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Measures;
using S = DocumentFormat.OpenXml.Spreadsheet;

namespace FinsamOutcomes.Reporting.Tests.Reports;

/// <summary>The tables of a report: as built, and as read again from the written files, by caption.</summary>
internal static class ReportTables
{
    private static readonly XNamespace s_html = "http://www.w3.org/1999/xhtml";

    /// <summary>Every table, also those behind figures.</summary>
    public static IReadOnlyList<ReportTable> Of(ReportDocument document) =>
        [.. document.Blocks.OfType<TableBlock>().Select(b => b.Table), .. document.Blocks.OfType<FigureBlock>().Select(b => b.Table)];

    public static ReportTable Table(this ReportDocument document, string id) => Of(document).Single(t => t.Id == id);

    /// <summary>The cell of a row and a column, by their words.</summary>
    public static ReportCell Cell(this ReportTable table, string row, string column, int occurrence = 0) =>
        table.Rows.Where(r => r.Cells[0].Text == row).Select(r => r.Cells[table.Column(column)]).ElementAt(occurrence);

    public static int Column(this ReportTable table, string header)
    {
        var index = table.Columns.ToList().FindIndex(c => c.Header == header);
        index.ShouldBeGreaterThanOrEqualTo(0, $"{table.Id}: {header} not among {string.Join(" | ", table.Columns.Select(c => c.Header))}");
        return index;
    }

    /// <summary>What a reader should see in Word and HTML.</summary>
    public static string Seen(ReportCell cell, ReportColumn column) =>
        cell.State != CellState.Shown ? cell.State.ToSwedish()
        : cell.Number is { } number ? Swedish.Value(number, column.Unit!.Value, column.Decimals)
        : cell.Text!;

    public static IReadOnlyList<IReadOnlyList<string>> Seen(ReportTable table) =>
        [table.Columns.Select(c => c.Header).ToList(), .. table.Rows.Select(r => r.Cells.Select((c, i) => Seen(c, table.Columns[i])).ToList())];

    /// <summary>All text of the report's own: paragraphs, lists, placeholders and headings.</summary>
    public static string Prose(ReportDocument document) => string.Join('\n', document.Blocks.Select(b => b switch
    {
        ParagraphBlock p => string.Concat(p.Runs.Select(r => r.Text)),
        BulletListBlock l => string.Join('\n', l.Items.Select(i => string.Concat(i.Select(r => r.Text)))),
        PlaceholderBlock p => p.Instruction,
        HeadingBlock h => h.Text,
        _ => "",
    }));

    public static List<(string Caption, IReadOnlyList<IReadOnlyList<string>> Rows)> InWord(WordprocessingDocument file)
    {
        var found = new List<(string, IReadOnlyList<IReadOnlyList<string>>)>();
        var caption = "";
        foreach (var element in file.MainDocumentPart!.Document.Body!.Elements())
        {
            if (element is Paragraph paragraph && paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value == "Caption")
                caption = Title(string.Concat(paragraph.Descendants<Text>().Select(t => t.Text)));
            else if (element is Table table)
                found.Add((caption, [.. table.Elements<TableRow>().Select(r => (IReadOnlyList<string>)[.. r.Elements<TableCell>().Select(c => c.InnerText)])]));
        }

        return found;
    }

    public static List<(string Caption, IReadOnlyList<IReadOnlyList<string>> Rows)> InHtml(XElement page) =>
        [
            .. page.Descendants(s_html + "table")
                .Select(t =>
                    (
                        Title(
                            page.Descendants(s_html + "p")
                                .Single(p => (string?)p.Attribute("id") == t.Attribute("aria-labelledby")!.Value)
                                .Element(s_html + "strong")!
                                .Value),
                        (IReadOnlyList<IReadOnlyList<string>>)
                            [.. t.Descendants(s_html + "tr").Select(r => (IReadOnlyList<string>)[.. r.Elements().Select(c => c.Value)])])),
        ];

    /// <summary>Numbers are doubles, all else is text; from the heading row down to the first empty row.</summary>
    public static List<(string Caption, List<List<object>> Rows)> InExcel(SpreadsheetDocument file)
    {
        var workbook = file.WorkbookPart!;
        return
        [
            .. workbook
                .Workbook.Sheets!.Elements<S.Sheet>()
                .Skip(1)
                .Select(sheet =>
                {
                    var rows = ((WorksheetPart)workbook.GetPartById(sheet.Id!))
                        .Worksheet.Descendants<S.Row>()
                        .ToDictionary(r => r.RowIndex!.Value, r => r.Elements<S.Cell>().Select(Value).ToList());
                    var table = new List<List<object>>();
                    for (uint i = 5; rows.TryGetValue(i, out var row) && row.Count > 0; i++)
                        table.Add(row);
                    return (Title((string)rows[1][0]), table);
                }),
        ];
    }

    private static object Value(S.Cell cell) =>
        cell.DataType?.Value == S.CellValues.InlineString ? cell.InnerText : double.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture);

    // "Tabell 3. Deltaganden …"
    private static string Title(string caption) => caption[(caption.IndexOf(". ", StringComparison.Ordinal) + 2)..];
}
