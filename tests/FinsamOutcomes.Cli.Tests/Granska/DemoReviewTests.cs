using System.Text;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Demo;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures.Drawing;
using FinsamOutcomes.Reporting.Publishing.Attack;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Cli.Tests.Granska;

/// <summary>The demo's reports give nothing away: each hidden number keeps three possible values for who has all files of the report.</summary>
public sealed class DemoReviewTests
{
    [Fact, OnlySqlite("the same report is made on both engines.")]
    public async Task Nothing_in_a_report_of_the_demo_can_be_worked_out()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        var id = await DemoForbund.MakeAsync(test.Database);
        foreach (var report in ReportDefinition.Names(folder: null))
        {
            var document = (await new ReportBuilder(test.Database).BuildAsync(new ReportRequest
            {
                Forbund = (await new ForbundStore(test.Database).AllAsync()).Single(f => f.Id == id),
                Definition = ReportDefinition.Load(report),
                Year = DemoForbund.LastFullYear,
            })).Document;

            var result = PublicationAttack.On([.. Files(document)]);

            result.Contradictions.ShouldBeEmpty(report);
            result.Unfinished.ShouldBe(0, report);
            result.Numbers.Count.ShouldBeGreaterThan(50, report);
            result.Exposed.Select(n => $"{n.Lower}–{n.Upper} {n.Kind} {n.Question}").ShouldBeEmpty(report);
            result.Numbers.Where(n => n.IsPrinted).Select(n => n.Question).ShouldBeEmpty(report);
        }
    }

    private static IEnumerable<(string Name, byte[] Content)> Files(ReportDocument document)
    {
        using var word = new MemoryStream();
        WordDocumentWriter.Write(document, word);
        yield return ("rapport.docx", word.ToArray());
        using var excel = new MemoryStream();
        ExcelDocumentWriter.Write(document, excel);
        yield return ("rapport.xlsx", excel.ToArray());
        using var page = new MemoryStream();
        HtmlDocumentWriter.Write(document, page);
        yield return ("rapport.html", page.ToArray());
        foreach (var figure in document.Blocks.OfType<FigureBlock>())
            yield return ($"{figure.Figure.Id}.svg", Encoding.UTF8.GetBytes(FigureRenderer.Svg(figure.Figure)));
    }
}
