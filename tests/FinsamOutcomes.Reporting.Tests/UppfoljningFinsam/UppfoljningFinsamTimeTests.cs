using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.UppfoljningFinsam;

/// <summary>What lies outside the time of an insats falls out of the hand-over with a line about it, never in silence.</summary>
public sealed class UppfoljningFinsamTimeTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task A_delprojekt_that_goes_on_after_its_insats_is_told_of_where_it_is_left_out(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync(
            "Åkern;;individinriktad;individ;nej;2022-01-01;2023-12-31;",
            "Insam;Åkern;individinriktad;individ;nej;2022-01-01;;",
            "Örat;Åkern;individinriktad;individ;nej;2022-01-01;2023-12-31;",
            "Fältet;;individinriktad;individ;nej;2022-01-01;2024-06-30;",
            "Skörden;Fältet;individinriktad;individ;nej;2022-01-01;;");
        await fixture.ParticipationsAsync("A;Insam;kvinna;1990;;2024-01-10");
        var year = await CountAsync(fixture);
        year.Insatser.Select(i => i.Insats).ShouldBe(["Fältet"]);
        Lines(year, "Delprojektet")
            .ShouldBe([
                "Insam: Delprojektet pågår fast insatsen Åkern slutade 2023-12-31, och är därför inte med i överlämningen. Rätta slutdatumet på någon av dem.",
            ]);
        Lines(await CountAsync(fixture, 2), "Delprojektet").Count.ShouldBe(2, "Fältet is no longer there in the second half, and Skörden goes on");
        Lines(await CountAsync(fixture, year: 2023), "Delprojektet").ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_missed_exit_of_a_delprojekt_is_handed_over_while_its_insats_goes_on_and_that_is_what_is_said(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync(
            "Åkern;;individinriktad;individ;nej;2022-01-01;;",
            "Örat;Åkern;individinriktad;individ;nej;2022-01-01;2023-06-30;",
            "Fältet;;individinriktad;individ;nej;2022-01-01;2023-06-30;");
        await fixture.ParticipationsAsync("A;Örat;kvinna;1990;;2023-01-10", "B;Fältet;man;1990;;2023-01-10");
        var year = await CountAsync(fixture);
        Lines(year, "Missat avslut")
            .ShouldBe([
                "Fältet: Missat avslut: 1 deltagande är öppet fast insatsen slutade 2023-06-30. Det räknas som pågående, och lämnas inte över för år efter insatsens slut.",
                "Örat: Missat avslut: 1 deltagande är öppet fast insatsen slutade 2023-06-30. Det räknas som pågående, och lämnas över i Åkern så länge den insatsen pågår.",
            ]);
        year.Insatser.Select(i => i.Insats).ShouldBe(["Åkern"]);
        year.Count(year.Insatser[0].InsatsId, "woman").All.ShouldBe(1);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Numbers_of_a_time_when_the_insats_was_not_open_are_told_of(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync("Dörren;;individinriktad;antal;nej;2022-01-01;2023-12-31;");
        await fixture.SqlAsync<int>(
            $"INSERT INTO head_count (forbund_id, insats_id, calendar_year, half, gender, number_of_people) VALUES ({fixture.Forbund.Id}, {await fixture.InsatsIdAsync("Dörren")}, 2024, 1, 'woman', 12); SELECT 1"
        );
        const string Line =
            "Dörren: 12 anonyma deltagare är registrerade för första halvåret, då insatsen inte pågick. Ta bort antalet, eller rätta insatsens start- eller slutdatum.";
        foreach (var half in new[] { 0, 1 })
            Lines(await CountAsync(fixture, half), "12 anonyma").ShouldBe([Line]);
        Lines(await CountAsync(fixture, 2), "12 anonyma").ShouldBeEmpty();
        Lines(await CountAsync(fixture, year: 2023), "12 anonyma").ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Money_of_a_delprojekt_that_closed_before_the_year_is_in_the_sum(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync("Åkern;;individinriktad;individ;nej;2022-01-01;;", "Örat;Åkern;individinriktad;individ;nej;2022-01-01;2023-06-30;");
        await fixture.BudgetAsync("Örat", 5_000, outcome: 4_000, participants: 0);
        var year = await CountAsync(fixture);
        UppfoljningFinsamForm.Fields(year, UppfoljningFinsamRole.Administrator, year.Insatser.Single())
            .Single(f => f.Label == "Budget (kronor)").Value.ShouldBe("5000");
        year.ToSettle.ShouldNotContain(t => t.Place == UppfoljningFinsamPlace.Money);
    }

    private static Task<UppfoljningFinsamFigures> CountAsync(ReportFixture fixture, int half = 0, int year = 2024) =>
        new UppfoljningFinsamExport(fixture.Test.Database).CountAsync(fixture.Forbund.Id, year, half);

    private static List<string> Lines(UppfoljningFinsamFigures figures, string beginning) =>
        [.. figures.ToSettle.Where(t => t.What.StartsWith(beginning, StringComparison.Ordinal)).Select(t => $"{t.Insats}: {t.What}")];
}
