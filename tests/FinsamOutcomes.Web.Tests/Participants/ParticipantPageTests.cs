using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Tests.Participants;

public sealed class ParticipantPageTests
{
    [Fact]
    public async Task The_list_shows_own_insatser_with_counts_filter_and_names_that_are_logged()
    {
        await using var people = await People.StartAsync();
        (await people.Browser.GetAsync($"{people.Root}/deltagare")).Content.ShouldContain("Ingen deltagare är registrerad i dina insatser än.");
        await people.AddAsync("A1", name: "Elin Provsson");
        await people.AddAsync("A2", started: null, queued: "2024-03-01");
        await people.AddAsync("A3", isProtected: true);
        await people.AddAsync("B1", insats: people.Foreign);

        var list = await people.Browser.GetAsync($"{people.Root}/deltagare");
        list.Content.ShouldContain("Alla (3)");
        list.Content.ShouldContain("I kö (1)");
        list.Content.ShouldContain("Inskrivna (2)");
        list.Content.ShouldContain("Elin Provsson");
        list.Content.ShouldContain("skyddade personuppgifter");
        list.Content.ShouldNotContain("B1");
        (await people.Browser.GetAsync($"{people.Root}/deltagare?status=ko")).Content.ShouldNotContain("A1");
        (await people.Browser.GetAsync($"{people.Root}/deltagare?status=avslutade")).Content.ShouldContain("Ingen deltagare i det urvalet.");
        (await people.Browser.GetAsync($"{people.Root}/deltagare?insats={people.Foreign}&sida=-4")).Content.ShouldContain("A1");

        var log = await new AuditStore(people.Host.Database).SearchAsync(
            people.Host.ForbundId,
            new AuditFilter { Actor = people.Caseworker.UserName },
            1,
            "revisor");
        var reading = log.Events.First(e => e.Action == "Participants.ReadIdentities");
        reading.Detail.ShouldBe("deltagare A1 utan namn A2 A3");
    }

    [Fact]
    public async Task A_long_list_has_pages()
    {
        await using var people = await People.StartAsync();
        for (var i = 0; i < ParticipantListStore.PageSize + 1; i++)
            await people.AddAsync();
        var first = await people.Browser.GetAsync($"{people.Root}/deltagare");
        first.Content.ShouldContain("Sida 1 av 2");
        first.Html.ShouldContain("deltagare?sida=2\"");
        (await people.Browser.GetAsync($"{people.Root}/deltagare?sida=2")).Content.ShouldContain("D0001");
    }

    [Fact]
    public async Task A_search_is_posted_and_one_hit_opens_the_participant()
    {
        await using var people = await People.StartAsync();
        var one = await people.AddAsync("A1", name: "Elin Provsson");
        await people.AddAsync("A2", name: "Elis Provsson");
        await people.AddAsync("A3", number: "701063-2391");
        await people.AddAsync("B1", name: "Elin Provsson", insats: people.Foreign);

        var hit = await SearchAsync("elin prov");
        hit.Url.PathAndQuery.ShouldBe(people.Person(one));
        var two = await SearchAsync("provsson");
        two.Content.ShouldContain("2 deltagare hittades");
        two.Url.AbsolutePath.ShouldBe($"{people.Root}/deltagare/sok");
        two.Url.Query.ShouldNotContain("provsson");
        (await SearchAsync("19701063-2391")).Heading.ShouldBe("A3");
        (await SearchAsync("finns inte")).Content.ShouldContain("Ingen deltagare i dina insatser hittades");
        (await SearchAsync("  ")).Content.ShouldContain("Skriv någon del av koden");
        (await SearchAsync("<script>")).Html.ShouldNotContain("<script>");

        async Task<Hosting.WebPage> SearchAsync(string text) => await people.Browser.PostFormAsync($"{people.Root}/deltagare", "deltagare/sok", ("Text", text));
    }

    [Fact]
    public async Task A_registration_tells_all_its_faults_at_once()
    {
        await using var people = await People.StartAsync();
        var wrong = await people.Browser.PostFormAsync(
            $"{people.Root}/deltagare/ny",
            ("Input.On", "2030-01-01"),
            ("Input.BirthYear", "1850"),
            ("Input.PersonalNumber", "19701063-0000"));
        wrong.Errors.Count.ShouldBe(4);
        wrong.Errors.ShouldContain("Välj kvinna, man eller okänt kön.");
        wrong.Errors.ShouldContain(e => e.Contains("i framtiden", StringComparison.Ordinal));
        wrong.Errors.ShouldContain("Ange ett födelseår från 1900 till 2024.");
        wrong.Errors.ShouldContain(e => e.StartsWith("De fyra sista siffrorna i personnumret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_participant_is_shown_in_words_and_the_name_stays_out_of_title_and_address()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1", name: "Elin Provsson");
        var page = await people.Browser.GetAsync(people.Person(person));
        page.Heading.ShouldBe("A1");
        page.Content.ShouldContain("Elin Provsson");
        page.Content.ShouldContain("Kvinna");
        page.Content.ShouldContain("Inskriven");
        page.Content.ShouldContain("Försörjning före uppgift saknas");
        Title(page.Html).ShouldBe("Deltagare A1 – FinsamOutcomes");
        foreach (var link in Regex.Matches(page.Html, "(?:href|action)=\"([^\"]*)\"").Select(m => m.Groups[1].Value))
            link.ShouldNotContain("Prov");
        var log = await new AuditStore(people.Host.Database).SearchAsync(
            people.Host.ForbundId,
            new AuditFilter { Actor = people.Caseworker.UserName },
            1,
            "revisor");
        log.Events.ShouldContain(e => e.Action == "Participants.ReadIdentity" && e.EntityId == person.ParticipantId);
        log.Events.ShouldAllBe(e => !e.Detail.Contains("Prov"));

        var hidden = await people.AddAsync("A2", isProtected: true);
        (await people.Browser.GetAsync(people.Person(hidden))).Content.ShouldContain("skyddade personuppgifter");
    }

    [Fact]
    public async Task Only_participations_in_own_insatser_are_shown_and_a_foreign_participant_does_not_exist()
    {
        await using var people = await People.StartAsync();
        var foreign = await people.AddAsync("B1", insats: people.Foreign);
        foreach (var form in new[] { "skriv-in", "skriv-ut", "angra", "felregistrerad", "andra", "handlaggare", "flytta" })
            (await people.Browser.GetAsync(people.Participation(foreign, form))).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var form in new[] { "", "/andra", "/ny-inskrivning", "/sla-ihop", "/angra-sammanslagning", "/ta-bort" })
            (await people.Browser.GetAsync(people.Person(foreign) + form)).Status.ShouldBe(HttpStatusCode.NotFound);

        var shared = await people.AddAsync("A1");
        using var other = await people.Host.SignInAsync(Role.Caseworker, people.Own, people.Foreign);
        await other.PostFormAsync($"{people.Person(shared)}/ny-inskrivning", ("Input.InsatsId", $"{people.Foreign}"), ("Input.On", "2024-04-01"));
        (await other.GetAsync(people.Person(shared))).Content.ShouldContain("Vägen in");
        (await people.Browser.GetAsync(people.Person(shared))).Content.ShouldNotContain("Vägen in");
    }

    [Fact]
    public async Task Personal_data_are_changed_with_errors_beside_the_fields_and_protection_takes_the_name_away()
    {
        await using var people = await People.StartAsync();
        await people.AddAsync("A2");
        var person = await people.AddAsync("A1", name: "Elin Provsson");
        var address = $"{people.Person(person)}/andra";
        var wrong = await people.Browser.PostFormAsync(address, ("Input.Code", "A2"), ("Input.BirthYear", "1800"), ("Input.PersonalNumber", "123"));
        wrong.Errors.Count.ShouldBe(3);
        wrong.Html.ShouldContain("value=\"A2\"");
        wrong.Html.ShouldContain("value=\"Elin Provsson\"");
        (await people.Browser.PostFormAsync(address, ("Input.BirthYear", "nittio"))).Errors.ShouldHaveSingleItem();

        var saved = await people.Browser.PostFormAsync(address, ("Input.Code", "A7"), ("Input.Name", "Elin Annan"));
        saved.Heading.ShouldBe("A7");
        saved.Content.ShouldContain("Personuppgifterna är ändrade.");
        saved.Content.ShouldContain("Deltagarkod A1 A7");
        saved.Content.ShouldContain("Namn ändrat");
        var covered = await people.Browser.PostFormAsync(address, ("Input.HasProtectedIdentity", "true"));
        covered.Content.ShouldContain("skyddade personuppgifter");
        covered.Html.ShouldNotContain("Elin");
    }

    [Fact]
    public async Task A_further_stay_is_registered_as_entry_queue_or_past_and_refused_with_the_reason_beside_the_field()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1");
        var address = $"{people.Person(person)}/ny-inskrivning";
        var overlap = await people.Browser.PostFormAsync(address, ("Input.On", "2024-03-01"));
        overlap.Errors.ShouldHaveSingleItem().ShouldContain("redan i kö eller är inskriven");
        var foreign = await people.Browser.PostFormAsync(address, ("Input.InsatsId", $"{people.Foreign}"));
        foreign.Errors.ShouldHaveSingleItem().ShouldContain("Du arbetar inte i den insatsen");
        var wrong = await people.Browser.PostFormAsync(
            address,
            ("Input.On", "2023-05-01"),
            ("Input.EndedOn", "2023-04-01"),
            ("Input.After.Shares[0].Code", "lon"),
            ("Input.After.Shares[0].Percent", "120"),
            ("Input.Before.WorkPercent", "10"));
        wrong.Errors.Count.ShouldBe(1, "what the form itself sees comes first");
        wrong = await people.Browser.PostFormAsync(
            address,
            ("Input.On", "2023-05-01"),
            ("Input.EndedOn", "2023-04-01"),
            ("Input.After.Shares[0].Code", "lon"),
            ("Input.After.Shares[0].Percent", "120"));
        wrong.Errors.Count.ShouldBe(2);
        (await people.Browser.PostFormAsync(address, ("Input.IsQueued", "true"), ("Input.EndedOn", "2024-05-01"))).Errors.ShouldHaveSingleItem();

        var past = await people.Browser.PostFormAsync(
            address,
            ("Input.On", "2023-05-01"),
            ("Input.EndedOn", "2023-08-01"),
            ("Input.ExitReason", "studier"),
            ("Input.IsPlannedExit", "true"),
            ("Input.After.Occupation", "active"),
            ("Input.After.StudyPercent", "100"));
        past.Content.ShouldContain("Det tidigare deltagandet i Insam är registrerat.");
        past.Content.ShouldContain("studerar 100");
        past.Content.ShouldContain("2023-08-01");
    }

    private static string Title(string html) => WebUtility.HtmlDecode(Regex.Match(html, "<title>(.*?)</title>").Groups[1].Value);
}
