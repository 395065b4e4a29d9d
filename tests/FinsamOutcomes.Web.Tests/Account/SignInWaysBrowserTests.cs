using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Account;

public sealed class SignInWaysBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Through_a_provider_and_with_a_passkey_in_and_out_again()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var host = await WebHost.StartAsync(settings: new WebSettings
        {
            TriesPerMinute = 10_000,
            PasswordRounds = 1_000,
            Providers = [provider.Settings(), provider.Settings("annan", name: "Kommunens inloggning")],
            Mail = new Identity.MailSettings
            {
                Host = "127.0.0.1",
                Port = 9,
                PublicUrl = new Uri("https://finsam.exempel.invalid"),
                From = "finsam@exempel.invalid",
            },
        });
        var token = await host.Get<InvitationStore>().InviteAsync(
            new NewInvitation { ForbundId = host.ForbundId, UserName = "anna@exempel.invalid", DisplayName = "Prov Person", Roles = [Role.Auditor] });
        // Passkeys belong to a name: an address of digits has none.
        await using var window = await chromium.WindowAsync(new UriBuilder(host.Address) { Host = "localhost" }.Uri);
        var page = await window.NewPageAsync();

        // An identity without an invitation gets in nowhere.
        provider.Who = "nagon-annan";
        await page.GotoAsync("/logga-in");
        await page.ShouldBeSeenByAllAsync("logga-in-leverantor");
        await PressAsync(page, "Logga in med Provtjänsten");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Du har inget konto här");
        await page.ShouldBeSeenByAllAsync("leverantor-okand");
        await page.GotoAsync("/konto");
        await page.WaitForURLAsync("**/logga-in?**");

        // The invited connects, signs out here and there, and signs in again.
        provider.Who = "anna";
        await page.GotoAsync($"/inbjudan/{token}");
        await page.ShouldBeSeenByAllAsync("inbjudan-leverantor");
        await PressAsync(page, "Anslut med Provtjänsten");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Du är ansluten till Provtjänsten");
        await SignOutAsync(page);
        provider.SignedOut.ShouldBe(1);
        await page.GotoAsync("/konto");
        await page.WaitForURLAsync("**/logga-in?**");
        await PressAsync(page, "Logga in med Provtjänsten");
        await page.WaitForURLAsync("**/konto");

        // A passkey of the device, which Chromium plays.
        var device = await window.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            });
        await page.GotoAsync("/konto/inloggning");
        await PressAsync(page, "Lägg till en passkey");
        await Assertions.Expect(page.Locator("#fel")).ToContainTextAsync("Skriv ett namn");
        await page.FillAsync("[name=Name]", "Min telefon");
        await PressAsync(page, "Lägg till en passkey");
        await Assertions.Expect(page.Locator("#passkeys")).ToContainTextAsync("Min telefon");
        await page.ClickAsync("#passkeys summary");
        await page.FillAsync("#passkeys [name=name]", "Jobbtelefonen");
        await PressAsync(page, "Spara namnet");
        await Assertions.Expect(page.Locator("#passkeys h3")).ToHaveTextAsync("Jobbtelefonen");
        await page.ShouldBeSeenByAllAsync("inloggningssatt-passkey");
        await page.FillAsync("[name=Name]", "En till");
        await PressAsync(page, "Lägg till en passkey");
        await Assertions.Expect(page.Locator("[data-passkey-failed]")).ToContainTextAsync("har redan en passkey");

        // It is two factors: nothing more is asked for where the role comes to require one, which ends what began without.
        await host.SqlAsync($"INSERT INTO code_required_role (forbund_id, role) VALUES ({host.ForbundId}, '{Role.Auditor}')");
        await page.GotoAsync("/konto");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Logga in");
        await page.GotoAsync("/logga-in");
        var sent = await page.RunAndWaitForRequestAsync(
            () => PressAsync(page, "Logga in med passkey"),
            r => r.Method == "POST" && r.Url.Contains("handler=Passkey", StringComparison.Ordinal));
        await page.WaitForURLAsync("**/f/**");
        // Passkeys that are kept in a cloud count nothing, so that no counter refuses it.
        await host.SqlAsync("UPDATE passkey SET sign_count = 0");
        await ShouldBeRefusedAgainAsync(sent);
        // The provider alone is not, when there is a passkey to ask for.
        await SignOutAsync(page);
        await page.GotoAsync("/logga-in");
        await PressAsync(page, "Logga in med Provtjänsten");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Logga in med din passkey");
        // Nor is the link of an administrator: the passkey is shown before the account is connected to somebody else.
        var administrator = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        var anna = (await host.Get<AccountStore>().FindByNameAsync(AppUser.Normalize("anna@exempel.invalid")))!;
        var link = await host.Get<InvitationStore>().ResetAsync(host.ForbundId, anna.Id, administrator.UserName);
        provider.Who = "annas andra";
        await page.GotoAsync($"/inbjudan/{link}");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Anslut med Provtjänsten", Exact = true })).ToHaveCountAsync(0);
        await page.ShouldBeSeenByAllAsync("inbjudan-passkey");
        await PressAsync(page, "Visa din passkey och anslut med Provtjänsten");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Du är ansluten till Provtjänsten");
        await page.GotoAsync("/logga-ut");
        await SignOutAsync(page);
        await page.GotoAsync("/logga-in");
        await PressAsync(page, "Logga in med passkey");
        // By way of the news that a link was used.
        await page.WaitForURLAsync("**/konto/meddelanden**");
        await page.GotoAsync("/konto/inloggning");
        await PressAsync(page, "Ta bort Jobbtelefonen");
        await Assertions.Expect(page.Locator("#fel")).ToContainTextAsync("det här är den enda du har");
        await host.SqlAsync("DELETE FROM code_required_role");
        await PressAsync(page, "Ta bort Jobbtelefonen");
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("Din passkey är borttagen");

        // Removed here, it opens nothing more.
        await SignOutAsync(page);
        await page.GotoAsync("/logga-in");
        await PressAsync(page, "Logga in med passkey");
        await Assertions.Expect(page.Locator("#fel")).ToContainTextAsync("Det gick inte att logga in med den passkeyn");
        (await host.ActionsByAsync("anna@exempel.invalid")).Where(a => a.Contains("Passkey", StringComparison.Ordinal)).ShouldBe(
            ["Passkeys.Add", "Passkeys.Rename", "Users.SignInByPasskey", "Users.SignInByPasskey", "Passkeys.Remove"]);

        await page.GotoAsync("/glomt-losenord");
        await page.FillAsync("[name=UserName]", "anna@exempel.invalid");
        await PressAsync(page, "Skicka länken");
        await Assertions.Expect(page.Locator("#skickat")).ToBeVisibleAsync();
        await page.ShouldBeSeenByAllAsync("glomt-losenord-skickat");

        // An administrator's rules, and an account that has come to be proved anew.
        await page.GotoAsync("/logga-in");
        await page.FillAsync("[name='Input.UserName']", administrator.UserName);
        await page.FillAsync("[name='Input.Password']", administrator.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/f/**");
        await page.GotoAsync($"/f/{host.ForbundId}/regler");
        await page.ClickAsync("label[for=Input_IsPasswordOff]");
        await PressAsync(page, "Spara");
        await Assertions.Expect(page.Locator("#fel")).ToBeVisibleAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        await page.GotoAsync("/konto/inloggning");
        await page.ShouldBeSeenByAllAsync("inloggningssatt-bekrafta");
    }

    // The same cookies and the same answer, from another browser.
    private static async Task ShouldBeRefusedAgainAsync(IRequest sent)
    {
        using var other = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var copy = new HttpRequestMessage(HttpMethod.Post, sent.Url)
        {
            Content = new StringContent(sent.PostData!, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        copy.Headers.Add("Cookie", (await sent.AllHeadersAsync())["cookie"]);
        using var answer = await other.SendAsync(copy);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("logga in med den passkeyn");
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task SignOutAsync(IPage page)
    {
        await page.GotoAsync("/logga-ut");
        await page.ClickAsync("main button");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Du är utloggad.");
    }
}
