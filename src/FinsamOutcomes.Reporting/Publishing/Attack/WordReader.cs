using System.IO.Compression;
using System.Xml.Linq;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>
/// A Word document: paragraphs, tables with the lines before and after them, charts with their stored numbers and the
/// workbooks inside them, alternative texts, headers, footers, comments and properties.
/// </summary>
internal static class WordReader
{
    private static readonly XNamespace s_w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    public static PrintedDocument Read(string name, ZipArchive zip)
    {
        var (tables, texts) = (new List<PrintedTable>(), new List<PrintedText>());
        texts.AddRange(PublicationReader.Properties(name, zip));
        foreach (var part in zip.Entries.Where(e => e.FullName.StartsWith("word/", StringComparison.Ordinal) && e.FullName.LastIndexOf('/') == 4
            && e.Name.EndsWith(".xml", StringComparison.Ordinal) && e.Name is not ("styles.xml" or "settings.xml" or "numbering.xml")))
        {
            if (PublicationReader.Part(zip, part.FullName) is { } root)
                ReadPart(name, zip, part.FullName, root, tables, texts);
        }

        return new(name, tables, texts);
    }

    private static void ReadPart(string name, ZipArchive zip, string part, XElement root, List<PrintedTable> tables, List<PrintedText> texts)
    {
        var charts = PublicationReader.Relations(zip, part);
        var heading = "";
        var before = new List<string>();
        PrintedTable? last = null;
        var notes = new List<string>();
        foreach (var block in root.Descendants().Where(e => (e.Name == s_w + "p" || e.Name == s_w + "tbl") && !e.Ancestors(s_w + "tbl").Any()))
        {
            if (block.Name == s_w + "tbl")
            {
                End();
                var table = Table(name, block, heading, before);
                last = table;
                before.Clear();
                continue;
            }

            foreach (var drawing in block.Descendants().Where(e => e.Name.LocalName == "docPr"))
            {
                var (title, description) = ((string?)drawing.Attribute("title") ?? "", (string?)drawing.Attribute("descr") ?? "");
                texts.Add(new($"{name}, alternativtext till {(string?)drawing.Attribute("name")}", heading, description));
                foreach (var id in drawing.Parent!.Descendants().Where(e => e.Name.LocalName == "chart").SelectMany(e => e.Attributes())
                    .Where(a => a.Name.LocalName == "id"))
                {
                    if (charts.TryGetValue(id.Value, out var chart))
                        tables.AddRange(Charts(name, zip, chart, title, description, heading));
                }
            }

            var text = Text(block);
            if (text.Length == 0)
                continue;
            var style = (string?)block.Element(s_w + "pPr")?.Element(s_w + "pStyle")?.Attribute(s_w + "val") ?? "";
            if (style.StartsWith("Heading", StringComparison.OrdinalIgnoreCase) || style.StartsWith("Rubrik", StringComparison.OrdinalIgnoreCase))
            {
                End();
                heading = style.EndsWith('1') ? text : heading;
                before.Clear();
                continue;
            }

            texts.Add(new(name, heading, text));
            before.Add(text);
            if (last is not null && style != "Caption")
                notes.Add(text);
            else if (style == "Caption")
                End();
        }

        End();

        void End()
        {
            if (last is not null)
                tables.Add(last with { Notes = [.. notes] });
            (last, notes) = (null, []);
        }
    }

    private static PrintedTable Table(string name, XElement table, string heading, List<string> before)
    {
        var properties = table.Element(s_w + "tblPr");
        var title = (string?)properties?.Element(s_w + "tblCaption")?.Attribute(s_w + "val") ?? before.ElementAtOrDefault(before.Count - 2) ?? "";
        var subtitle = (string?)properties?.Element(s_w + "tblDescription")?.Attribute(s_w + "val") ?? before.LastOrDefault() ?? "";
        var rows = table.Elements(s_w + "tr").Select(r => r.Elements(s_w + "tc").Select(Text).ToList()).ToList();
        return new(
            name,
            TableText.WithoutNumber(title),
            subtitle,
            heading,
            rows.Count > 0 ? rows[0] : [],
            [.. rows.Skip(1).Select(r => (IReadOnlyList<PrintedCell>)r.ConvertAll(PrintedCell.Of))],
            []);
    }

    private static IEnumerable<PrintedTable> Charts(string name, ZipArchive zip, string chart, string title, string description, string heading)
    {
        if (PublicationReader.Part(zip, chart) is not { } root)
            yield break;
        if (PublicationReader.Chart(root, $"{name}, diagrammet", title, TableText.SubtitleOf(description, title), heading) is { } cached)
            yield return cached;
        foreach (var inside in PublicationReader.Relations(zip, chart).Values.Where(v => v.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase)))
        {
            if (zip.GetEntry(inside) is not { } entry)
                continue;
            using var workbook = new ZipArchive(new MemoryStream(PublicationReader.Bytes(entry)));
            foreach (var table in ExcelReader.Read($"{name}, diagrammets arbetsbok", workbook).Tables)
                yield return table with { Title = title, Subtitle = TableText.SubtitleOf(description, title), Heading = heading, IsChartData = true };
        }
    }

    private static string Text(XElement block) =>
        string.Join('\n', (block.Name == s_w + "p" ? [block] : block.Descendants(s_w + "p")).Select(p => string.Concat(
            p.Descendants().Where(e => e.Name == s_w + "t" || e.Name == s_w + "tab" || e.Name == s_w + "br").Select(e => e.Name == s_w + "t" ? e.Value : " "))))
            .Trim();
}

/// <summary>What captions and descriptions have in common in all formats.</summary>
internal static class TableText
{
    /// <summary>A caption without <c>Tabell 3.</c></summary>
    public static string WithoutNumber(string caption)
    {
        var text = PrintedNumber.Plain(caption);
        var dot = text.IndexOf(". ", StringComparison.Ordinal);
        return dot > 0 && (text.StartsWith("Tabell ", StringComparison.Ordinal) || text.StartsWith("Figur ", StringComparison.Ordinal))
            && char.IsAsciiDigit(text[dot - 1])
            ? text[(dot + 2)..]
            : text;
    }

    /// <summary>The subtitle in a figure's description, which follows its kind and title.</summary>
    public static string SubtitleOf(string description, string title)
    {
        var text = PrintedNumber.Plain(description);
        var at = title.Length > 0 ? text.IndexOf(title, StringComparison.Ordinal) : -1;
        var rest = at >= 0 ? text[(at + title.Length)..].TrimStart('.', ' ') : text;
        var end = rest.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? rest : rest[..end];
    }
}
