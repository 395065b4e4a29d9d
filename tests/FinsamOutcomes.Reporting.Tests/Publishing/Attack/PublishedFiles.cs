using System.Text;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures.Drawing;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>Makes the files of a förbund for a year, protected in some way: what is attacked.</summary>
/// <param name="database">Where the förbund is.</param>
/// <param name="forbund">The förbund.</param>
/// <param name="year">The year to report.</param>
/// <param name="templates">A folder of report templates; null for those of the program.</param>
internal delegate Task<IReadOnlyList<(string Name, byte[] Content)>> Publisher(FinsamDatabase database, ForbundRow forbund, int year, string? templates = null);

/// <summary>The files that a report becomes, without pictures: they hold nothing that can be read.</summary>
internal static class PublishedFiles
{
    /// <summary>The annual report and the project report, or those of other templates.</summary>
    /// <param name="protect">How what is counted is protected: <see cref="Publication.Protect"/>, or not (<see cref="OneByOne"/>).</param>
    /// <param name="endings">Which of <c>.docx</c>, <c>.xlsx</c>, <c>.html</c> and <c>.svg</c>.</param>
    public static Publisher Of(Func<CountedPublication, Publication> protect, params string[] endings) => async (database, forbund, year, templates) =>
    {
        var files = new List<(string, byte[])>();
        foreach (var report in ReportDefinition.Names(templates))
        {
            var document = (await new ReportBuilder(database) { Protect = protect }.BuildAsync(
                new ReportRequest { Forbund = forbund, Definition = ReportDefinition.Load(report, templates), Year = year })).Document;
            files.AddRange(Of(document, $"{report}-{year}", endings));
        }

        return files;
    };

    /// <summary>Each report by itself: two are two publications.</summary>
    public static IEnumerable<IReadOnlyList<(string Name, byte[] Content)>> Each(IReadOnlyList<(string Name, byte[] Content)> files, int year) =>
        files.GroupBy(f => f.Name[..f.Name.IndexOf($"-{year}", StringComparison.Ordinal)], StringComparer.Ordinal).Select(g => g.ToList());

    private static IEnumerable<(string Name, byte[] Content)> Of(ReportDocument document, string name, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (ending == ".svg")
            {
                foreach (var figure in document.Blocks.OfType<FigureBlock>())
                    yield return ($"{name}-{figure.Figure.Id}.svg", Encoding.UTF8.GetBytes(FigureRenderer.Svg(figure.Figure)));
                continue;
            }

            using var stream = new MemoryStream();
            switch (ending)
            {
                case ".docx":
                    WordDocumentWriter.Write(document, stream);
                    break;
                case ".xlsx":
                    ExcelDocumentWriter.Write(document, stream);
                    break;
                default:
                    HtmlDocumentWriter.Write(document, stream);
                    break;
            }

            yield return (name + ending, stream.ToArray());
        }
    }
}
