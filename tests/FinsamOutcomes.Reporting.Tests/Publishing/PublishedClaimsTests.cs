using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Tests.Publishing;

/// <summary>What is published promises no more than its protection holds, and claims nothing that rounding has made.</summary>
public sealed class PublishedClaimsTests
{
    private const string Åkern = "Åkern;;individinriktad;individ;nej;2022-01-01;;";

    [Theory]
    [InlineData("arsredovisning")]
    [InlineData("projektredovisning")]
    public async Task Every_published_file_says_in_itself_how_far_its_protection_reaches(string report)
    {
        await using var fixture = await ReportFixture.SmallAsync();
        ReportFiles.Write(await fixture.BuildAsync(report), "rapport", fixture.Folder);
        var files = WrittenTexts.Of(fixture.Folder).GroupBy(t => t.Place.Split('/')[0], t => t.Text).ToList();
        files.Count.ShouldBeGreaterThan(4);
        foreach (var file in files)
            file.ShouldContain(t => t.Contains(PublicationPolicies.Reach, StringComparison.Ordinal), file.Key);

        ReportFiles.Write(await fixture.BuildAsync(report, policy: PublicationPolicy.Internt), "rapport", fixture.Folder);
        foreach (var file in WrittenTexts.Of(fixture.Folder).GroupBy(t => t.Place.Split('/')[0], t => t.Text))
            file.ShouldContain(t => t.Contains("Internt underlag", StringComparison.Ordinal), file.Key);
    }

    // Shares tell how many, and neither why nor on what terms.
    [Theory]
    [InlineData("arsredovisning")]
    [InlineData("projektredovisning")]
    public async Task No_report_says_on_what_terms_or_from_what_cause(string report)
    {
        await using var fixture = await ReportFixture.SmallAsync();
        ReportFiles.Write(await fixture.BuildAsync(report), "rapport", fixture.Folder);
        var texts = WrittenTexts.Of(fixture.Folder).ToList();
        foreach (var claim in new[] { "lika villkor", "leder till", "leder fler till", "tack vare", "beror på insats" })
            texts.ShouldNotContain(t => t.Text.Contains(claim, StringComparison.OrdinalIgnoreCase), claim);
        if (report == "arsredovisning")
            texts.ShouldContain(t => t.Text.Contains("En skillnad kan ha många orsaker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rounded_numbers_are_not_judged_against_targets_tested_or_given_limits()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 12);
        await fixture.ExitsAsync("Åkern", "man", "sjukdom", 16);
        await fixture.TargetAsync("positiva-avslut", 0.40m);
        await fixture.TargetAsync("deltaganden", 28m);
        await fixture.TargetAsync("tid-i-insats", 200m, direction: "at_most");

        // 12 of 28 is 43 %, and 10 of 30 would miss the target.
        var exact = (await fixture.BuildAsync()).Table("maluppfyllelse");
        exact.Rows.Select(r => r.Cells[5].Text).ShouldAllBe(v => v == "● Målet nått");
        var document = await fixture.BuildAsync(policy: PublicationPolicy.AvrundatTill5);
        var rounded = document.Table("maluppfyllelse");
        rounded.Rows.Select(r => (r.Cells[0].Text, r.Cells[5].Text)).ShouldBe(
            [("Positiva avslut", "Kan inte bedömas"), ("Deltaganden", "Kan inte bedömas"), ("Tid i insats", "● Målet nått")], ignoreOrder: true);
        rounded.Notes.ShouldContain("Antal och andelar är avrundade och bedöms därför inte mot målen.");

        document.Table("konsskillnad-insats").Rows.SelectMany(r => r.Cells.Skip(1)).ShouldAllBe(c => c.State == CellState.Hidden);
        ReportTables.Prose(document).ShouldContain("Skillnaden mellan kvinnor och män visas inte");
        var figures = document.Blocks.OfType<FigureBlock>().Select(b => b.Figure).ToList();
        figures.OfType<ControlChartFigure>().ShouldBeEmpty();
        var line = figures.OfType<LineFigure>().Single(f => f.Id == "positiva-avslut-manad");
        line.Notes.ShouldContain("Gränser och signaler visas inte för avrundade tal.");
        line.Series.SelectMany(s => s.Points).ShouldAllBe(p => p.Lower == null);
    }

    [Theory]
    [InlineData(2, 58, CellState.Hidden, null)]
    [InlineData(58, 2, CellState.Hidden, null)]
    [InlineData(0, 60, CellState.Hidden, null)]
    [InlineData(60, 0, CellState.Hidden, null)]
    [InlineData(60, 60, CellState.Hidden, null)]
    [InlineData(65, 65, CellState.Shown, "50\u00A0%")]
    public async Task A_rounded_share_is_never_nobody_or_everybody_and_stands_only_where_rounding_moves_it_little(int positive, int others, CellState state, string? says)
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", positive);
        await fixture.ExitsAsync("Åkern", "kvinna", "sjukdom", others);
        var table = (
            await fixture.BuildFromAsync(
                "# P\n\n```tabell\nid: a\nrubrik: A\nmatt: positiva-avslut\nrader: insats\n```",
                policy: PublicationPolicy.AvrundatTill5)).Table("a");
        var cell = table.Cell("Åkern", "andel");
        cell.State.ShouldBe(state);
        if (says is not null)
            CellText.Of(cell, table.Columns[^1]).ShouldBe(says);
    }

    [Theory]
    [InlineData(0.0, "0\u00A0%")]
    [InlineData(0.0033, "<\u00A01\u00A0%")]
    [InlineData(0.0051, "1\u00A0%")]
    [InlineData(1.0045, ">\u00A0100\u00A0%")]
    [InlineData(1.005, "101\u00A0%")]
    [InlineData(0.9951, ">\u00A099\u00A0%")]
    [InlineData(0.9949, "99\u00A0%")]
    [InlineData(1.0, "100\u00A0%")]
    public void Nobody_and_everybody_are_said_only_where_it_is_so(double share, string says) => Swedish.Percent(share).ShouldBe(says);
}
