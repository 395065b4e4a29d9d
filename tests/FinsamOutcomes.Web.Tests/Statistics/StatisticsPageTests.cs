using System.Net;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Statistics;

public sealed class StatisticsPageTests
{
    [Fact]
    public async Task A_process_supporter_reads_the_answer_changes_the_filter_and_saves_what_is_on_the_screen()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await Exits.AddAsync(host);
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var page = await browser.PostFormAsync($"/f/{host.ForbundId}/statistik", ("Skal", "Jämför med insatsens egna anteckningar"));
        page.Heading.ShouldBe("Statistik");
        page.Content.ShouldContain(
            "Svaret i korthet Det går inte att jämföra kvinnor och män: underlaget är för litet. Det finns inget att jämföra med från samma period året före. Kvinnor och män 67\u00A0% av kvinnorna och 3 av 4 män som avslutade gick till arbete eller studier (8 av 12 kvinnor). Det är för få"
        );
        page.Content.ShouldContain("Internt underlag");
        page.Html.ShouldContain("<svg");

        var filtered = await browser.GetAsync(
            $"/f/{host.ForbundId}/statistik?urval=1&Fran=2024-01-01&Till=2024-05-15&Insats={insats}&Definition=arbete-eller-studier&Namnare=avslutade&Kon=&Visa=publicerat"
        );
        filtered.Url.PathAndQuery.ShouldBe($"/f/{host.ForbundId}/statistik?fran=2024-01-01&till=2024-04-30&insats={insats}&visa=publicerat");
        filtered.Content.ShouldContain(
            "männen som avslutade visas inte hur stor andel som gick till arbete eller studier, eftersom den bygger på för få (dold)");
        filtered.Content.ShouldNotContain("3 av 4");
        filtered.Content.ShouldContain("Granska innan du publicerar");
        page.Content.ShouldNotContain("Granska innan du publicerar");

        var csv = await browser.GetAsync($"/f/{host.ForbundId}/statistik/kon.csv{filtered.Url.Query}");
        csv.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        csv.Response.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe("kon_insam_2024-01-01_2024-04-30.csv");
        csv.Html.ShouldContain("dold");
        foreach (var file in new[] { "utveckling.svg", "laget.xlsx" })
            (await browser.GetAsync($"/f/{host.ForbundId}/statistik/{file}{filtered.Url.Query}")).Status.ShouldBe(HttpStatusCode.OK, file);
        (await new AuditStore(host.Database).SearchAsync(host.ForbundId, new AuditFilter { Action = "Board.Save" }, 1, "revisor"))
            .Events.Select(e => e.Detail)
            .ShouldContain(
                "”Skiljer sig positiva avslut mellan kvinnor och män?” (CSV), 1\u00A0januari–30\u00A0april 2024, Insam, positivt avslut: arbete eller studier, av avslutade, som det publiceras"
            );
    }

    [Fact]
    public async Task An_insats_that_only_counts_shows_whom_it_counted_and_says_that_outcomes_are_not_followed()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.Get<InsatsStore>()
            .AddAsync(
                new NewInsats
                {
                    ForbundId = host.ForbundId,
                    Name = "Öppna dörren",
                    Orientation = "individual",
                    FollowUpMethod = "count",
                    StartsOn = new DateOnly(2022, 1, 1),
                });
        foreach (var (half, gender, number) in new[] { (1, "woman", 30), (2, "woman", 12), (1, "man", 0), (2, "man", 0) })
            await host.Get<HeadCountStore>()
                .SetAsync(
                    new NewHeadCount
                    {
                        ForbundId = host.ForbundId,
                        InsatsId = insats,
                        CalendarYear = 2023,
                        Half = half,
                        Gender = gender,
                        NumberOfPeople = number,
                    });
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var page = await browser.GetAsync($"/f/{host.ForbundId}/statistik?fran=2023-02-01&till=2023-11-30&insats={insats}");
        page.Content.ShouldContain("Insatsen räknar bara hur många som deltar.");
        page.Content.ShouldContain("Första halvåret 2023 30");
        page.Content.ShouldContain("Hela 2023, högst 42");
        page.Content.ShouldNotContain("Ingen som avslutade");
        (await browser.GetAsync($"/f/{host.ForbundId}/statistik/raknade.csv{page.Url.Query}")).Html.ShouldContain("Första halvåret 2023");
    }

    [Fact]
    public async Task What_cannot_be_saved_is_told_as_a_warning()
    {
        await using var host = await WebHost.StartAsync();
        await Exits.AddAsync(host);
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        foreach (var (file, says) in new[] { ("kon.pdf", "Det här går inte att spara i det formatet."), ("finns-inte.csv", "Den delen finns inte i urvalet.") })
        {
            var page = await browser.GetAsync($"/f/{host.ForbundId}/statistik/{file}");
            page.Heading.ShouldBe("Statistik");
            page.Content.ShouldContain(says);
            page.Html.ShouldNotContain("message-box--success");
        }
    }

    [Fact]
    public async Task What_the_address_cannot_say_is_told_beside_its_field_and_the_usual_is_shown()
    {
        await using var host = await WebHost.StartAsync();
        await Exits.AddAsync(host);
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var page = await browser.GetAsync($"/f/{host.ForbundId}/statistik?fran=nyss&kon=flicka&alder=16-24<script>");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Errors.ShouldContain("”nyss” är inte ett datum från 1990 till 2059. Skriv till exempel 2026-01-31.");
        page.Content.ShouldContain("Könet ”flicka” finns inte.");
        page.Html.ShouldNotContain("<script>");
        page.Html.ShouldContain("value=\"nyss\"");
    }

    [Fact]
    public async Task Somebody_with_insatser_of_their_own_sees_the_statistics_of_those_only()
    {
        await using var host = await WebHost.StartAsync();
        var own = await Exits.AddAsync(host);
        var other = await host.AddInsatsAsync("Vägen in");
        using var browser = await host.SignInAsync(Role.Caseworker, own);
        (await browser.GetAsync($"/f/{host.ForbundId}/statistik")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetAsync($"/f/{host.ForbundId}/insatser/{other}/statistik")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var page = await browser.GetAsync($"/f/{host.ForbundId}/insatser/{own}/statistik?insats={other}");
        page.Heading.ShouldBe("Statistik för Insam");
        page.Content.ShouldContain("Insatsen finns inte bland dem som du kan välja.");
        page.Content.ShouldContain("(dold)");
        page.Content.ShouldNotContain("8 av 12 kvinnor");
        page.Content.ShouldNotContain("Vägen in");
        page = await browser.PostFormAsync($"/f/{host.ForbundId}/insatser/{own}/statistik", ("Skal", "Stämmer av mot mina egna deltagare"));
        page.Heading.ShouldBe("Statistik för Insam");
        page.Content.ShouldContain("8 av 12 kvinnor");
    }
}
