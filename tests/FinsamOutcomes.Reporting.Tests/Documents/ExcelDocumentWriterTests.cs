using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FinsamOutcomes.Reporting.Documents;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace FinsamOutcomes.Reporting.Tests.Documents;

public sealed class ExcelDocumentWriterTests
{
    [Fact]
    public void The_workbook_follows_the_schema()
    {
        using var file = SpreadsheetDocument.Open(Rendered.Excel(), isEditable: false);
        Rendered.Faults(file).ShouldBeEmpty();
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes() =>
        Rendered.Excel().ToArray().ShouldBe(Rendered.Excel().ToArray());

    [Fact]
    public void The_first_sheet_links_to_each_of_the_others()
    {
        using var file = SpreadsheetDocument.Open(Rendered.Excel(), isEditable: false);
        var names = file.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(s => s.Name!.Value!).ToList();
        names[0].ShouldBe("Innehåll");
        names.Count.ShouldBe(11);
        names.ShouldAllBe(n => n.Length <= 31);
        Part(file, "Innehåll").Worksheet.Descendants<Hyperlink>().Select(h => h.Location!.Value)
            .ShouldBe(names.Skip(1).Select(n => $"'{n}'!A1"));
    }

    [Fact]
    public void Numbers_are_numbers_with_formats_and_the_rest_are_words()
    {
        using var file = SpreadsheetDocument.Open(Rendered.Excel(), isEditable: false);
        var cells = Cells(Part(file, "1 avslut-insats"));
        Number(cells["B6"]).ShouldBe(115);
        Number(cells["D7"]).ShouldBe(0.3607);
        Format(file, cells["D7"]).ShouldBe("0\u00A0%");
        Format(file, cells["F6"]).ShouldBe("#,##0\\ \"kr\"");
        Format(file, cells["G6"]).ShouldBe("0.0#");
        Number(cells["C8"]).ShouldBe(0);
        cells["F8"].InnerText.ShouldBe("inget underlag");
        cells["G8"].InnerText.ShouldBe("ej tillfrågad");
        cells["B9"].InnerText.ShouldBe("dold");
    }

    [Fact]
    public void A_text_that_looks_like_a_formula_stays_a_text()
    {
        using var file = SpreadsheetDocument.Open(Rendered.Excel(), isEditable: false);
        var cell = Cells(Part(file, "1 avslut-insats"))["A9"];
        cell.DataType!.Value.ShouldBe(CellValues.InlineString);
        cell.InnerText.ShouldBe("=Rehab vid hälsocentralerna");
        cell.CellFormula.ShouldBeNull();
    }

    [Fact]
    public void The_heading_row_is_frozen_and_repeated_in_print()
    {
        using var file = SpreadsheetDocument.Open(Rendered.Excel(), isEditable: false);
        Part(file, "2 deltagare-kommun").Worksheet.Descendants<Pane>().Single().VerticalSplit!.Value.ShouldBe(5);
        file.WorkbookPart!.Workbook.DefinedNames!.Elements<DefinedName>().Count().ShouldBe(10);
        file.WorkbookPart.Workbook.DefinedNames!.Elements<DefinedName>().ShouldAllBe(n => n.Text.EndsWith("!$5:$5"));
        Part(file, "2 deltagare-kommun").Worksheet.Descendants<PageSetup>().Single().Orientation!.Value.ShouldBe(OrientationValues.Landscape);
    }

    [Fact]
    public void Each_chart_reads_its_numbers_from_its_own_sheet()
    {
        using var file = SpreadsheetDocument.Open(Rendered.Excel(), isEditable: false);
        var sheets = file.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().ToDictionary(s => s.Id!.Value!, s => s.Name!.Value!, StringComparer.Ordinal);
        var charts = 0;
        foreach (var part in file.WorkbookPart.WorksheetParts.Where(p => p.DrawingsPart is not null))
        {
            charts++;
            var name = sheets[file.WorkbookPart.GetIdOfPart(part)];
            var cells = Cells(part);
            foreach (var reference in part.DrawingsPart!.ChartParts.Single().ChartSpace.Descendants<C.NumberReference>())
            {
                var formula = reference.Formula!.Text;
                formula.ShouldStartWith($"'{name}'!");
                var parts = formula.Split('$', ':', '!').Skip(1).Where(p => p.Length > 0).ToList();
                var first = int.Parse(parts[1], CultureInfo.InvariantCulture);
                foreach (var point in reference.NumberingCache!.Elements<C.NumericPoint>())
                    cells[$"{parts[0]}{first + point.Index!.Value}"].CellValue!.Text.ShouldBe(point.NumericValue!.Text);
            }
        }
        charts.ShouldBe(7);
    }

    [Fact]
    public void A_note_is_as_high_as_its_lines_over_all_columns_and_a_text_stands_apart_from_the_number_before_it()
    {
        var table = new ReportTable
        {
            Id = "mal",
            Title = "Mål",
            Subtitle = "2024",
            Columns = [new("Mål", Unit: null), new("Gäller", Unit: null), new("n", Reporting.Figures.ValueUnit.Count), new("Bedömning", Unit: null)],
            Rows = [new([ReportCell.Of("Positiva avslut"), ReportCell.Of("Hela förbundet"), ReportCell.Of(408), ReportCell.Of("Målet nått")])],
            Notes = ["Nära målet, övriga mål: utfallet är högst 2,5 % av målnivån från den."],
            Source = "Källa",
        };
        using var file = SpreadsheetDocument.Open(Rendered.Excel(SampleReport.Document() with { Blocks = [new TableBlock(table)] }), isEditable: false);
        Rendered.Faults(file).ShouldBeEmpty();
        var part = Part(file, file.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().ElementAt(1).Name!.Value!);
        part.Worksheet.Descendants<Row>().Single(r => r.InnerText.StartsWith("Nära målet", StringComparison.Ordinal)).Height!.Value.ShouldBeLessThan(20);
        var formats = file.WorkbookPart.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ToList();
        var cells = Cells(part);
        foreach (var (place, indent) in new[] { ("B5", 0u), ("B6", 0u), ("D5", 1u), ("D6", 1u) })
            (formats[(int)cells[place].StyleIndex!.Value].Alignment!.Indent?.Value ?? 0).ShouldBe(indent, place);
    }

    [Fact]
    public void Sheet_names_are_safe_and_unique_however_long_the_ids_are()
    {
        var tables = Enumerable.Range(1, 3).Select(_ => new TableBlock(SampleReport.ExitTable with { Id = "en/mycket:lång*identitet som inte får plats" }));
        using var file = SpreadsheetDocument.Open(Rendered.Excel(SampleReport.Document() with { Blocks = [.. tables] }), isEditable: false);
        var names = file.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(s => s.Name!.Value!).ToList();
        names.ShouldBeUnique();
        names.ShouldAllBe(n => n.Length <= 31 && !n.Contains('/') && !n.Contains(':') && !n.Contains('*'));
        Rendered.Faults(file).ShouldBeEmpty();
    }

    private static WorksheetPart Part(SpreadsheetDocument file, string name) =>
        (WorksheetPart)file.WorkbookPart!.GetPartById(file.WorkbookPart.Workbook.Sheets!.Elements<Sheet>().Single(s => s.Name == name).Id!);

    private static Dictionary<string, Cell> Cells(WorksheetPart part) =>
        part.Worksheet.Descendants<Cell>().ToDictionary(c => c.CellReference!.Value!, StringComparer.Ordinal);

    private static double Number(Cell cell)
    {
        cell.DataType.ShouldBeNull();
        return double.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture);
    }

    private static string Format(SpreadsheetDocument file, Cell cell)
    {
        var styles = file.WorkbookPart!.WorkbookStylesPart!.Stylesheet;
        var id = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value).NumberFormatId!.Value;
        return styles.NumberingFormats!.Elements<NumberingFormat>().FirstOrDefault(f => f.NumberFormatId! == id)?.FormatCode?.Value
            ?? id.ToString(CultureInfo.InvariantCulture);
    }
}
