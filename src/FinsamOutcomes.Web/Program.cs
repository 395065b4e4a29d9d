using System.CommandLine;
using System.Globalization;
using FinsamOutcomes.Web;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("sv-SE");

var db = new Option<string?>("--db")
{
    Description = $"Databasen: sqlite:SÖKVÄG eller sqlserver:ANSLUTNINGSSTRÄNG. Utan --db gäller miljövariabeln {WebSettings.AddressVariable}, och utan den {WebSettings.DefaultAddress}.",
    HelpName = "ADRESS",
};
var urls = new Option<string>("--urls") { Description = "Adressen som webbplatsen svarar på.", HelpName = "ADRESS", DefaultValueFactory = _ => WebSettings.DefaultUrls };
var demo = new Option<bool>("--demo") { Description = "Öppnar ett påhittat förbund med ett konto per roll. Alla personer är påhittade." };
var root = new RootCommand("Webbplatsen där handläggare registrerar och processtödjare följer upp.") { db, urls, demo };
root.SetAction(async (parsed, cancellationToken) =>
{
    var settings = new WebSettings { Address = parsed.GetValue(db), Urls = parsed.GetValue(urls)!, IsDemo = parsed.GetValue(demo) };
    try
    {
        await using var app = await FinsamWeb.CreateAsync(settings, cancellationToken: cancellationToken);
        await app.RunAsync(cancellationToken);
        return 0;
    }
    catch (StartException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }
});
return await root.Parse(args).InvokeAsync();
