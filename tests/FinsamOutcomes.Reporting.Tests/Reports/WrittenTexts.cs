using System.IO.Compression;
using System.Xml.Linq;

namespace FinsamOutcomes.Reporting.Tests.Reports;

/// <summary>All that can be read in the files of a report named <c>rapport</c>.</summary>
internal static class WrittenTexts
{
    /// <summary>The text of each part of each file, also of workbooks inside the Word file and of attributes.</summary>
    public static IEnumerable<(string Place, string Text)> Of(string folder)
    {
        yield return ("rapport.html", AllText(File.ReadAllBytes(Path.Combine(folder, "rapport.html"))));
        foreach (
            var svg in Directory.Exists(Path.Combine(folder, "rapport-figurer")) ? Directory.GetFiles(Path.Combine(folder, "rapport-figurer"), "*.svg") : [])
            yield return (Path.GetFileName(svg), AllText(File.ReadAllBytes(svg)));
        foreach (var file in new[] { "rapport.docx", "rapport.xlsx" })
        {
            foreach (var part in Parts(file, File.ReadAllBytes(Path.Combine(folder, file))))
                yield return part;
        }
    }

    private static IEnumerable<(string Place, string Text)> Parts(string name, byte[] content)
    {
        using var zip = new ZipArchive(new MemoryStream(content));
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            if (entry.Name.EndsWith(".xlsx", StringComparison.Ordinal))
            {
                foreach (var inner in Parts($"{name}/{entry.FullName}", copy.ToArray()))
                    yield return inner;
            }
            else if (entry.Name.EndsWith(".xml", StringComparison.Ordinal))
            {
                yield return ($"{name}/{entry.FullName}", AllText(copy.ToArray()));
            }
        }
    }

    private static string AllText(byte[] xml)
    {
        var root = XDocument.Load(new MemoryStream(xml)).Root!;
        return string.Join(
            '\n',
            root.DescendantsAndSelf()
                .Where(e => e.Name.LocalName is "p" or "text" or "title" or "desc" or "td" or "th" or "t" or "v" or "span" or "oddHeader")
                .Select(e => e.Value)
                .Concat(root.DescendantsAndSelf().Attributes().Where(a => a.Name.LocalName is "descr" or "title" or "alt" or "aria-label").Select(a => a.Value))
        );
    }
}
