using System.Net;
using System.Text;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Participants;

/// <summary>
/// Nobody who has left is reached again, or longer, by what is registered about them. Today is 15 May 2024 and the förbund
/// reaches back twelve months.
/// </summary>
public sealed class ReachAgainTests
{
    private const string Number = "701063-2391";

    [Fact]
    public async Task A_file_brings_a_participant_back_without_the_history_being_opened()
    {
        await using var people = await People.StartAsync();
        var person = await people.LeftAsync("D-200", "2022-03-01", "2022-09-01");
        var recent = await people.LeftAsync("D-201", "2022-03-01", "2023-06-01");
        using var administrator = await people.Host.SignInAsync(Role.Administrator);
        await ReadInAsync(people, administrator, "D-200;Insam;kvinna;1990;;2024-05-10;;", "D-201;Insam;kvinna;1990;;2024-05-10;;");

        var page = await people.Browser.GetAsync(people.Person(person));
        page.Content.ShouldContain("2024-05-10");
        page.Content.ShouldNotContain("2022-03-01");
        (await people.Browser.GetAsync(people.Participation(person, "andra"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await people.Browser.GetAsync(people.Person(recent))).Content.ShouldContain("2022-03-01", Case.Sensitive, "reached when the file was read in");
        (await people.Host.SqlAsync("SELECT participant_id FROM closed_history")).ShouldBe([$"{person.ParticipantId}"]);
        (await people.Host.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Import.Deltagare'"))
            .ShouldHaveSingleItem()
            .ShouldEndWith("tidigare deltagare 1, äldre deltaganden i insatsen förblir stängda");

        await MisregisterLatestAsync(people, person);
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_file_that_ends_a_stay_long_ago_and_begins_a_new_one_closes_what_was_before()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("D-202", started: "2022-03-01");
        using var administrator = await people.Host.SignInAsync(Role.Administrator);
        await ReadInAsync(people, administrator, "D-202;Insam;kvinna;1990;;2022-03-01;2022-09-01;studier", "D-202;Insam;kvinna;1990;;2024-05-10;;");
        (await people.Browser.GetAsync(people.Participation(person, "andra"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await people.Browser.GetAsync(people.Person(person))).Content.ShouldNotContain("2022-03-01");
    }

    [Fact]
    public async Task A_misregistered_return_gives_no_longer_reach_wherever_it_is()
    {
        await using var people = await People.StartAsync();
        var (here, there) = (await people.LeftAsync("D-203", "2022-03-01", "2023-06-01"), await people.LeftAsync("D-204", "2022-03-01", "2023-06-01"));
        var other = await people.Host.AddInsatsAsync("Trappan");
        var both = await people.Host.AddUserAsync(people.Host.ForbundId, [Role.Caseworker], people.Own, other);
        using var browser = await people.Host.SignInAsync(both);
        foreach (var (person, insats) in new[] { (here, people.Own), (there, other) })
        {
            await browser.PostFormAsync($"{people.Person(person)}/ny-inskrivning", null, ("Input.InsatsId", $"{insats}"), ("Input.On", "2024-05-15"));
            await MisregisterLatestAsync(people, person, browser);
            (await browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.OK, "the first stay is still reached");
        }

        people.Host.Clock.Advance(TimeSpan.FromDays(20));
        await browser.SignInAsync(both);
        foreach (var person in new[] { here, there })
            (await browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_misregistered_return_does_not_open_whoever_goes_on_in_another_insats()
    {
        await using var people = await People.StartAsync();
        var person = await people.LeftAsync("D-207", "2022-03-01", "2022-09-01");
        using var administrator = await people.Host.SignInAsync(Role.Administrator);
        await ReadInAsync(people, administrator, "D-207;Vägen in;kvinna;1990;;2024-01-10;;");
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        await people.Browser.PostFormAsync($"{people.Person(person)}/ny-inskrivning", null, ("Input.InsatsId", $"{people.Own}"), ("Input.On", "2024-05-15"));
        await MisregisterLatestAsync(people, person);
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_misregistered_return_is_not_found_by_search()
    {
        await using var people = await People.StartAsync();
        var person = await people.LeftAsync("D-205", "2022-03-01", "2022-09-01", "Vilde Vargavinter", Number);
        await people.Browser.PostFormAsync($"{people.Person(person)}/ny-inskrivning", null, ("Input.InsatsId", $"{people.Own}"), ("Input.On", "2024-05-15"));
        (await FoundAsync(people)).ShouldAllBe(found => found);
        await MisregisterLatestAsync(people, person);
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await FoundAsync(people)).ShouldAllBe(found => !found);
    }

    [Fact]
    public async Task An_opening_ends_whatever_is_done_to_the_stay_meanwhile()
    {
        await using var people = await People.StartAsync();
        var person = await people.LeftAsync("D-206", "2022-03-01", "2022-09-01");
        using var administrator = await people.Host.SignInAsync(Role.Administrator);
        using var colleague = await people.Host.SignInAsync(await people.Host.AddUserAsync(people.Host.ForbundId, [Role.Caseworker], people.Own));
        await people.Browser.PostFormAsync($"{people.Root}/deltagare/be-om-att-oppna", ("Input.Text", "D-206"), ("Input.Reason", "Intyg"));
        await administrator.PostFormAsync(await administrator.GetAsync($"{people.Root}/oppningar"), "Input.Days", ("Input.Days", "1"));

        var refused = await people.Browser.PostFormAsync(people.Participation(person, "angra"), form: null);
        refused.Content.ShouldContain("Avslutet är så gammalt");
        (await people.RowAsync(person)).EndedOn.ShouldBe(new DateOnly(2022, 9, 1));
        await people.Browser.PostFormAsync(people.Participation(person, "andra"), null, ("Input.EndedOn", "2024-05-15"));
        (await people.RowAsync(person)).EndedOn.ShouldBe(new DateOnly(2024, 5, 15), "what is wrong can be corrected");
        (await people.Browser.PostFormAsync(people.Participation(person, "angra"), form: null)).Content.ShouldContain("Avslutet är så gammalt");
        (await colleague.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);

        // Nor does a new stay open one whose exit was moved.
        await people.Browser.PostFormAsync(people.Participation(person, "andra"), null, ("Input.EndedOn", "2024-05-10"));
        await people.Browser.PostFormAsync($"{people.Person(person)}/ny-inskrivning", null, ("Input.InsatsId", $"{people.Own}"), ("Input.On", "2024-05-15"));
        (await colleague.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.OK);
        (await colleague.GetAsync(people.Participation(person, "andra"))).Status.ShouldBe(HttpStatusCode.NotFound);

        people.Host.Clock.Advance(TimeSpan.FromDays(1));
        await people.Browser.SignInAsync(people.Caseworker);
        (await people.Browser.GetAsync(people.Participation(person, "andra"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_exit_that_is_moved_later_or_registered_anew_gives_no_longer_reach_than_the_first()
    {
        await using var people = await People.StartAsync();
        var (moved, undone) = (await people.LeftAsync("D-207", "2022-03-01", "2023-06-15"), await people.LeftAsync("D-208", "2022-03-01", "2023-06-15"));
        await people.Browser.PostFormAsync(people.Participation(moved, "andra"), null, ("Input.EndedOn", "2024-05-15"));
        await people.Browser.PostFormAsync(people.Participation(undone, "angra"), form: null);
        (await people.RowAsync(undone)).EndedOn.ShouldBeNull("who has not left is reached by those who work with them");
        await people.Browser.PostFormAsync(people.Participation(undone, "skriv-ut"), null, ("Input.EndedOn", "2024-05-15"));
        await people.Browser.PostFormAsync(people.Participation(undone, "angra"), form: null);
        await people.Browser.PostFormAsync(people.Participation(undone, "skriv-ut"), null, ("Input.EndedOn", "2024-05-15"));
        foreach (var person in new[] { moved, undone })
        {
            (await people.RowAsync(person)).EndedOn.ShouldBe(new DateOnly(2024, 5, 15));
            (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.OK);
        }

        people.Host.Clock.Advance(TimeSpan.FromDays(32));
        await people.Browser.SignInAsync(people.Caseworker);
        foreach (var person in new[] { moved, undone })
            (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_exit_by_mistake_that_is_taken_back_soon_leaves_no_trace_in_the_reach()
    {
        await using var people = await People.StartAsync();
        var person = await people.LeftAsync("D-209", "2022-03-01", "2024-05-14");
        await people.Browser.PostFormAsync(people.Participation(person, "angra"), form: null);
        people.Host.Clock.Advance(TimeSpan.FromDays(400));
        await people.Browser.SignInAsync(people.Caseworker);
        await people.Browser.PostFormAsync(people.Participation(person, "skriv-ut"), null, ("Input.EndedOn", "2025-06-01"));
        (await people.RowAsync(person)).EndedOn.ShouldBe(new DateOnly(2025, 6, 1));
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ReadInAsync(People people, WebBrowser administrator, params string[] rows)
    {
        var file = string.Join("\r\n", ["deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning", .. rows]) + "\r\n";
        (await administrator.SendFileAsync($"{people.Root}/inlasning?slag=deltagare", "Läs in", Encoding.UTF8.GetBytes(file))).Content.ShouldContain(
            "Filen är inläst.");
    }

    private static async Task MisregisterLatestAsync(People people, RegisteredPerson person, WebBrowser? browser = null)
    {
        var id = (await people.Host.SqlAsync($"SELECT MAX(id) FROM participation WHERE participant_id = {person.ParticipantId}")).Single();
        await (browser ?? people.Browser).PostFormAsync($"{people.Root}/deltaganden/{id}/felregistrerad", form: null);
        (await people.Host.SqlAsync($"SELECT exit_reason FROM participation WHERE id = {id}")).ShouldBe([ParticipationStore.Misregistration]);
    }

    private static async Task<List<bool>> FoundAsync(People people)
    {
        var found = new List<bool>();
        foreach (var text in new[] { "D-205", "Vargavinter", Number })
            found.Add(
                (await people.Browser.PostFormAsync($"{people.Root}/deltagare/sok", "/deltagare/sok", ("Text", text))).Html.Contains(
                    "Vilde Vargavinter",
                    StringComparison.Ordinal));
        return found;
    }
}
