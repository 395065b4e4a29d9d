using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace FinsamOutcomes.Testing;

/// <summary>
/// An Excel workbook made part by part, as Excel keeps it: so that a test can have a cell that no library would write. A cell
/// is a string, a number, a <see cref="DateOnly"/> (kept as the number of its day, shown as a date), a bool, null for an empty
/// one, or a <see cref="Cell"/>.
/// </summary>
public sealed class InventedWorkbook
{
    private readonly List<(string Name, string State, string Xml)> _sheets = [];

    /// <summary>A cell as its XML says it.</summary>
    /// <param name="Value">What stands in <c>v</c>; null for none.</param>
    /// <param name="Formula">What stands in <c>f</c>; null for none.</param>
    /// <param name="Type">The attribute <c>t</c>, such as <c>e</c> for an error.</param>
    /// <param name="Format">How the number is shown: <c>0000</c>, <c>0%</c> or empty.</param>
    public sealed record Cell(string? Value, string? Formula = null, string Type = "n", string Format = "");

    /// <param name="name">On its tab.</param>
    /// <param name="rows">A row that is null isn't in the file.</param>
    /// <param name="merged">Such as <c>A2:A4</c>.</param>
    /// <param name="isHidden">The tab isn't seen.</param>
    public InventedWorkbook Sheet(string name, IEnumerable<object?[]?> rows, IEnumerable<string>? merged = null, bool isHidden = false)
    {
        var xml = new StringBuilder("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        foreach (var (cells, row) in rows.Select((r, i) => (r, i + 1)))
        {
            if (cells is null)
                continue;
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{row}\">");
            for (var i = 0; i < cells.Length; i++)
                xml.Append(Xml(cells[i], $"{Letter(i)}{row}"));
            xml.Append("</row>");
        }

        xml.Append("</sheetData>");
        if (merged?.ToList() is { Count: > 0 } ranges)
            xml.Append("<mergeCells>").AppendJoin("", ranges.Select(m => $"<mergeCell ref=\"{m}\"/>")).Append("</mergeCells>");
        _sheets.Add((name, isHidden ? " state=\"hidden\"" : "", xml.Append("</worksheet>").ToString()));
        return this;
    }

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
            const string Document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
            const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";
            const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml";
            Add(zip, "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
                + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Excel}.sheet.main+xml\"/>"
                + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Excel}.styles+xml\"/>"
                + string.Concat(_sheets.Select((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"{Excel}.worksheet+xml\"/>"))
                + "</Types>");
            Add(zip, "_rels/.rels",
                $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"rId1\" Type=\"{Document}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add(zip, "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Document}\"><sheets>"
                + string.Concat(_sheets.Select((s, i) => $"<sheet name=\"{s.Name}\" sheetId=\"{i + 1}\"{s.State} r:id=\"rId{i + 1}\"/>"))
                + "</sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"{Package}\">"
                + string.Concat(_sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Document}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))
                + $"<Relationship Id=\"rId900\" Type=\"{Document}/styles\" Target=\"styles.xml\"/></Relationships>");
            Add(zip, "xl/styles.xml",
                $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0000\"/></numFmts><fonts count=\"1\"><font/></fonts>"
                + "<fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"4\">"
                + "<xf numFmtId=\"0\" xfId=\"0\"/><xf numFmtId=\"14\" xfId=\"0\" applyNumberFormat=\"1\"/>"
                + "<xf numFmtId=\"164\" xfId=\"0\" applyNumberFormat=\"1\"/><xf numFmtId=\"9\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
            foreach (var (sheet, i) in _sheets.Select((s, i) => (s, i + 1)))
                Add(zip, $"xl/worksheets/sheet{i}.xml", sheet.Xml);
        }

        return stream.ToArray();
    }

    private static string Xml(object? cell, string place) => cell switch
    {
        null => "",
        string text => $"<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>",
        DateOnly date => $"<c r=\"{place}\" s=\"1\"><v>{date.DayNumber - 693_593}</v></c>",
        bool flag => $"<c r=\"{place}\" t=\"b\"><v>{(flag ? 1 : 0)}</v></c>",
        Cell c =>
            $"<c r=\"{place}\" t=\"{c.Type}\" s=\"{(c.Format == "0000" ? 2 : c.Format == "0%" ? 3 : 0)}\">"
            + (c.Formula is null ? "" : $"<f>{SecurityElement.Escape(c.Formula)}</f>") + (c.Value is null ? "" : $"<v>{c.Value}</v>") + "</c>",
        IFormattable number => $"<c r=\"{place}\"><v>{number.ToString(null, CultureInfo.InvariantCulture)}</v></c>",
        _ => throw new ArgumentException("No such cell.", nameof(cell)),
    };

    private static string Letter(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letter((column / 26) - 1) + (char)('A' + (column % 26));

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var part = zip.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + text));
    }
}
