using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Web;
using FinsamOutcomes.Web.Identity;

// What the program ends with when nobody asked it to, so that whatever watches over it starts it again.
const int CannotStart = 1;
const int Unforeseen = 2;
const int Unasked = 3;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("sv-SE");

var db = new Option<string?>("--db")
{
    Description =
        $"Databasen: sqlite:SÖKVÄG eller sqlserver:ANSLUTNINGSSTRÄNG. Utan --db och --demo gäller miljövariabeln {WebSettings.AddressVariable}, och utan den {WebSettings.DefaultAddress}.",
    HelpName = "ADRESS",
};
var urls = new Option<string>("--urls")
{
    Description = "Adressen som webbplatsen svarar på.",
    HelpName = "ADRESS",
    DefaultValueFactory = _ => WebSettings.DefaultUrls,
};
var publicUrl = new Option<string?>("--public-url")
{
    Description =
        $"Adressen som användarna skriver, när en proxy står framför: länkar görs av den, och med https svarar webbplatsen bara krypterat. Utan den gäller miljövariabeln {WebSettings.PublicUrlVariable}.",
    HelpName = "ADRESS",
};
var securityContact = new Option<string?>("--security-contact")
{
    Description =
        $"Vem den som hittar en säkerhetsbrist ska skriva till: en e-postadress eller en webbadress. Visas i /.well-known/security.txt. Utan den gäller miljövariabeln {WebSettings.SecurityContactVariable}.",
    HelpName = "ADRESS",
};
var backups = new Option<string?>("--backup-mapp")
{
    Description =
        $"Mappen där webbplatsen gör en säkerhetskopia varje natt. Utan den gäller miljövariabeln {WebSettings.BackupVariable}; utan båda gör webbplatsen inga. Hur många som behålls säger {WebSettings.BackupsKeptVariable} (förvalt 14).",
    HelpName = "MAPP",
};
var isNew = new Option<bool>("--ny")
{
    Description = "Gör databasen, om den inte finns. Behövs bara första gången: annars är en databas som inte finns ett skrivfel i adressen.",
};
var demo = new Option<bool>("--demo")
{
    Description =
        $"Öppnar ett påhittat förbund med ett konto per roll. Alla personer är påhittade. Databasen ligger i mappen {WebSettings.DemoFolder} där du står, om inget annat anges med --db.",
};
var newKey = new Option<bool>("--ny-nyckel")
{
    Description =
        "Börjar om med en ny nyckelfil när den gamla är förlorad. Namn och personnummer som den gamla nyckeln låste går aldrig mer att läsa; resten av registret är som förut.",
};
var root = new RootCommand("Webbplatsen där handläggare registrerar och processtödjare följer upp.")
{
    db,
    isNew,
    urls,
    publicUrl,
    securityContact,
    backups,
    demo,
    newKey,
};
using var asked = new CancellationTokenSource();
var cancellationToken = asked.Token;
var signals = new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT }.Select(s => PosixSignalRegistration.Create(s, End)).ToList();
var (said, wrong) = StartLines.OfConsole();
root.SetAction(
    async (parsed, _) =>
    {
        try
        {
            var configuration = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddEnvironmentVariables()
                .Build();
            var known = WebSettings.ReadPublicUrl(parsed.GetValue(publicUrl) ?? Environment.GetEnvironmentVariable(WebSettings.PublicUrlVariable));
            var settings = new WebSettings
            {
                Address = parsed.GetValue(db),
                Urls = parsed.GetValue(urls)!,
                PublicUrl = known,
                SecurityContact = WebSettings.ReadSecurityContact(
                    parsed.GetValue(securityContact) ?? Environment.GetEnvironmentVariable(WebSettings.SecurityContactVariable)),
                BackupFolder = parsed.GetValue(backups) ?? (parsed.GetValue(demo) ? null : Text(WebSettings.BackupVariable)),
                BackupsKept = WebSettings.ReadBackupsKept(Environment.GetEnvironmentVariable(WebSettings.BackupsKeptVariable)),
                IsNew = parsed.GetValue(isNew),
                IsDemo = parsed.GetValue(demo),
                HasLostKey = parsed.GetValue(newKey),
                Providers = SignInProvider.ReadAll(configuration),
                Mail = MailSettings.Read(configuration, known),
            };
            await using var app = await FinsamWeb.CreateAsync(settings, console: said, cancellationToken: cancellationToken);
            foreach (var warning in app.Services.GetRequiredService<FinsamDatabase>().Engine.Warnings)
                await wrong.WriteLineAsync(warning);
            await FinsamWeb.ListenAsync(app, settings, cancellationToken);
            said.WriteLine($"Öppna {string.Join(" eller ", FinsamWeb.AddressesToOpen(app))}");
            if (await FinsamWeb.SetupAddressAsync(app, cancellationToken) is { } setup)
            {
                said.WriteLine("Det finns inget konto ännu. Skapa det första här (länken gäller en gång, i 24 timmar):");
                said.WriteLine(setup);
            }

            said.WriteLine("Avsluta med Ctrl+C.");

            if (await FinsamWeb.WaitAsync(app, cancellationToken))
                return 0;
            await wrong.WriteLineAsync("Webbplatsen avslutades utan att någon bad om det. Starta den igen; vad som hände står i loggen.");
            return Unasked;
        }
        catch (StartException exception)
        {
            await wrong.WriteLineAsync(exception.Message);
            return CannotStart;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception)
        {
            // Never its message, which can hold what somebody entered.
            await wrong.WriteLineAsync(
                DatabaseFaults.Explain(exception, engine: null)
                    ?? $"Något oväntat gick fel ({exception.GetType().Name} i {exception.TargetSite?.DeclaringType?.Name}.{exception.TargetSite?.Name}). Anmäl gärna felet med texten inom parentes."
            );
            return Unforeseen;
        }
    });

// Ours from first to last, so that an end that was asked for is known as one however long it takes: the library's own way
// gives up after a while, with a code of its own.
var exitCode = await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
signals.ForEach(s => s.Dispose());
return exitCode;

static string? Text(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    asked.Cancel();
}
