using System.Globalization;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Reporting.Tests.Documents;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using S = DocumentFormat.OpenXml.Spreadsheet;

namespace FinsamOutcomes.Reporting.Tests.Reports;

/// <summary>The files of whole reports, opened again.</summary>
public sealed class WrittenReportTests
{
    [Theory]
    [InlineData("jobs2", "arsredovisning")]
    [InlineData("jobs2", "projektredovisning")]
    [InlineData("small", "arsredovisning")]
    [InlineData("small", "projektredovisning")]
    [InlineData("empty", "arsredovisning")]
    [InlineData("empty", "projektredovisning")]
    public async Task Every_file_is_sound_and_holds_the_tables_as_they_were_built(string data, string report)
    {
        await using var fixture = data switch
        {
            "jobs2" => await ReportFixture.JobsTwoAsync(),
            "small" => await ReportFixture.SmallAsync(),
            _ => await ReportFixture.CreateAsync(),
        };
        var document = await fixture.BuildAsync(report, data == "jobs2" ? 1991 : 2024);
        var written = ReportFiles.Write(document, "rapport", fixture.Folder);
        var tables = ReportTables.Of(document);
        tables.Select(t => t.Id).ShouldBeUnique();
        tables.Select(t => t.Title).ShouldBeUnique();

        using var word = WordprocessingDocument.Open(Path.Combine(fixture.Folder, "rapport.docx"), isEditable: false);
        Rendered.Faults(word).ShouldBeEmpty();
        var inWord = ReportTables.InWord(word);
        inWord.Count.ShouldBe(tables.Count);
        foreach (var table in tables)
            inWord.Single(t => t.Caption == table.Title).Rows.ShouldBe(ReportTables.Seen(table));

        using var excel = SpreadsheetDocument.Open(Path.Combine(fixture.Folder, "rapport.xlsx"), isEditable: false);
        Rendered.Faults(excel).ShouldBeEmpty();
        var inExcel = ReportTables.InExcel(excel);
        inExcel.Count.ShouldBe(tables.Count);
        foreach (var table in tables)
            inExcel
                .Single(t => t.Caption == table.Title)
                .Rows.Skip(1)
                .ShouldBe(table.Rows.Select(r => r.Cells.Select((c, i) => Raw(c, table.Columns[i])).ToList()));

        var page = XDocument.Load(Path.Combine(fixture.Folder, "rapport.html")).Root!;
        var inHtml = ReportTables.InHtml(page);
        inHtml.Count.ShouldBe(tables.Count);
        foreach (var table in tables)
            inHtml.Single(t => t.Caption == table.Title).Rows.ShouldBe(ReportTables.Seen(table));

        var figures = document.Blocks.OfType<FigureBlock>().ToList();
        written.FigureCount.ShouldBe(figures.Count);
        foreach (var figure in figures)
            XDocument.Load(Path.Combine(fixture.Folder, "rapport-figurer", figure.Figure.Id + ".svg")).Root!.Name.LocalName.ShouldBe("svg");
    }

    [Theory]
    [InlineData("jobs2")]
    [InlineData("small")]
    public async Task What_a_chart_shows_is_what_its_table_says(string data)
    {
        await using var fixture = data == "jobs2" ? await ReportFixture.JobsTwoAsync() : await ReportFixture.SmallAsync();
        var document = await fixture.BuildAsync(year: data == "jobs2" ? 1991 : 2024);
        ReportFiles.Write(document, "rapport", fixture.Folder);
        var drawn = document
            .Blocks.OfType<FigureBlock>()
            .Where(b => b.Figure is ColumnFigure or LineFigure && Values(b.Figure).Any(v => v is not null))
            .ToList();
        drawn.ShouldNotBeEmpty();

        using var word = WordprocessingDocument.Open(Path.Combine(fixture.Folder, "rapport.docx"), isEditable: false);
        using var excel = SpreadsheetDocument.Open(Path.Combine(fixture.Folder, "rapport.xlsx"), isEditable: false);
        var inWord = word.MainDocumentPart!.ChartParts.Select(p => p.ChartSpace).ToList();
        var inExcel = excel
            .WorkbookPart!.WorksheetParts.Where(p => p.DrawingsPart is not null)
            .SelectMany(p => p.DrawingsPart!.ChartParts)
            .Select(p => p.ChartSpace)
            .ToList();
        foreach (var block in drawn)
        {
            var wanted = Values(block.Figure).OfType<double>().ToList();
            inWord.ShouldContain(c => Cached(c).SequenceEqual(wanted), block.Figure.Id);
            inExcel.ShouldContain(c => Cached(c).SequenceEqual(wanted), block.Figure.Id);

            // The figure's numbers are those of its table: a share of fewer than ten stands there as counts.
            var numbers = block.Table.Rows.SelectMany(r => r.Cells).Select(c => c.Number).OfType<double>().ToHashSet();
            var counts = block
                .Table.Rows.SelectMany(r => r.Cells)
                .Select(c => c.Text?.Split(" av "))
                .Where(p => p is [_, _])
                .Select(p => double.Parse(p![0], CultureInfo.InvariantCulture) / double.Parse(p[1], CultureInfo.InvariantCulture))
                .ToHashSet();
            wanted.ShouldAllBe(v => numbers.Contains(v) || counts.Contains(v));
        }

        // A stacked bar is drawn as shares of its whole; the shares are those of the table.
        foreach (var block in document.Blocks.OfType<FigureBlock>().Where(b => b.Figure is StackedBarFigure))
        {
            var shares = block
                .Table.Rows.SelectMany(r => r.Cells.Where((c, i) => block.Table.Columns[i].Unit == ValueUnit.Percent))
                .Select(c => c.Number)
                .OfType<double>()
                .Where(s => s > 0)
                .ToList();
            if (shares.Count > 0)
                inWord.ShouldContain(c => shares.All(s => Cached(c).Any(v => Math.Abs(v - s) < 1e-9)), block.Figure.Id);
        }
    }

    [Fact]
    public async Task Each_state_has_its_own_words_in_every_format()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(
            "Åkern;;individinriktad;individ;nej;2022-01-01;;",
            "Steget;;individinriktad;individ;nej;2022-01-01;;",
            "Tomma;;individinriktad;individ;nej;2022-01-01;;");
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 3);
        await fixture.ExitsAsync("Åkern", "kvinna", "sjukdom", 20);
        await fixture.ExitsAsync("Steget", "kvinna", "sjukdom", 30);
        await fixture.ParticipationsAsync("X;Åkern;man;1980;;2024-01-01;2024-02-01;arbete;;;;;0;0;nej;50;0;nej");
        var document = await fixture.BuildFromAsync("""
            # Prov

            ```tabell
            id: andel
            rubrik: Andel
            matt: positiva-avslut
            rader: insats
            ```

            ```tabell
            id: okad
            rubrik: Ökad
            matt: positiva-avslut
            definition: borjade-eller-okade
            rader: insats
            ```
            """);
        var table = document.Table("andel");
        table.Cell("Åkern", "andel").State.ShouldBe(CellState.Hidden);
        table.Cell("Steget", "andel").Number.ShouldBe(0);
        table.Cell("Tomma", "andel").State.ShouldBe(CellState.NoData);
        document.Table("okad").Cell("Steget", "andel").State.ShouldBe(CellState.NotAsked);

        ReportFiles.Write(document, "rapport", fixture.Folder);
        using var word = WordprocessingDocument.Open(Path.Combine(fixture.Folder, "rapport.docx"), isEditable: false);
        using var excel = SpreadsheetDocument.Open(Path.Combine(fixture.Folder, "rapport.xlsx"), isEditable: false);
        var html = ReportTables.InHtml(XDocument.Load(Path.Combine(fixture.Folder, "rapport.html")).Root!);
        foreach (var rows in new[] { ReportTables.InWord(word), html })
        {
            Last(rows, "Andel", "Åkern").ShouldBe("dold");
            Last(rows, "Andel", "Steget").ShouldBe("0\u00A0%");
            Last(rows, "Andel", "Tomma").ShouldBe("inget underlag");
            Last(rows, "Ökad", "Steget").ShouldBe("ej tillfrågad");
        }

        var cells = ReportTables
            .InExcel(excel)
            .SelectMany(t => t.Rows.Select(r => (t.Caption, Row: r)))
            .ToDictionary(r => (r.Caption, r.Row[0]), r => r.Row[^1]);
        cells[("Andel", "Åkern")].ShouldBe("dold");
        cells[("Andel", "Steget")].ShouldBe(0.0);
        cells[("Andel", "Tomma")].ShouldBe("inget underlag");
        cells[("Ökad", "Steget")].ShouldBe("ej tillfrågad");

        static string Last(IEnumerable<(string Caption, IReadOnlyList<IReadOnlyList<string>> Rows)> tables, string caption, string row) =>
            tables.Single(t => t.Caption == caption).Rows.Single(r => r[0] == row)[^1];
    }

    // Percentage points are kept as they are read.
    private static object Raw(ReportCell cell, ReportColumn column) => cell.State != CellState.Shown ? cell.State.ToSwedish()
        : cell.Number is not { } number ? cell.Text!
        : column.Unit == ValueUnit.PercentagePoints ? Statistics.Rounding.HalfAwayFromZero(number * 100, 10)
        : column.Unit == ValueUnit.Probability ? Statistics.Rounding.HalfAwayFromZero(number, 3)
        : number;

    private static IEnumerable<double?> Values(Figure figure) => (figure switch
    {
        ColumnFigure f => f.Series,
        LineFigure f => f.Series,
        _ => [],
    }).SelectMany(s => s.Points.Select(p => p.Value));

    private static IEnumerable<double> Cached(C.ChartSpace chart) =>
        chart
            .Descendants<C.Values>()
            .SelectMany(v => v.Descendants<C.NumericPoint>())
            .Select(p => double.Parse(p.NumericValue!.Text, CultureInfo.InvariantCulture));
}
