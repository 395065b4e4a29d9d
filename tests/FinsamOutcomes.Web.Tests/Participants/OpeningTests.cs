using System.Net;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Access;
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
        await people.Host.Get<ParticipationStore>().ExitAsync(new NewExit { ForbundId = people.Host.ForbundId, ParticipationId = one.ParticipationId, Version = 1, EndedOn = new DateOnly(2024, 3, 1) });
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

    private static async Task<int> AboutAsync(WebHost host, Place place, TestUser user) =>
        (await host.Get<AuditStore>().SearchAsync(place.ForbundId, new AuditFilter { Actor = user.UserName, Participant = (await host.Get<ParticipantStore>().FindAsync(place.ForbundId, place.Ids["participantId"]))!.Code }, 1, "prov")).Total;

    private static async Task<IReadOnlyList<AuditFoundRow>> EventsAsync(WebHost host, TestUser user) =>
        (await host.Get<AuditStore>().SearchAsync(host.ForbundId, new AuditFilter { Actor = user.UserName }, 1, "prov")).Events;
}
