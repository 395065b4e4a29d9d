using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Participants;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Administration;

public sealed class InsatsClosingPageTests(Chromium chromium)
{
    [Fact]
    public async Task The_list_of_those_still_in_it_is_seen_by_all()
    {
        await using var people = await People.StartAsync();
        await people.AddAsync("A1");
        await people.AddAsync("A2");
        await people.AddAsync("K1", started: null, queued: "2024-03-01");
        var administrator = await people.Host.AddUserAsync(people.Host.ForbundId, [Role.Administrator]);
        using var browser = await people.Host.SignInAsync(administrator);
        await using var window = await chromium.WindowAsync(people.Host.Address);
        await window.AddCookiesAsync(
            browser
                .Cookies.GetAllCookies()
                .Select(c => new Microsoft.Playwright.Cookie
                {
                    Name = c.Name,
                    Value = c.Value,
                    Url = people.Host.Address.ToString(),
                }));
        var page = await window.NewPageAsync();
        await page.GotoAsync($"{people.Root}/insatser/{people.Own}/redigera");
        await page.GetByLabel("Slutdatum").FillAsync("2024-04-30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Assertions.Expect(page.Locator("#Input_Exits")).ToBeVisibleAsync();
        await page.ShouldBeSeenByAllAsync("insats-avsluta");
        await page.Locator("label[for=Input_Exits_0__IsExit]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("sparade, ett avslut är registrerat, och en deltagare är borttagen ur kön.");
        await page.GotoAsync($"{people.Root}/insatser/{people.Own}/redigera");
        await page.ShouldBeSeenByAllAsync("insats-med-missat-avslut");
    }

    [Fact]
    public async Task An_insats_that_closes_asks_about_those_still_in_it_and_saves_all_at_once()
    {
        await using var people = await People.StartAsync();
        var host = people.Host;
        var (out1, out2, left) = (await people.AddAsync("A1", name: "Zackarias Prov"), await people.AddAsync("A2"), await people.AddAsync("A3"));
        var administrator = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        using var browser = await host.SignInAsync(administrator);
        var address = $"{people.Root}/insatser/{people.Own}/redigera";

        var asked = await browser.PostFormAsync(address, "Input.EndsOn", ("Input.EndsOn", "2024-04-30"));
        asked.Content.ShouldContain("3 deltagare är kvar i insatsen. Välj här nedanför vad som ska hända, och spara en gång till.");
        asked.Content.ShouldContain("A1 Inskriven 2024-02-01");
        asked.Html.ShouldNotContain("Zackarias");
        (await host.Get<InsatsStore>().FindAsync(host.ForbundId, people.Own))!.EndsOn.ShouldBe(new DateOnly(2025, 12, 31));

        // One has an own day and reason; one that is wrong keeps everything from being saved.
        (string, string)[] fields =
        [
            ("Input.ReasonForAll", "arbete"),
            ("Input.Exits[1].EndedOn", "2024-01-01"),
            ("Input.Exits[1].ExitReason", "sjukdom"),
            ("Input.Exits[2].IsExit", "false"),
        ];
        var wrong = await browser.PostFormAsync(asked, "Input.EndsOn", fields);
        wrong.Errors.ShouldBe(["A2: Utskrivningen är före inskrivningen. Ändra något av datumen."]);
        (await people.RowAsync(out1)).EndedOn.ShouldBeNull();
        var saved = await browser.PostFormAsync(wrong, "Input.EndsOn", ("Input.Exits[1].EndedOn", "2024-03-31"));

        saved.Content.ShouldContain("Insatsens uppgifter är sparade, och 2 avslut är registrerade.");
        (await host.Get<InsatsStore>().FindAsync(host.ForbundId, people.Own))!.EndsOn.ShouldBe(new DateOnly(2024, 4, 30));
        var rows = (One: await people.RowAsync(out1), Two: await people.RowAsync(out2), Left: await people.RowAsync(left));
        (rows.One.EndedOn, rows.One.ExitReason).ShouldBe((new DateOnly(2024, 4, 30), "arbete"));
        (rows.Two.EndedOn, rows.Two.ExitReason).ShouldBe((new DateOnly(2024, 3, 31), "sjukdom"));
        rows.Left.EndedOn.ShouldBeNull();
        (await host.ActionsByAsync(administrator.UserName))
            .Where(a => a != "Participants.List")
            .TakeLast(3)
            .ShouldBe(["Participations.Exit", "Participations.Exit", "Insatser.Update"]);

        // The one who was left is told of here, among the remarks and in the hand-over, until the exit is there.
        var later = await browser.GetAsync(address);
        later.Content.ShouldContain("Insatsen har slutat, men en deltagare är kvar utan avslut och räknas som pågående.");
        (await people.Browser.GetAsync($"{people.Root}/anmarkningar")).Content.ShouldContain("Missat avslut");
        var handOver = await browser.GetAsync($"{people.Root}/uppfoljning-finsam?ar=2024");
        handOver.Content.ShouldContain("Missat avslut: 1 deltagande är öppet fast insatsen slutade 2024-04-30.");
        handOver.Html.ShouldContain($"{address}?avslut=ja#Input_Exits");
        (await browser.PostFormAsync(later, "Input.Capacity", ("Input.Capacity", "41"))).Content.ShouldContain("Insatsens uppgifter är sparade.");
        (await people.RowAsync(left)).EndedOn.ShouldBeNull();
        var list = await browser.GetAsync(address + "?avslut=ja");
        (await browser.PostFormAsync(list, "Input.EndsOn")).Content.ShouldContain("Insatsens uppgifter är sparade, och ett avslut är registrerat.");
        (await people.RowAsync(left)).EndedOn.ShouldBe(new DateOnly(2024, 4, 30));
    }

    [Fact]
    public async Task Nobody_leaves_after_the_closing_day_or_is_let_out_of_what_they_came_to_after_it()
    {
        await using var people = await People.StartAsync();
        var (out1, later) = (await people.AddAsync("A1"), await people.AddAsync("A2", started: "2024-05-02"));
        using var browser = await people.Host.SignInAsync(Role.Administrator);
        var asked = await browser.PostFormAsync($"{people.Root}/insatser/{people.Own}/redigera", "Input.EndsOn", ("Input.EndsOn", "2024-04-30"));
        asked.Content.ShouldContain("Inskriven efter slutdatumet: rätta den dagen på deltagandet, eller slutdatumet.");

        var wrong = await browser.PostFormAsync(asked, "Input.EndsOn", ("Input.Exits[0].EndedOn", "2024-05-03"));
        wrong.Errors.ShouldBe(["A1: Dagen är efter insatsens slutdatum 2024-04-30. Ändra dagen, eller låt insatsen sluta senare."]);
        (await people.RowAsync(out1)).EndedOn.ShouldBeNull();
        (await browser.PostFormAsync(wrong, "Input.EndsOn", ("Input.Exits[0].EndedOn", "2024-04-29"))).Content.ShouldContain(
            "Insatsens uppgifter är sparade, och ett avslut är registrerat.");
        (await people.RowAsync(later)).EndedOn.ShouldBeNull();
    }

    [Fact]
    public async Task The_reason_for_all_is_not_given_to_those_in_the_queue_who_are_counted_apart()
    {
        await using var people = await People.StartAsync();
        var queued = await people.AddAsync("K1", started: null, queued: "2024-01-01");
        var (first, second) = (await people.AddAsync("A1"), await people.AddAsync("A2"));
        using var browser = await people.Host.SignInAsync(Role.Administrator);

        var asked = await browser.PostFormAsync($"{people.Root}/insatser/{people.Own}/redigera", "Input.EndsOn", ("Input.EndsOn", "2024-04-30"));
        asked.Content.ShouldContain("Inget är sparat än. 2 deltagare är kvar i insatsen och en i kön.");
        asked.Errors.ShouldBeEmpty();
        var saved = await browser.PostFormAsync(asked, "Input.EndsOn", ("Input.ReasonForAll", "arbete"));

        saved.Content.ShouldContain("Insatsens uppgifter är sparade, 2 avslut är registrerade, och en deltagare är borttagen ur kön.");
        foreach (var person in new[] { first, second })
            (await people.RowAsync(person)).ExitReason.ShouldBe("arbete");
        var left = await people.RowAsync(queued);
        (left.EndedOn, left.ExitReason).ShouldBe((new DateOnly(2024, 4, 30), null));
    }

    [Fact]
    public async Task An_insats_that_is_to_close_later_asks_nothing_and_another_insats_stays_untouched()
    {
        await using var people = await People.StartAsync();
        var (_, foreign) = (await people.AddAsync("A1"), await people.AddAsync("B1", insats: people.Foreign));
        using var browser = await people.Host.SignInAsync(Role.Administrator);
        var address = $"{people.Root}/insatser/{people.Own}/redigera";
        (await browser.PostFormAsync(address, "Input.EndsOn", ("Input.EndsOn", "2024-12-31"))).Content.ShouldContain("Insatsens uppgifter är sparade.");

        // A stay of another insats, put into the form.
        var asked = await browser.PostFormAsync(address, "Input.EndsOn", ("Input.EndsOn", "2024-04-30"));
        var tampered = await browser.PostFormAsync(asked, "Input.EndsOn", ("Input.Exits[0].ParticipationId", $"{foreign.ParticipationId}"));
        tampered.Content.ShouldContain("Vilka som är kvar i insatsen har ändrats sedan du öppnade sidan.");
        (await people.RowAsync(foreign)).EndedOn.ShouldBeNull();
    }

    [Fact]
    public async Task Somebody_who_came_or_went_after_the_list_was_shown_is_asked_about()
    {
        await using var people = await People.StartAsync();
        var first = await people.AddAsync("A1");
        using var browser = await people.Host.SignInAsync(Role.Administrator);
        var asked = await browser.PostFormAsync($"{people.Root}/insatser/{people.Own}/redigera", "Input.EndsOn", ("Input.EndsOn", "2024-04-30"));
        var second = await people.AddAsync("A2");
        var again = await browser.PostFormAsync(asked, "Input.EndsOn", ("Input.Exits[0].ExitReason", "arbete"));
        again.Content.ShouldContain("Vilka som är kvar i insatsen har ändrats sedan du öppnade sidan.");
        again.Content.ShouldContain("A2 Inskriven");
        await browser.PostFormAsync(again, "Input.EndsOn");
        (await people.RowAsync(first)).ExitReason.ShouldBe("arbete");
        (await people.RowAsync(second)).EndedOn.ShouldBe(new DateOnly(2024, 4, 30));
    }
}
