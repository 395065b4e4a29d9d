using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Participants;

/// <summary>Somebody asks the register, by its forms, whom it holds.</summary>
public sealed class PresenceTests
{
    [Fact]
    public async Task Whoever_asks_for_many_is_in_the_log_and_is_stopped_until_the_administrator_has_looked()
    {
        await using var people = await People.StartAsync();
        var host = people.Host;
        await people.AddAsync("B1", number: "701063-2391", insats: people.Foreign);
        var mine = await people.AddAsync("A1");
        var page = await people.Browser.GetAsync($"{people.Root}/deltagare/ny");
        (string, string)[] asked =
        [
            ("Input.InsatsId", $"{people.Own}"),
            ("Input.On", "2024-05-01"),
            ("Input.Gender", "man"),
            ("Input.PersonalNumber", "701063-2391"),
        ];
        using var administrator = await host.SignInAsync(Role.Administrator);
        (await administrator.GetAsync($"{people.Root}/traffar")).Content.ShouldContain("Ingen har fått någon träff i dag");

        // With anything else wrong nothing is told.
        (await people.Browser.PostFormAsync(page, null, [.. asked, ("Input.BirthYear", "1800")])).Content.ShouldNotContain("redan finns");
        (await people.Browser.PostFormAsync(page, null, [.. asked.Where(a => a.Item1 != "Input.On"), ("Input.On", "2030-01-01")])).Content.ShouldNotContain(
            "redan finns");
        for (var i = 0; i < Presence.MatchesADay; i++)
            (await people.Browser.PostFormAsync(page, null, asked)).Content.ShouldContain("en deltagare i en annan insats");
        var stopped = await people.Browser.PostFormAsync(page, null, asked);
        stopped.Errors.ShouldHaveSingleItem().ShouldContain("Förbundets administratör behöver titta");
        stopped.Content.ShouldNotContain("annan insats");
        (await people.Browser.PostFormAsync(page, null, [.. asked[..^1], ("Input.PersonalNumber", "811218-9876")])).Errors.ShouldBe(stopped.Errors);
        (
            await people.Browser.PostFormAsync(
                $"{people.Person(mine)}/andra",
                ("Input.Gender", "man"),
                ("Input.BirthYear", ""),
                ("Input.PersonalNumber", "701063-2391"))).Errors.ShouldBe(stopped.Errors);
        (await people.Browser.PostFormAsync($"{people.Root}/deltagare", "deltagare/sok", ("Text", "701063-2391"))).Content.ShouldContain(
            "Ingen deltagare i dina insatser hittades");

        var log = await host.Get<AuditStore>()
            .SearchAsync(host.ForbundId, new AuditFilter { Actor = people.Caseworker.UserName, Action = "Presence.Match" }, 1, "revisor");
        (log.Total, log.Events[0].Detail).ShouldBe((Presence.MatchesADay, "deltagare B1"));
        (await administrator.GetAsync(people.Root)).Content.ShouldContain("En användare är stoppad");
        var looked = await administrator.GetAsync($"{people.Root}/traffar");
        looked.Content.ShouldContain("stoppad sedan 2024-05-15");
        Regex.IsMatch(looked.Content, "B1|701063").ShouldBeFalse();
        (await administrator.PostFormAsync(looked, "UserId")).Content.ShouldContain("kan spara namn och personnummer på nya deltagare igen");
        (
            await host.ActionsByAsync(
                (await host.Get<AuditStore>().WordsAsync(host.ForbundId)).Actors.First(a =>
                    a != people.Caseworker.UserName && a.StartsWith("user", StringComparison.Ordinal)))).ShouldContain("Presence.Release");
        (await people.Browser.PostFormAsync(page, null, asked)).Content.ShouldContain("en deltagare i en annan insats");
    }

    [Fact]
    public async Task An_administrator_who_is_stopped_is_released_by_another_and_alone_it_is_marked()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.Caseworker]);
        using var browser = await host.SignInAsync(user);
        var page = $"/f/{host.ForbundId}/traffar";
        await StopAsync("Presence.Begin");
        (await browser.PostFormAsync(page, "UserId")).Content.ShouldContain("kan spara namn och personnummer på nya deltagare igen");
        (await ReleasesAsync()).ShouldBe(["utan en andra administratör"]);

        var other = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        await StopAsync("Presence.Set");
        var refused = await browser.PostFormAsync(page, "UserId");
        refused.Content.ShouldContain("Du kan inte släppa din egen spärr");
        refused.Content.ShouldContain("stoppad sedan");
        using var looking = await host.SignInAsync(other);
        (await looking.PostFormAsync(page, "UserId")).Content.ShouldContain("kan spara namn och personnummer på nya deltagare igen");
        (await ReleasesAsync()).ShouldBe(["utan en andra administratör", ""]);

        Task<IReadOnlyList<string>> ReleasesAsync() => host.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Presence.Release' ORDER BY event_number");

        async Task StopAsync(string query)
        {
            await using var write = await host.Database.WriteAsync();
            await write.ExecuteAsync(
                query,
                new
                {
                    host.ForbundId,
                    UserId = user.Id,
                    CountedOn = write.Today,
                    Matches = Presence.MatchesADay,
                    Refusals = 0,
                    StoppedAt = write.UtcNow,
                });
            await write.CommitAsync();
        }
    }

    [Fact]
    public async Task A_code_that_looks_like_a_name_is_asked_about_before_it_is_saved()
    {
        await using var people = await People.StartAsync();
        (string, string)[] given =
        [
            ("Input.InsatsId", $"{people.Own}"),
            ("Input.On", "2024-05-01"),
            ("Input.Gender", "woman"),
            ("Input.BirthYear", "1985"),
            ("Input.Code", "Anna Andersson"),
        ];
        var asked = await people.Browser.PostFormAsync($"{people.Root}/deltagare/ny", given);
        asked.Errors.ShouldHaveSingleItem().ShouldContain("ser ut som ett namn");
        (await people.Host.Get<ParticipantStore>().FindAsync(people.Host.ForbundId, "Anna Andersson")).ShouldBeNull();
        (await people.Browser.PostFormAsync(asked, null, ("Input.IsCodeNoName", "true"))).Heading.ShouldBe("Anna Andersson");

        var person = await people.AddAsync("A1");
        var again = await people.Browser.PostFormAsync($"{people.Person(person)}/andra", ("Input.Code", "Åsa Öström"));
        again.Errors.ShouldHaveSingleItem().ShouldContain("ser ut som ett namn");
        (await people.Browser.PostFormAsync(again, null, ("Input.IsCodeNoName", "true"))).Heading.ShouldBe("Åsa Öström");
        (await people.Browser.PostFormAsync($"{people.Person(person)}/andra", ("Input.BirthYear", "1986"))).Heading.ShouldBe(
            "Åsa Öström",
            "a code that stays isn't asked about again");
    }
}
