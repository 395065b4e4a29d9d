using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Web.Tests.Browser;

public sealed class ErrorPageBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task A_page_that_does_not_exist_says_what_to_do()
    {
        await using var database = await TestDatabase.CreateAsync(Engines.Current);
        await using var app = await FinsamWeb.CreateAsync(new WebSettings { Address = database.Address, Urls = "http://127.0.0.1:0" });
        await app.StartAsync();
        await using var window = await chromium.WindowAsync(new Uri(app.Urls.First()));
        var page = await window.NewPageAsync();
        await page.GotoAsync("/finns-inte");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Sidan finns inte");
        await page.ShouldBeSeenByAllAsync("fel-404");
    }
}
