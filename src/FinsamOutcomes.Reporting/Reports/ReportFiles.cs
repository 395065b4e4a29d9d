using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>Writes a finished report as Word, Excel and HTML, and its figures as SVG and, where it can be done, PNG.</summary>
public static class ReportFiles
{
    /// <summary>Writes everything into a folder; returns the paths in the order to show them, and why PNG is missing if it is.</summary>
    public static ReportFilesResult Write(ReportDocument document, string name, string folder)
    {
        ArgumentNullException.ThrowIfNull(document);
        Directory.CreateDirectory(folder);
        List<string> files = [];
        Save(".docx", stream => WordDocumentWriter.Write(document, stream));
        Save(".xlsx", stream => ExcelDocumentWriter.Write(document, stream));
        Save(".html", stream => HtmlDocumentWriter.Write(document, SvgFigureRenderer.Render, stream));

        var figures = document.Blocks.OfType<FigureBlock>().Select(b => b.Figure).ToList();
        string? whyNoPng = null;
        if (figures.Count > 0)
        {
            var figureFolder = Path.Combine(folder, $"{name}-figurer");

            // Figures that the report no longer has would be taken for this year's.
            if (Directory.Exists(figureFolder))
            {
                foreach (var old in Directory.EnumerateFiles(figureFolder).Where(f => Path.GetExtension(f) is ".svg" or ".png"))
                    File.Delete(old);
            }

            Directory.CreateDirectory(figureFolder);
            foreach (var figure in figures)
            {
                var svg = SvgFigureRenderer.Render(figure);
                var path = Path.Combine(figureFolder, figure.Id + ".svg");
                File.WriteAllText(path, svg);
                if (whyNoPng is null && !FigurePng.TryWrite(svg, Path.ChangeExtension(path, ".png"), out var reason))
                    whyNoPng = reason;
            }

            files.Add(figureFolder + Path.DirectorySeparatorChar);
        }

        return new ReportFilesResult(files, figures.Count, whyNoPng);

        void Save(string extension, Action<Stream> write)
        {
            // Written aside and moved into place: a report is never half there.
            var path = Path.Combine(folder, name + extension);
            var aside = path + ".tmp";
            using (var stream = File.Create(aside))
                write(stream);
            File.Move(aside, path, overwrite: true);
            files.Add(path);
        }
    }
}

/// <summary>What was written.</summary>
/// <param name="Files">Paths; the folder of figures last.</param>
/// <param name="FigureCount">How many figures.</param>
/// <param name="WhyNoPng">Null when every figure is there as PNG too; otherwise the reason, in Swedish.</param>
public sealed record ReportFilesResult(IReadOnlyList<string> Files, int FigureCount, string? WhyNoPng);
