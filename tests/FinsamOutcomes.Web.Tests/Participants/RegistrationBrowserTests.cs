using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Participants;

public sealed class RegistrationBrowserTests(Chromium chromium)
{
    [Theory, ClassData(typeof(Widths))]
    public async Task Registration_help_and_refusals_are_seen_by_all_and_fit_the_window(int width)
    {
        await using var host = await WebHost.StartAsync();
        var insatsId = await host.AddInsatsAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Caseworker], insatsId);
        await host.Get<ParticipationStore>().RegisterNewAsync(new NewRegistration { ForbundId = host.ForbundId, UserId = user.Id, Gender = "woman", BirthYear = 1990, Name = "Påhittad Person", InsatsId = insatsId, StartedOn = new DateOnly(2024, 5, 14) });
        await using var window = await chromium.WindowAsync(host.Address, width);
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
        await page.GetByText("Kod, namn och personnummer (frivilligt)").ClickAsync();
        await page.FillAsync("[name='Input.Name']", "Påhittad Persson");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#liknar").WaitForAsync();
        (await page.Locator("#liknar").InnerTextAsync()).ShouldContain("Påhittad Person");
        await SeeAsync("registrera-liknar");
        await page.GetByText("Det är en annan person. Registrera ändå.").ClickAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Registrera", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/deltagare/*");
        (await host.Get<ParticipantStore>().FindAsync(host.ForbundId, "D0002")).ShouldNotBeNull();

        async Task SeeAsync(string name)
        {
            await page.ShouldFitItsWidthAsync(name);
            await page.ShouldBeSeenByAllAsync(name);
        }
    }
}
