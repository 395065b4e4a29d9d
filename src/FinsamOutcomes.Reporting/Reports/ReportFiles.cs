using System.IO.Compression;
using System.Text;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures.Drawing;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>A finished report as files: Word, Excel and HTML, and its figures as SVG and PNG.</summary>
public static class ReportFiles
{
    public const string Svg = "image/svg+xml";
    public const string Png = "image/png";
    public const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const string Html = "text/html; charset=utf-8";

    /// <summary>All files in the order to show them, the figures last in a folder of their own.</summary>
    /// <param name="document">The report.</param>
    /// <param name="name">The files' name without ending.</param>
    /// <param name="progress">Told before each file; a report has <see cref="Count"/> of them to make.</param>
    /// <param name="only">The only ending that is wanted, such as <c>.docx</c>; null for all files.</param>
    /// <param name="cancellationToken">Asked before each file.</param>
    public static IReadOnlyList<ReportFile> Make(
        ReportDocument document,
        string name,
        Action<string>? progress = null,
        string? only = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        List<ReportFile> files = [];
        Add(".docx", Word, "Word-dokumentet", stream => WordDocumentWriter.Write(document, stream));
        Add(".xlsx", Excel, "Excel-boken", stream => ExcelDocumentWriter.Write(document, stream));
        Add(".html", Html, "webbsidan", stream => HtmlDocumentWriter.Write(document, stream));
        foreach (var figure in only is null ? document.Blocks.OfType<FigureBlock>().Select(b => b.Figure) : [])
        {
            Next($"Ritar figuren ”{figure.Title}”");
            // A picture is spread without the document that it stands in.
            var alone = figure with
            {
                Notes = [.. figure.Notes, document.IsInternal ? $"{DocumentFacts.InternalMark}: får inte publiceras." : PublicationPolicies.Reach],
            };
            files.Add(new ReportFile($"{FigureFolder(name)}/{figure.Id}.svg", Svg, Encoding.UTF8.GetBytes(FigureRenderer.Svg(alone))));
            files.Add(new ReportFile($"{FigureFolder(name)}/{figure.Id}.png", Png, FigureRenderer.Png(alone, cancellationToken: cancellationToken)));
        }

        return files;

        void Add(string extension, string contentType, string what, Action<Stream> write)
        {
            if (only is not null && only != extension)
                return;
            Next($"Skriver {what}");
            using var buffer = new MemoryStream();
            write(buffer);
            files.Add(new ReportFile(name + extension, contentType, buffer.ToArray()));
        }

        void Next(string what)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke(what);
        }
    }

    /// <summary>How many times <see cref="Make"/> tells its progress.</summary>
    public static int Count(ReportDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return 3 + document.Blocks.OfType<FigureBlock>().Count();
    }

    /// <summary>Writes everything into a folder; returns the paths in the order to show them.</summary>
    public static ReportFilesResult Write(ReportDocument document, string name, string folder)
    {
        var made = Make(document, name);
        var figureFolder = Path.Combine(folder, FigureFolder(name));
        Directory.CreateDirectory(folder);
        var hasFigures = document.Blocks.OfType<FigureBlock>().Any();
        if (hasFigures)
        {
            // Figures that the report no longer has would be taken for this year's.
            if (Directory.Exists(figureFolder))
            {
                foreach (var old in Directory.EnumerateFiles(figureFolder).Where(f => Path.GetExtension(f) is ".svg" or ".png"))
                    File.Delete(old);
            }

            Directory.CreateDirectory(figureFolder);
        }

        List<string> paths = [];
        foreach (var file in made)
        {
            // Written aside and moved into place: a report is never half there.
            var path = Path.Combine(folder, file.Name);
            var aside = path + ".tmp";
            using (var output = OwnersFile.Create(aside))
                output.Write(file.Content);
            File.Move(aside, path, overwrite: true);
            if (!file.Name.Contains('/', StringComparison.Ordinal))
                paths.Add(path);
        }

        if (hasFigures)
            paths.Add(figureFolder + Path.DirectorySeparatorChar);
        return new ReportFilesResult(paths, document.Blocks.OfType<FigureBlock>().Count());
    }

    /// <summary>Files as one zip, named as they are; to a stream that need not be seekable.</summary>
    public static void WriteZip(IEnumerable<ReportFile> files, DateTime madeAt, Stream target)
    {
        ArgumentNullException.ThrowIfNull(files);
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
            {
                // Word, Excel and PNG are compressed already.
                var entry = zip.CreateEntry(
                    file.Name,
                    file.Content is [(byte)'P', (byte)'K', ..] or [0x89, (byte)'P', ..] ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
                entry.LastWriteTime = new DateTimeOffset(madeAt, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(file.Content);
            }
        }

        buffer.Position = 0;
        buffer.CopyTo(target);
    }

    private static string FigureFolder(string name) => $"{name}-figurer";
}

/// <summary>A file of a report.</summary>
/// <param name="Name">With / between a folder and its files.</param>
/// <param name="ContentType">For the browser.</param>
/// <param name="Content">The whole file.</param>
public sealed record ReportFile(string Name, string ContentType, byte[] Content);

/// <summary>What was written.</summary>
/// <param name="Files">Paths; the folder of figures last.</param>
/// <param name="FigureCount">How many figures.</param>
public sealed record ReportFilesResult(IReadOnlyList<string> Files, int FigureCount);
