using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>Whose number is asked for: the same in the statistics and in the hand-over, half-year by half-year.</summary>
public sealed class AskedHeadCountTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task An_insats_is_asked_itself_from_the_half_year_after_its_delprojekt_has_closed(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync("Moder;;individinriktad;antal;nej;2022-01-01;;", "Dotter;Moder;individinriktad;antal;nej;2022-01-01;2024-03-31;");
        await fixture.HeadCountAsync("Dotter", "woman", 10, half: 1);
        await fixture.HeadCountAsync("Dotter", "man", 5, half: 1);

        (await PersonsAsync(fixture, "Moder", PeriodKind.Half)).ShouldBe(["15", "inget underlag: Moder (andra halvåret 2024)"]);
        (await PersonsAsync(fixture, "Moder", PeriodKind.Year)).ShouldBe(["minst 15: Moder (andra halvåret 2024)"]);
        var year = await CountAsync(fixture);
        Value(year, "Moder", "Kvinnor").ShouldBe("");
        Counts(year).ShouldBe(["Moder: Antal kvinnor och män är inte ifyllt för andra halvåret."]);
        Value(await CountAsync(fixture, 1), "Moder", "Kvinnor").ShouldBe("10");
        Value(await CountAsync(fixture, 2), "Moder", "Kvinnor").ShouldBe("");

        await fixture.HeadCountAsync("Moder", "woman", 3, half: 2);
        await fixture.HeadCountAsync("Moder", "man", 0, half: 2);
        (await PersonsAsync(fixture, "Moder", PeriodKind.Half)).ShouldBe(["15", "3"]);
        Counts(await CountAsync(fixture)).ShouldBeEmpty();
        Value(await CountAsync(fixture), "Moder", "Kvinnor").ShouldBe("13");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_insats_whose_delprojekt_closed_years_ago_lacks_its_number(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync(
            "Ensam moder;;individinriktad;antal;nej;2022-01-01;;",
            "Ensam dotter;Ensam moder;individinriktad;antal;nej;2022-01-01;2022-12-31;",
            "Åkern;;individinriktad;individ;nej;2022-01-01;;");
        await fixture.ParticipationsAsync("A;Åkern;kvinna;1990;;2024-01-10");
        (await PersonsAsync(fixture, null, PeriodKind.Year)).ShouldBe(["minst 1: Ensam moder (första halvåret 2024), Ensam moder (andra halvåret 2024)"]);
        Counts(await CountAsync(fixture)).ShouldBe(["Ensam moder: Antal kvinnor och män är inte ifyllt."]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Anonymous_people_of_an_insats_that_is_followed_individually_are_not_the_number_of_its_delprojekt(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync("Åkern;;individinriktad;individ;nej;2022-01-01;;", "Öppet hus;Åkern;individinriktad;antal;nej;2022-01-01;;");
        await fixture.ParticipationsAsync("A;Åkern;kvinna;1990;;2024-01-10");
        foreach (var gender in new[] { "woman", "man" })
            await fixture.HeadCountAsync("Åkern", gender, 2);
        (await PersonsAsync(fixture, "Åkern", PeriodKind.Year)).ShouldBe(["minst 5: Öppet hus (första halvåret 2024), Öppet hus (andra halvåret 2024)"]);
        Counts(await CountAsync(fixture)).ShouldBe(["Öppet hus: Antal kvinnor och män är inte ifyllt."]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Nought_women_are_not_nought_in_all_after_an_insats_has_closed(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync("Stängd;;individinriktad;antal;nej;2022-01-01;2024-03-31;");
        await fixture.HeadCountAsync("Stängd", "woman", 0);
        foreach (var by in new[] { MeasureDimensions.None, MeasureDimensions.Gender })
        {
            var cells = (await fixture.MeasureAsync("personer", "Stängd", PeriodKind.Half, by))
                .Where(c => c is { Statistic: "in_period" or "anonymous", Gender: "man" or MeasureCell.All })
                .ToList();
            cells.Count.ShouldBe(by == MeasureDimensions.None ? 4 : 8);
            cells.ShouldAllBe(c => c.State == CellState.NoData);
        }

        await fixture.HeadCountAsync("Stängd", "man", 0);
        (await PersonsAsync(fixture, "Stängd", PeriodKind.Half)).ShouldBe(["0", "0"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_number_of_unknown_gender_is_not_known_while_a_half_year_has_nothing(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync("Dörren;;individinriktad;antal;nej;2022-01-01;;");
        await fixture.HeadCountAsync("Dörren", "unknown", 3, half: 1);
        Value(await CountAsync(fixture), "Dörren", "Okänt kön (redas ut före överlämning)").ShouldBe("", "of the second half nothing is known");
        await fixture.HeadCountAsync("Dörren", "woman", 1, half: 2);
        Value(await CountAsync(fixture), "Dörren", "Okänt kön (redas ut före överlämning)").ShouldBe("3");
    }

    private static async Task<List<string>> PersonsAsync(ReportFixture fixture, string? insats, PeriodKind per) =>
        [
            .. (await fixture.MeasureAsync("personer", insats, per))
                .Where(c => c.Statistic == "in_period")
                .Select(c =>
                    string.Join(
                        ": ",
                        [
                            $"{(c.Bound is { } bound ? bound + " " : "")}{(c.Value is { } value ? $"{value}" : c.State.ToSwedish())}",
                            .. c.Unreported.Count > 0 ? new[] { string.Join(", ", c.Unreported) } : [],
                        ])),
        ];

    private static Task<UppfoljningFinsamFigures> CountAsync(ReportFixture fixture, int half = 0) =>
        new UppfoljningFinsamExport(fixture.Test.Database).CountAsync(fixture.Forbund.Id, 2024, half);

    private static List<string> Counts(UppfoljningFinsamFigures figures) =>
        [.. figures.ToSettle.Where(t => t.What.StartsWith("Antal ", StringComparison.Ordinal)).Select(t => $"{t.Insats}: {t.What}")];

    private static string Value(UppfoljningFinsamFigures figures, string name, string label) =>
        UppfoljningFinsamForm.Fields(figures, UppfoljningFinsamRole.Participants, figures.Insatser.Single(i => i.Insats == name))
            .Single(f => f.Label == label).Value;
}
