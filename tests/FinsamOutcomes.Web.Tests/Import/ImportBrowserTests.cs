using System.Text;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Import;

public sealed class ImportBrowserTests(Chromium chromium)
{
    private const string Header = "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning";

    [Fact]
    public async Task A_workbook_with_foreign_headings_is_mapped_to_the_end_and_its_corrections_confirmed_with_the_file_chosen_once()
    {
        await using var host = await WebHost.StartAsync();
        await host.AddInsatsAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        await using var window = await chromium.WindowAsync(host.Address);
        using var browser = await host.SignInAsync(user);
        await window.AddCookiesAsync(
            browser.Cookies.GetAllCookies().Select(c => new Microsoft.Playwright.Cookie { Name = c.Name, Value = c.Value, Url = host.Address.ToString() }));
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/f/{host.ForbundId}/inlasning?slag=deltagare");
        await ChooseAsync("Jobb på riktigt");
        await PressAsync("Pröva först");
        await Assertions.Expect(page.Locator("#fel")).ToContainTextAsync("Tryck på Koppla kolumner");
        await page.ShouldBeSeenByAllAsync("inlasning-egna-rubriker");

        await PressAsync("Koppla kolumner");
        await Assertions.Expect(page.Locator("#koppla")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Vad kolumn I är")).ToHaveValueAsync("avslutsanledning");
        await Assertions.Expect(page.GetByLabel("Vad kolumn B är")).ToHaveValueAsync("-");
        await page.ShouldBeSeenByAllAsync("inlasning-koppla");
        await PressAsync("Spara kopplingen och pröva");
        await Assertions.Expect(page.GetByLabel("Vad ordet i Avslutsorsak står för")).ToBeVisibleAsync();
        await page.GetByLabel("Vad ordet i Avslutsorsak står för").SelectOptionAsync("arbete");
        await page.ShouldBeSeenByAllAsync("inlasning-koppla-ord");
        await PressAsync("Spara kopplingen och pröva");
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("Filen går att läsa in.");
        await PressAsync("Läs in");
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("Filen är inläst.");

        await page.GotoAsync($"/f/{host.ForbundId}/inlasning?slag=deltagare");
        await ChooseAsync("Studier");
        await page.Locator("label[for=Input_Correct]").ClickAsync();
        await PressAsync("Pröva först");
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("Filen skulle rätta 1 uppgift i registret.");
        await page.ShouldBeSeenByAllAsync("inlasning-rattelser");
        await PressAsync("Bekräfta och spara rättelserna");
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("Filen är inläst.");

        Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

        Task ChooseAsync(string reason) => page.GetByLabel("Fil från Excel eller CSV-fil").SetInputFilesAsync(new FilePayload
        {
            Name = "lista.xlsx",
            MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Buffer = new InventedWorkbook()
                .Sheet(
                    "Lista",
                    [
                        ["Deltagarlista"],
                        ["Löpnummer", "Namn", "Aktivitet", "Kön", "Födelseår", "Utbildningsnivå", "Startdatum", "Slutdatum", "Orsak till avslut"],
                        ["A-1", "Åsa Ölund", "Insam", "Kvinna", 1990, "Gymnasial utbildning", new DateOnly(2024, 2, 1), new DateOnly(2024, 3, 1), reason],
                    ])
                .ToArray(),
        });
    }

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
            page.GetByLabel("Fil från Excel eller CSV-fil")
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
