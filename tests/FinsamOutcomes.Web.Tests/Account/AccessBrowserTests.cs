using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using FinsamOutcomes.Web.Tests.Participants;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Account;

public sealed class AccessBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task What_takes_two_administrators_is_seen_by_all()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        var (asking, answering) = (
            await host.AddUserAsync(host.ForbundId, [Role.Administrator]),
            await host.AddUserAsync(host.ForbundId, [Role.Administrator]));
        var by = new Administrator(host.ForbundId, asking.Id, asking.UserName);
        var requests = host.Get<AccessRequestStore>();
        var start = $"/f/{host.ForbundId}";
        await requests.SetRolesAsync(
            by,
            new UserChange
            {
                ForbundId = host.ForbundId,
                UserId = asking.Id,
                Version = 1,
                Roles = [Role.Administrator, Role.Caseworker],
                InsatsIds = [insats],
            });
        await requests.ResetAsync(by, (await host.AddUserAsync(host.ForbundId, [Role.Auditor])).Id);
        await requests.DeactivateAsync(by, answering.Id, 1);
        host.Clock.Advance(TimeSpan.FromDays(8));

        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.SignInAsync(asking);
        await page.GotoAsync($"{start}/anvandare");
        await page.ShouldBeSeenByAllAsync("anvandare-egna-begaranden");
        await page.GotoAsync($"{start}/anvandare/{answering.Id}");
        await page.ClickAsync("summary:has-text('Ta bort ur förbundet')");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ta bort ur förbundet" }).ClickAsync();
        await Assertions.Expect(page.Locator("#klart")).ToBeVisibleAsync();
        await page.ShouldBeSeenByAllAsync("anvandaren-vantar");

        await using var other = await chromium.WindowAsync(host.Address);
        page = await other.NewPageAsync();
        await page.SignInAsync(answering);
        await page.ShouldBeSeenByAllAsync("start-begaran-vantar");
        await page.GotoAsync($"{start}/anvandare");
        await page.ShouldBeSeenByAllAsync("anvandare-vantar");
        await page.Locator("#vantar li").Nth(1).GetByRole(AriaRole.Button, new() { Name = "Säg ja" }).ClickAsync();
        await Assertions.Expect(page.Locator("#lank")).ToBeVisibleAsync();
        await page.ShouldBeSeenByAllAsync("anvandare-ja");
        await page.Locator("#vantar li").First.GetByRole(AriaRole.Button, new() { Name = "Säg ja" }).ClickAsync();

        await using var third = await chromium.WindowAsync(host.Address);
        page = await third.NewPageAsync();
        await page.SignInAsync(asking);
        await page.WaitForURLAsync("**/konto/meddelanden*");
        await page.ShouldBeSeenByAllAsync("meddelanden");
        await page.GetByRole(AriaRole.Button, new() { Name = "Jag har läst" }).ClickAsync();
        await page.GotoAsync("/konto/meddelanden");
        await page.ShouldBeSeenByAllAsync("meddelanden-lasta");
        await page.GotoAsync("/konto");
        await page.ShouldBeSeenByAllAsync("konto-meddelanden");

        await using var fourth = await chromium.WindowAsync(host.Address);
        page = await fourth.NewPageAsync();
        await page.SignInAsync(await host.AddUserAsync(host.ForbundId, [Role.Auditor]));
        await page.GotoAsync($"{start}/logg?visa=behorighet");
        await page.ShouldBeSeenByAllAsync("logg-behorighet");
    }

    [Fact]
    public async Task Somebody_who_left_long_ago_and_the_rules_about_it_are_seen_by_all()
    {
        await using var people = await People.StartAsync();
        var (host, root) = (people.Host, people.Root);
        foreach (var code in new[] { "D-1", "D-2", "D-3" })
        {
            var left = await people.AddAsync(code, "2022-03-01", number: code == "D-1" ? "701063-2391" : null);
            await host.Get<ParticipationStore>()
                .ExitAsync(
                    new NewExit
                    {
                        ForbundId = host.ForbundId,
                        ParticipationId = left.ParticipationId,
                        Version = 1,
                        EndedOn = new DateOnly(2022, 9, 1),
                    });
            if (code != "D-1")
                await host.Get<ReachStore>().AskAsync(host.ForbundId, people.Caseworker.Id, code, "Intyg till arbetsgivare", people.Caseworker.UserName);
        }

        var administrator = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.SignInAsync(administrator);
        await page.GotoAsync($"{root}/oppningar");
        await page.ShouldBeSeenByAllAsync("oppningar");
        await page.Locator("[name='Input.Days']").First.FillAsync("99");
        await page.GetByRole(AriaRole.Button, new() { Name = "Öppna D-2" }).ClickAsync();
        await Assertions.Expect(page.Locator("#fel")).ToBeVisibleAsync();
        await page.ShouldBeSeenByAllAsync("oppningar-fel");
        await page.FillAsync("#Input_Days", "14");
        await page.GetByRole(AriaRole.Button, new() { Name = "Öppna D-2" }).ClickAsync();
        await Assertions.Expect(page.Locator("#oppna")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Svara nej om D-3" }).ClickAsync();
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("Du har svarat nej");
        await page.ShouldBeSeenByAllAsync("oppningar-besvarade");
        await page.GotoAsync($"{root}/regler");
        await page.ShouldBeSeenByAllAsync("regler");
        await page.FillAsync("[name='Input.ReachMonths']", "99");
        await page.ClickAsync("label[for=Input_CodeRoles-caseworker]");
        await page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Assertions.Expect(page.Locator("#fel")).ToBeVisibleAsync();
        await page.ShouldBeSeenByAllAsync("regler-fel");
        await page.FillAsync("[name='Input.ReachMonths']", "12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Assertions.Expect(page.Locator("#klart")).ToBeVisibleAsync();

        await using var second = await chromium.WindowAsync(host.Address);
        page = await second.NewPageAsync();
        await page.SignInAsync(people.Caseworker);
        await page.WaitForURLAsync("**/konto/engangskod*");
        await page.ShouldBeSeenByAllAsync("engangskod-kravs");
        await host.SqlAsync("DELETE FROM code_required_role");

        await using var third = await chromium.WindowAsync(host.Address);
        page = await third.NewPageAsync();
        await page.SignInAsync(people.Caseworker);
        await page.GotoAsync($"{root}/deltagare/be-om-att-oppna");
        await page.ShouldBeSeenByAllAsync("be-om-att-oppna");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skicka" }).ClickAsync();
        await Assertions.Expect(page.Locator("#fel")).ToBeVisibleAsync();
        await page.ShouldBeSeenByAllAsync("be-om-att-oppna-fel");
        await page.GotoAsync($"{root}/deltagare");
        await page.FillAsync("#Text", "D-1");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/deltagare/sok*");
        await page.ShouldBeSeenByAllAsync("sok-finns-inte-langre");
        await page.GotoAsync($"{root}/deltagare/ny");
        await page.ClickAsync("label[for=Input_Gender-man]");
        await page.FillAsync("[name='Input.PersonalNumber']", "701063-2391");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrera" }).ClickAsync();
        await Assertions.Expect(page.Locator("#liknar")).ToBeVisibleAsync();
        await page.ShouldBeSeenByAllAsync("liknar-tidigare");
        await page.GetByRole(AriaRole.Link, new() { Name = "Registrera en ny inskrivning" }).ClickAsync();
        await page.WaitForURLAsync("**/ny-inskrivning");
        await page.ShouldBeSeenByAllAsync("ny-inskrivning-tidigare");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrera" }).ClickAsync();
        await Assertions.Expect(page.Locator("#stangda")).ToBeVisibleAsync();
        await page.ShouldBeSeenByAllAsync("deltagare-stangda");
    }

    [Fact]
    public async Task Too_many_wrong_tries_are_told_to_all()
    {
        await using var host = await WebHost.StartAsync(settings: new WebSettings { TriesPerMinute = 6 });
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        for (var i = 0; i < 6; i++)
        {
            await page.GotoAsync("/logga-in");
            await FillInAsync(page, user with { Password = "inte rätt alls" });
            await Assertions.Expect(page.Locator("#fel")).ToBeVisibleAsync();
        }

        await page.ShouldBeSeenByAllAsync("logga-in-last");
        await FillInAsync(page, user);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("För många försök");
        await page.ShouldBeSeenByAllAsync("for-manga-forsok");
    }

    private static async Task FillInAsync(IPage page, TestUser user)
    {
        await page.FillAsync("[name='Input.UserName']", user.UserName);
        await page.FillAsync("[name='Input.Password']", user.Password);
        await page.Keyboard.PressAsync("Enter");
    }
}
