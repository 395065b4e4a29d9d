using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.StatisticsPage;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Tests.Reports;

namespace FinsamOutcomes.Reporting.Tests.StatisticsPage;

/// <summary>Nobody is singled out by a short period, by two that differ by a day, or by a small number.</summary>
public sealed class SinglingOutTests
{
    private static readonly DateOnly s_today = new(2026, 11, 23);

    [Theory]
    [InlineData("2026-04-08", "2026-04-08", "2026-04-01", "2026-04-30")]
    [InlineData("2026-04-30", "2026-05-01", "2026-04-01", "2026-05-31")]
    [InlineData("2026-01-01", "2026-11-23", "2026-01-01", "2026-10-31")]
    [InlineData("2026-11-02", "2026-11-23", "2026-10-01", "2026-10-31")]
    [InlineData("2024-02-29", "2024-02-29", "2024-02-01", "2024-02-29")]
    public void With_an_insats_or_an_age_whatever_days_are_asked_for_become_whole_months_that_have_ended(
        string from,
        string to,
        string expectedFrom,
        string expectedTo)
    {
        foreach (var narrowing in new[] { "insats=1", "alder=16-24" })
        {
            var (filter, problems) = Choices(s_today).Read(Query($"fran={from}", $"till={to}", narrowing));
            problems.ShouldBeEmpty();
            (filter.From, filter.To).ShouldBe((DateOnly.Parse(expectedFrom), DateOnly.Parse(expectedTo)));
        }
    }

    [Theory]
    [InlineData("2022-01-01", "2026-04-08", "2022-01-01", "2026-04-30")]
    [InlineData("2026-04-30", "2026-04-30", "2026-04-01", "2026-04-30")]
    [InlineData("2026-01-02", "2026-11-03", "2026-01-01", "2026-11-23")]
    [InlineData("2026-01-01", "2026-11-23", "2026-01-01", "2026-11-23")]
    public void For_the_whole_förbund_whatever_days_are_asked_for_become_whole_months_or_end_today(
        string from,
        string to,
        string expectedFrom,
        string expectedTo)
    {
        var (filter, problems) = Choices(s_today).Read(Query($"fran={from}", $"till={to}"));
        problems.ShouldBeEmpty();
        (filter.From, filter.To).ShouldBe((DateOnly.Parse(expectedFrom), DateOnly.Parse(expectedTo)));
    }

    [Fact]
    public async Task Other_days_are_counted_for_nobody_but_who_has_said_why()
    {
        await using var fixture = await WithAsync();
        var service = new StatisticsService(fixture.Test.Database);
        var filter = new StatisticsFilter { From = new(2024, 1, 1), To = new(2024, 6, 10) };
        await Should.ThrowAsync<MeasureRequestException>(() => service.BuildAsync(fixture.Forbund, filter));
        await Should.ThrowAsync<MeasureRequestException>(() => service.BuildAsync(fixture.Forbund, filter with { IsPublished = true, IsExact = true }));
        await service.BuildAsync(fixture.Forbund, filter with { IsExact = true });
    }

    [Fact]
    public void In_January_the_year_before_is_what_an_insats_has() =>
        Choices(new(2027, 1, 15)).Read(Query(), new MeasureInsatsRow { Id = 1, ParentId = 0, Name = "I1", StartsOn = new(2020, 1, 1), EndsOn = null }).Filter
            .ShouldBe(new StatisticsFilter { From = new(2026, 1, 1), To = new(2026, 12, 31), InsatsId = 1 });

    [Fact]
    public async Task No_address_says_that_small_numbers_are_shown_and_they_are_hidden_where_nobody_has_said_why()
    {
        Choices(s_today).Read(Query("exakt=1", "visa=internt", "IsExact=true")).Filter.IsExact.ShouldBeFalse();
        await using var fixture = await WithAsync();
        var view = await new StatisticsService(fixture.Test.Database).BuildAsync(
            fixture.Forbund,
            new StatisticsFilter { From = new(2024, 1, 1), To = new(2024, 12, 31) }
        );
        view.HasHidden.ShouldBeTrue();
        view.PolicyText.ShouldStartWith("Internt underlag");
        view.Parts.SelectMany(p => p.Table.Rows).SelectMany(r => r.Cells).Where(c => c.Number is > 0 and < 5).ShouldBeEmpty();
        view.Parts.ShouldAllBe(p => p.Table.Source.Contains("Internt underlag, små tal dolda."));
    }

    [Fact]
    public async Task A_part_of_a_month_is_never_counted_for_one_insats()
    {
        await using var fixture = await WithAsync();
        var service = new StatisticsService(fixture.Test.Database);
        var filter = new StatisticsFilter { From = new(2024, 6, 1), To = new(2024, 6, 10), InsatsId = await fixture.InsatsIdAsync("Insam"), IsExact = true };
        await Should.ThrowAsync<MeasureRequestException>(() => service.BuildAsync(fixture.Forbund, filter));
        await Should.ThrowAsync<MeasureRequestException>(() => service.BuildAsync(fixture.Forbund, filter with { InsatsId = null, AgeGroups = "30-44" }));
    }

    [Fact]
    public async Task Insatser_beside_each_other_are_of_the_whole_months_of_a_period_so_that_a_day_more_tells_nothing()
    {
        await using var fixture = await WithAsync();
        await fixture.ParticipationsAsync([
            .. Enumerable.Range(1, 6).Select(i => $"V{i};Insam;kvinna;1985;gymnasium;2024-01-10;2024-03-10;{(i > 2 ? "arbete" : "sjukdom")}"),
        ]);
        var service = new StatisticsService(fixture.Test.Database);
        var whole = new StatisticsFilter { From = new(2024, 1, 1), To = new(2024, 5, 31), IsExact = true };
        var months = await service.BuildAsync(fixture.Forbund, whole);
        months.Parts.Single(p => p.Id == "insatser").N.ShouldBe(6);
        // All others left on 10 June: the day before and the day itself look the same.
        foreach (var to in new[] { new DateOnly(2024, 6, 9), new DateOnly(2024, 6, 10) })
        {
            var view = await service.BuildAsync(fixture.Forbund, whole with { To = to });
            Part(view, "insatser").ShouldBe(Part(months, "insatser"));
            Part(view, "laget").ShouldBe(Part(months, "laget"));
            view.Parts.Single(p => p.Id == "insatser").Table.Subtitle.ShouldStartWith("Avslut, 1\u00A0januari–31\u00A0maj 2024");
        }

        (await service.BuildAsync(fixture.Forbund, whole with { From = new(2024, 6, 2), To = new(2024, 6, 20) })).Parts.ShouldNotContain(p =>
            p.Id == "insatser");
    }

    [Fact]
    public async Task Yesterdays_page_beside_todays_tells_neither_from_where_nor_why_somebody_left()
    {
        await using var fixture = await WithAsync();
        string[] stays = [.. Enumerable.Range(1, 9).Select(i => $"V{i};Vägen;kvinna;1985;gymnasium;2024-01-10;")];
        await fixture.ParticipationsAsync(stays);
        var service = new StatisticsService(fixture.Test.Database);
        var toToday = new StatisticsFilter { From = new(2024, 1, 1), To = new(2025, 2, 1) };
        string[] parts = ["insatser", "avslutsorsaker", "laget"];
        var (yesterday, exactly) = (
            await service.BuildAsync(fixture.Forbund, toToday),
            await service.BuildAsync(fixture.Forbund, toToday with { IsExact = true }));
        await fixture.ParticipationsAsync([stays[0] + "2025-02-01;sjukdom"]);
        var today = await service.BuildAsync(fixture.Forbund, toToday);
        foreach (var part in parts)
            Part(today, part).ShouldBe(Part(yesterday, part), part);

        // Who has said why sees the day.
        var exact = await service.BuildAsync(fixture.Forbund, toToday with { IsExact = true });
        Part(exact, "avslutsorsaker").ShouldNotBe(Part(exactly, "avslutsorsaker"));
        Part(exact, "laget").ShouldNotBe(Part(exactly, "laget"));
    }

    private static string Part(StatisticsView view, string id) =>
        string.Join('\n', view.Parts.Single(p => p.Id == id).Table.Rows.Select(r => string.Join('|', r.Cells.Select(c => $"{c.Text}{c.Number}{c.State}"))));

    private static async Task<ReportFixture> WithAsync()
    {
        var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync("Insam;;individinriktad;individ;nej;2022-01-01;;20", "Vägen;;individinriktad;individ;nej;2022-01-01;;10");
        await fixture.ExitsAsync("Insam", "kvinna", "arbete", 8);
        await fixture.ExitsAsync("Insam", "man", "arbete", 1);
        await fixture.ExitsAsync("Vägen", "kvinna", "sjukdom", 3);
        return fixture;
    }

    private static ILookup<string, string> Query(params string[] pairs) => pairs.Select(p => p.Split('=')).ToLookup(p => p[0], p => p[1]);

    private static StatisticsChoices Choices(DateOnly today) =>
        new()
        {
            Today = today,
            Insatser =
            [
                new MeasureInsatsRow
                {
                    Id = 1,
                    ParentId = 0,
                    Name = "I1",
                    StartsOn = new DateOnly(2020, 1, 1),
                    EndsOn = null,
                },
            ],
            Definitions =
            [
                .. ForbundStore.ShippedDefinitions.Select(
                    (d, i) =>
                        new PositiveDefinitionRow
                        {
                            Code = d.Code,
                            Label = d.Label,
                            Kind = "reasons",
                            SortOrder = i,
                            Version = 1,
                        }),
            ],
            AgeGroups =
            [
                new DimensionCodeRow
                {
                    Dimension = "age",
                    Code = "16-24",
                    Number = 2,
                    Label = "16–24 år",
                },
            ],
            Genders =
            [
                new DimensionCodeRow
                {
                    Dimension = "gender",
                    Code = "man",
                    Number = 2,
                    Label = "Män",
                },
            ],
        };
}
