using System.Net;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Assessments;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Participants;

/// <summary>Whoever is shown a person, or rows of people, is in the log, with or without a name.</summary>
public sealed class OpeningTests
{
    [Fact]
    public async Task Every_page_about_a_person_is_one_event_about_that_person_each_time_it_is_shown()
    {
        await using var host = await WebHost.StartAsync();
        var border = await Border.MakeAsync(host);
        var user = await host.AddUserAsync(border.Own.ForbundId, [Role.Caseworker], border.Own.InsatsId);
        using var browser = await host.SignInAsync(user);
        var (walked, wrong) = (0, new List<string>());
        foreach (var right in Rights.Table.Where(r => r.Scope is Scope.Participant or Scope.Participation))
        {
            var before = await AboutAsync(host, border.Own, user);
            using var response = await browser.Client.GetAsync(new Uri(border.Own.Address(right.Route), UriKind.Relative));
            if (response.StatusCode != HttpStatusCode.OK)
                continue;
            walked++;
            var after = await AboutAsync(host, border.Own, user);
            if (after != before + 1)
                wrong.Add($"{right.Route}: {after - before} händelser");
        }

        wrong.ShouldBeEmpty();
        walked.ShouldBeGreaterThan(8);

        // What is refused shows nothing and says nothing.
        var all = await AboutAsync(host, border.Foreign, user);
        await browser.GetAsync(border.Foreign.Address("/f/{forbundId:int}/deltagare/{participantId:int}"));
        (await AboutAsync(host, border.Foreign, user)).ShouldBe(all);
    }

    [Fact]
    public async Task A_protected_and_a_nameless_participant_are_opened_under_the_users_name()
    {
        await using var people = await People.StartAsync();
        var hidden = await people.AddAsync("A1", isProtected: true);
        var nameless = await people.AddAsync("A2");
        foreach (var person in new[] { hidden, nameless })
            await people.Browser.GetAsync(people.Person(person));
        var events = await EventsAsync(people.Host, people.Caseworker);
        events.Where(e => e.Action == "Participants.Open").Select(e => e.ParticipantCode).ShouldBe(["A2", "A1"]);
    }

    [Fact]
    public async Task A_page_with_rows_of_people_is_one_event_that_holds_them_all()
    {
        await using var people = await People.StartAsync();
        var (one, two) = (await people.AddAsync("A1"), await people.AddAsync("A2", isProtected: true));
        await people.AddAsync("B1", insats: people.Foreign);
        await people
            .Host.Get<ParticipationStore>()
            .ExitAsync(
                new NewExit
                {
                    ForbundId = people.Host.ForbundId,
                    ParticipationId = one.ParticipationId,
                    Version = 1,
                    EndedOn = new DateOnly(2024, 3, 1),
                });
        await ListAsync($"{people.Root}/deltagare", "deltagare A1 A2");
        await ListAsync($"{people.Root}/anmarkningar", "deltagare A1");
        await ListAsync(people.Root, "deltagare A1");
        var found = await people.Browser.PostFormAsync($"{people.Root}/deltagare", "deltagare/sok", ("Text", "A"));
        found.Content.ShouldContain("2 deltagare hittades");
        (await LatestAsync()).ShouldBe("deltagare A1 A2");

        async Task ListAsync(string address, string detail)
        {
            await people.Browser.GetAsync(address);
            (await LatestAsync()).ShouldBe(detail, address);
        }

        async Task<string> LatestAsync() => (await EventsAsync(people.Host, people.Caseworker)).First(e => e.Action == "Participants.List").Detail;
    }

    [Fact]
    public async Task Piles_and_what_is_to_be_done_tell_in_the_log_whose_rows_they_showed()
    {
        await using var papers = await Papers.StartAsync();
        var host = papers.Host;
        using var browser = await host.SignInAsync(papers.User);
        await browser.GetAsync(papers.Pile);
        (await ListedAsync(host, papers.User)).ShouldBe("deltagare D0012 D0013", "whose paper it is, and whose is next");

        // Two who lack the answers that one has given, and one who has waited for long.
        await papers.RegisterAsync(papers.Participations[0]);
        await papers.EnterAsync("D0015", startedOn: "2024-03-01");
        await papers.EnterAsync("D0016", startedOn: "2024-03-01");
        var waiting = await host.Get<ParticipantStore>().AddAsync(
            new NewParticipant { ForbundId = host.ForbundId, Code = "K1", Gender = "man", BirthYear = 1990 });
        await host.Get<ParticipationStore>().QueueAsync(
            new NewQueueEntry { ForbundId = host.ForbundId, ParticipantId = waiting, InsatsId = papers.InsatsId, QueuedOn = new DateOnly(2024, 1, 2) });
        await browser.GetAsync(papers.Root);
        (await ListedAsync(host, papers.User)).ShouldBe("deltagare D0015 D0016 K1");
    }

    [Fact]
    public async Task Pages_of_those_who_do_not_work_with_people_tell_in_the_log_whose_rows_they_showed()
    {
        await using var people = await People.StartAsync();
        await people.AddAsync("A1");
        await people.AddAsync("K1", started: null, queued: "2024-03-01");
        await people.LeftAsync("D-103", "2022-03-01", "2022-09-01");
        var administrator = await people.Host.AddUserAsync(people.Host.ForbundId, [Role.Administrator]);
        using var browser = await people.Host.SignInAsync(administrator);

        var closing = await browser.PostFormAsync($"{people.Root}/insatser/{people.Own}/redigera", "Input.EndsOn", ("Input.EndsOn", "2024-04-30"));
        closing.Content.ShouldContain("A1");
        (await ListedAsync(people.Host, administrator)).ShouldBe("deltagare A1 K1");

        var ask = $"{people.Root}/deltagare/be-om-att-oppna";
        await people.Browser.PostFormAsync(ask, ("Input.Text", "D-103"), ("Input.Reason", "Intyg till arbetsgivare"));
        var asked = await browser.GetAsync($"{people.Root}/oppningar");
        asked.Content.ShouldContain("D-103");
        (await ListedAsync(people.Host, administrator)).ShouldBe("deltagare D-103");
        await browser.PostFormAsync(asked, "Input.Days", ("Input.Days", "3"));
        (await people.Browser.GetAsync(ask)).Content.ShouldContain("D-103");
        (await ListedAsync(people.Host, people.Caseworker)).ShouldBe("deltagare D-103", "one's own requests that have been answered");

        await people.Host.SqlAsync("UPDATE participant SET gender = 'unknown' WHERE code = 'A1'");
        (await browser.GetAsync($"{people.Root}/uppfoljning-finsam?ar=2024")).Content.ShouldContain("A1");
        (await ListedAsync(people.Host, administrator)).ShouldBe("deltagare A1");
    }

    [Fact, OnlySqlite("what is copied is SQLite's own files; on a server the lines are in the database.")]
    public async Task A_name_that_was_shown_is_in_the_log_though_the_host_is_never_ended()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1", name: "Elin Provsson");
        await people.Browser.GetAsync(people.Person(person));

        // A host that is killed leaves what is on disk: its database and the file beside it.
        var folder = Directory.CreateTempSubdirectory("finsam-killed-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(people.Host.DatabaseAddress["sqlite:".Length..])!))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            var left = await FinsamOutcomes.Data.Database.FinsamDatabase.OpenAsync($"sqlite:{Path.Combine(folder, "finsam.sqlite")}", people.Host.Clock);
            await new ReadingJournal(left).ChainAsync();
            var log = await new AuditStore(left).SearchAsync(people.Host.ForbundId, new AuditFilter { Action = "Participants.ReadIdentity" }, 1, "revisor");
            log.Events.ShouldHaveSingleItem().EntityId.ShouldBe(person.ParticipantId);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> ListedAsync(WebHost host, TestUser user) =>
        (await EventsAsync(host, user)).First(e => e.Action == "Participants.List").Detail;

    private static async Task<int> AboutAsync(WebHost host, Place place, TestUser user) =>
        (
            await host.Get<AuditStore>()
                .SearchAsync(
                    place.ForbundId,
                    new AuditFilter
                    {
                        Actor = user.UserName,
                        Participant = (await host.Get<ParticipantStore>().FindAsync(place.ForbundId, place.Ids["participantId"]))!.Code,
                    },
                    1,
                    "prov")).Total;

    private static async Task<IReadOnlyList<AuditFoundRow>> EventsAsync(WebHost host, TestUser user) =>
        (await host.Get<AuditStore>().SearchAsync(host.ForbundId, new AuditFilter { Actor = user.UserName }, 1, "prov")).Events;
}
