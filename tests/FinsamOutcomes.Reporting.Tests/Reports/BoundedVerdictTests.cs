namespace FinsamOutcomes.Reporting.Tests.Reports;

/// <summary>A target is judged only when every number that the outcome can be gives the same verdict.</summary>
public sealed class BoundedVerdictTests
{
    private const string Twice = "den som var med i båda halvåren är räknad två gånger";

    // 60 and 50 in two halves: from 60 to 110 persons.
    [Theory]
    [InlineData("at_most", 100, "Går inte att säga: " + Twice)]
    [InlineData("at_most", 110, "● Målet nått")]
    [InlineData("at_most", 50, "○ Målet inte nått")]
    [InlineData("at_least", 112, "○ Målet inte nått. Om det är nära går inte att säga: " + Twice)]
    [InlineData("at_least", 109, "Går inte att säga: " + Twice)]
    [InlineData("at_least", 55, "● Målet nått")]
    [InlineData("at_least", 200, "○ Målet inte nått")]
    public async Task Halves_added_are_at_most_their_sum(string direction, int goal, string verdict) =>
        (await VerdictAsync(direction, goal, (1, "woman", 60), (2, "woman", 50), (1, "man", 0), (2, "man", 0))).ShouldBe(("högst 110", verdict));

    // 102 women and nobody has said how many men.
    [Theory]
    [InlineData("at_most", 100, "○ Målet inte nått. Om det är nära går inte att säga: antal är inte inrapporterade")]
    [InlineData("at_most", 60, "○ Målet inte nått")]
    [InlineData("at_most", 102, "Går inte att säga: antal är inte inrapporterade")]
    [InlineData("at_least", 104, "Går inte att säga: antal är inte inrapporterade")]
    [InlineData("at_least", 101, "● Målet nått")]
    public async Task What_is_not_reported_can_only_add(string direction, int goal, string verdict) =>
        (await VerdictAsync(direction, goal, (0, "woman", 102))).ShouldBe(("minst 102", verdict));

    private static async Task<(string Outcome, string Verdict)> VerdictAsync(string direction, int goal, params (int Half, string Gender, int Number)[] counts)
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync("Öppna dörren;;individinriktad;antal;nej;2022-01-01;;");
        foreach (var (half, gender, number) in counts)
            await fixture.HeadCountAsync("Öppna dörren", gender, number, half);
        await fixture.TargetAsync("personer", goal, direction, "Öppna dörren");
        var row = (await fixture.BuildFromAsync("# Prov\n\n```maluppfyllelse\nid: mal\nrubrik: Mål\n```\n")).Table("mal").Rows.ShouldHaveSingleItem();
        return (row.Cells[3].Text!, row.Cells[5].Text!);
    }
}
