using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Participants;

public sealed class RegistrationBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Registration_help_and_refusals_are_seen_by_all_and_fit_the_window()
    {
        await using var host = await WebHost.StartAsync();
        var insatsId = await host.AddInsatsAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Caseworker], insatsId);
        await host.Get<ParticipationStore>()
            .RegisterNewAsync(
                new NewRegistration
                {
                    ForbundId = host.ForbundId,
                    UserId = user.Id,
                    Gender = "woman",
                    BirthYear = 1990,
                    Name = "Påhittad Person",
                    InsatsId = insatsId,
                    StartedOn = new DateOnly(2024, 5, 14),
                });
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/hjalp");
        await SeeAsync("hjalp");
        await page.GotoAsync("/hjalp/statistik");
        await SeeAsync("hjalp-statistik");
        await page.GotoAsync("/hjalp/behorigheter");
        await SeeAsync("hjalp-behorigheter");
        await page.GotoAsync("/logga-in");
        await page.FillAsync("[name='Input.UserName']", user.UserName);
        await page.FillAsync("[name='Input.Password']", user.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/f/**");
        await page.GotoAsync($"/f/{host.ForbundId}/logg");
        await SeeAsync("fel-403");

        await page.GotoAsync($"/f/{host.ForbundId}/deltagare/ny");
        await SeeAsync("registrera");
        await page.FillAsync("[name='Input.On']", "31/12 2030");
        await page.FillAsync("[name='Input.Before.WorkPercent']", "50");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#fel").WaitForAsync();
        await SeeAsync("registrera-fel");

        // The same name and birth year: asked about, with the name, since the first is in the user's own insats.
        await page.GotoAsync($"/f/{host.ForbundId}/deltagare/ny");
        await page.GetByText("kvinna", new() { Exact = true }).ClickAsync();
        await page.FillAsync("[name='Input.BirthYear']", "1990");
        await page.FillAsync("[name='Input.Name']", "Påhittad Persson");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#liknar").WaitForAsync();
        (await page.Locator("#liknar").InnerTextAsync()).ShouldContain("Påhittad Person");
        await SeeAsync("registrera-liknar");
        await page.GetByText("Det är en annan person. Registrera ändå.").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrera", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/deltagare/*");
        (await host.Get<ParticipantStore>().FindAsync(host.ForbundId, "D0002")).ShouldNotBeNull();

        async Task SeeAsync(string name)
        {
            await page.ShouldBeSeenByAllAsync(name);
        }
    }

    [Fact]
    public async Task A_double_click_registers_once_and_what_was_typed_stays_when_the_session_has_ended()
    {
        await using var people = await People.StartAsync();
        await using var window = await chromium.WindowAsync(people.Host.Address);
        var page = await window.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.SignInAsync(people.Caseworker);
        await FillInAsync("1990");
        await Register().DblClickAsync();
        await Assertions.Expect(page.Locator("#klart")).ToBeFocusedAsync();
        (await people.Host.Get<ParticipationStore>().OpenInInsatsAsync(people.Host.ForbundId, people.Own)).Count.ShouldBe(1);

        await FillInAsync("1985");
        people.Host.Clock.Advance(TimeSpan.FromMinutes(61));
        await page.Clock.FastForwardAsync("01:01:00");
        await Register().ClickAsync();
        await page.GetByText("Inget har sparats: du är inte inloggad längre").WaitForAsync();
        await page.ShouldBeSeenByAllAsync("registrera-utloggad");
        var tab = await window.RunAndWaitForPageAsync(() => page.GetByText("Logga in i en ny flik").ClickAsync());
        await tab.SignInAsync(people.Caseworker);
        await Register().ClickAsync();
        await page.GetByText("D0002 är registrerad.").WaitForAsync();
        (await people.Host.Get<ParticipantStore>().FindAsync(people.Host.ForbundId, "D0002"))!.BirthYear.ShouldBe(1985);

        ILocator Register() => page.GetByRole(AriaRole.Button, new() { Name = "Registrera", Exact = true });

        async Task FillInAsync(string birthYear)
        {
            await page.GotoAsync($"{people.Root}/deltagare/ny");
            await page.GetByText("kvinna", new() { Exact = true }).ClickAsync();
            await page.FillAsync("[name='Input.BirthYear']", birthYear);
        }
    }
}
