using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>
/// Reads a published file as a stranger does, by its format alone: Word and Excel are zips of XML, also within each other.
/// Pictures are not read.
/// </summary>
internal static class PublicationReader
{
    /// <summary>The endings that are read.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".docx", ".xlsx", ".html", ".htm", ".svg", ".csv"];

    /// <summary>Reads one file; null when its ending is none of <see cref="Endings"/>.</summary>
    /// <exception cref="InvalidDataException">A Word or Excel file that is no zip, or XML that can't be read.</exception>
    public static PrintedDocument? Read(string name, byte[] content)
    {
        try
        {
            switch (Path.GetExtension(name).ToLowerInvariant())
            {
                case ".docx":
                    using (var zip = new ZipArchive(new MemoryStream(content)))
                        return WordReader.Read(name, zip);
                case ".xlsx":
                    using (var zip = new ZipArchive(new MemoryStream(content)))
                        return ExcelReader.Read(name, zip);
                case ".html" or ".htm":
                    return HtmlReader.Read(name, Encoding.UTF8.GetString(content));
                case ".svg":
                    return HtmlReader.Read(name, Encoding.UTF8.GetString(content));
                case ".csv":
                    return CsvReader.Read(name, Encoding.UTF8.GetString(content).TrimStart('\ufeff'));
                default:
                    return null;
            }
        }
        catch (System.Xml.XmlException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
    }

    /// <summary>A part of a zip as XML; null when there is none of the name.</summary>
    public static XElement? Part(ZipArchive zip, string name)
    {
        if (zip.GetEntry(name.TrimStart('/')) is not { } entry)
            return null;
        using var stream = entry.Open();
        return XDocument.Load(stream).Root;
    }

    /// <summary>The content of an entry.</summary>
    public static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    /// <summary>What the relations of a part point at, by id.</summary>
    public static Dictionary<string, string> Relations(ZipArchive zip, string part)
    {
        var slash = part.LastIndexOf('/');
        var folder = part[..(slash + 1)];
        var relations = Part(zip, $"{folder}_rels/{part[(slash + 1)..]}.rels");
        return relations is null
            ? []
            : relations.Elements().Where(r => (string?)r.Attribute("TargetMode") != "External").ToDictionary(
                r => (string)r.Attribute("Id")!,
                r => Resolved(folder, (string)r.Attribute("Target")!),
                StringComparer.Ordinal);
    }

    /// <summary>The properties of an Office file: title, subject, keywords, description and those of one's own.</summary>
    public static IEnumerable<PrintedText> Properties(string name, ZipArchive zip) =>
        from part in zip.Entries
        where part.FullName.StartsWith("docProps/", StringComparison.Ordinal) && part.FullName.EndsWith(".xml", StringComparison.Ordinal)
        from element in Part(zip, part.FullName)!.Descendants()
        where !element.HasElements && element.Value.Length > 0
        select new PrintedText($"{name}, egenskapen {element.Name.LocalName}", "", element.Value);

    /// <summary>The series of a chart as a table: categories are rows.</summary>
    public static PrintedTable? Chart(XElement chart, string source, string title, string subtitle, string heading)
    {
        var series = chart.Descendants().Where(e => e.Name.LocalName == "ser").ToList();
        var columns = series.ConvertAll(s => (
            Name: string.Join(' ', Points(Child(s, "tx")).Select(p => p.Text)),
            Categories: Points(Child(s, "cat") ?? Child(s, "xVal")).ToDictionary(p => p.Index, p => p.Text),
            Values: Points(Child(s, "val") ?? Child(s, "yVal")).ToDictionary(p => p.Index, p => p.Text)));
        if (columns.Count == 0)
            return null;
        var count = columns.Max(c => Math.Max(c.Categories.Keys.DefaultIfEmpty(-1).Max(), c.Values.Keys.DefaultIfEmpty(-1).Max())) + 1;
        return new PrintedTable(
            source,
            title,
            subtitle,
            heading,
            ["Kategori", .. columns.Select(c => c.Name)],
            [.. Enumerable.Range(0, count).Select(i => (IReadOnlyList<PrintedCell>)[
                PrintedCell.Of(columns[0].Categories.GetValueOrDefault(i, "")),
                .. columns.Select(c => Stored(c.Values.GetValueOrDefault(i, ""))),
            ])],
            [])
        {
            IsChartData = true,
        };
    }

    /// <summary>A number as it is stored in a file, with decimal point; other text as it is.</summary>
    public static PrintedCell Stored(string text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? new(text, number)
            : PrintedCell.Of(text);

    private static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    private static IEnumerable<(int Index, string Text)> Points(XElement? of) =>
        of is null
            ? []
            : of.Descendants().Where(e => e.Name.LocalName == "pt").Select(p =>
                ((int)p.Attribute("idx")!, p.Elements().First(e => e.Name.LocalName == "v").Value));

    private static string Resolved(string folder, string target)
    {
        if (target.StartsWith('/'))
            return target[1..];
        var parts = folder.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var part in target.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ".."))
                parts.Add(part);
        }

        return string.Join('/', parts);
    }
}
