using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.WholeWay;

/// <summary>From an empty database to the hand-over, in one go, as a förbund would.</summary>
internal static class Way
{
    private const string Password = "en lång promenad i regnet";
    private const string Forbund = "Samordningsförbundet Exempel";
    private const string Insats = "Vägen vidare";

    // Women before men; the last five of each gender end, and these many of them go on to work.
    private static readonly (string Gender, int BirthYear, bool Exits, bool ToWork)[] s_people =
    [
        ("kvinna", 1985, true, true), ("kvinna", 1990, true, true), ("kvinna", 1972, true, false), ("kvinna", 2001, true, true), ("kvinna", 1964, false, false),
        ("man", 1988, true, true), ("man", 1993, true, false), ("man", 1975, true, false), ("man", 2003, false, false), ("man", 1961, false, false),
    ];

    public static async Task GoAsync(Chromium chromium, string name, int width = Chromium.ScreenWidth, bool keyboardOnly = false, bool hasJavaScript = true)
    {
        await using var host = await WebHost.StartAsync(withForbund: false);
        await using var window = await chromium.WindowAsync(host.Address, width, hasJavaScript);
        var page = await window.NewPageAsync();
        var hand = new Hand(page, keyboardOnly);
        var administrator = await SetUpAsync(hand, host);
        await AddInsatsAsync(hand);
        await ReadInstrumentAsync(hand, hasJavaScript);
        var caseworker = await InviteAsync(hand, "Hanna Handläggare", "hanna@exempel.invalid", "Handläggare", Insats);
        await SignInAsync(hand, administrator);
        var supporter = await InviteAsync(hand, "Petra Processtödjare", "petra@exempel.invalid", "Processtödjare", null);

        await SignInAsync(hand, caseworker);
        for (var i = 0; i < s_people.Length; i++)
            await RegisterAsync(hand, s_people[i], isQueued: i == 0);
        await RegisterAssessmentsAsync(hand);
        await page.ShouldFitItsWidthAsync($"hela-vagen-{name}");

        await SignInAsync(hand, supporter);
        await ReadStatisticsAsync(hand);
        await MakeReportAsync(hand);

        await SignInAsync(hand, administrator);
        await HandOverAsync(hand);
    }

    private static async Task<string> SetUpAsync(Hand hand, WebHost host)
    {
        await hand.Page.GotoAsync((await host.SetupAddressAsync())!.ToString());
        await hand.FillAsync("Samordningsförbundets namn", Forbund);
        await hand.FillAsync("Ditt namn", "Alva Administratör");
        await hand.FillAsync("Din e-postadress", "alva@exempel.invalid");
        await hand.FillAsync("Lösenord", Password);
        await hand.PressAsync("Skapa kontot");
        await Assertions.Expect(hand.Page.Locator(".top__forbund")).ToContainTextAsync(Forbund);
        return "alva@exempel.invalid";
    }

    private static async Task AddInsatsAsync(Hand hand)
    {
        await hand.FollowAsync("Insatser");
        await hand.FollowAsync("Lägg till insats");
        await hand.FillAsync("Namn", Insats);
        await hand.ChooseAsync("Insatsinriktning", "Individinriktad: människor deltar");
        await hand.ChooseAsync("Uppföljningsmetod", "Deltagare följs var för sig");
        await hand.ChooseAsync("Medfinansieras av ESF", "Nej");
        await hand.FillAsync("Startdatum", "2023-01-01");
        await hand.FillAsync("Platser samtidigt", "40");
        await hand.PressAsync("Lägg till");
        await hand.ShouldSayAsync(Insats);
    }

    private static async Task ReadInstrumentAsync(Hand hand, bool hasJavaScript)
    {
        var file = Encoding.UTF8.GetBytes("""
            instrument;version;respondent;fraga;text;min;max;riktning;minsta_viktiga_forandring
            Hälsa;1;deltagare;f1;Påhittad fråga 1;1;5;hogre_ar_battre;1
            Hälsa;1;deltagare;f2;Påhittad fråga 2;1;5;hogre_ar_battre;1
            """);
        await hand.FollowAsync("Instrument");
        await hand.FollowAsync("Läs in ett instrument från fil");
        await hand.ChooseFileAsync("CSV-fil", "instrument.csv", file);
        await hand.PressOnPageAsync("Pröva först");
        await hand.ShouldSayAsync("Filen går att läsa in.");
        // The browser forgets the file with the page that it was chosen on.
        if (!hasJavaScript)
            await hand.ChooseFileAsync("CSV-fil", "instrument.csv", file);
        await hand.PressOnPageAsync("Läs in");
        await hand.ShouldSayAsync("Filen är inläst.");
    }

    private static async Task<string> InviteAsync(Hand hand, string person, string address, string role, string? insats)
    {
        await hand.FollowAsync("Användare");
        await hand.FillAsync("Namn", person);
        await hand.FillAsync("E-postadress", address);
        await hand.TickAsync("Roller", role);
        if (insats is not null)
            await hand.TickAsync("Egna insatser", insats);
        await hand.PressAsync("Skapa en länk");
        var link = await hand.Page.Locator("#lank").InnerTextAsync();
        await hand.PressAsync("Logga ut");
        await hand.Page.GotoAsync(link);
        await hand.FillAsync("Lösenord", Password);
        await hand.PressAsync("Spara lösenordet");
        await Assertions.Expect(hand.Page.Locator(".user__name")).ToHaveTextAsync(address);
        return address;
    }

    private static async Task SignInAsync(Hand hand, string address)
    {
        await hand.PressAsync("Logga ut");
        await hand.Page.GotoAsync("/logga-in");
        await hand.FillAsync("E-postadress", address);
        await hand.FillAsync("Lösenord", Password);
        await hand.PressAsync("Logga in");
        await Assertions.Expect(hand.Page.Locator(".user__name")).ToHaveTextAsync(address);
    }

    private static async Task RegisterAsync(Hand hand, (string Gender, int BirthYear, bool Exits, bool ToWork) person, bool isQueued)
    {
        await hand.FollowAsync("Deltagare");
        await hand.FollowAsync("Registrera deltagare");
        if (isQueued)
        {
            await hand.ChooseAsync("Deltagaren", "ställs i kö");
            await hand.FillAsync("Datum", "2024-01-08");
        }
        else
        {
            await hand.FillAsync("Datum", "2024-02-05");
        }

        await hand.ChooseAsync("Juridiskt kön", person.Gender);
        await hand.FillAsync("Födelseår", person.BirthYear.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await hand.SelectAsync("Sysselsättning före", "Varken arbete, studier eller aktivt arbetssökande");
        await hand.PressAsync("Registrera");
        await hand.ShouldSayAsync("är registrerad.");
        if (isQueued)
        {
            await hand.FollowAsync("Skriv in");
            await hand.FillAsync("Inskriven", "2024-02-05");
            await hand.PressAsync("Skriv in");
        }

        if (!person.Exits)
            return;
        await hand.FollowAsync("Skriv ut ur insatsen");
        await hand.FillAsync("Utskriven", "2024-05-10");
        await hand.SelectAsync("Avslutsorsak", person.ToWork ? "Arbete utan stöd" : "Sjukdom eller ohälsa");
        await hand.ChooseAsync("Var avslutet planerat?", "Planerat");
        await hand.PressAsync("Skriv ut ur insatsen");
        await hand.ShouldSayAsync("2024-05-10");
    }

    private static async Task RegisterAssessmentsAsync(Hand hand)
    {
        await hand.FollowAsync("Självskattningar");
        await hand.SelectAsync("Insats", Insats);
        await hand.SelectAsync("Instrument", "Hälsa, version 1 – deltagaren svarar");
        await hand.ChooseAsync("Tillfälle", "Start");
        await hand.PressAsync("Öppna högen");
        for (var i = 0; i < 3; i++)
        {
            await hand.FillAsync("1. Påhittad fråga 1", "4");
            await hand.FillAsync("2. Påhittad fråga 2", "e");
            await hand.PressAsync("Spara och ta nästa");
            await hand.ShouldSayAsync("Sparat för");
        }
    }

    private static async Task ReadStatisticsAsync(Hand hand)
    {
        await hand.FollowAsync("Statistik");
        // Four women and three men have ended; three and one of them to work: too few for per cent, and hidden until it is said why.
        await hand.FillAsync("Varför behöver du de exakta talen?", "Jämför med insatsens egna anteckningar");
        await hand.PressAsync("Visa exakta tal");
        await hand.ShouldSayAsync("3 av 4");
        await hand.ShouldSayAsync("1 av 3");
        await hand.Page.ShouldFitItsWidthAsync("hela-vagen-statistik");
    }

    private static async Task MakeReportAsync(Hand hand)
    {
        await hand.FollowAsync("Rapporter");
        await hand.SelectAsync("Rapport", "Årsredovisning");
        await hand.FillAsync("År", "2024");
        await hand.PressAsync("Beställ");
        var all = hand.Page.Locator("[id^='zip-']");
        for (var i = 0; i < 60 && await all.CountAsync() == 0; i++)
        {
            await hand.Page.WaitForTimeoutAsync(1000);
            await hand.Page.GotoAsync(hand.Page.Url);
        }

        var download = await hand.DownloadAsync(all.First, "zip");
        using var zip = await ZipFile.OpenReadAsync(await download.PathAsync());
        var word = zip.Entries.Single(e => e.Name.EndsWith(".docx", StringComparison.Ordinal));
        using var content = new MemoryStream();
        await using (var packed = await word.OpenAsync())
            await packed.CopyToAsync(content);
        using var document = WordprocessingDocument.Open(content, isEditable: false);
        document.MainDocumentPart!.Document.InnerText.ShouldContain(Forbund);
    }

    private static async Task HandOverAsync(Hand hand)
    {
        await hand.FollowAsync("Uppföljning Finsam");
        var download = await hand.DownloadAsync(hand.Page.Locator("button[name=file][value*=deltagaransvarig]"), "Deltagare");
        var csv = await File.ReadAllTextAsync(await download.PathAsync());
        var line = csv.Split('\n').Single(l => l.Contains(Insats, StringComparison.Ordinal)).Trim();
        line.ShouldContain(";5;5;10;");
    }
}
