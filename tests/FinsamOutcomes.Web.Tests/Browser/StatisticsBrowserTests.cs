using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;
using FinsamOutcomes.Web.Tests.Statistics;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Browser;

/// <summary>The processtödjare's pages as they are seen, wide and narrow, and with JavaScript off.</summary>
public sealed class StatisticsBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Statistics_reports_and_texts_are_seen_by_all()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await Exits.AddAsync(host);
        await host.AddInsatsAsync("Vägen in");
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await SignInAsync(window, host);
        var root = $"/f/{host.ForbundId}";

        await LookAsync($"{root}/statistik", "statistik");
        await page.Locator("details.choose summary").ClickAsync();
        await LookAsync(null, "statistik-urval");
        await LookAsync($"{root}/statistik?fran=nyss&kon=flicka", "statistik-fel");
        await LookAsync($"{root}/insatser/{insats}/statistik?visa=publicerat", "statistik-insats");

        await page.GotoAsync($"{root}/rapporter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Beställ" }).ClickAsync();
        await LookAsync(null, "rapporter-fel");
        await page.Locator("#Input_Report").SelectOptionAsync("projektredovisning");
        await page.GetByRole(AriaRole.Button, new() { Name = "Beställ" }).ClickAsync();

        // The list changes by itself while the report is made.
        await page.GetByText("Alla beställda rapporter är färdiga.").WaitForAsync(new() { Timeout = 90_000 });
        await LookAsync(null, "rapporter");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Ladda ner allt" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("projektredovisning-2023.zip");

        await LookAsync($"{root}/texter?ar=2024", "texter");
        await page.GotoAsync($"{root}/insatser/{insats}/texter/2024");
        await page.Locator("#Input_0__Body").FillAsync("## Så arbetar vi\nVi *stöttar* unga.\n\n- möten\n- studiebesök");
        (await page.Locator("#saknas").InnerTextAsync()).ShouldBe("2 av 3 texter saknas. Ändringarna är inte sparade än.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Förhandsgranska" }).ClickAsync();
        await LookAsync(null, "texter-visning");
        await host.Get<InsatsTextStore>()
            .SetAsync(
                new NewInsatsText
                {
                    ForbundId = host.ForbundId,
                    InsatsId = insats,
                    CalendarYear = 2024,
                    Section = "beskrivning",
                    Body = "Någon annans text.",
                });
        await page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await LookAsync(null, "texter-samtidigt");

        async Task LookAsync(string? url, string name)
        {
            if (url is not null)
                await page.GotoAsync(url);
            await page.ShouldBeSeenByAllAsync(name);
        }
    }

    [Fact]
    public async Task A_report_is_followed_and_a_filter_changed_without_JavaScript()
    {
        await using var host = await WebHost.StartAsync();
        await Exits.AddAsync(host);
        await using var window = await chromium.WindowAsync(host.Address, hasJavaScript: false);
        var page = await SignInAsync(window, host);
        var root = $"/f/{host.ForbundId}";
        await page.GotoAsync($"{root}/statistik");
        await page.Locator("details.choose summary").ClickAsync();
        await page.GetByText("Som det publiceras (små tal dolda)").ClickAsync();
        await page.GetByLabel("Kön", new() { Exact = true }).SelectOptionAsync("woman");
        await page.GetByRole(AriaRole.Button, new() { Name = "Visa", Exact = true }).ClickAsync();
        new Uri(page.Url).Query.ShouldBe("?fran=2024-01-01&till=2024-05-15&kon=woman&visa=publicerat");

        await page.GotoAsync($"{root}/rapporter");
        await page.Locator("#Input_Report").SelectOptionAsync("projektredovisning");
        await page.GetByRole(AriaRole.Button, new() { Name = "Beställ" }).ClickAsync();
        await page.GetByText("Alla beställda rapporter är färdiga.").WaitForAsync(new() { Timeout = 90_000 });
    }

    private static async Task<IPage> SignInAsync(IBrowserContext window, WebHost host)
    {
        var user = await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]);
        var page = await window.NewPageAsync();
        await page.SignInAsync(user);
        return page;
    }
}
