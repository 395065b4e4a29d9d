using System.Net;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Participants;

/// <summary>Two records made one, a stay moved and a mistake removed, on the pages.</summary>
public sealed class MergePageTests(Chromium chromium)
{
    [Fact]
    public async Task Two_records_are_merged_after_a_look_and_the_code_of_before_leads_to_the_kept_one()
    {
        await using var people = await People.StartAsync();
        var kept = await people.AddAsync("A-1");
        var other = await people.LeftAsync("B-2", "2023-02-01", "2023-06-01", name: "Elin Öström");
        var address = $"{people.Person(kept)}/sla-ihop";
        (await people.Browser.PostFormAsync(address, ("Input.Code", "finns inte"))).Errors.ShouldHaveSingleItem().ShouldContain("Ingen annan deltagare");
        (await people.Browser.PostFormAsync(address, ("Input.Code", "a–1"))).Errors.ShouldHaveSingleItem();

        var shown = await people.Browser.PostFormAsync(address, ("Input.Code", "b–2"));
        shown.Errors.ShouldBeEmpty();
        shown.Content.ShouldContain("Elin Öström");
        shown.Content.ShouldContain("2023-02-01 – 2023-06-01");
        // With another birth year it may be another person.
        await people.Host.SqlAsync($"UPDATE participant SET birth_year = birth_year + 9 WHERE id = {other.ParticipantId}");
        var asked = await people.Browser.PostFormAsync(shown, "Slå ihop B-2 med A-1");
        asked.Content.ShouldContain("olika födelseår");
        var merged = await people.Browser.PostFormAsync(asked, "Slå ihop B-2 med A-1", ("Unusual.IsRight", "true"));
        merged.Heading.ShouldBe("A-1");
        merged.Content.ShouldContain("Registreringarna är sammanslagna.");
        merged.Content.ShouldContain("Elin Öström");
        merged.Content.ShouldContain("Personuppgifterna för B-2, före sammanslagningen");
        (await people.Browser.GetAsync(people.Person(other))).Status.ShouldBe(HttpStatusCode.NotFound);

        // The extract of the person is of both records; why somebody asked to open them is told to be there.
        await people.Host.SqlAsync(
            $"""
            INSERT INTO reach_opening (id, forbund_id, participant_id, app_user_id, reason, asked_at, state)
            SELECT 1, {people.Host.ForbundId}, {other.ParticipantId}, MIN(id), 'Provskäl', '2024-05-01 00:00:00.000', 'refused' FROM app_user
            """);
        var extract = (await people.Browser.GetAsync($"{people.Person(kept)}/utdrag")).Content;
        foreach (var part in new[] { "Sammanslagen registrering, B-2", "Elin Öström", "lämnas ut av förbundets administratör" })
            extract.ShouldContain(part);
        extract.ShouldNotContain("Provskäl");
        extract.Split("Födelseår").Length.ShouldBe(3);
        (await new AuditStore(people.Host.Database).OfParticipantAsync(people.Host.ForbundId, kept.ParticipantId))
            .ShouldContain(e => e.EntityId == other.ParticipantId && e.Action == "Participants.Add");
        await people.Host.SqlAsync("DELETE FROM reach_opening");

        // What was shown is no longer so for whoever sends it once more.
        var again = await people.Browser.PostFormAsync(shown, "Slå ihop B-2 med A-1");
        again.Status.ShouldBe(HttpStatusCode.NotFound);

        var undone = await people.Browser.PostFormAsync($"{people.Person(kept)}/angra-sammanslagning", "Ångra sammanslagningen");
        undone.Content.ShouldContain("B-2 är en egen deltagare igen.");
        (await people.Browser.GetAsync(people.Person(other))).Heading.ShouldBe("B-2");
        (await people.Browser.GetAsync($"{people.Person(kept)}/angra-sammanslagning")).Content.ShouldContain("Det finns ingen sammanslagning att ångra.");
        var log = await new AuditStore(people.Host.Database).SearchAsync(people.Host.ForbundId, new AuditFilter { Actor = people.Caseworker.UserName }, 1, "revisor");
        log.Events.Count(e => e.Action is "Participants.Merge" or "Participants.Unmerge").ShouldBe(2);
    }

    [Fact]
    public async Task Somebody_outside_ones_insatser_is_neither_found_nor_merged_by_sending_the_number()
    {
        await using var people = await People.StartAsync();
        var kept = await people.AddAsync("A-1");
        var own = await people.AddAsync("A-2", started: "2023-02-01");
        var foreign = await people.AddAsync("B-2", insats: people.Foreign);
        var address = $"{people.Person(kept)}/sla-ihop";
        (await people.Browser.PostFormAsync(address, ("Input.Code", "B-2"))).Errors.ShouldHaveSingleItem().ShouldContain("Ingen annan deltagare");
        await people.Host.Get<FinsamOutcomes.Data.Participations.ParticipationStore>()
            .MisregisterAsync(people.Host.ForbundId, own.ParticipationId, 1, "prov");
        var shown = await people.Browser.PostFormAsync(address, ("Input.Code", "A-2"));
        (await people.Browser.PostFormAsync(shown, "Slå ihop A-2 med A-1", ("Input.OtherId", $"{foreign.ParticipantId}"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await people.Host.Get<ParticipantStore>().FindAsync(people.Host.ForbundId, foreign.ParticipantId))!.MergedIntoId.ShouldBeNull();
        foreach (var form in new[] { "sla-ihop", "angra-sammanslagning", "ta-bort" })
            (await people.Browser.GetAsync($"{people.Person(foreign)}/{form}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await people.Browser.GetAsync(people.Participation(foreign, "flytta"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_stands_in_the_way_is_told_before_anything_is_saved()
    {
        await using var people = await People.StartAsync();
        var kept = await people.AddAsync("A-1");
        await people.AddAsync("B-2", started: "2024-03-01");
        var shown = await people.Browser.PostFormAsync($"{people.Person(kept)}/sla-ihop", ("Input.Code", "B-2"));
        shown.Content.ShouldContain("Båda är registrerade i Insam samtidigt");
        shown.Html.ShouldNotContain("handler=Merge");
    }

    [Fact]
    public async Task A_stay_is_moved_between_ones_own_insatser_only()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A-1");
        (await people.Browser.GetAsync(people.Participation(person, "flytta"))).Content.ShouldContain("Du har ingen annan insats att flytta till.");
        using var both = await people.Host.SignInAsync(Role.Caseworker, people.Own, people.Foreign);
        (await both.PostFormAsync(people.Participation(person, "flytta"), ("Input.InsatsId", "99999"))).Errors.ShouldHaveSingleItem();
        var moved = await both.PostFormAsync(people.Participation(person, "flytta"), ("Input.InsatsId", $"{people.Foreign}"));
        moved.Content.ShouldContain("Deltagandet är flyttat från Insam till Vägen in.");
        (await people.RowAsync(person)).InsatsId.ShouldBe(people.Foreign);
        (await people.Browser.GetAsync(people.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_mistake_is_removed_after_a_question_and_whoever_has_more_is_not()
    {
        await using var people = await People.StartAsync();
        var mistake = await people.AddAsync("A-1");
        var left = await people.LeftAsync("B-2", "2024-01-15", "2024-03-01");
        (await people.Browser.GetAsync(people.Person(left))).Html.ShouldNotContain("/ta-bort");
        (await people.Browser.GetAsync($"{people.Person(left)}/ta-bort")).Content.ShouldContain("Deltagandet är avslutat.");
        (await people.Browser.GetAsync(people.Person(mistake))).Html.ShouldContain("/ta-bort");
        var removed = await people.Browser.PostFormAsync($"{people.Person(mistake)}/ta-bort", "Ta bort A-1");
        removed.Content.ShouldContain("A-1 är borttagen.");
        (await people.Browser.GetAsync(people.Person(mistake))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task With_the_keyboard_two_records_are_merged_and_undone_and_every_page_is_seen_by_all()
    {
        await using var people = await People.StartAsync();
        var kept = await people.AddAsync("A-1", name: "Elin Provsson");
        await people.LeftAsync("B-2", "2023-02-01", "2023-06-01", name: "Elin Prowsson");
        var clash = await people.AddAsync("C-3", started: "2024-03-01");
        await using var window = await chromium.WindowAsync(people.Host.Address);
        var page = await window.NewPageAsync();
        await page.SignInAsync(people.Caseworker);

        await page.GotoAsync(people.Person(kept));
        await page.GetByRole(AriaRole.Link, new() { Name = "Slå ihop med en annan registrering" }).ClickAsync();
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'Input_Code'");
        await page.ShouldBeSeenByAllAsync("sla-ihop");
        await page.Keyboard.TypeAsync("C-3");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#hinder").WaitForAsync();
        await page.ShouldBeSeenByAllAsync("sla-ihop-hinder");
        await page.Locator("#Input_Code").FillAsync("b-2");
        await page.Keyboard.PressAsync("Enter");
        var merge = page.GetByRole(AriaRole.Button, new() { Name = "Slå ihop B-2 med A-1" });
        await merge.WaitForAsync();
        await page.ShouldBeSeenByAllAsync("sla-ihop-visning");

        // The names differ, as where one was mistyped: that they are one person has to be said.
        await page.Locator("#stammer input[type=checkbox]").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await merge.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Registreringarna är sammanslagna.").WaitForAsync();
        await page.ShouldBeSeenByAllAsync("sammanslagen");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ångra sammanslagningen" }).ClickAsync();
        await page.ShouldBeSeenByAllAsync("angra-sammanslagning");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ångra sammanslagningen med B-2" }).ClickAsync();
        await page.GetByText("Sammanslagningen är ångrad.").WaitForAsync();
        (await page.GetByText("2023-02-01").CountAsync()).ShouldBe(0);

        await page.GotoAsync($"{people.Person(clash)}/ta-bort");
        await page.ShouldBeSeenByAllAsync("ta-bort");
        await page.GotoAsync(people.Participation(clash, "flytta"));
        await page.ShouldBeSeenByAllAsync("flytta");
        await page.GotoAsync(people.Person(kept));
        await page.ShouldBeSeenByAllAsync("deltagare-med-lankar");
    }
}
