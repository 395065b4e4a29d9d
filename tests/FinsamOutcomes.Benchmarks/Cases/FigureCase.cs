using System.Diagnostics;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using FinsamOutcomes.Benchmarks.Measuring;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Figures.Drawing;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>
/// One figure, inside this process after warm-up: as SVG beside <see cref="XmlWriter"/> writing the finished drawing's
/// elements, and as PNG beside <c>rsvg-convert</c> making one of that drawing.
/// </summary>
internal static class FigureCase
{
    private const int FiguresInRun = 200;

    public static CaseResult Run(Bench bench)
    {
        var comparisons = new List<Comparison>();
        foreach (
            var (name, figure) in new (string, Figure)[] { ("columns by gender, 12 insatser", Columns(12)), ("lines, 48 months, with intervals", Lines(48)) }
        )
        {
            var svg = FigureRenderer.Svg(figure);
            var document = XDocument.Parse(svg);
            var render = () => InProcess(() => FigureRenderer.Svg(figure).Length);
            comparisons.Add(
                Comparison.Run(
                    $"one figure as SVG: {name}, {svg.Length / 1024} kB",
                    render,
                    "`XmlWriter`, the same elements",
                    () => InProcess(() => Write(document)),
                    bench.Runs * 3));
            var file = bench.PathOf("figur.svg");
            File.WriteAllText(file, svg);
            var pack = () => InProcess(() => FigureRenderer.Png(figure).Length);
            var convert = new MeasuredProcess("rsvg-convert", "--zoom", "2", file) { OutputFile = bench.PathOf("figur.png") };
            comparisons.Add(Comparison.Run($"one figure as PNG: {name}", pack, "`rsvg-convert` of its SVG", convert.Run, bench.Runs));
        }

        return new CaseResult(comparisons);
    }

    private static Cost InProcess(Func<int> work)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var length = 0L;
        for (var i = 0; i < FiguresInRun; i++)
            length += work();
        var wall = clock.Elapsed.TotalSeconds;
        if (length == 0)
            throw new InvalidOperationException("Nothing was drawn.");
        return new Cost(wall / FiguresInRun, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / FiguresInRun, PeakBytes: 0);
    }

    private static int Write(XDocument document)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
            document.WriteTo(writer);
        return text.Length;
    }

    private static ColumnFigure Columns(int count) => new()
    {
        Id = "matning-kolumner",
        Title = "Positiva avslut efter insats och kön",
        Subtitle = "Andel av avslutade deltaganden 2024, arbete eller studier",
        Unit = ValueUnit.Percent,
        Source = "Källa: Samordningsförbundet Exempel (påhittade uppgifter)",
        Categories = [.. Enumerable.Range(1, count).Select(i => $"Exempelinsats {i}")],
        Series = [new("Kvinnor", SeriesRole.Woman, Shares(count, 3)), new("Män", SeriesRole.Man, Shares(count, 5))],
        Target = 0.4,
    };

    private static LineFigure Lines(int count) => new()
    {
        Id = "matning-linjer",
        Title = "Positiva avslut över tid",
        Subtitle = "Andel av avslutade deltaganden varje månad, arbete eller studier",
        Unit = ValueUnit.Percent,
        Source = "Källa: Samordningsförbundet Exempel (påhittade uppgifter)",
        Periods = [.. Enumerable.Range(0, count).Select(i => $"{2021 + (i / 12)}-{1 + (i % 12):00}")],
        Series = [new("Kvinnor", SeriesRole.Woman, Shares(count, 7)), new("Män", SeriesRole.Man, Shares(count, 11))],
    };

    private static FigurePoint[] Shares(int count, int step) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => 0.2 + (i * step % 17 / 40.0))
                .Select(share => new FigurePoint(CellState.Shown, share, share - 0.1, share + 0.1, N: 100, Numerator: (long)Math.Round(share * 100))),
        ];
}
