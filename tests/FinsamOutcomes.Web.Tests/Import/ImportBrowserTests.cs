using System.Text;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Import;

public sealed class ImportBrowserTests(Chromium chromium)
{
    private const string Header = "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning";

    [Fact]
    public async Task Each_state_is_seen_by_all_and_a_file_that_has_been_tried_stays_chosen()
    {
        await using var host = await WebHost.StartAsync();
        await host.AddInsatsAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        await using var window = await chromium.WindowAsync(host.Address);
        using var browser = await host.SignInAsync(user);
        await window.AddCookiesAsync(
            browser
                .Cookies.GetAllCookies()
                .Select(c => new Microsoft.Playwright.Cookie
                {
                    Name = c.Name,
                    Value = c.Value,
                    Url = host.Address.ToString(),
                }));
        var page = await window.NewPageAsync();
        var address = $"/f/{host.ForbundId}/inlasning";

        await page.GotoAsync(address);
        await LookAsync("inlasning");
        await page.GotoAsync(address + "?slag=deltagare");
        await LookAsync("inlasning-deltagare");
        await PressAsync("Pröva först");
        await LookAsync("inlasning-ingen-fil");

        await ChooseAsync("A-1;Insma;kvina;1990;;2024-02-30;;", "A-2;Insam;man;1990;;2024-02-01;2024-03-01;");
        await PressAsync("Pröva först");
        await Assertions.Expect(page.Locator("#fel")).ToContainTextAsync("Filen har 3 fel.");
        await Assertions.Expect(page.Locator("#resultat")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("form[data-upload] .label__message--error")).ToHaveCountAsync(0);
        await LookAsync("inlasning-fel");
        var report = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Hämta listan" }).ClickAsync());
        report.SuggestedFilename.ShouldBe("deltagare-fel.csv");
        (await File.ReadAllLinesAsync(await report.PathAsync())).Length.ShouldBe(1 + 4);

        await ChooseAsync("A-1;Insam;kvinna;1990;;2024-02-01;;", "A-2;Insam;man;1990;;2024-02-01;2024-03-01;");
        await PressAsync("Pröva först");
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("Filen är fortfarande vald.");
        await LookAsync("inlasning-provad");
        await PressAsync("Läs in");
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("Filen är inläst.");
        await LookAsync("inlasning-klar");
        await page.GotoAsync($"/f/{host.ForbundId}/instrument");
        await LookAsync("instrument-inget");

        Task ChooseAsync(params string[] rows) =>
            page.GetByLabel("CSV-fil")
                .SetInputFilesAsync(
                    new FilePayload
                    {
                        Name = "deltagare.csv",
                        MimeType = "text/csv",
                        Buffer = Encoding.UTF8.GetBytes(string.Join("\r\n", [Header, .. rows])),
                    });

        Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

        Task LookAsync(string name) => page.ShouldBeSeenByAllAsync(name);
    }
}
