using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace FinsamOutcomes.Reporting.Tests.Documents;

public sealed class ExtremeFiguresTests
{
    private static readonly ReportTable s_table = SampleReport.ExitTable;

    public static TheoryData<string> Names => [.. Figures.Keys];

    private static Dictionary<string, Figure> Figures { get; } =
        new(StringComparer.Ordinal)
        {
            ["en enda kategori med mål"] = Columns(["2024"], ValueUnit.Percent, target: 0.5),
            ["fyrtio kategorier"] = Columns(Enumerable.Range(1, 40).Select(i => $"Insats nummer {i}").ToList(), ValueUnit.Percent, target: 0.5),
            ["ett enda långt ord"] = Columns(["Arbetsmarknadsutbildningssamordningsverksamheten", "Kort"], ValueUnit.Count),
            ["kronor"] = Columns(["2022", "2023", "2024"], ValueUnit.Kronor, scale: 1_250_000),
            ["bara nollor"] = Columns(["2023", "2024"], ValueUnit.Count, scale: 0),
            ["förändringar under noll"] = Columns(["Insam", "VSB"], ValueUnit.Score, scale: -1),
            ["inga kategorier"] = Columns([], ValueUnit.Count),
            ["en enda period"] = new LineFigure
            {
                Id = "linje",
                Title = "En period",
                Subtitle = "Antal",
                Unit = ValueUnit.Count,
                Source = SampleReport.Source,
                Periods = ["2024"],
                Series = [new("Alla", SeriesRole.All, [new(CellState.Shown, 12)])],
                Target = 10,
            },
            ["delad stapel med antal"] = new StackedBarFigure
            {
                Id = "delad",
                Title = "Antal",
                Subtitle = "Antal",
                Unit = ValueUnit.Count,
                Source = SampleReport.Source,
                Categories = ["2024"],
                Series = Enumerable.Range(1, 10).Select(i => new FigureSeries($"Del {i}", SeriesRole.Category, [new(CellState.Shown, i)])).ToList(),
            },
            ["delad stapel utan eget n"] = new StackedBarFigure
            {
                Id = "delad-dold",
                Title = "Andel",
                Subtitle = "Andel",
                Unit = ValueUnit.Percent,
                Source = SampleReport.Source,
                Categories = ["2023", "2024"],
                Series =
                [
                    new("A", SeriesRole.Category, [FigurePoint.Hidden, new(CellState.Shown, 8)]),
                    new("B", SeriesRole.Category, [new(CellState.Shown, 20), new(CellState.Shown, 2)]),
                ],
            },
            ["styrdiagram utan mittlinje"] = new ControlChartFigure
            {
                Id = "styr",
                Title = "Andel",
                Subtitle = "Andel",
                Unit = ValueUnit.Percent,
                Source = SampleReport.Source,
                Center = null,
                IsPreliminary = true,
                Findings = [],
                Points =
                [
                    new("jan", new(CellState.Shown, 0.4, N: 10), 0.1, 0.9, Signal: null),
                    new("feb", FigurePoint.Hidden, LowerLimit: null, UpperLimit: null, Signal: null),
                ],
            },
        };

    [Theory]
    [MemberData(nameof(Names))]
    public void An_unusual_figure_becomes_sound_files(string name)
    {
        var document = Document([new FigureBlock(Figures[name], s_table)]);
        using var word = WordprocessingDocument.Open(Rendered.Word(document), isEditable: false);
        Rendered.Faults(word).ShouldBeEmpty();
        using var excel = SpreadsheetDocument.Open(Rendered.Excel(document), isEditable: false);
        Rendered.Faults(excel).ShouldBeEmpty();
        Rendered.Html(document).Length.ShouldBePositive();
    }

    [Fact]
    public void A_zero_is_drawn_and_a_hidden_point_is_not()
    {
        using var word = WordprocessingDocument.Open(Rendered.Word(Document([new FigureBlock(Figures["bara nollor"], s_table)])), isEditable: false);
        var points = word.MainDocumentPart!.ChartParts.Single().ChartSpace.Descendants<C.Values>().First().Descendants<C.NumericPoint>().ToList();
        points.Select(p => p.NumericValue!.Text).ShouldBe(["0", "0"]);
    }

    [Fact]
    public void A_bar_of_shares_with_a_hidden_part_and_no_n_of_its_own_is_not_drawn()
    {
        using var word = WordprocessingDocument.Open(
            Rendered.Word(Document([new FigureBlock(Figures["delad stapel utan eget n"], s_table)])),
            isEditable: false);
        var series = word.MainDocumentPart!.ChartParts.Single().ChartSpace.Descendants<C.BarChartSeries>().ToList();
        series.Count.ShouldBe(2);
        series
            .Select(s => s.GetFirstChild<C.Values>()!.Descendants<C.NumericPoint>().Single())
            .Select(p => (p.Index!.Value, double.Parse(p.NumericValue!.Text, CultureInfo.InvariantCulture)))
            .ShouldBe([(1u, 0.8), (1u, 0.2)]);
    }

    [Fact]
    public void All_of_them_fit_in_one_document()
    {
        var document = Document([.. Figures.Values.Select(f => new FigureBlock(f, s_table))]);
        using var stream = Rendered.Word(document, "ytterligheter.docx");
        using var word = WordprocessingDocument.Open(stream, isEditable: false);
        Rendered.Faults(word).ShouldBeEmpty();
    }

    private static ReportDocument Document(IReadOnlyList<ReportBlock> blocks) => SampleReport.Document() with { Blocks = blocks };

    private static ColumnFigure Columns(IReadOnlyList<string> categories, ValueUnit unit, double? target = null, double scale = 1) =>
        new()
        {
            Id = "staplar",
            Title = "Staplar",
            Subtitle = "Enhet och period",
            Unit = unit,
            Source = SampleReport.Source,
            Target = target,
            Categories = categories,
            Series =
            [
                new(
                    "Kvinnor",
                    SeriesRole.Woman,
                    categories
                        .Select(
                            (_, i) =>
                                new FigurePoint(
                                    CellState.Shown,
                                    scale * (0.3 + i % 5 * 0.1),
                                    Math.Min(scale * 0.2, scale * 0.9),
                                    Math.Max(scale * 0.2, scale * 0.9),
                                    40))
                        .ToList()),
                new("Män", SeriesRole.Man, categories.Select((_, i) => new FigurePoint(CellState.Shown, scale * (0.4 + i % 4 * 0.1), N: 35)).ToList()),
            ],
        };
}
