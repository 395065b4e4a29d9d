using System.IO.Compression;
using System.Xml.Linq;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>
/// A workbook: every sheet, also hidden ones and hidden rows and columns, with the tables that stand below each other, its
/// charts' stored numbers, comments, defined names and properties.
/// </summary>
internal static class ExcelReader
{
    private static readonly XNamespace s_x = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static PrintedDocument Read(string name, ZipArchive zip)
    {
        var (tables, texts) = (new List<PrintedTable>(), new List<PrintedText>());
        texts.AddRange(PublicationReader.Properties(name, zip));
        var shared = PublicationReader.Part(zip, "xl/sharedStrings.xml")?.Elements(s_x + "si")
            .Select(s => string.Concat(s.Descendants(s_x + "t").Select(t => t.Value))).ToList();
        if (PublicationReader.Part(zip, "xl/workbook.xml") is not { } workbook)
            return new(name, tables, texts);
        var relations = PublicationReader.Relations(zip, "xl/workbook.xml");
        texts.AddRange(workbook.Descendants(s_x + "definedName").Select(n => new PrintedText($"{name}, namnet {(string?)n.Attribute("name")}", "", n.Value)));
        foreach (var sheet in workbook.Descendants(s_x + "sheet"))
        {
            var id = sheet.Attributes().First(a => a.Name.LocalName == "id" && a.Name.NamespaceName.Length > 0).Value;
            if (!relations.TryGetValue(id, out var part) || PublicationReader.Part(zip, part) is not { } root)
                continue;
            var source = $"{name}, bladet {(string?)sheet.Attribute("name")}";
            var found = Tables(source, Rows(root, shared ?? []), texts);
            tables.AddRange(found);
            foreach (var other in PublicationReader.Relations(zip, part).Values)
                Beside(zip, source, other, found.FirstOrDefault(), tables, texts);
        }

        return new(name, tables, texts);
    }

    private static void Beside(ZipArchive zip, string source, string part, PrintedTable? first, List<PrintedTable> tables, List<PrintedText> texts)
    {
        if (!part.EndsWith(".xml", StringComparison.Ordinal) || PublicationReader.Part(zip, part) is not { } root)
            return;
        if (part.Contains("comments", StringComparison.OrdinalIgnoreCase))
            texts.AddRange(root.Descendants().Where(e => e.Name.LocalName == "comment").Select(c => new PrintedText($"{source}, anteckning", "", c.Value)));
        texts.AddRange(root.Descendants().Where(e => e.Name.LocalName == "cNvPr").Select(e => (string?)e.Attribute("descr")).OfType<string>()
            .Select(d => new PrintedText($"{source}, alternativtext", first?.Heading ?? "", d)));
        if (!part.Contains("drawing", StringComparison.OrdinalIgnoreCase))
            return;
        foreach (var chart in PublicationReader.Relations(zip, part).Values.Where(v => v.Contains("chart", StringComparison.OrdinalIgnoreCase)))
        {
            if (PublicationReader.Part(zip, chart) is { } drawn
                && PublicationReader.Chart(drawn, $"{source}, diagrammet", first?.Title ?? "", first?.Subtitle ?? "", "") is { } table)
                tables.Add(table);
        }
    }

    // The sheet as rows of cells in their columns, by number.
    private static List<List<PrintedCell>> Rows(XElement sheet, List<string> shared)
    {
        var rows = new List<List<PrintedCell>>();
        foreach (var row in sheet.Descendants(s_x + "row"))
        {
            var number = (int?)row.Attribute("r") ?? rows.Count + 1;
            while (rows.Count < number - 1)
                rows.Add([]);
            var cells = new List<PrintedCell>();
            foreach (var cell in row.Elements(s_x + "c"))
            {
                var column = (string?)cell.Attribute("r") is { } reference ? Column(reference) : cells.Count;
                while (cells.Count < column)
                    cells.Add(PrintedCell.Of(""));
                cells.Add(Cell(cell, shared));
            }

            rows.Add(cells);
        }

        return rows;
    }

    private static PrintedCell Cell(XElement cell, List<string> shared)
    {
        var value = cell.Element(s_x + "v")?.Value ?? "";
        return (string?)cell.Attribute("t") switch
        {
            "s" => PrintedCell.Of(shared[int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)]),
            "inlineStr" => PrintedCell.Of(string.Concat(cell.Descendants(s_x + "t").Select(t => t.Value))),
            "str" or "b" or "e" => PrintedCell.Of(value),
            _ => PublicationReader.Stored(value),
        };
    }

    private static int Column(string reference) => reference.TakeWhile(char.IsAsciiLetter)
        .Aggregate(0, (n, c) => (n * 26) + (char.ToUpperInvariant(c) - 'A' + 1)) - 1;

    // A table is a row of headings and the rows below it, as wide; lines of a single cell above and below say what it is.
    private static List<PrintedTable> Tables(string source, List<List<PrintedCell>> rows, List<PrintedText> texts)
    {
        var tables = new List<PrintedTable>();
        var (title, subtitle) = (Single(rows, 0), Single(rows, 1));
        if (title.Length > 0)
            title = TableText.WithoutNumber(title);
        for (var i = 0; i < rows.Count; i++)
        {
            if (Filled(rows[i]) == 1)
                texts.Add(new(source, "", rows[i].First(c => c.Text.Length > 0).Text));
            if (Filled(rows[i]) < 2 || rows[i].Exists(c => c.Number is not null))
                continue;
            var headers = rows[i].ConvertAll(c => c.Text);
            var (body, notes, at) = (new List<IReadOnlyList<PrintedCell>>(), new List<string>(), i + 1);
            for (; at < rows.Count && Filled(rows[at]) > 0 && !(Filled(rows[at]) == 1
                && rows[at][0].Text.StartsWith("Diagrammets", StringComparison.Ordinal)); at++)
                body.Add(rows[at]);
            for (var note = at; note < rows.Count && Filled(rows[note]) < 2; note++)
            {
                if (Filled(rows[note]) == 1)
                    notes.Add(rows[note].First(c => c.Text.Length > 0).Text);
            }

            tables.Add(new(source, title, subtitle, "", headers, body, notes) { IsChartData = tables.Count > 0 });
            i = at - 1;
        }

        return tables;
    }

    private static string Single(List<List<PrintedCell>> rows, int at) => at < rows.Count && Filled(rows[at]) == 1 ? rows[at][0].Text : "";

    private static int Filled(List<PrintedCell> row) => row.Count(c => c.Text.Length > 0);
}
