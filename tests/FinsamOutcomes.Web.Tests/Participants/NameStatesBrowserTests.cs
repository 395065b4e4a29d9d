using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Participants;

public sealed class NameStatesBrowserTests(Chromium chromium)
{
    [Fact, OnlySqlite("a value is put in the wrong place beside the program.")]
    public async Task Unreadable_names_a_stopped_user_and_the_log_of_several_are_seen_by_all()
    {
        await using var people = await People.StartAsync();
        var host = people.Host;
        var whole = await people.AddAsync("A1", name: "Elin Provsson");
        var broken = await people.AddAsync("A2", name: "Karin Provsson");
        await people.AddAsync("A3", name: "Elin Provberg");
        await people.AddAsync("B1", number: "701063-2391", insats: people.Foreign);
        await using (var connection = new SqliteConnection($"Data Source={host.DatabaseAddress["sqlite:".Length..]};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText =
                $"UPDATE participant SET name_encrypted = (SELECT p.name_encrypted FROM participant p WHERE p.id = {whole.ParticipantId}) WHERE id = {broken.ParticipantId}";
            await command.ExecuteNonQueryAsync();
        }

        var asked = new NewRegistration
        {
            ForbundId = host.ForbundId,
            UserId = people.Caseworker.Id,
            Actor = people.Caseworker.UserName,
            Gender = "man",
            PersonalNumber = "701063-2391",
            InsatsId = people.Own,
            StartedOn = new DateOnly(2024, 5, 1),
        };
        for (var i = 0; i < Presence.MatchesADay; i++)
            await Should.ThrowAsync<RegistrationException>(() => host.Get<ParticipationStore>().RegisterNewAsync(asked));

        var page = await SignInAsync(people.Caseworker);
        await SeeAsync($"{people.Root}/deltagare", "lista-gar-inte-att-lasa");
        await SeeAsync(people.Person(broken), "deltagare-gar-inte-att-lasa");
        await SeeAsync($"{people.Person(broken)}/andra", "andra-gar-inte-att-lasa");
        await page.Locator("#Input_Code").FillAsync("Anna Andersson");
        await page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await page.ShouldBeSeenByAllAsync("kod-som-namn");

        page = await SignInAsync(await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.Auditor]));
        await SeeAsync(people.Root, "start-stoppad");
        await SeeAsync($"{people.Root}/traffar", "traffar");
        await page.GetByRole(AriaRole.Button, new() { Name = "Släpp spärren" }).ClickAsync();
        await page.ShouldBeSeenByAllAsync("traffar-inga");
        await page.GotoAsync($"{people.Root}/logg");
        await page.GetByLabel("Deltagare", new() { Exact = false }).First.FillAsync("elin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sök", Exact = true }).ClickAsync();
        await page.ShouldBeSeenByAllAsync("logg-flera");
        await page.GetByRole(AriaRole.Button, new() { Name = "A3", Exact = true }).ClickAsync();
        await page.ShouldBeSeenByAllAsync("logg-deltagare");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Deltagande: A3 i Insam");

        async Task<IPage> SignInAsync(TestUser user)
        {
            var window = await chromium.WindowAsync(host.Address);
            using var browser = await host.SignInAsync(user);
            await window.AddCookiesAsync(
                browser
                    .Cookies.GetAllCookies()
                    .Select(c => new Cookie
                    {
                        Name = c.Name,
                        Value = c.Value,
                        Url = host.Address.ToString(),
                    }));
            return await window.NewPageAsync();
        }

        async Task SeeAsync(string address, string name)
        {
            await page.GotoAsync(address);
            await page.ShouldBeSeenByAllAsync(name);
        }
    }
}
