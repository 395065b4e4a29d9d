using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Tests.Documents;
using FinsamOutcomes.Reporting.Tests.Reports;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using D = DocumentFormat.OpenXml.Drawing.Wordprocessing;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace FinsamOutcomes.Reporting.Tests.Publishing;

/// <summary>Funnel, answers and targets of a report: what is hidden in their tables is readable nowhere else in them.</summary>
public sealed class ComparingFiguresTests
{
    private const string Template = "# P\n\n```diagram\nid: tratt\ntyp: tratt\nrubrik: Tratt\nmatt: positiva-avslut\nrader: insats\n```\n\n"
        + "```diagram\nid: svar\ntyp: svar\nrubrik: Svar\nmatt: sjalvskattning\nstatistik: worse, unchanged, improved\nrader: category\nkolumner: statistic\n```\n\n"
        + "```maluppfyllelse\nid: mal\nrubrik: Mål\nfigur: Mål i procent\n```\n";

    [Fact]
    public async Task A_funnel_is_a_picture_in_Word_with_alternative_text_and_table_and_hides_what_its_table_hides()
    {
        await using var fixture = await FillAsync();
        var document = await fixture.BuildFromAsync(Template);
        var funnel = document.Blocks.OfType<FigureBlock>().Select(b => b.Figure).OfType<FunnelFigure>().Single();
        funnel.Units.Where(u => u.Share.State == CellState.Hidden).Select(u => u.Name).ShouldBe(["Bäcken", "Dalen"]);
        funnel.Units.Single(u => u.Name == "Bäcken").Share
            .ShouldSatisfyAllConditions(s => s.Value.ShouldBeNull(), s => s.Numerator.ShouldBeNull(), s => s.Lower.ShouldBeNull());
        // 20 of 40 and 22 of 40: with the hidden 3 of 23 and 2 of 22 the centre would be another.
        funnel.Center!.Value.ShouldBe(42 / 80.0, 1e-12);
        FigureDescription.Of(funnel).ShouldContain("Bäcken dold");

        using var word = WordprocessingDocument.Open(Rendered.Word(document), isEditable: false);
        Rendered.Faults(word).ShouldBeEmpty();
        var main = word.MainDocumentPart!;
        var blip = main.Document.Descendants<A.Blip>().ShouldHaveSingleItem();
        using (var picture = main.GetPartById(blip.Embed!.Value!).GetStream())
        {
            var head = new byte[8];
            picture.ReadExactly(head);
            head.ShouldBe([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
        }

        var alternative = main.Document.Descendants<D.Inline>().Single(i => i.Descendants<A.Blip>().Any()).DocProperties!.Description!.Value!;
        alternative.ShouldStartWith("Trattdiagram. Tratt. ");
        alternative.ShouldContain("Åkern: 50\u00A0%.");
        alternative.ShouldContain("Bäcken: dold.");
        var rows = main.Document.Descendants<W.TableRow>().Select(r => r.Elements<W.TableCell>().Select(c => c.InnerText).ToList()).ToList();
        rows.ShouldContain(r => r[0] == "Åkern" && r.Contains("50\u00A0%"));
        rows.Single(r => r[0] == "Bäcken").Skip(1).ShouldBe(["dold", "dold", "dold", "23", "dold"]);
    }

    [Fact]
    public async Task In_charts_a_hidden_answer_takes_its_bar_with_it_and_a_hidden_outcome_has_no_number()
    {
        await using var fixture = await FillAsync();
        var document = await fixture.BuildFromAsync(Template);
        var answers = document.Blocks.OfType<FigureBlock>().Select(b => b.Figure).OfType<DivergingBarFigure>().Single();
        answers.Series.Select(s => s.Points.Single().State).ShouldBe([CellState.Hidden, CellState.Hidden, CellState.Shown]);
        var targets = document.Blocks.OfType<FigureBlock>().Select(b => b.Figure).OfType<TargetFigure>().Single();
        targets.Rows.Single(r => r.Name.Contains("Bäcken", StringComparison.Ordinal)).ShouldSatisfyAllConditions(
            r => r.Outcome.Value.ShouldBeNull(),
            r => r.Status.ShouldBe(TargetStatus.Unknown));

        using var word = WordprocessingDocument.Open(Rendered.Word(document), isEditable: false);
        using var excel = SpreadsheetDocument.Open(Rendered.Excel(document), isEditable: false);
        var inWord = word.MainDocumentPart!.ChartParts.Select(p => p.ChartSpace).ToList();
        var inExcel = excel.WorkbookPart!.WorksheetParts.Where(p => p.DrawingsPart is not null).SelectMany(p => p.DrawingsPart!.ChartParts)
            .Select(p => p.ChartSpace).ToList();
        foreach (var charts in new[] { inWord, inExcel })
        {
            // Of the bar only what improved is told, and what the others are together.
            Values(charts.Single(c => c.Descendants<C.SeriesText>().Any(t => t.InnerText.Contains("Försämrade", StringComparison.Ordinal)))).ShouldBe([0.75, 0.25]);
            // Outcomes of the whole and of Åkern, and three targets.
            var target = charts.Single(c => c.Descendants<C.SeriesText>().Any(t => t.InnerText.Contains("Utfall", StringComparison.Ordinal)));
            Values(target).Count.ShouldBe(5);
            Values(target).ShouldNotContain(v => Math.Abs(v - 3 / 23.0) < 1e-6);
        }

        foreach (var alternative in word.MainDocumentPart.Document.Descendants<D.DocProperties>().Select(d => d.Description!.Value!))
            alternative.ShouldNotContain("13\u00A0%");

        static List<double> Values(C.ChartSpace chart) =>
            [.. chart.Descendants<C.Values>().SelectMany(v => v.Descendants<C.NumericPoint>())
            .Select(p => double.Parse(p.NumericValue!.Text, CultureInfo.InvariantCulture))];
    }

    // Bäcken has 3 of 23 to work and Dalen 2 of 22, and one question 2 who became worse and 3 who did not change: all are hidden.
    private static async Task<ReportFixture> FillAsync()
    {
        var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync([.. new[] { "Åkern", "Bäcken", "Dalen", "Lunden" }.Select(i => $"{i};;individinriktad;individ;nej;2022-01-01;;")]);
        foreach (var (insats, work, other) in new[] { ("Åkern", 20, 20), ("Bäcken", 3, 20), ("Dalen", 2, 20), ("Lunden", 12, 8) })
        {
            await fixture.ExitsAsync(insats, "kvinna", "arbete", work);
            await fixture.ExitsAsync(insats, "kvinna", "sjukdom", other);
        }

        await fixture.InstrumentAsync("Min väg;1;deltagare;halsa;Hur mår du?;1;10;hogre_ar_battre;1");
        string[] people = [.. Enumerable.Range(1, 20).Select(i => $"S{i}")];
        await fixture.ParticipationsAsync([.. people.Select((p, i) => $"{p};Lunden;kvinna;1990;;2024-01-01;2024-06-01;{(i < 10 ? "arbete" : "sjukdom")}")]);
        await fixture.AnswersAsync([.. people.SelectMany((p, i) => new[]
            { $"{p};Lunden;Min väg;start;2024-01-01;halsa;5;1", $"{p};Lunden;Min väg;avslut;2024-06-01;halsa;{(i < 2 ? 3 : i < 5 ? 5 : 8)};1" })]);
        await fixture.TargetAsync("positiva-avslut", 0.5m);
        await fixture.TargetAsync("positiva-avslut", 0.4m, insats: "Åkern");
        await fixture.TargetAsync("positiva-avslut", 0.3m, insats: "Bäcken");
        return fixture;
    }
}
