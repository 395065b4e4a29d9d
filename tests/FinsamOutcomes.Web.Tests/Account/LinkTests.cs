using System.Text.RegularExpressions;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

public sealed class LinkTests
{
    private const string Password = "tre röda cyklar vid bron";

    [Fact]
    public async Task The_first_account_is_made_by_a_link_that_works_once_and_the_newest_only()
    {
        await using var host = await WebHost.StartAsync(withForbund: false);
        var old = (await host.SetupAddressAsync())!.AbsolutePath;
        var link = (await host.SetupAddressAsync())!.AbsolutePath;
        using var browser = host.Open();
        (await browser.GetAsync(old)).Content.ShouldContain("Länken går inte att använda");
        (
            await browser.PostFormAsync(link, ("Input.ForbundName", ""), ("Input.DisplayName", ""), ("Input.UserName", "fel"), ("Input.Password", Password))
        ).Errors.Count.ShouldBe(3);
        var start = await browser.PostFormAsync(
            link,
            ("Input.ForbundName", "Samordningsförbundet Prov"),
            ("Input.DisplayName", "Prov Ett"),
            ("Input.UserName", "ett@exempel.invalid"),
            ("Input.Password", Password));
        start.Url.AbsolutePath.ShouldStartWith("/f/");
        start.Html.ShouldContain("Samordningsförbundet Prov");
        (await browser.GetAsync(link)).Content.ShouldContain("Länken går inte att använda");
        (await host.SetupAddressAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Somebody_invited_chooses_a_password_and_works_with_the_roles_they_were_given()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        using var administrator = await host.SignInAsync(Role.Administrator);
        var invited = await administrator.PostFormAsync(
            $"/f/{host.ForbundId}/anvandare",
            ("Input.DisplayName", "Prov Två"),
            ("Input.UserName", "tva@exempel.invalid"),
            ("Input.Roles", Role.Caseworker),
            ("Input.InsatsIds", $"{insats}"));
        var link = Link(invited);
        (await administrator.GetAsync($"/f/{host.ForbundId}/anvandare")).Html.ShouldNotContain(link);

        using var browser = host.Open();
        (await browser.PostFormAsync(link, ("Input.Password", "kort"))).Errors.ShouldHaveSingleItem();
        (await browser.PostFormAsync(link, ("Input.Password", Password))).Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}");
        using var late = host.Open();
        (await late.GetAsync(link)).Content.ShouldContain("redan använts");
        await late.SignInAsync(new TestUser(0, "tva@exempel.invalid", Password));
        (await host.ActionsByAsync("tva@exempel.invalid")).ShouldBe(["Invitations.Accept", "Users.SignIn", "Users.SignIn"]);
    }

    [Fact]
    public async Task A_link_ends_after_seven_days_or_when_it_is_withdrawn()
    {
        await using var host = await WebHost.StartAsync();
        using var administrator = await host.SignInAsync(Role.Administrator);
        var link = Link(await InviteAsync(administrator, host.ForbundId, "tre@exempel.invalid"));
        (await administrator.PressAsync(await administrator.GetAsync($"/f/{host.ForbundId}/anvandare"), "Dra tillbaka")).Content.ShouldContain(
            "tillbakadragen");
        using var browser = host.Open();
        (await browser.GetAsync(link)).Content.ShouldContain("dragits tillbaka");

        var second = Link(await InviteAsync(administrator, host.ForbundId, "tre@exempel.invalid"));
        host.Clock.Advance(TimeSpan.FromDays(7.1));
        (await browser.GetAsync(second)).Content.ShouldContain("gått ut");
    }

    [Fact]
    public async Task Somebody_with_an_account_takes_a_role_in_another_forbund_by_signing_in()
    {
        await using var host = await WebHost.StartAsync();
        var other = await host.AddForbundAsync("Samordningsförbundet Andra");
        var user = await host.AddUserAsync(other, [Role.Auditor]);
        using var administrator = await host.SignInAsync(Role.Administrator);
        var link = Link(await InviteAsync(administrator, host.ForbundId, user.UserName));
        using var browser = host.Open();
        (await browser.GetAsync(link)).Html.ShouldNotContain("Input.Password");
        await browser.SignInAsync(user);
        (await browser.PostFormAsync(link, "Ta emot")).Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}");

        // The account now reaches beyond this förbund, so its administrator can't take it over.
        (await administrator.PostFormAsync($"/f/{host.ForbundId}/anvandare/{user.Id}", "Reset")).Content.ShouldContain("förbund där du inte är administratör");
    }

    [Fact]
    public async Task An_account_that_is_switched_off_loses_its_sessions_and_the_last_administrator_can_not_be()
    {
        await using var host = await WebHost.StartAsync();
        var only = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        var user = await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]);
        using var administrator = await host.SignInAsync(only);
        using var browser = await host.SignInAsync(user);
        await administrator.PostFormAsync($"/f/{host.ForbundId}/anvandare/{user.Id}", "Deactivate");
        (await browser.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        (await administrator.PostFormAsync($"/f/{host.ForbundId}/anvandare/{only.Id}", "Deactivate")).Content.ShouldContain(
            "minst en aktiv förbundsadministratör");
        (await administrator.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/konto");
    }

    [Fact]
    public async Task A_new_password_by_link_ends_the_sessions_of_the_old()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Caseworker]);
        using var session = await host.SignInAsync(user);
        using var administrator = await host.SignInAsync(Role.Administrator);
        var link = Link(await administrator.PostFormAsync($"/f/{host.ForbundId}/anvandare/{user.Id}", "Reset"));
        using var browser = host.Open();
        (await browser.PostFormAsync(link, ("Input.Password", Password))).Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}");
        (await session.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
    }

    private static Task<WebPage> InviteAsync(WebBrowser administrator, int forbundId, string userName) =>
        administrator.PostFormAsync($"/f/{forbundId}/anvandare", ("Input.DisplayName", "Prov"), ("Input.UserName", userName), ("Input.Roles", Role.Auditor));

    private static string Link(WebPage page) => new Uri(Regex.Match(page.Html, "id=\"lank\">([^<]+)<").Groups[1].Value).AbsolutePath;
}
