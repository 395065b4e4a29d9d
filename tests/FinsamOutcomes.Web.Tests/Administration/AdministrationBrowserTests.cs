using FinsamOutcomes.Data.Funds;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Administration;

public sealed class AdministrationBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Every_page_of_administration_is_seen_by_all()
    {
        await using var host = await WebHost.StartAsync();
        var iris = await host.AddInsatsAsync("IRIS");
        var insam = await host.AddInsatsAsync("Insam", parentId: iris);
        await host.AddInsatsAsync("Öppna dörren", method: "count");
        var economy = host.Get<InsatsEconomyStore>();
        await economy.SetYearAsync(
            new NewInsatsYear
            {
                ForbundId = host.ForbundId,
                InsatsId = insam,
                CalendarYear = 2024,
                BudgetedParticipants = 60,
                BudgetKronor = 2_360_000,
            });
        await economy.SetCostAsync(
            new NewForbundCost
            {
                ForbundId = host.ForbundId,
                CalendarYear = 2024,
                Name = "Kansli och administration",
                BudgetKronor = 1_500_000,
            });
        foreach (var (name, kind, kronor) in new[] { ("Staten", "state", 4_500_000L), ("Region Norr", "region", 2_250_000L), ("Norrby kommun", "municipality", 2_250_000L) })
            await host.Get<FundsStore>().SetContributionAsync(
                new NewContribution
                {
                    ForbundId = host.ForbundId,
                    CalendarYear = 2024,
                    Name = name,
                    Kind = kind,
                    Kronor = kronor,
                });
        await host.Get<InsatsStore>().AddAsync(
            new NewInsats
            {
                ForbundId = host.ForbundId,
                Name = "Frukostmöten",
                Orientation = "structural",
                FollowUpMethod = "count",
                StartsOn = new DateOnly(2023, 1, 1),
            });
        var target = await economy.SetTargetAsync(
            new NewTarget
            {
                ForbundId = host.ForbundId,
                Measure = "positiva-avslut",
                Definition = "arbete-eller-studier",
                CalendarYear = 2024,
                Goal = 0.36m,
            });
        foreach (var (code, gender) in new[] { ("K1", "woman"), ("U1", "unknown") })
            await RegisterAsync(host, insam, code, gender);

        var user = await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.Auditor]);
        await using var window = await WindowAsync(host, user, hasJavaScript: true);
        var page = await window.NewPageAsync();
        foreach (
            var (address, name) in new[]
            {
                ("insatser", "insatser"),
                ("insatser/ny", "insats-ny"),
                ($"insatser/{insam}/redigera", "insats-redigera"),
                ($"insatser/{insam}/budget", "insats-budget"),
                ("kostnader", "kostnader"),
                ("kostnader?kostnad=Kansli%20och%20administration", "kostnad-andra"),
                ("medel", "medel"),
                ("medel?medlem=Norrby%20kommun", "medel-andra"),
                ("antal", "antal-strukturovergripande"),
                ("mal", "mal"),
                ($"mal?mal={target}", "mal-andra"),
                ("kodlistor", "kodlistor"),
                ("kodlistor/avslutsorsaker", "kodlista"),
                ("kodlistor/positiv-losning", "positiv-losning"),
                ("uppfoljning-finsam", "uppfoljning-finsam"),
                ("drift", "drift"),
                ("logg", "logg"),
            })
        {
            await page.GotoAsync($"/f/{host.ForbundId}/{address}");
            await page.ShouldBeSeenByAllAsync(name);
        }

        // A system that is let in: its key is shown, beside the list where it now stands.
        await page.GotoAsync($"/f/{host.ForbundId}/anslutna-system");
        await page.GetByLabel("Systemets namn").FillAsync("Verksamhetssystemet i Norrby");
        await page.GetByText("Registrera och läsa deltagare i valda insatser").ClickAsync();
        await page.GetByText("IRIS: Insam").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Gör en nyckel", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Kopiera nyckeln" })).ToBeVisibleAsync();
        await page.ShouldBeSeenByAllAsync("anslutna-system");

        await page.GotoAsync($"/f/{host.ForbundId}/insatser/ny");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lägg till" }).ClickAsync();
        await page.ShouldBeSeenByAllAsync("insats-ny-fel");

        // Both orientations: the two names follow the one that both have, until somebody writes another.
        await page.GotoAsync($"/f/{host.ForbundId}/insatser/ny");
        await Assertions.Expect(page.GetByLabel("Den strukturövergripande insatsens namn")).ToBeHiddenAsync();
        await page.GetByText("Båda: läggs till som två insatser").ClickAsync();
        await page.GetByLabel("Den individinriktade insatsens namn").FillAsync("Inne");
        await page.GetByLabel("Namn", new() { Exact = true }).FillAsync("Torget");
        await Assertions.Expect(page.GetByLabel("Den strukturövergripande insatsens namn")).ToHaveValueAsync("Torget – strukturövergripande");
        await Assertions.Expect(page.GetByLabel("Den individinriktade insatsens namn")).ToHaveValueAsync("Inne");
        await page.ShouldBeSeenByAllAsync("insats-ny-bada");
    }

    [Fact]
    public async Task A_file_that_is_taken_shows_its_receipt_at_once()
    {
        await using var host = await WebHost.StartAsync();
        await host.AddInsatsAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        await using var window = await WindowAsync(host, user, hasJavaScript: true);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/f/{host.ForbundId}/uppfoljning-finsam?ar=2024");
        await page.GetByText("Ta med individinriktade insatser efter kön").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Hämta förbundsadministratörens fil" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("uppfoljning-finsam_forbundsadministrator_2024.csv");
        (await File.ReadAllTextAsync((await download.PathAsync())!)).ShouldContain("Kvinnor;Män;Totalt kvinnor och män");
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("Filen är hämtad");
        await Assertions.Expect(page.Locator(".handed-over tbody tr")).ToHaveCountAsync(1);
        await page.GetByText("Jag har lämnat över fast det finns mer att reda ut först").Nth(1).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Jag har lämnat över det här" }).Nth(1).ClickAsync();
        await Assertions.Expect(page.Locator(".handed-over tbody tr")).ToHaveCountAsync(2);
        await page.ShouldBeSeenByAllAsync("overlamnat-och-hamtat");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.ShouldBeSeenByAllAsync("uppfoljning-finsam-utskrift");
    }

    [Fact]
    public async Task A_figure_is_copied_with_its_button_and_without_javascript_there_is_no_button_that_does_nothing()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        await host.Get<InsatsEconomyStore>()
            .SetYearAsync(
                new NewInsatsYear
                {
                    ForbundId = host.ForbundId,
                    InsatsId = insats,
                    CalendarYear = 2024,
                    BudgetKronor = 2_360_000,
                });
        var user = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);

        await using var window = await WindowAsync(host, user, hasJavaScript: true);
        await window.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/f/{host.ForbundId}/uppfoljning-finsam");
        await page.GetByRole(AriaRole.Button, new() { Name = "Kopiera Budget (kronor), Insam" }).ClickAsync();
        await Assertions.Expect(page.Locator("#kopierat")).ToHaveTextAsync("2360000 är kopierat");
        (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe("2360000");

        await using var plain = await WindowAsync(host, user, hasJavaScript: false);
        var without = await plain.NewPageAsync();
        await without.GotoAsync($"/f/{host.ForbundId}/uppfoljning-finsam");
        (await without.Locator("[data-copy]:visible").CountAsync()).ShouldBe(0);
        (await without.Locator(".copy-list__value").AllInnerTextsAsync()).ShouldContain("2360000");
    }

    [Fact]
    public async Task What_is_handed_over_and_has_changed_since_is_seen_by_all_and_printed()
    {
        await using var host = await WebHost.StartAsync();
        var (insam, door) = (await host.AddInsatsAsync("Insam"), await host.AddInsatsAsync("Dörren till arbetslivet", method: "count"));
        await RegisterAsync(host, insam, "K1", "woman");
        var export = host.Get<UppfoljningFinsamExport>();
        const string Numbers = UppfoljningFinsamExport.ParticipantsFile;
        foreach (var file in new[] { UppfoljningFinsamExport.AdministratorFile, Numbers, Numbers })
            await export.FileAsync(await export.CountAsync(host.ForbundId, 2024, 0), file, "anna@forbundet.example");
        for (var i = 2; i < 6; i++)
            await RegisterAsync(host, insam, $"K{i}", i < 4 ? "woman" : "man");
        await host.Get<HeadCountStore>()
            .SetAsync(
                new NewHeadCount
                {
                    ForbundId = host.ForbundId,
                    InsatsId = door,
                    CalendarYear = 2024,
                    Half = 0,
                    Gender = "woman",
                    NumberOfPeople = 12,
                });
        var user = await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.Caseworker], insam);
        await using var window = await WindowAsync(host, user, hasJavaScript: true);
        var page = await window.NewPageAsync();
        const string HandOver = "/uppfoljning-finsam";
        foreach (var (address, name) in new[] { ("", "start-andrat"), ($"{HandOver}?ar=2024", "overlamnat"), ($"{HandOver}/overlamningar/2", "kvitto") })
        {
            await page.GotoAsync($"/f/{host.ForbundId}{address}");
            await page.ShouldBeSeenByAllAsync(name);
        }

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        (await page.GetByRole(AriaRole.Button, new() { Name = "Hämta filen igen" }).IsVisibleAsync()).ShouldBeFalse();
        await page.ShouldBeSeenByAllAsync("kvitto-utskrift");
    }

    private static async Task RegisterAsync(WebHost host, int insats, string code, string gender)
    {
        var id = await host.Get<ParticipantStore>()
            .AddAsync(
                new NewParticipant
                {
                    ForbundId = host.ForbundId,
                    Code = code,
                    Gender = gender,
                    BirthYear = 1990,
                });
        await host.Get<ParticipationStore>()
            .RegisterAsync(
                new NewParticipation
                {
                    ForbundId = host.ForbundId,
                    ParticipantId = id,
                    InsatsId = insats,
                    StartedOn = new DateOnly(2024, 2, 1),
                });
    }

    // Signed in through the real form; its cookies are carried over to the window.
    private async Task<IBrowserContext> WindowAsync(WebHost host, TestUser user, bool hasJavaScript)
    {
        var window = await chromium.WindowAsync(host.Address, hasJavaScript: hasJavaScript);
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
        return window;
    }
}
