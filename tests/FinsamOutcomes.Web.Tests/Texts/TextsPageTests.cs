using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Texts;

public sealed class TextsPageTests
{
    [Fact]
    public async Task The_count_of_what_is_missing_falls_as_texts_outcomes_and_targets_come()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        await host.AddInsatsAsync("Vägen in");
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var list = $"/f/{host.ForbundId}/texter?ar=2024";
        (await browser.GetAsync(list)).Content.ShouldContain("7 saker saknas för 2024: 6 texter i insatserna");

        var saved = await browser.PostFormAsync(
            $"/f/{host.ForbundId}/insatser/{insats}/texter/2024",
            ("Input[0].Body", "Vi *stöttar* unga.\r\n\r\n- en punkt"),
            ("Input[1].Body", "Det gick bra."));
        saved.Content.ShouldContain("2 texter är sparade.");
        saved.Content.ShouldContain("1 av 3 texter saknas.");
        (await host.Get<InsatsTextStore>().OfYearAsync(host.ForbundId, 2024))
            .Select(t => (t.Section, t.Body))
            .ShouldBe([("beskrivning", "Vi *stöttar* unga.\n\n- en punkt"), ("resultat", "Det gick bra.")]);
        await host.Get<InsatsEconomyStore>()
            .SetYearAsync(
                new NewInsatsYear
                {
                    ForbundId = host.ForbundId,
                    InsatsId = insats,
                    CalendarYear = 2024,
                    OutcomeKronor = 100,
                });
        await host.Get<InsatsEconomyStore>()
            .SetTargetAsync(
                new NewTarget
                {
                    ForbundId = host.ForbundId,
                    Measure = "positiva-avslut",
                    CalendarYear = 2024,
                    Goal = 0.4m,
                });
        var page = await browser.GetAsync(list);
        page.Content.ShouldContain("5 saker saknas för 2024: 4 texter i insatserna");
        page.Content.ShouldContain("Mål utan utfall: Positiva avslut, hela förbundet.");
    }

    [Fact]
    public async Task Outcomes_are_missing_only_when_the_year_is_over()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        await host.AddInsatsAsync("Vägen in");
        await host.Get<InsatsEconomyStore>()
            .SetYearAsync(
                new NewInsatsYear
                {
                    ForbundId = host.ForbundId,
                    InsatsId = insats,
                    CalendarYear = 2023,
                    OutcomeKronor = 100,
                });
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        (await browser.GetAsync($"/f/{host.ForbundId}/texter?ar=2023")).Content.ShouldContain("8 saker saknas för 2023: 6 texter och 1 utfall");
        var now = (await browser.GetAsync($"/f/{host.ForbundId}/texter?ar=2024")).Content;
        now.ShouldContain("fylls i när året är slut");
        now.ShouldNotContain("utfall i kronor i insatserna");
    }

    [Fact]
    public async Task A_preview_shows_the_text_as_the_report_will_and_saves_nothing()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        using var browser = await host.SignInAsync(Role.InsatsManager, insats);
        var url = $"/f/{host.ForbundId}/insatser/{insats}/texter/2024";
        var page = await browser.PostFormAsync(url, ("show", "1"), ("Input[0].Body", "## Mål\n**Fet** <script>alert(1)</script> [länk](javascript:alert(1))"));
        System.Net.WebUtility.HtmlDecode(page.Html).ShouldContain("<h4>Mål</h4>");
        page.Html.ShouldContain("<strong>Fet</strong>");
        page.Html.ShouldNotContain("<script>alert");
        page.Html.ShouldNotContain("javascript:alert(1)\"");
        page.Content.ShouldContain("Inget är sparat än.");
        System.Net.WebUtility.HtmlDecode(page.Html).ShouldContain("[länk](javascript:alert(1))</textarea>", Case.Sensitive, "what was typed is still there");
        (await host.Get<InsatsTextStore>().OfYearAsync(host.ForbundId, 2024)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_second_who_saves_sees_what_the_first_wrote_and_loses_nothing()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        using var first = await host.SignInAsync(Role.InsatsManager, insats);
        using var second = await host.SignInAsync(Role.ProcessSupporter);
        var url = $"/f/{host.ForbundId}/insatser/{insats}/texter/2024";
        await first.PostFormAsync(url, ("Input[0].Body", "Ett."), ("Input[2].Body", "Framåt."));
        var opened = await second.GetAsync(url);
        await first.PostFormAsync(url, ("Input[0].Body", "Den förstas text."), ("Input[2].Body", "Framåt igen."));

        var refused = await second.PostFormAsync(opened, null, ("Input[0].Body", "Den andras text."), ("Input[1].Body", "Resultatet."));
        refused.Errors.ShouldHaveSingleItem().ShouldStartWith("Någon annan har ändrat texten medan du skrev.");
        refused.Content.ShouldContain("Den förstas text.");
        refused.Content.ShouldContain("Den andras text.");
        (await BodiesAsync(host)).ShouldBe([("beskrivning", "Den förstas text."), ("framat", "Framåt igen.")], "all or nothing");

        var saved = await second.PostFormAsync(refused, null, ("Input[0].Body", "Båda texterna."));
        saved.Content.ShouldContain("2 texter är sparade.", Case.Sensitive, "the untouched text is left alone");
        (await BodiesAsync(host)).ShouldBe([("beskrivning", "Båda texterna."), ("framat", "Framåt igen."), ("resultat", "Resultatet.")]);
    }

    [Fact]
    public async Task An_insats_manager_sees_their_own_insatser_only()
    {
        await using var host = await WebHost.StartAsync();
        var own = await host.AddInsatsAsync();
        await host.AddInsatsAsync("Vägen in");
        using var browser = await host.SignInAsync(Role.InsatsManager, own);
        var page = await browser.GetAsync($"/f/{host.ForbundId}/texter?ar=2024");
        page.Content.ShouldContain("3 saker saknas för 2024: 3 texter.");
        page.Content.ShouldNotContain("Vägen in");
        page.Content.ShouldNotContain("mål");
    }

    private static async Task<List<(string, string)>> BodiesAsync(WebHost host) =>
        [.. (await host.Get<InsatsTextStore>().OfYearAsync(host.ForbundId, 2024)).Select(t => (t.Section, t.Body))];
}
