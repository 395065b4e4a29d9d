using System.Globalization;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using FinsamOutcomes.Reporting.Documents;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using D = DocumentFormat.OpenXml.Drawing.Wordprocessing;
using S = DocumentFormat.OpenXml.Spreadsheet;

namespace FinsamOutcomes.Reporting.Tests.Documents;

public sealed class WordDocumentWriterTests
{
    [Fact]
    public void The_document_and_each_workbook_in_it_follow_the_schema()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        Rendered.Faults(file).ShouldBeEmpty();
        foreach (var chart in file.MainDocumentPart!.ChartParts)
        {
            using var workbook = SpreadsheetDocument.Open(chart.EmbeddedPackagePart!.GetStream(), isEditable: false);
            Rendered.Faults(workbook).ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes() =>
        Rendered.Word().ToArray().ShouldBe(Rendered.Word().ToArray());

    [Fact]
    public void It_can_be_written_to_a_stream_that_only_goes_forward()
    {
        using var response = new ForwardStream();
        WordDocumentWriter.Write(SampleReport.Document(), response);
        response.Length.ShouldBe(Rendered.Word().Length);
    }

    [Fact]
    public void Every_heading_is_in_the_contents_with_a_bookmark_and_a_page()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        var body = file.MainDocumentPart!.Document.Body!;
        body.Descendants<FieldCode>().Count(c => c.Text.StartsWith(" TOC ", StringComparison.Ordinal)).ShouldBe(1);
        var entries = body.Descendants<Hyperlink>().Where(h => h.Anchor!.Value!.StartsWith("_Toc", StringComparison.Ordinal)).ToList();
        var headings = SampleReport.Document().Blocks.OfType<HeadingBlock>().Where(h => h.Level <= 2).Select(h => h.Text).Append("Siffrorna i figurerna");
        entries.Select(e => e.GetFirstChild<Run>()!.InnerText).ShouldBe(headings);
        var bookmarks = body.Descendants<BookmarkStart>().Select(b => b.Name!.Value).ToList();
        entries.ShouldAllBe(e => bookmarks.Contains(e.Anchor!.Value));
        var pages = entries.Select(e => int.Parse(e.Elements<Run>().Reverse().Skip(1).First().InnerText, CultureInfo.InvariantCulture)).ToList();
        pages[0].ShouldBe(2);
        pages.ShouldBe(pages.Order());
        // As LibreOffice lays the same document out.
        pages.ShouldBe([2, 2, 3, 4, 4, 5, 6, 7, 8, 9]);
    }

    [Fact]
    public void Word_is_not_asked_to_update_fields_on_opening()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        file.MainDocumentPart!.DocumentSettingsPart!.Settings.Descendants<UpdateFieldsOnOpen>().ShouldBeEmpty();
    }

    [Fact]
    public void Captions_are_numbered_by_fields_and_keep_with_what_they_name()
    {
        var captions = Captions(Rendered.Word());
        captions.Where(c => c.StartsWith("Tabell", StringComparison.Ordinal)).Select(Number).ShouldBe(Enumerable.Range(1, 10));
        captions.Where(c => c.StartsWith("Figur", StringComparison.Ordinal)).Select(Number).ShouldBe(Enumerable.Range(1, 8));
        captions.ShouldContain("Figur\u00A01. Fler kvinnor än män gick till arbete eller studier 2024");

        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        file.MainDocumentPart!.StyleDefinitionsPart!.Styles!.Elements<Style>().Single(s => s.StyleId == "Caption")
            .StyleParagraphProperties!.KeepNext.ShouldNotBeNull();
        file.MainDocumentPart.Document.Descendants<FieldCode>().Count(c => c.Text.Contains("SEQ Tabell")).ShouldBe(10);

        static int Number(string caption) => int.Parse(caption.Split('\u00A0', '.')[1], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Tables_repeat_their_heading_and_never_split_a_row()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        foreach (var table in file.MainDocumentPart!.Document.Body!.Elements<Table>())
        {
            table.Elements<TableRow>().First().TableRowProperties!.GetFirstChild<TableHeader>().ShouldNotBeNull();
            table.Elements<TableRow>().ShouldAllBe(r => r.TableRowProperties!.GetFirstChild<CantSplit>() != null);
        }
    }

    [Fact]
    public void A_table_that_goes_over_pages_keeps_only_its_heading_with_the_first_row_and_its_last_rows_with_the_notes()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        var rows = file.MainDocumentPart!.Document.Body!.Elements<Table>()
            .Single(t => t.Elements<TableRow>().Count() == SampleReport.LongTable.Rows.Count + 1)
            .Elements<TableRow>()
            .ToList();
        rows.Count.ShouldBeGreaterThan(20);
        // LibreOffice shows nothing of the next page of a table whose first rows keep with the next.
        rows.Select((r, i) => (Keeps: r.Descendants<KeepNext>().Any(), Number: i)).Where(r => r.Keeps).Select(r => r.Number)
            .ShouldBe([0, rows.Count - 2, rows.Count - 1]);
    }

    [Fact]
    public void A_table_reads_back_in_swedish_with_every_kind_of_cell_told_apart()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        var rows = file.MainDocumentPart!.Document.Body!.Elements<Table>().First().Elements<TableRow>()
            .Select(r => r.Elements<TableCell>().Select(c => c.InnerText).ToList()).ToList();
        rows[1].ShouldBe(["Vägen vidare", "115", "56", "49\u00A0%", "40–58\u00A0%", "41\u00A0200\u00A0kr", "0,46"]);
        rows[2][^1].ShouldBe("−0,05");
        rows[3].ShouldBe(["Ung framtid", "18", "0", "0\u00A0%", "0–18\u00A0%", "inget underlag", "ej tillfrågad"]);
        rows[4].Skip(1).ShouldAllBe(c => c == "dold");
        rows[5][1].ShouldBe("1\u00A0412");
    }

    [Fact]
    public void Each_figure_has_a_chart_whose_cache_and_workbook_hold_the_same_numbers()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        var charts = file.MainDocumentPart!.ChartParts.ToList();
        // The eighth figure is all hidden.
        charts.Count.ShouldBe(7);
        foreach (var chart in charts)
        {
            using var workbook = SpreadsheetDocument.Open(chart.EmbeddedPackagePart!.GetStream(), isEditable: false);
            var cells = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<S.Cell>()
                .ToDictionary(c => c.CellReference!.Value!, StringComparer.Ordinal);
            chart.ChartSpace.Descendants<C.NumberReference>().ShouldNotBeEmpty();
            foreach (var reference in chart.ChartSpace.Descendants<C.NumberReference>())
            {
                var (column, first, last) = Range(reference.Formula!.Text);
                var points = reference.NumberingCache!.Elements<C.NumericPoint>().ToDictionary(p => (int)p.Index!.Value, p => p.NumericValue!.Text);
                for (var row = first; row <= last; row++)
                {
                    var inSheet = cells.TryGetValue($"{column}{row}", out var cell) ? cell.CellValue!.Text : null;
                    inSheet.ShouldBe(points.GetValueOrDefault(row - first), $"{chart.Uri} {column}{row}");
                }
            }
        }
    }

    [Fact]
    public void A_chart_holds_the_figures_numbers_and_leaves_hidden_points_out()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        var chart = file.MainDocumentPart!.ChartParts.Single(c => c.ChartSpace.InnerText.Contains("Vägen vidare"));
        var women = chart.ChartSpace.Descendants<C.BarChartSeries>().First();
        women.GetFirstChild<C.SeriesText>()!.InnerText.ShouldContain("Kvinnor");
        var points = women.GetFirstChild<C.Values>()!.Descendants<C.NumericPoint>().ToList();
        points.Select(p => (int)p.Index!.Value).ShouldBe([0, 1, 2, 3]);
        points.Select(p => double.Parse(p.NumericValue!.Text, CultureInfo.InvariantCulture)).ShouldBe([31 / 60.0, 22 / 41.0, 0.0, 12 / 30.0]);
        women.GetFirstChild<C.ErrorBars>().ShouldNotBeNull();
        file.MainDocumentPart.Document.Body!.InnerText.ShouldContain("Inte utritat, dold: Rehabkoordinering vid hälsocentralerna, kvinnor");
    }

    [Fact]
    public void Women_are_violet_and_men_amber_with_a_hatch()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        var series = file.MainDocumentPart!.ChartParts.Single(c => c.ChartSpace.InnerText.Contains("Vägen vidare"))
            .ChartSpace.Descendants<C.BarChartSeries>()
            .ToList();
        series[0].GetFirstChild<C.ChartShapeProperties>()!.OuterXml.ShouldContain("54278F");
        var men = series[1].GetFirstChild<C.ChartShapeProperties>()!.OuterXml;
        men.ShouldContain("D9A441");
        men.ShouldContain("pattFill");
    }

    [Fact]
    public void Every_drawing_has_a_text_alternative_with_its_key_numbers()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        var drawings = file.MainDocumentPart!.Document.Descendants<D.DocProperties>().ToList();
        drawings.Count.ShouldBe(7);
        drawings.Select(d => d.Id!.Value).ShouldBeUnique();
        drawings[0].Description!.Value.ShouldBe(
            "Stapeldiagram. Fler kvinnor än män gick till arbete eller studier 2024. Andel av avslutade deltaganden 2024, arbete eller studier, n = 412. "
            + "2021, kvinnor: 37\u00A0%. 2021, män: 34\u00A0%. 2022, kvinnor: 41\u00A0%. 2022, män: 32\u00A0%. 2023, kvinnor: 43\u00A0%. 2023, män: 34\u00A0%. "
            + "2024, kvinnor: 46\u00A0%. 2024, män: 37\u00A0%. Alla siffror finns i tabell 3.");
    }

    [Fact]
    public void A_figure_with_only_hidden_points_is_a_sentence()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        file.MainDocumentPart!.Document.Body!.Elements<Paragraph>().Select(p => p.InnerText)
            .ShouldContain("Figuren visas inte: alla dess värden är dolda enligt publiceringsregeln.");
    }

    [Fact]
    public void The_forbunds_own_text_is_a_content_control_that_one_click_replaces()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        var control = file.MainDocumentPart!.Document.Body!.Elements<SdtBlock>().Single(b => b.InnerText.Contains("Beskriv året"));
        control.SdtProperties!.GetFirstChild<ShowingPlaceholder>().ShouldNotBeNull();
        control.Descendants<RunStyle>().Single().Val!.Value.ShouldBe("PlaceholderText");
    }

    [Theory]
    [InlineData(true, true, "Internt underlag · Påhittade uppgifter")]
    [InlineData(true, false, "Internt underlag")]
    [InlineData(false, true, "Påhittade uppgifter")]
    public void Every_page_carries_its_marks(bool isInternal, bool isDemo, string marks)
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(SampleReport.Document(isInternal, isDemo)), isEditable: false);
        var headers = file.MainDocumentPart!.HeaderParts.Select(h => h.Header.InnerText).ToList();
        headers.Count.ShouldBe(2);
        headers.ShouldAllBe(h => h.EndsWith(marks));
    }

    [Fact]
    public void The_file_says_title_author_and_language()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(), isEditable: false);
        using var stream = file.CoreFilePropertiesPart!.GetStream();
        var properties = XDocument.Load(stream).Root!.Elements().ToDictionary(e => e.Name.LocalName, e => e.Value, StringComparer.Ordinal);
        properties["title"].ShouldBe("Årsredovisning 2024");
        properties["creator"].ShouldBe("Samordningsförbundet Exempel");
        properties["language"].ShouldBe("sv-SE");
        file.MainDocumentPart!.StyleDefinitionsPart!.Styles!.Descendants<Languages>().First().Val!.Value.ShouldBe("sv-SE");
    }

    [Fact]
    public void A_report_without_blocks_is_still_a_document()
    {
        using var file = WordprocessingDocument.Open(Rendered.Word(SampleReport.Document() with { Blocks = [] }), isEditable: false);
        Rendered.Faults(file).ShouldBeEmpty();
    }

    private static List<string> Captions(Stream stream)
    {
        using var file = WordprocessingDocument.Open(stream, isEditable: false);
        return file.MainDocumentPart!.Document.Body!.Elements<Paragraph>()
            .Where(p => p.ParagraphProperties?.ParagraphStyleId?.Val?.Value == "Caption")
            .Select(p => string.Concat(p.Descendants<Text>().Select(t => t.Text))).ToList();
    }

    // 'Diagramdata'!$B$2:$B$5
    private static (string Column, int First, int Last) Range(string formula)
    {
        var parts = formula[(formula.IndexOf('!', StringComparison.Ordinal) + 1)..].Split('$', ':').Where(p => p.Length > 0).ToList();
        return (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[^1], CultureInfo.InvariantCulture));
    }

    /// <summary>A stream as a web server gives it: it can be written, nothing else.</summary>
    private sealed class ForwardStream : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _length += count;
    }
}
