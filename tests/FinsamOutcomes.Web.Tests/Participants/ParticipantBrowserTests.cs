using FinsamOutcomes.Web.Tests.Browser;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Participants;

public sealed class ParticipantBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task The_pages_of_a_participant_are_seen_by_all_in_every_state()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1", name: "Elin Provsson");
        var queued = await people.AddAsync("A2", started: null, queued: "2024-03-01", name: "Elis Provsson");
        await people.AddAsync("A3", isProtected: true);
        await people.Browser.PostFormAsync(people.Participation(person, "handlaggare"));
        await people.Browser.PostFormAsync(
            people.Participation(person, "andra"),
            ("Input.Referrer", "skola"),
            ("Input.Before.Shares[0].Code", "sjukpenning"),
            ("Input.Before.Occupation", "none"));
        await using var window = await chromium.WindowAsync(people.Host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/logga-in");
        await page.Locator("#Input_UserName").FillAsync(people.Caseworker.UserName);
        await page.Locator("#Input_Password").FillAsync(people.Caseworker.Password);
        await page.Locator("main button[type=submit]").ClickAsync();

        await SeeAsync($"{people.Root}/deltagare", "deltagare-lista");
        await page.GetByLabel("Sök deltagare").FillAsync("provsson");
        await page.GetByLabel("Sök deltagare").PressAsync("Enter");
        await SeenAsync("deltagare-sok");
        await SeeAsync($"{people.Person(person)}/andra", "deltagare-andra");
        await SaveAsync("Spara", ("Input_Code", "A2"), ("Input_BirthYear", "18"));
        await SeenAsync("deltagare-andra-fel");
        await SeeAsync($"{people.Person(person)}/ny-inskrivning", "ny-inskrivning");
        await SaveAsync("Registrera");
        await SeenAsync("ny-inskrivning-fel");
        await SeeAsync(people.Participation(queued, "skriv-in"), "skriv-in");
        await SeeAsync(people.Participation(queued, "skriv-ut"), "lamnar-kon");
        await SeeAsync(people.Participation(person, "handlaggare"), "handlaggare");
        await SeeAsync(people.Participation(person, "felregistrerad"), "felregistrerad");
        await SeeAsync(people.Participation(person, "skriv-ut"), "skriv-ut");
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("Input_ExitReason");
        await SaveAsync("Skriv ut ur insatsen", ("Input_EndedOn", "2024-01-01"));
        await SeenAsync("skriv-ut-fel");
        await SeeAsync(people.Participation(person, "andra"), "deltagande-andra");
        await people.Browser.PostFormAsync(people.Participation(person, "andra"), ("Input.StartedOn", "2024-02-09"));
        await SaveAsync("Spara", ("Input_StartedOn", "2024-02-20"));
        await SeenAsync("deltagande-andrat");
        await people.Browser.PostFormAsync(people.Participation(person, "skriv-ut"), ("Input.ExitReason", "arbete"));
        await SeeAsync(people.Participation(person, "angra"), "angra");
        await page.GotoAsync(people.Person(person));
        await page.GetByText("Historik").First.ClickAsync();
        await SeenAsync("deltagare");

        async Task SeeAsync(string address, string name)
        {
            await page.GotoAsync(address);
            await SeenAsync(name);
        }

        async Task SeenAsync(string name)
        {
            await page.ShouldBeSeenByAllAsync(name);
        }

        async Task SaveAsync(string button, params (string Id, string Value)[] fields)
        {
            foreach (var (id, value) in fields)
                await page.Locator($"#{id}").FillAsync(value);
            await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        }
    }
}
