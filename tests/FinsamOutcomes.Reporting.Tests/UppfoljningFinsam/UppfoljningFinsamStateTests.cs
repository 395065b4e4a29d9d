using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.UppfoljningFinsam;

/// <summary>Filled, not filled and does not apply, for each field of the form: what nobody knows is never nought.</summary>
public sealed class UppfoljningFinsamStateTests
{
    private const string Counted = "Dörren;;individinriktad;antal;nej;2022-01-01;;";
    private const string Followed = "Åkern;;individinriktad;individ;nej;2022-01-01;;";

    private static readonly string[] s_numbers =
    [
        "Kvinnor",
        "Män",
        "Totalt kvinnor och män",
        "varav anonyma kvinnor",
        "varav anonyma män",
        "Okänt kön (redas ut före överlämning)",
    ];

    [Theory, ClassData(typeof(Engines))]
    public async Task An_insats_followed_by_count_without_a_count_has_no_number_and_one_of_nought_has(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync(Counted, Followed);
        foreach (var half in new[] { 0, 1, 2 })
        {
            var empty = await CountAsync(fixture, half);
            Fields(empty, "Dörren").Where(f => s_numbers.Contains(f.Label)).ShouldAllBe(f => f.State == UppfoljningFinsamState.NotFilled && f.Value == "");
            empty
                .ToSettle.Where(t => t.Place == UppfoljningFinsamPlace.HeadCounts)
                .Select(t => $"{t.Insats}: {t.What}")
                .ShouldBe(["Dörren: Antal kvinnor och män är inte ifyllt."]);
            Fields(empty, "Åkern").Where(f => s_numbers.Contains(f.Label)).ShouldAllBe(f => f.State == UppfoljningFinsamState.Filled && f.Value == "0");
        }

        await fixture.HeadCountAsync("Dörren", "woman", 0);
        await fixture.HeadCountAsync("Dörren", "man", 0);
        var filled = await CountAsync(fixture);
        Fields(filled, "Dörren").Where(f => s_numbers.Contains(f.Label)).ShouldAllBe(f => f.State == UppfoljningFinsamState.Filled && f.Value == "0");
        filled.ToSettle.ShouldNotContain(t => t.Place == UppfoljningFinsamPlace.HeadCounts);
        // Nought for the year is nought in each half.
        Fields(await CountAsync(fixture, 1), "Dörren").Where(f => s_numbers.Contains(f.Label)).ShouldAllBe(f => f.Value == "0");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task One_half_of_two_is_not_the_year_and_a_half_before_the_insats_is_not_asked_about(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync(Counted, "Sent;;individinriktad;antal;nej;2024-08-01;;");
        foreach (var gender in new[] { "woman", "man" })
        {
            await fixture.HeadCountAsync("Dörren", gender, 7, half: 1);
            await fixture.HeadCountAsync("Sent", gender, 3, half: 2);
        }

        var figures = await CountAsync(fixture);
        Value(figures, "Dörren", "Kvinnor").ShouldBe("");
        figures
            .ToSettle.Where(t => t.Place == UppfoljningFinsamPlace.HeadCounts)
            .Select(t => $"{t.Insats}: {t.What}")
            .ShouldBe(["Dörren: Antal kvinnor och män är inte ifyllt för andra halvåret."]);
        Value(figures, "Sent", "Totalt kvinnor och män").ShouldBe("6");
        Value(await CountAsync(fixture, 1), "Dörren", "Kvinnor").ShouldBe("7");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_delprojekt_without_its_count_makes_the_number_of_the_insats_unknown(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync(
            "Parken;;individinriktad;antal;nej;2022-01-01;;",
            "Norra;Parken;individinriktad;antal;nej;2022-01-01;;",
            "Södra;Parken;individinriktad;antal;nej;2022-01-01;;",
            Followed,
            "Öppet hus;Åkern;individinriktad;antal;nej;2022-01-01;;");
        await fixture.ParticipationsAsync("A;Åkern;kvinna;1990;;2024-01-10");
        foreach (var gender in new[] { "woman", "man" })
            await fixture.HeadCountAsync("Norra", gender, 5);
        var figures = await CountAsync(fixture);
        Value(figures, "Parken", "Kvinnor").ShouldBe("");
        Value(figures, "Åkern", "Kvinnor").ShouldBe("", "one is registered, but those of the open house are not known");
        figures.ToSettle.Where(t => t.Place == UppfoljningFinsamPlace.HeadCounts).Select(t => t.Insats).ShouldBe(["Södra", "Öppet hus"]);

        // Counted as a whole, there is nothing more to ask of its parts.
        foreach (var gender in new[] { "woman", "man" })
        {
            await fixture.HeadCountAsync("Parken", gender, 1);
            await fixture.HeadCountAsync("Öppet hus", gender, 2);
        }

        figures = await CountAsync(fixture);
        Value(figures, "Parken", "Kvinnor").ShouldBe("6");
        Value(figures, "Åkern", "Kvinnor").ShouldBe("3");
        figures.ToSettle.ShouldNotContain(t => t.Place == UppfoljningFinsamPlace.HeadCounts);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Money_is_known_when_the_insats_or_all_its_delprojekt_have_it(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync(Followed, "Insam;Åkern;individinriktad;individ;nej;2022-01-01;;", "Örat;Åkern;individinriktad;individ;nej;2022-01-01;;");
        await SettleAsync("Åkern: Inte ifyllt: budgeterat antal deltagare, budget och utfall.");
        await fixture.BudgetAsync("Insam", 700_000, outcome: 650_000, participants: 20);
        Value(await CountAsync(fixture), "Åkern", "Budget (kronor)").ShouldBe("", "a sum without Örat would be too small");
        await SettleAsync("Örat: Inte ifyllt: budgeterat antal deltagare, budget och utfall.");
        await fixture.BudgetAsync("Åkern", 100_000, outcome: 90_000, participants: 25);
        await SettleAsync("Örat: Inte ifyllt: budgeterat antal deltagare, budget och utfall.");
        Value(await CountAsync(fixture), "Åkern", "Utfall (kronor)").ShouldBe("", "an amount of the insats' own is beside that of its delprojekt");
        await fixture.BudgetAsync("Örat", 0, outcome: 0, participants: 0);
        await SettleAsync();
        Value(await CountAsync(fixture), "Åkern", "Budget (kronor)").ShouldBe("800000");
        Value(await CountAsync(fixture), "Åkern", "Budgeterat antal deltagare").ShouldBe("45");

        await fixture.BudgetAsync("Åkern", 1, outcome: 90_000, year: 2023, participants: 25);
        await SettleOfAsync(2023);
        await fixture.BudgetAsync("Insam", 700_000, year: 2023, participants: 20);
        await SettleOfAsync(2023, "Insam: Inte ifyllt: utfall.", "Örat: Inte ifyllt: budgeterat antal deltagare och budget.");

        Task SettleAsync(params string[] lines) => SettleOfAsync(2024, lines);

        async Task SettleOfAsync(int year, params string[] lines) =>
            (await CountAsync(fixture, year: year)).ToSettle.Where(t => t.Place == UppfoljningFinsamPlace.Money).Select(t => $"{t.Insats}: {t.What}").ShouldBe(lines);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_the_form_does_not_ask_for_says_why_and_is_not_to_be_settled(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync("Nätverket;;strukturövergripande;antal;nej;2023-02-01;;", Followed);
        var network = Fields(await CountAsync(fixture), "Nätverket");
        State("Målgrupp").ShouldBe(UppfoljningFinsamState.NotFilled, "the form asks it of every insats");
        State("Budgeterat antal deltagare").ShouldBe(UppfoljningFinsamState.NotFilled);
        State("Slutdatum").ShouldBe(UppfoljningFinsamState.DoesNotApply);
        State("Specifik insatsinriktning").ShouldBe(UppfoljningFinsamState.NotFilled);
        State("Utfall (kronor)").ShouldBe(UppfoljningFinsamState.NotFilled);
        network.Where(f => f.State == UppfoljningFinsamState.DoesNotApply).ShouldAllBe(f => f.Reason.Length > 0 && f.Value == "");
        (await CountAsync(fixture)).ToSettle.Where(t => t.Place == UppfoljningFinsamPlace.Insats).Select(t => $"{t.Insats}: {t.What}")
            .ShouldBe(["Nätverket: Inte ifyllt: specifik insatsinriktning och målgrupp.", "Åkern: Inte ifyllt: specifik insatsinriktning och målgrupp."]);

        // The clock of the fixture says February 2025: the books of that year are not closed.
        var unfinished = await CountAsync(fixture, year: 2025);
        Fields(unfinished, "Nätverket")
            .Single(f => f.Label == "Utfall (kronor)")
            .ShouldBe(new("Utfall (kronor)", UppfoljningFinsamState.DoesNotApply, "", "fylls i när året är slut", NationalField.Outcome));
        unfinished.ToSettle.ShouldNotContain(t => t.What.Contains("utfall"));

        UppfoljningFinsamState State(string label) => network.Single(f => f.Label == label).State;
    }

    [Fact]
    public async Task Nothing_is_left_to_settle_when_every_field_that_applies_is_filled()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await new InsatsStore(fixture.Test.Database).AddAsync(new NewInsats
        {
            ForbundId = fixture.Forbund.Id,
            Name = "Klara",
            Orientation = "individual",
            FollowUpMethod = "count",
            SpecificOrientation = "kartlaggning",
            TargetGroups = ["unga"],
            StartsOn = new DateOnly(2022, 1, 1),
        });
        await fixture.BudgetAsync("Klara", 1, outcome: 0, participants: 0);
        await fixture.ForbundMoneyAsync();
        await fixture.HeadCountAsync("Klara", "woman", 0);
        (await CountAsync(fixture)).ToSettle.ShouldHaveSingleItem().What.ShouldBe("Antal män är inte ifyllt.");
        await fixture.HeadCountAsync("Klara", "man", 2);
        var figures = await CountAsync(fixture);
        figures.ToSettle.ShouldBeEmpty();
        Fields(figures, "Klara").Where(f => f.State != UppfoljningFinsamState.Filled).Select(f => f.Label)
            .ShouldBe(["Slutdatum", "Antal deltagare (strukturövergripande insats)"]);
    }

    private static Task<UppfoljningFinsamFigures> CountAsync(ReportFixture fixture, int half = 0, int year = 2024) =>
        new UppfoljningFinsamExport(fixture.Test.Database).CountAsync(fixture.Forbund.Id, year, half);

    private static List<UppfoljningFinsamField> Fields(UppfoljningFinsamFigures figures, string name)
    {
        var insats = figures.Insatser.Single(i => i.Insats == name);
        return
        [
            .. UppfoljningFinsamForm.Fields(figures, UppfoljningFinsamRole.Administrator, insats),
            .. UppfoljningFinsamForm.Fields(figures, UppfoljningFinsamRole.Participants, insats).Skip(2),
        ];
    }

    private static string Value(UppfoljningFinsamFigures figures, string name, string label) => Fields(figures, name).Single(f => f.Label == label).Value;
}
