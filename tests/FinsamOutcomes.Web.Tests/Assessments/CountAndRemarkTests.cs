using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Assessments;

public sealed class CountAndRemarkTests
{
    [Fact]
    public async Task Numbers_are_saved_and_the_second_saver_sees_what_the_first_changed()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync("Öppet hus", method: "count");
        using var browser = await host.SignInAsync(Role.Caseworker, insats);
        var here = $"/f/{host.ForbundId}/antal";
        var first = await browser.GetAsync(here);
        first.Content.ShouldContain("Öppet hus");
        var page = await browser.PostFormAsync(first, "Spara antalen", ("Input.Counts[0].NumberOfPeople", "12"), ("Input.Counts[1].NumberOfPeople", "0"));
        page.Content.ShouldContain("Sparat: 2 antal för 2024.");
        (await host.Get<HeadCountStore>().OfYearAsync(host.ForbundId, 2024)).Select(h => (h.Gender, h.NumberOfPeople)).ShouldBe([("woman", 12), ("man", 0)]);

        // Opened before the first saved: one number that both changed, one that only the second did.
        page = await browser.PostFormAsync(first, "Spara antalen", ("Input.Counts[0].NumberOfPeople", "9"), ("Input.Counts[2].NumberOfPeople", "1"));
        page.Errors.ShouldBe(["Någon annan har ändrat antalet till 12 sedan du öppnade sidan. Spara igen om ditt antal ska gälla."]);
        page.Html.ShouldContain("value=\"9\"");
        page.Content.ShouldContain("2024-05-15 av user");
        page = await browser.PostFormAsync(page, "Spara antalen");
        page.Content.ShouldContain("Sparat: 2 antal för 2024.");
        (await host.Get<HeadCountStore>().OfYearAsync(host.ForbundId, 2024)).Select(h => h.NumberOfPeople).ShouldBe([9, 0, 1]);
    }

    [Fact]
    public async Task A_structural_insats_is_asked_one_number_and_older_ones_by_gender_are_shown_and_added()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.Get<InsatsStore>().AddAsync(
            new NewInsats
            {
                ForbundId = host.ForbundId,
                Name = "Frukostmöten",
                Orientation = "structural",
                FollowUpMethod = "count",
                StartsOn = new DateOnly(2023, 1, 1),
            });
        using var browser = await host.SignInAsync(Role.Caseworker, insats);
        var here = $"/f/{host.ForbundId}/antal";
        (await browser.GetAsync($"/f/{host.ForbundId}")).Content.ShouldContain("Frukostmöten");
        var page = await browser.GetAsync(here);
        page.Html.ShouldNotContain("Kvinnor, Frukostmöten");
        await browser.PostFormAsync(page, "Spara antalen", ("Input.Counts[0].NumberOfPeople", "240"));
        (await host.Get<HeadCountStore>().OfYearAsync(host.ForbundId, 2024)).Select(h => (h.Gender, h.NumberOfPeople)).ShouldBe([("unknown", 240)]);

        // The year before was counted by gender.
        var older = new NewHeadCount { ForbundId = host.ForbundId, InsatsId = insats, CalendarYear = 2023, Half = 0, Gender = "woman", NumberOfPeople = 30 };
        await host.Get<HeadCountStore>().SetAsync(older);
        await host.Get<HeadCountStore>().SetAsync(older with { Gender = "man", NumberOfPeople = 10 });
        (await browser.GetAsync($"/f/{host.ForbundId}")).Content.ShouldNotContain("Frukostmöten, 2023");
        page = await browser.GetAsync($"{here}?ar=2023");
        page.Content.ShouldContain("Tillsammans 40: antalen efter kön räknas med.");
        page = await browser.PostFormAsync(
            page,
            "Spara antalen",
            ("Input.Counts[0].NumberOfPeople", ""),
            ("Input.Counts[1].NumberOfPeople", ""),
            ("Input.Counts[2].NumberOfPeople", "41"));
        page.Content.ShouldNotContain("Tillsammans");
        (await host.Get<HeadCountStore>().OfYearAsync(host.ForbundId, 2023)).Select(h => (h.Gender, h.NumberOfPeople)).ShouldBe([("unknown", 41)]);
        (await browser.GetAsync(here)).Content.ShouldContain("41");
    }

    [Fact]
    public async Task Numbers_that_are_wrong_or_somebody_elses_are_refused()
    {
        await using var host = await WebHost.StartAsync();
        var own = await host.AddInsatsAsync("Öppet hus", method: "count");
        var other = await host.AddInsatsAsync("Annan", method: "count");
        using var browser = await host.SignInAsync(Role.Caseworker, own);
        var here = $"/f/{host.ForbundId}/antal";
        var page = await browser.PostFormAsync(here, "Spara antalen", ("Input.Counts[0].NumberOfPeople", "tolv"), ("Input.Counts[1].NumberOfPeople", "3"));
        page.Errors.ShouldHaveSingleItem();
        page.Html.ShouldContain("value=\"tolv\"");
        (await browser.PostFormAsync(page, "Spara antalen", ("Input.Counts[0].NumberOfPeople", "-1"))).Errors.ShouldBe(["Antalet kan inte vara negativt."]);
        (await browser.PostFormAsync(here, "Spara antalen", ("Input.Counts[0].InsatsId", $"{other}"), ("Input.Counts[0].NumberOfPeople", "3"))).Status.ShouldBe(
            HttpStatusCode.NotFound);
        (await browser.GetAsync($"{here}?ar=2099")).Status.ShouldBe(HttpStatusCode.NotFound);
        var halves = await browser.GetAsync($"{here}?ar=2024&per=halvar");
        halves.Content.ShouldContain("Har inte börjat");
        (await host.Get<HeadCountStore>().OfYearAsync(host.ForbundId, 2024)).ShouldBeEmpty();
        using var supporter = await host.SignInAsync(Role.ProcessSupporter);
        (await supporter.GetAsync(here)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_remark_that_can_not_be_mended_stays_quiet_until_it_is_woken()
    {
        await using var papers = await Papers.StartAsync();
        var stay = await papers.EnterAsync("D0099", birthYear: 2015);
        var other = await papers.Host.AddInsatsAsync("Annan");
        var foreign = await papers.EnterAsync("X9", other, birthYear: 2015);
        using var browser = await papers.Host.SignInAsync(papers.User);
        var here = $"{papers.Root}/anmarkningar";
        var page = await browser.GetAsync(here);
        page.Content.ShouldContain("D0099");
        page.Content.ShouldNotContain("X9");
        (await browser.PostFormAsync(page, "Input.Note", ("Input.ParticipationId", $"{foreign}"))).Status.ShouldBe(HttpStatusCode.NotFound);
        page = await browser.PostFormAsync(page, "Input.Note", ("Input.Note", "Rätt födelseår, kontrollerat"));
        page.Content.ShouldContain("Markerad som kontrollerad.");
        page.Content.ShouldContain("Inga anmärkningar.");
        page.Content.ShouldContain("Rätt födelseår, kontrollerat");
        page = await browser.PostFormAsync(page, "handler=Wake");
        page.Content.ShouldContain("Anmärkningen är väckt igen.");
        page.Content.ShouldNotContain("Inga anmärkningar.");
        stay.ShouldBePositive();
    }

    [Fact]
    public async Task The_start_page_shows_what_needs_doing_and_says_so_when_nothing_does()
    {
        await using var papers = await Papers.StartAsync();
        using var browser = await papers.Host.SignInAsync(papers.User);
        (await browser.GetAsync(papers.Root)).Content.ShouldContain("Inget att göra just nu.");

        await papers.RegisterAsync(papers.Participations[0], on: "2024-01-10");
        await papers
            .Host.Get<ParticipationStore>()
            .ExitAsync(
                new NewExit
                {
                    ForbundId = papers.Host.ForbundId,
                    ParticipationId = papers.Participations[1],
                    Version = 1,
                    EndedOn = new DateOnly(2024, 5, 1),
                });
        var page = await browser.GetAsync(papers.Root);
        page.Content.ShouldContain("Utskrivningar utan orsak 1");
        page.Content.ShouldContain("D0013 , Insam, utskriven 2024-05-01");
        page.Content.ShouldContain("Skattningar att göra 1");
        page.Content.ShouldContain("Insam, start : 1 deltagare saknar EX-2");
        page.Content.ShouldNotContain("Inget att göra");
        page.Content.ShouldNotContain("Som jag är handläggare för", customMessage: "who follows nobody has one list");

        // Who follows somebody sees their own first, how much there is of the rest, and keeps the choice on the way.
        await browser.PostFormAsync($"{papers.Root}/deltaganden/{papers.Participations[1]}/handlaggare", ("Input.AppUserId", $"{papers.User.Id}"));
        page = await browser.GetAsync(papers.Root);
        page.Content.ShouldContain("Som jag är handläggare för (1 att göra) Utan handläggare (1 att göra) Alla i mina insatser (2 att göra)");
        page.Content.ShouldContain("Utskrivningar utan orsak 1");
        page.Content.ShouldNotContain("Skattningar att göra");
        page = await browser.GetAsync($"{papers.Root}?vems=utan");
        page.Content.ShouldContain("Skattningar att göra 1");
        page.Content.ShouldNotContain("Utskrivningar utan orsak");
        var pile = await browser.GetAsync(WebUtility.HtmlDecode(Regex.Match(page.Html, "href=\"([^\"]*sjalvskattningar[?][^\"]*)\"").Groups[1].Value));
        pile.Url.Query.ShouldContain("vems=utan");
        pile.Content.ShouldContain("1 av 2 inskrivna deltagare");
        (await browser.GetAsync($"{papers.Root}/anmarkningar?vems=utan")).Content.ShouldContain("Inga anmärkningar.");
        (await browser.GetAsync($"{papers.Root}/anmarkningar?vems=alla")).Content.ShouldContain("D0013 , Insam");

        using var newcomer = await papers.Host.SignInAsync(Role.Caseworker);
        (await newcomer.GetAsync(papers.Root)).Content.ShouldContain("Du har ingen insats än.");
        foreach (var role in new[] { Role.InsatsManager, Role.ProcessSupporter, Role.Administrator, Role.Auditor })
        {
            using var other = await papers.Host.SignInAsync(role);
            (await other.GetAsync(papers.Root)).Content.ShouldContain("För dig som är");
        }
    }

    [Fact]
    public async Task The_start_page_says_which_year_lacks_numbers()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Caseworker, await host.AddInsatsAsync("Öppet hus", method: "count"));
        (await browser.GetAsync($"/f/{host.ForbundId}")).Content.ShouldContain("Öppet hus : antal för 2023 saknas");

        // One gender of a half-year is enough, as in the hand-over.
        var insats = (await host.Get<InsatsStore>().TreeAsync(host.ForbundId)).Single().Insats.Id;
        foreach (var (half, gender) in new[] { (1, "woman"), (1, "man"), (2, "woman") })
            await host.Get<HeadCountStore>()
                .SetAsync(
                    new NewHeadCount
                    {
                        ForbundId = host.ForbundId,
                        InsatsId = insats,
                        CalendarYear = 2023,
                        Half = half,
                        Gender = gender,
                        NumberOfPeople = 1,
                    });
        var page = await browser.GetAsync($"/f/{host.ForbundId}");
        page.Content.ShouldContain("Antal som saknas 1");
        page.Content.ShouldContain("Öppet hus : antal för juli–december 2023, män saknas");
    }

    [Fact]
    public async Task A_half_year_when_the_insats_was_not_open_is_not_asked_about()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.Get<InsatsStore>()
            .AddAsync(
                new NewInsats
                {
                    ForbundId = host.ForbundId,
                    Name = "Sent",
                    Orientation = "individual",
                    FollowUpMethod = "count",
                    StartsOn = new DateOnly(2023, 8, 1),
                    TargetGroups = [],
                });
        using var browser = await host.SignInAsync(Role.Caseworker, insats);
        var page = await browser.GetAsync($"/f/{host.ForbundId}/antal?ar=2023&per=halvar");
        page.Content.ShouldContain("Insatsen pågick inte då");
        page.Html.ShouldContain("Input.Counts[2].Half");
        page.Html.ShouldNotContain("Input.Counts[3].Half");
    }
}
