using System.Globalization;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Demo;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Cli.Tests.Demo;

/// <summary>How much of the demo's reports the protection takes, and that it is said why.</summary>
public sealed class DemoHiddenTests
{
    [Theory]
    [InlineData("arsredovisning", 0.15)]
    [InlineData("projektredovisning", 0.35)]
    public async Task Few_numbers_of_a_report_are_hidden_and_each_says_whether_it_is_small_or_protects_another(string report, double most)
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        var id = await DemoForbund.MakeAsync(test.Database);
        var document = (await new ReportBuilder(test.Database).BuildAsync(new ReportRequest
        {
            Forbund = (await new ForbundStore(test.Database).AllAsync()).Single(f => f.Id == id),
            Definition = ReportDefinition.Load(report),
            Year = DemoForbund.LastFullYear,
        })).Document;
        var cells = document.Blocks.SelectMany(Tables).SelectMany(t => t.Rows.SelectMany(r => r.Cells.Select((c, i) => (Cell: c, Column: t.Columns[i]))))
            .Where(c => c.Column.Unit is not null).ToList();
        var kept = cells.Where(c => c.Cell.State.IsKeptBack()).ToList();
        kept.ShouldNotBeEmpty();
        foreach (var (cell, column) in kept)
            CellText.Of(cell, column).ShouldBe(cell.State == CellState.Hidden ? "dold" : "skyddad");
        var small = kept.Count(c => c.Cell.State == CellState.Hidden);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report}: {kept.Count} of {cells.Count} numbers are hidden ({100.0 * kept.Count / cells.Count:F1} %): {small} small, {kept.Count - small} that protect another."));
        ((double)kept.Count / cells.Count).ShouldBeLessThan(most);
    }

    private static IEnumerable<ReportTable> Tables(ReportBlock block) => block switch
    {
        TableBlock table => [table.Table],
        FigureBlock figure => [figure.Table],
        _ => [],
    };
}
