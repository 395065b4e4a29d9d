using System.Net;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Participants;

/// <summary>A stay long ago opens nobody for ever. Today is 15 May 2024 and the förbund reaches back twelve months.</summary>
public sealed class ReachTests
{
    private const string Number = "701063-2391";

    [Fact]
    public async Task Every_door_to_somebody_who_left_more_than_a_year_ago_is_closed_and_each_is_open_the_day_before()
    {
        await using var people = await People.StartAsync();
        var person = await people.LeftAsync("D-100", "2022-03-01", "2023-05-15", name: "Vilde Vargavinter");
        var (status, found) = await DoorsAsync(people, person, "Vargavinter");
        status.ShouldAllBe(s => s.Value == HttpStatusCode.OK, "twelve months ago to the day is within the reach");
        found.ShouldAllBe(f => f.Value, "twelve months ago to the day is within the reach");

        people.Host.Clock.Advance(TimeSpan.FromDays(1));
        await people.Browser.SignInAsync(people.Caseworker);
        (status, found) = await DoorsAsync(people, person, "Vargavinter");
        status.Where(s => s.Key != "ny-inskrivning").ShouldAllBe(s => s.Value == HttpStatusCode.NotFound);
        found.ShouldAllBe(f => !f.Value);
        // Nothing but the code, for a new entry.
        var again = await people.Browser.GetAsync(people.Person(person) + "/ny-inskrivning");
        again.Status.ShouldBe(HttpStatusCode.OK);
        again.Content.ShouldContain("visas inte för dig");
        again.Html.ShouldNotContain("Vargavinter");
    }

    [Fact]
    public async Task An_open_stay_or_a_place_in_the_queue_opens_what_was_before_it_in_the_same_insats_and_in_no_other()
    {
        await using var people = await People.StartAsync();
        var other = await people.Host.AddInsatsAsync("Trappan");
        var both = await people.Host.AddUserAsync(people.Host.ForbundId, [Role.Caseworker], people.Own, other);
        var person = await people.LeftAsync("D-101", "2023-01-01", "2023-02-01");
        await RegisterAsync(people, person, other, "2023-01-01", "2023-02-02");
        // While it was reached: the new stay follows upon the old.
        await people.Host.SqlAsync(
            $"INSERT INTO participation (id, forbund_id, participant_id, insats_id, queued_on, version) VALUES (9001, {people.Host.ForbundId}, {person.ParticipantId}, {people.Own}, '2024-05-01', 1)"
        );
        using var browser = await people.Host.SignInAsync(both);
        var page = await browser.GetAsync(people.Person(person));
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Content.ShouldContain("2023-02-01");
        page.Content.ShouldNotContain("2023-02-02", Case.Sensitive, "another insats, left too long ago");
        page.Content.ShouldContain("Ett deltagande i dina insatser är så gammalt att det inte visas");
    }

    [Fact]
    public async Task A_participant_who_comes_back_is_registered_again_without_the_history_being_opened()
    {
        await using var people = await People.StartAsync();
        var person = await people.LeftAsync("D-102", "2022-03-01", "2022-09-01", number: Number);
        var form = $"{people.Root}/deltagare/ny";
        var same = await people.Browser.PostFormAsync(
            form,
            null,
            ("Input.InsatsId", $"{people.Own}"),
            ("Input.Gender", "man"),
            ("Input.PersonalNumber", Number));
        same.Content.ShouldContain("en tidigare deltagare i din insats");
        same.Html.ShouldNotContain("D-102");
        var again = await people.Browser.PostFormAsync(
            $"{people.Person(person)}/ny-inskrivning",
            null,
            ("Input.InsatsId", $"{people.Own}"),
            ("Input.On", "2024-05-10"));
        again.Url.AbsolutePath.ShouldBe(people.Person(person));
        again.Content.ShouldContain("2024-05-10");
        again.Content.ShouldNotContain("2022-03-01");
        again.Content.ShouldContain("Be om att få öppna");
        (await people.Browser.GetAsync(people.Participation(person, "andra"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await people.Host.ActionsByAsync(people.Caseworker.UserName)).ShouldContain("Participations.Register");
    }

    [Fact]
    public async Task The_administrator_opens_a_participant_for_a_time_by_code_and_each_step_is_in_the_log()
    {
        await using var people = await People.StartAsync();
        var person = await people.LeftAsync("D-103", "2022-03-01", "2022-09-01", name: "Vilde Vargavinter");
        using var administrator = await people.Host.SignInAsync(Role.Administrator);
        var ask = $"{people.Root}/deltagare/be-om-att-oppna";
        (await people.Browser.PostFormAsync(ask, ("Input.Text", "D-103"), ("Input.Reason", ""))).Errors.ShouldHaveSingleItem();

        var vain = await people.Browser.PostFormAsync(ask, ("Input.Text", "D-999"), ("Input.Reason", "Intyg"));
        var asked = await people.Browser.PostFormAsync(ask, ("Input.Text", "D-103"), ("Input.Reason", "Intyg till arbetsgivare"));
        // One answer, whether there is anybody or not.
        asked.Content.ShouldBe(vain.Content);

        var waiting = await administrator.GetAsync($"{people.Root}/oppningar");
        waiting.Content.ShouldContain("D-103");
        waiting.Content.ShouldContain("Intyg till arbetsgivare");
        waiting.Html.ShouldNotContain("Vargavinter");
        (await administrator.PostFormAsync(waiting, "Input.Days", ("Input.Days", "31"))).Content.ShouldContain("från 1 till 30");
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await administrator.PostFormAsync(waiting, "Input.Days", ("Input.Days", "3"))).Content.ShouldContain("Öppna nu");

        var opened = await people.Browser.GetAsync(people.Person(person));
        opened.Content.ShouldContain("Vilde Vargavinter");
        opened.Content.ShouldContain("2022-09-01");
        var colleague = await people.Host.AddUserAsync(people.Host.ForbundId, [Role.Caseworker], people.Own);
        using var other = await people.Host.SignInAsync(colleague);
        (await other.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound, "the yes is for the one who asked");

        people.Host.Clock.Advance(TimeSpan.FromDays(3));
        await people.Browser.SignInAsync(people.Caseworker);
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        var log = await people.Host.SqlAsync(
            "SELECT CONCAT(action, ' ', entity, ' ', entity_id) FROM audit_event WHERE action LIKE 'Reach.%' ORDER BY event_number");
        log.ShouldBe(["Reach.AskInVain participant ", $"Reach.Ask participant {person.ParticipantId}", $"Reach.Open participant {person.ParticipantId}"]);
    }

    [Fact]
    public async Task A_no_is_told_and_a_yes_can_be_taken_back()
    {
        await using var people = await People.StartAsync();
        var person = await people.LeftAsync("D-104", "2022-03-01", "2022-09-01");
        using var administrator = await people.Host.SignInAsync(Role.Administrator);
        var ask = $"{people.Root}/deltagare/be-om-att-oppna";
        var openings = $"{people.Root}/oppningar";
        await people.Browser.PostFormAsync(ask, ("Input.Text", "D-104"), ("Input.Reason", "Nyfiken"));
        (await administrator.PressAsync(await administrator.GetAsync(openings), "Svara nej<span class=\"sr-only\"> om D-104</span>")).Content.ShouldContain(
            "Du har svarat nej");
        (await people.Browser.GetAsync(ask)).Content.ShouldContain("administratören sa nej");
        await people.Browser.PostFormAsync(ask, ("Input.Text", "D-104"), ("Input.Reason", "Intyg"));
        await administrator.PostFormAsync(await administrator.GetAsync(openings), "Input.Days");
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.OK);
        (await administrator.PostFormAsync(await administrator.GetAsync(openings), "handler=End")).Content.ShouldContain("stängd igen");
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_administrator_does_not_say_yes_to_themselves_where_there_is_another()
    {
        await using var people = await People.StartAsync();
        await people.LeftAsync("D-105", "2022-03-01", "2022-09-01");
        var both = await people.Host.AddUserAsync(people.Host.ForbundId, [Role.Administrator, Role.Caseworker], people.Own);
        using var browser = await people.Host.SignInAsync(both);
        var (ask, openings) = ($"{people.Root}/deltagare/be-om-att-oppna", $"{people.Root}/oppningar");
        await browser.PostFormAsync(ask, ("Input.Text", "D-105"), ("Input.Reason", "Intyg"));
        using var second = await people.Host.SignInAsync(Role.Administrator);
        (await browser.PostFormAsync(await browser.GetAsync(openings), "Input.Days")).Content.ShouldContain("Be en annan förbundsadministratör");
        (await second.PostFormAsync(await second.GetAsync(openings), "Input.Days")).Content.ShouldContain("Öppna nu");
    }

    [Fact]
    public async Task The_förbund_chooses_how_far_back_caseworkers_reach()
    {
        await using var people = await People.StartAsync();
        var person = await people.LeftAsync("D-106", "2022-03-01", "2022-09-01");
        using var administrator = await people.Host.SignInAsync(Role.Administrator);
        var rules = $"{people.Root}/regler";
        foreach (var wrong in new[] { "0", "61", "", "tolv" })
            (await administrator.PostFormAsync(rules, ("Input.ReachMonths", wrong))).Errors.ShouldHaveSingleItem(wrong);
        var opened = await administrator.GetAsync(rules);
        (await administrator.PostFormAsync(opened, null, ("Input.ReachMonths", "24"))).Content.ShouldContain("Reglerna är sparade");
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.OK);
        // Who had the page open before sees what it is now.
        (await administrator.PostFormAsync(opened, null, ("Input.ReachMonths", "3"))).Content.ShouldContain("Någon annan har ändrat");
        (await administrator.PostFormAsync(rules, ("Input.ReachMonths", "1"))).Content.ShouldContain("Reglerna är sparade");
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_return_that_was_registered_by_mistake_opens_nothing()
    {
        await using var people = await People.StartAsync();
        var person = await people.LeftAsync("D-108", "2022-03-01", "2022-09-01", name: "Elin Provsson");
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        await people.Browser.PostFormAsync($"{people.Person(person)}/ny-inskrivning", null, ("Input.InsatsId", $"{people.Own}"), ("Input.On", "2024-05-15"));
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.OK);
        var id = (await people.Host.SqlAsync("SELECT MAX(id) FROM participation")).Single();
        var gone = await people.Browser.PostFormAsync($"{people.Root}/deltaganden/{id}/felregistrerad", form: null);
        gone.Url.AbsolutePath.ShouldBe($"{people.Root}/deltagare");
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await people.Browser.GetAsync($"{people.Root}/deltagare?status=avslutade")).Html.ShouldNotContain("D-108");

        // One who has been there all the time is reached as before when something else is misregistered.
        var own = await people.AddAsync("D-109");
        await people.Browser.PostFormAsync(people.Participation(own, "felregistrerad"), form: null);
        (await people.Browser.GetAsync(people.Person(own))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_code_of_somebody_who_left_long_ago_is_shown_with_an_event()
    {
        await using var people = await People.StartAsync();
        var person = await people.LeftAsync("D-110", "2022-03-01", "2022-09-01");
        (await people.Browser.GetAsync($"{people.Root}/deltagare/be-om-att-oppna?deltagare={person.ParticipantId}")).Html.ShouldContain("D-110");
        var log = await people
            .Host.Get<AuditStore>()
            .SearchAsync(people.Host.ForbundId, new AuditFilter { Participant = "D-110", Actor = people.Caseworker.UserName }, 1, "prov");
        log.Events.ShouldContain(e => e.Action.StartsWith("Participants.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_exit_far_back_leads_to_the_list_and_says_why()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("D-107", started: "2022-03-01");
        var asked = await people.Browser.PostFormAsync(people.Participation(person, "skriv-ut"), null, ("Input.EndedOn", "2022-06-01"));
        asked.Content.ShouldContain("för mer än 12 månader sedan");
        (await people.RowAsync(person)).EndedOn.ShouldBeNull("nothing is saved before it is said to be right");
        var saved = await people.Browser.PostFormAsync(asked, null, ("Unusual.IsRight", "true"));
        saved.Url.AbsolutePath.ShouldBe($"{people.Root}/deltagare");
        saved.Content.ShouldContain("inte längre visas för dig");
    }

    private static Task<RegisteredParticipation> RegisterAsync(People people, RegisteredPerson person, int insats, string started, string ended) =>
        people
            .Host.Get<ParticipationStore>()
            .RegisterAsync(
                new NewParticipation
                {
                    ForbundId = people.Host.ForbundId,
                    ParticipantId = person.ParticipantId,
                    InsatsId = insats,
                    StartedOn = DateOnly.Parse(started),
                    EndedOn = DateOnly.Parse(ended),
                });

    // Pages by what they answer, and lists by whether the code stands in them.
    private static async Task<(Dictionary<string, HttpStatusCode> Status, Dictionary<string, bool> Found)> DoorsAsync(
        People people,
        RegisteredPerson person,
        string name)
    {
        var status = new Dictionary<string, HttpStatusCode>();
        foreach (
            var route in Rights.Table.Where(r =>
                r.Scope is Scope.Participant or Scope.FormerParticipant or Scope.Participation && !r.Route.Contains("assessmentId", StringComparison.Ordinal)))
        {
            var address = route
                .Route.Replace("{forbundId:int}", $"{people.Host.ForbundId}")
                .Replace("{participantId:int}", $"{person.ParticipantId}")
                .Replace("{participationId:int}", $"{person.ParticipationId}");
            status[route.Route[(route.Route.LastIndexOf('/') + 1)..]] = (await people.Browser.GetAsync(address)).Status;
        }

        var found = new Dictionary<string, bool>();
        var code = await CodeAsync(people, person);
        foreach (var list in new[] { "deltagare", "deltagare?status=avslutade", "anmarkningar", "" })
            found[list] = (await people.Browser.GetAsync($"{people.Root}/{list}".TrimEnd('/'))).Html.Contains(code, StringComparison.Ordinal);
        foreach (var text in new[] { code, name })
            found["sök " + text] = (await people.Browser.PostFormAsync($"{people.Root}/deltagare/sok", "/deltagare/sok", ("Text", text))).Content.Contains(
                $"{code}",
                StringComparison.Ordinal);
        return (status, found);
    }

    private static async Task<string> CodeAsync(People people, RegisteredPerson person) =>
        (await people.Host.Get<ParticipantStore>().FindAsync(people.Host.ForbundId, person.ParticipantId))!.Code;
}
