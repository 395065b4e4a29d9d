using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Account;

public sealed class AccountBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Signing_in_and_the_own_account_are_seen_by_all()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/logga-in");
        await SeenAsync(page, "logga-in");
        await SignInAsync(page, user with { Password = "inte rätt alls" });
        await Assertions.Expect(page.Locator("#fel")).ToBeVisibleAsync();
        await SeenAsync(page, "logga-in-fel");
        await SignInAsync(page, user);
        await page.WaitForURLAsync("**/f/**");

        await page.GotoAsync("/konto");
        await SeenAsync(page, "konto");
        await page.FillAsync("[name='Input.Present']", "fel");
        await page.FillAsync("[name='Input.Password']", "sommar2024!!");
        await page.GetByRole(AriaRole.Button, new() { Name = "Byt lösenord" }).ClickAsync();
        await SeenAsync(page, "konto-fel");

        await page.GotoAsync("/konto/engangskod");
        await SeenAsync(page, "engangskod-borja");
        await page.FillAsync("[name='Input.Password']", user.Password);
        await page.ClickAsync("main button");
        var key = await page.InnerTextAsync("#nyckel");
        await SeenAsync(page, "engangskod");
        await page.FillAsync("[name='Input.Code']", "000000");
        await page.ClickAsync("main button");
        await SeenAsync(page, "engangskod-fel");
        await page.FillAsync("[name='Input.Code']", AuthenticatorCode.At(host.Clock.GetUtcNow(), key));
        await page.ClickAsync("main button");
        await Assertions.Expect(page.Locator("#reservkoder li")).ToHaveCountAsync(RecoveryCodes.Count);
        await SeenAsync(page, "reservkoder");
        await page.GotoAsync("/konto/engangskod");
        await SeenAsync(page, "engangskod-av");

        await page.GotoAsync("/logga-ut");
        await SeenAsync(page, "logga-ut");
        await page.ClickAsync("main button");
        await SeenAsync(page, "utloggad");
        await page.GotoAsync("/logga-in");
        await SignInAsync(page, user);
        await page.WaitForURLAsync("**/logga-in/kod*");
        await SeenAsync(page, "kod");
        await page.FillAsync("[name='Input.Code']", "000000");
        await page.ClickAsync("main button");
        await SeenAsync(page, "kod-fel");
    }

    [Fact]
    public async Task The_first_account_invitations_and_users_are_seen_by_all()
    {
        await using var host = await WebHost.StartAsync(withForbund: false);
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        var setup = (await host.SetupAddressAsync())!.ToString();
        await page.GotoAsync(setup);
        await SeenAsync(page, "kom-igang");
        foreach (
            var (field, value) in new[]
            {
                ("ForbundName", "Samordningsförbundet Prov"),
                ("DisplayName", "Åsa Prov"),
                ("UserName", "asa@exempel.invalid"),
                ("Password", WebHost.Password),
            })
            await page.FillAsync($"[name='Input.{field}']", value);
        await page.ClickAsync("main button");
        await page.WaitForURLAsync("**/f/**");
        await page.GotoAsync(setup);
        await SeenAsync(page, "kom-igang-anvand");

        var forbundId = (await host.Get<ForbundStore>().AllAsync()).Single().Id;
        var trappan = await host.AddInsatsAsync("Trappan", forbundId);
        foreach (var name in new[] { "Trappan Start", "Trappan Arbete" })
            await host.AddInsatsAsync(name, forbundId, trappan);
        await host.AddInsatsAsync("Ung framåt", forbundId);
        await host.AddUserAsync(forbundId, [Role.Caseworker, Role.InsatsManager], trappan);
        var users = $"/f/{forbundId}/anvandare";
        await page.GotoAsync(users);
        await page.GetByRole(AriaRole.Button, new() { Name = "Skapa en länk" }).ClickAsync();
        await SeenAsync(page, "anvandare-fel");
        await page.FillAsync("[name='Input.DisplayName']", "Per Prov");
        await page.FillAsync("[name='Input.UserName']", "per@exempel.invalid");
        await page.ClickAsync("label[for=Input_Roles-caseworker]");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skapa en länk" }).ClickAsync();
        var link = await page.InnerTextAsync("#lank");
        await SeenAsync(page, "anvandare");
        await page.GetByRole(AriaRole.Link, new() { Name = "Åsa Prov" }).ClickAsync();
        await SeenAsync(page, "anvandaren");
        await page.ClickAsync("summary:has-text('Avaktivera kontot')");
        await SeenAsync(page, "anvandaren-fragad");
        await page.GetByRole(AriaRole.Button, new() { Name = "Avaktivera kontot" }).ClickAsync();
        await SeenAsync(page, "anvandaren-fel");

        await using var other = await chromium.WindowAsync(host.Address);
        var invited = await other.NewPageAsync();
        await invited.GotoAsync(link);
        await SeenAsync(invited, "inbjudan");
        await invited.FillAsync("[name='Input.Password']", "kort");
        await invited.ClickAsync("main button");
        await SeenAsync(invited, "inbjudan-fel");
        await invited.FillAsync("[name='Input.Password']", WebHost.Password);
        await invited.ClickAsync("main button");
        await invited.WaitForURLAsync("**/f/**");
        await invited.GotoAsync(link);
        await SeenAsync(invited, "inbjudan-anvand");
    }

    private static async Task SeenAsync(IPage page, string name)
    {
        await page.ShouldBeSeenByAllAsync(name);
    }

    private static async Task SignInAsync(IPage page, TestUser user)
    {
        await page.FillAsync("[name='Input.UserName']", user.UserName);
        await page.FillAsync("[name='Input.Password']", user.Password);
        await page.Keyboard.PressAsync("Enter");
    }
}
