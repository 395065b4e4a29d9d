using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace FinsamOutcomes.Reporting.Tests.Documents;

/// <summary>Lying bars: what each colour stands for in the order of the bars, whoever draws them, and why a bar is not there.</summary>
public sealed class LyingChartTests
{
    [Fact]
    public void The_key_of_lying_bars_names_women_before_men_and_is_not_left_to_the_program_that_opens_the_file()
    {
        var figure = SampleReport.ManyInsatser with
        {
            Categories = [.. Enumerable.Range(1, 12).Select(i => $"Insatsen med ett långt namn nummer {i}")],
            Series =
            [
                .. new[] { ("Kvinnor", SeriesRole.Woman), ("Män", SeriesRole.Man) }.Select(s => new FigureSeries(
                    s.Item1,
                    s.Item2,
                    [.. Enumerable.Range(1, 12).Select(_ => new FigurePoint(CellState.Shown, 0.5, N: 40, Numerator: 20))])),
            ],
        };
        using var word = Word(figure);
        Rendered.Faults(word).ShouldBeEmpty();
        var chart = word.MainDocumentPart!.ChartParts.Single().ChartSpace;
        chart.Descendants<C.BarDirection>().Single().Val!.Value.ShouldBe(C.BarDirectionValues.Bar);
        chart.Descendants<C.Legend>().ShouldBeEmpty();
        var key = chart.Descendants<C.Title>().First();
        string.Concat(key.Descendants<A.Text>().Select(t => t.Text)).ShouldBe("Uppifrån i varje grupp:  ■ Kvinnor     ▨ Män");
    }

    [Fact]
    public void A_bar_that_is_left_out_for_the_sake_of_a_hidden_part_says_so()
    {
        var figure = new StackedBarFigure
        {
            Id = "f",
            Title = "T",
            Subtitle = "S",
            Unit = ValueUnit.Percent,
            Source = "K",
            Categories = ["Före", "Efter"],
            Series =
            [
                new("A", SeriesRole.Category, [new FigurePoint(CellState.Shown, 23, N: 40), new FigurePoint(CellState.Shown, 20, N: 40)]),
                new("B", SeriesRole.Category, [new FigurePoint(CellState.Hidden, Value: null, N: 40), new FigurePoint(CellState.Shown, 20, N: 40)]),
            ],
        };
        using var word = Word(figure);
        word.MainDocumentPart!.Document.InnerText.ShouldContain("Före: hela stapeln är utelämnad, eftersom en del av den är dold.");
    }

    private static WordprocessingDocument Word(Figure figure) =>
        WordprocessingDocument.Open(Rendered.Word(SampleReport.Document() with { Blocks = [new FigureBlock(figure, figure.ToTable())] }), isEditable: false);
}
