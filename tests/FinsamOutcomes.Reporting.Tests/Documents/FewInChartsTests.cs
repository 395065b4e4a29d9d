using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using D = DocumentFormat.OpenXml.Drawing.Wordprocessing;
using S = DocumentFormat.OpenXml.Spreadsheet;

namespace FinsamOutcomes.Reporting.Tests.Documents;

/// <summary>Below ten a share is told as counts, also where Word and Excel write it themselves.</summary>
public sealed class FewInChartsTests
{
    private const string Words = "\"8 av 8\"";

    public static TheoryData<string> Kinds => ["kolumner", "liggande", "linjer", "styrdiagram", "staplar"];

    [Theory, MemberData(nameof(Kinds))]
    public void A_share_of_eight_is_eight_of_eight_in_labels_cells_and_alternative_text(string kind)
    {
        var document = SampleReport.Document() with { Blocks = [new FigureBlock(Of(kind), Of(kind).ToTable())] };
        using var word = WordprocessingDocument.Open(Rendered.Word(document), isEditable: false);
        using var excel = SpreadsheetDocument.Open(Rendered.Excel(document), isEditable: false);
        Rendered.Faults(word).ShouldBeEmpty();
        Rendered.Faults(excel).ShouldBeEmpty();
        var part = word.MainDocumentPart!.ChartParts.Single();
        foreach (
            var chart in new[]
            {
                part.ChartSpace,
                excel.WorkbookPart!.WorksheetParts.Single(p => p.DrawingsPart is not null).DrawingsPart!.ChartParts.Single().ChartSpace,
            })
        {
            var points = chart.Descendants<C.Values>().SelectMany(v => v.Descendants<C.NumericPoint>()).ToList();
            points.Where(p => p.NumericValue!.Text == "1").ShouldNotBeEmpty();
            points.Where(p => p.NumericValue!.Text == "1").ShouldAllBe(p => p.FormatCode!.Value == Words);
            points.Where(p => p.NumericValue!.Text == "0.75").ShouldAllBe(p => p.FormatCode == null);

            // A label that is written for the point says the same; a series that prints all has one for it.
            foreach (var series in chart.Descendants<C.DataLabels>().Where(l => l.Elements<C.ShowValue>().Any(v => v.Val!.Value)))
                series.Elements<C.DataLabel>().ShouldContain(l => l.Elements<C.NumberingFormat>().Single().FormatCode!.Value == Words);
        }

        var alternative = word.MainDocumentPart!.Document.Descendants<D.DocProperties>().Single().Description!.Value!;
        alternative.ShouldContain(kind == "staplar" ? ": 8." : ": 8 av 8.");
        alternative.ShouldNotContain("100\u00A0%");
        FigureDescription.Of(Of(kind)).ShouldNotContain("100\u00A0% (");

        using var inside = SpreadsheetDocument.Open(part.EmbeddedPackagePart!.GetStream(), isEditable: false);
        foreach (var book in new[] { inside, excel })
        {
            var formats = book.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<S.CellFormat>().Select(f => f.NumberFormatId!.Value).ToList();
            var few = book
                .WorkbookPart.WorkbookStylesPart.Stylesheet.NumberingFormats!.Elements<S.NumberingFormat>()
                .Single(f => f.FormatCode == "\"färre än 10\"")
                .NumberFormatId!.Value;
            var ones = book
                .WorkbookPart.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<S.Cell>())
                .Where(c => c.CellReference!.Value!.StartsWith('B') && c.DataType is null && c.CellValue?.Text == "1")
                .ToList();
            ones.ShouldNotBeEmpty();
            ones.ShouldAllBe(c => formats[(int)c.StyleIndex!.Value] == few);
        }
    }

    [Fact]
    public void The_description_of_a_stacked_figure_does_not_give_away_the_whole_that_its_table_keeps_back()
    {
        var figure = Stacked(
            new FigurePoint(CellState.Shown, 23, N: 40),
            new FigurePoint(CellState.Hidden, Value: null, N: 40),
            new FigurePoint(CellState.Shown, 14, N: 40));
        figure.ToTable().Rows.SelectMany(r => r.Cells).ShouldAllBe(c => c.Number != 40);
        FigureDescription.Of(figure).ShouldNotContain("40");
        FigureDescription.Of(figure).ShouldContain("23");

        // With two hidden parts the whole gives neither away, and both say it.
        var two = Stacked(
            new FigurePoint(CellState.Shown, 23, N: 40),
            new FigurePoint(CellState.Hidden, Value: null, N: 40),
            new FigurePoint(CellState.Hidden, Value: null, N: 40));
        two.ToTable().Rows.SelectMany(r => r.Cells).ShouldContain(c => c.Number == 40);
        FigureDescription.Of(two).ShouldContain("23 (n = 40)");
    }

    private static Figure Of(string kind)
    {
        FigurePoint few = Share(8, 8), many = Share(30, 40);
        string[] categories = kind == "liggande" ? [.. Enumerable.Range(1, 10).Select(i => $"En insats med ett långt namn {i}")] : ["A", "B"];
        FigureSeries series = new("Kvinnor", SeriesRole.Woman, [many, .. Enumerable.Repeat(few, categories.Length - 1)]);
        return kind switch
        {
            "linjer" => new LineFigure
            {
                Id = "f",
                Title = "T",
                Subtitle = "S",
                Unit = ValueUnit.Percent,
                Source = "K",
                Periods = categories,
                Series = [series],
            },
            "styrdiagram" => new ControlChartFigure
            {
                Id = "f",
                Title = "T",
                Subtitle = "S",
                Unit = ValueUnit.Percent,
                Source = "K",
                Center = 0.8,
                IsPreliminary = true,
                Findings = [],
                Points = [new ControlPoint("A", many, 0.2, 0.99, Signal: null), new ControlPoint("B", few, 0.3, 0.99, "utanför gränserna")],
            },
            "staplar" => Stacked(
                new FigurePoint(CellState.Shown, 8, N: 8),
                new FigurePoint(CellState.Shown, 0, N: 8),
                new FigurePoint(CellState.Shown, 0, N: 8)),
            _ => new ColumnFigure
            {
                Id = "f",
                Title = "T",
                Subtitle = "S",
                Unit = ValueUnit.Percent,
                Source = "K",
                Categories = categories,
                Series = [series],
            },
        };
    }

    private static StackedBarFigure Stacked(params FigurePoint[] parts) => new()
    {
        Id = "f",
        Title = "T",
        Subtitle = "S",
        Unit = ValueUnit.Percent,
        Source = "K",
        Categories = ["Före"],
        Series = [.. parts.Select((p, i) => new FigureSeries($"Del {i + 1}", SeriesRole.Category, [p]))],
    };

    private static FigurePoint Share(long x, long n)
    {
        var share = Statistics.Share.Of(x, n);
        return new FigurePoint(CellState.Shown, share.Value, share.Lower, share.Upper, n, x);
    }
}
