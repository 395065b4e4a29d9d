using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Tests.Participants;

public sealed class ParticipationFormTests
{
    [Fact]
    public async Task From_queue_to_entry_exit_undoing_and_history_in_words()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1", started: null, queued: "2024-03-01");
        var (browser, entry) = (people.Browser, people.Participation(person, "skriv-in"));
        (await browser.GetAsync(entry)).Html.ShouldContain("value=\"2024-05-15\"");
        (await browser.PostFormAsync(entry, ("Input.StartedOn", "2024-02-01"))).Errors.ShouldHaveSingleItem().ShouldContain("före ködatumet");
        (await browser.PostFormAsync(entry, ("Input.StartedOn", "ett datum"))).Errors.ShouldHaveSingleItem().ShouldContain("går inte att läsa");
        (await browser.PostFormAsync(entry, ("Input.StartedOn", ""))).Errors.ShouldHaveSingleItem();
        (await browser.PostFormAsync(entry, ("Input.Before.WorkPercent", "50"))).Errors.ShouldHaveSingleItem();
        var entered = await browser.PostFormAsync(
            entry,
            ("Input.StartedOn", "2/4"),
            ("Input.Before.Shares[0].Code", "sjukpenning"),
            ("Input.Before.Occupation", "none"));
        entered.Content.ShouldContain("A1 är inskriven i Insam.");
        entered.Content.ShouldContain("Inskriven 2024-04-02");
        (await browser.GetAsync(entry)).Content.ShouldContain("A1 är redan inskriven, 2024-04-02. Det registrerades av dig");

        var exit = people.Participation(person, "skriv-ut");
        (await browser.PostFormAsync(exit, ("Input.EndedOn", "2024-04-01"))).Errors.ShouldHaveSingleItem().ShouldContain("före inskrivningen");
        (
            await browser.PostFormAsync(exit, ("Input.EndedOn", "2024-05-16"), ("Input.ExitReason", "felregistrering"), ("Input.After.Shares[0].Code", "x"))
        ).Errors.Count.ShouldBe(3);
        var left = await browser.PostFormAsync(exit);
        left.Content.ShouldContain("Avslutsorsaken saknas och ligger kvar att göra");
        left.Content.ShouldContain("Fyll i avslutsorsaken");
        (await browser.GetAsync(exit)).Content.ShouldContain("A1 är redan utskriven");
        var filled = await browser.PostFormAsync(
            people.Participation(person, "andra"),
            ("Input.ExitReason", "arbete"),
            ("Input.IsPlannedExit", "true"),
            ("Input.After.Occupation", "active"),
            ("Input.After.WorkPercent", "75"));
        filled.Content.ShouldContain("Avslutsorsak Arbete utan stöd");
        filled.Content.ShouldContain("arbetar 75");

        (await browser.GetAsync(people.Participation(person, "angra"))).Heading.ShouldBe("Ångra utskrivningen");
        var undone = await browser.PostFormAsync(people.Participation(person, "angra"));
        undone.Content.ShouldContain("A1 är inskriven i Insam igen.");
        (await people.RowAsync(person)).EndedOn.ShouldBeNull();
        undone.Content.ShouldContain("Avslutsorsak Arbete utan stöd inget");
        undone.Content.ShouldContain("Försörjning före inget Sjukpenning eller rehabiliteringspenning 100");
        undone.Content.ShouldContain("Planerat avslut ja inget");
        undone.Content.ShouldContain(people.Caseworker.UserName);
        (await browser.GetAsync(people.Participation(person, "angra"))).Content.ShouldContain("Deltagandet är inte avslutat.");
    }

    [Fact]
    public async Task A_place_in_the_queue_is_given_up_without_asking_for_what_came_after()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1", started: null, queued: "2024-03-01");
        var form = await people.Browser.GetAsync(people.Participation(person, "skriv-ut"));
        form.Heading.ShouldBe("Lämnar kön");
        form.Html.ShouldNotContain("Input.After");
        (await people.Browser.PostFormAsync(form, null, ("Input.ExitReason", "flyttat"))).Content.ShouldContain("Lämnade kön 2024-05-15");
    }

    [Fact]
    public async Task A_misregistration_is_confirmed_marked_and_undone()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1");
        (await people.Browser.GetAsync(people.Participation(person, "felregistrerad"))).Content.ShouldContain("räknas inte längre i någon statistik");
        var marked = await people.Browser.PostFormAsync(people.Participation(person, "felregistrerad"));
        marked.Content.ShouldContain("Felregistrerad");
        marked.Content.ShouldContain("Avslutsorsak inget Felregistrerad");
        (await people.Browser.GetAsync($"{people.Root}/deltagare")).Content.ShouldNotContain("A1");
        (await people.Browser.GetAsync(people.Participation(person, "andra"))).Content.ShouldContain("Ångra markeringen först.");
        (await people.Browser.GetAsync(people.Participation(person, "felregistrerad"))).Content.ShouldContain("redan markerat");
        (await people.Browser.PostFormAsync(people.Participation(person, "angra"))).Content.ShouldContain(
            "Deltagandet i Insam är som det var, och räknas igen.");
        (await people.RowAsync(person)).EndedOn.ShouldBeNull();
    }

    [Fact]
    public async Task A_misregistration_that_is_undone_gives_the_exit_back_that_was_there_before_it()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1");
        await people.Browser.PostFormAsync(
            people.Participation(person, "skriv-ut"),
            ("Input.EndedOn", "2024-05-10"),
            ("Input.ExitReason", "arbete"),
            ("Input.IsPlannedExit", "true"),
            ("Input.After.Occupation", "active"),
            ("Input.After.WorkPercent", "75"));
        var before = await people.RowAsync(person);
        await people.Browser.PostFormAsync(people.Participation(person, "felregistrerad"));
        var undone = await people.Browser.PostFormAsync(people.Participation(person, "angra"));
        undone.Content.ShouldContain("Avslutsorsak Arbete utan stöd");
        undone.Content.ShouldContain("arbetar 75");
        (await people.RowAsync(person)).ShouldBe(before with { Version = before.Version + 2 });

        // Marked, undone, and marked again while somebody else has come in the way.
        await people.Browser.PostFormAsync(people.Participation(person, "felregistrerad"));
        await people.Browser.PostFormAsync($"{people.Person(person)}/ny-inskrivning", ("Input.On", "2024-05-01"));
        var refused = await people.Browser.PostFormAsync(people.Participation(person, "angra"));
        refused.Content.ShouldContain("redan i kö eller är inskriven");
        (await people.RowAsync(person)).ExitReason.ShouldBe(ParticipationStore.Misregistration);
    }

    [Fact]
    public async Task What_is_known_of_somebody_before_a_queue_is_kept_until_the_entry()
    {
        await using var people = await People.StartAsync();
        var elsewhere = await people.Host.AddInsatsAsync("Stegen");
        using var browser = await people.Host.SignInAsync(Role.Caseworker, people.Own, elsewhere);
        var person = await people.AddAsync("A1");
        var page = await browser.PostFormAsync(
            $"{people.Person(person)}/ny-inskrivning",
            ("Input.InsatsId", $"{elsewhere}"),
            ("Input.IsQueued", "true"),
            ("Input.Before.Shares[0].Code", "sjukpenning"),
            ("Input.Before.Occupation", "seeking"));
        page.Content.ShouldContain("A1 står i kö till Stegen.");
        page.Content.ShouldContain("Försörjning före Sjukpenning eller rehabiliteringspenning");
        page.Content.ShouldContain("Sysselsättning före söker arbete aktivt");
    }

    [Fact]
    public async Task A_correction_tells_every_error_and_is_saved_whole()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1");
        var address = people.Participation(person, "andra");
        var wrong = await people.Browser.PostFormAsync(
            address,
            ("Input.QueuedOn", "2024-05-16"),
            ("Input.StartedOn", "2024-05-15"),
            ("Input.Referrer", "x"),
            ("Input.EducationLevel", "x"),
            ("Input.Before.Shares[0].Code", "lon"),
            ("Input.Before.Shares[0].Percent", "101"));
        wrong.Errors.Count.ShouldBe(5);
        wrong.Html.ShouldContain("value=\"2024-05-16\"");
        (await people.RowAsync(person)).Version.ShouldBe(1);
        var saved = await people.Browser.PostFormAsync(
            address,
            ("Input.StartedOn", "2022-12-20"),
            ("Input.Referrer", "skola"),
            ("Input.Before.Shares[0].Code", "lon"));
        saved.Content.ShouldContain("Uppgifterna om A1 i Insam är ändrade. Datumet 2022-12-20 är före insatsens start 2023-01-01.");
        saved.Content.ShouldContain("Försörjning före Lön av arbete utan stöd");
    }

    [Fact]
    public async Task The_caseworker_is_chosen_changed_and_ended_and_the_second_saver_sees_it()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1");
        var colleague = await people.Host.AddUserAsync(people.Host.ForbundId, [Role.Caseworker], people.Own);
        var address = people.Participation(person, "handlaggare");
        var stale = await people.Browser.GetAsync(address);
        stale.Heading.ShouldBe("Välj handläggare");
        (await people.Browser.PostFormAsync(stale, null, ("Input.FromOn", "2024-01-01"), ("Input.AppUserId", "99999"))).Errors.Count.ShouldBe(2);
        (await people.Browser.PostFormAsync(address, ("Input.AppUserId", $"{colleague.Id}"))).Content.ShouldContain("sedan 2024-02-01");
        var refused = await people.Browser.PostFormAsync(stale, null);
        refused.Content.ShouldContain("någon annan hann före");
        (await people.Browser.PostFormAsync(refused, "Input.FromOn", ("Input.FromOn", "2024-05-01"))).Content.ShouldContain("sedan 2024-05-01");
        (await people.Browser.PostFormAsync(address, ("Input.AppUserId", ""), ("Input.FromOn", "2024-05-10"))).Content.ShouldContain("Handläggare ingen vald");
        (await people.Host.Get<CaseworkerStore>().OfAsync(people.Host.ForbundId, person.ParticipationId)).Count.ShouldBe(2);
    }
}
