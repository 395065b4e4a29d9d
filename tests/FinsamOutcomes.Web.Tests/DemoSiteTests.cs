using System.Net;
using System.Net.Sockets;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests;

public sealed class DemoSiteTests(Chromium chromium)
{
    private static readonly WebSettings s_demo = new() { IsDemo = true, TriesPerMinute = 10_000 };

    [Fact]
    public async Task The_demo_opens_on_an_invented_forbund_where_each_role_signs_in_with_a_button_and_has_something_to_see()
    {
        await using var host = await WebHost.StartAsync(settings: s_demo, withForbund: false);
        using var browser = host.Open();
        var cards = await browser.GetAsync("/logga-in?returnUrl=%2Fkonto");
        foreach (var (code, label) in Role.All)
        {
            using var visitor = host.Open();
            var start = await visitor.PostFormAsync("/logga-in", form: $"Logga in som {label.ToLowerInvariant()}");
            start.Url.AbsolutePath.ShouldStartWith("/f/", customMessage: code);
            start.Html.ShouldContain("Samordningsförbundet Exempel (påhittat)");
            if (code == Role.Caseworker)
                start.Content.ShouldContain("Skattningar att göra");
        }

        // As it is published, for a year that is going on and for one of before.
        using var supporter = host.Open();
        var root = (await supporter.PostFormAsync("/logga-in", form: "Logga in som processtödjare")).Url.AbsolutePath;
        foreach (var query in new[] { "", "&fran=2023-01-01&till=2023-12-31" })
            (await supporter.GetAsync($"{root}/statistik?visa=publicerat{query}")).Status.ShouldBe(HttpStatusCode.OK, query);

        // To the page that was asked for, as with a password that is typed.
        (await browser.PostFormAsync(cards, "Logga in som revisor")).Url.AbsolutePath.ShouldBe("/konto");

        // Started again: nothing is made anew but the passwords, and those of before are gone.
        var before = host.Get<DemoAccounts>().All[0];
        await using var again = await WebHost.StartAsync(beside: host, settings: s_demo);
        (await again.Get<ForbundStore>().AllAsync()).ShouldHaveSingleItem();
        using var late = again.Open();
        (await late.PostFormAsync("/logga-in", ("Input.UserName", before.UserName), ("Input.Password", before.Password))).Errors.ShouldHaveSingleItem();
        (await late.PostFormAsync("/logga-in", form: "Logga in som handläggare")).Url.AbsolutePath.ShouldStartWith("/f/");

        await ShouldBeSeenByAllAsync(again);
    }

    [Fact]
    public async Task Nothing_but_a_demo_offers_its_accounts_and_a_real_forbund_never_becomes_one()
    {
        await using var host = await WebHost.StartAsync(withForbund: false);
        await host.Get<ForbundStore>().AddAsync(new NewForbund { Name = "Samordningsförbundet Prov" });
        using var browser = host.Open();
        var page = await browser.GetAsync("/logga-in");
        page.Html.ShouldNotContain("Logga in som");
        page.Forms.Where(f => f.Names.Contains("Input.UserName")).ShouldHaveSingleItem();
        (await Should.ThrowAsync<StartException>(() => FinsamWeb.CreateAsync(s_demo with { Address = host.DatabaseAddress }))).Message.ShouldContain(
            "utan --demo");
        (await host.Get<ForbundStore>().AllAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_taken_port_is_said_in_a_sentence()
    {
        await using var database = await TestDatabase.CreateAsync(Engines.Current);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var settings = new WebSettings { Address = database.Address, Urls = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}" };
        await using var app = await FinsamWeb.CreateAsync(settings);
        (await Should.ThrowAsync<StartException>(() => FinsamWeb.ListenAsync(app, settings))).Message.ShouldBe(
            $"Något annat program svarar redan på {settings.Urls}. Det kan vara webbplatsen själv, i ett annat fönster. Välj en annan adress, till exempel --urls http://localhost:5081"
        );
    }

    private async Task ShouldBeSeenByAllAsync(WebHost host)
    {
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/logga-in");
        await page.ShouldBeSeenByAllAsync("logga-in-demo");
        foreach (var (role, label) in new[] { ("handlaggare", "handläggare"), ("processtodjare", "processtödjare"), ("insatsansvarig", "insatsansvarig") })
        {
            await window.ClearCookiesAsync();
            await page.GotoAsync("/logga-in");
            await page.GetByRole(AriaRole.Button, new() { Name = $"Logga in som {label}" }).ClickAsync();
            await page.WaitForURLAsync("**/f/**");
            await page.ShouldBeSeenByAllAsync($"demo-{role}");
        }
    }
}
