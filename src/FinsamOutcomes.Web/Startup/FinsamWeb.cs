using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Reporting.Figures.Drawing;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Api;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;

namespace FinsamOutcomes.Web;

/// <summary>
/// The web application, whole: services, the order of what every request passes, and the pages. The same for
/// <c>dotnet run</c> and for the tests, which only give it a clock.
/// </summary>
public static class FinsamWeb
{
    private const int LeastThreads = 32;
    private const string ElsewhereText = "Välj en annan adress, till exempel --urls http://localhost:5081";

    /// <param name="settings">How it is started.</param>
    /// <param name="clock">Today and now; the computer's unless given.</param>
    /// <param name="console">Told of what takes time.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="StartException">The database can't be opened, or isn't one for a demo, or figures can't be drawn here.</exception>
    public static async Task<WebApplication> CreateAsync(
        WebSettings settings,
        TimeProvider? clock = null,
        TextWriter? console = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        RequireAddresses(settings.Urls);
        if (FigureRenderer.Check() is { } whyNoFigures)
            throw new StartException(whyNoFigures);
        // SQLite answers on the thread that asks: with as few threads as cores, a page that asks for nothing waits for those that do.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, LeastThreads), ports);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(FinsamWeb).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
            // Neither settings nor style sheet change while it runs, and many systems let a user watch 128 files in all: a host
            // that couldn't would not start, or not show a page.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Environment.WebRootFileProvider = new UnwatchedFiles(builder.Environment.WebRootFileProvider);
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest.Bytes;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // Where it answers is said by Program, in Swedish.
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // Warns that keys are kept unencrypted, which it can't see that they are not: DataProtectionKeys.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // What it writes of an answer that it refuses holds what others have written: SignInProviders says what is safe.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.None);
        // Why it can't start, or had to end, is said in a sentence by Program and in the log by whoever saw it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // What it writes about an exception can hold what somebody entered: UnexpectedErrors writes what is safe.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);

        Telemetry.Add(builder);

        var database = await OpenAsync(settings, clock, console ?? TextWriter.Null, cancellationToken);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(database.Clock);
        builder.Services.AddSingleton(
            settings.IsDemo ? await DemoSite.PrepareAsync(database, settings, console ?? TextWriter.Null, cancellationToken) : DemoAccounts.None);
        builder.Services.AddFinsamStores();
        builder.Services.AddFinsamPages(settings);
        builder.Services.AddScoped<CurrentAccess>();
        builder.Services.AddFinsamIdentity(settings);
        builder.Services.AddFinsamApi();
        builder.Services.AddSingleton<DatabaseHealth>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("databas");

        var app = builder.Build();
        // Where visitors come from and how, as the proxy says, when it is on this computer; for another, the README has a variable.
        if (settings.IsEncrypted)
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        // Outermost, so that what nobody foresaw also gets its page.
        app.UseStatusCodePagesWithReExecute("/fel/{0}");
        app.UseMiddleware<ApiProblems>();
        app.UseExceptionHandler();
        app.UseHsts();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<EncryptedNet>();
        app.UseMiddleware<AnsweredMethods>();
        app.UseStaticFiles();
        app.UseRouting();
        app.UseMiddleware<LargestRequest>();
        app.UseMiddleware<NoFormInQuestions>();
        var swedish = CultureInfo.GetCultureInfo("sv-SE");
        app.UseRequestLocalization(
            new RequestLocalizationOptions
            {
                DefaultRequestCulture = new RequestCulture(swedish),
                SupportedCultures = [swedish],
                SupportedUICultures = [swedish],
                RequestCultureProviders = [],
            });
        app.UseAuthentication();
        // Pages ask who is signed in, the API for a key: neither gives anything at the other.
        app.UseWhen(
            context => !ApiRights.TakesKey(context),
            pages =>
            {
                pages.UseMiddleware<RequiredCode>();
                pages.UseMiddleware<RightsMiddleware>();
            });
        app.UseWhen(ApiRights.TakesKey, api => api.UseMiddleware<ApiGate>());
        app.MapHealthChecks("/health");
        app.MapHealthChecks("/health/ready");
        // That it answers at all: whoever starts it again when it doesn't shall not do so because the disk is full.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        SecurityContact.Map(app);
        FinsamApi.Map(app);
        app.MapRazorPages();
        return app;
    }

    /// <summary>The address of the one-time page where the first account is made; null when there is an account. Earlier addresses stop working.</summary>
    public static async Task<Uri?> SetupAddressAsync(WebApplication app, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        var token = await app.Services.GetRequiredService<InvitationStore>().SetupAsync(cancellationToken);
        return token is null ? null : new Uri(new Uri(AddressesToOpen(app).First()), $"/kom-igang/{token}");
    }

    /// <summary>Begins to answer.</summary>
    /// <exception cref="StartException">It can't at the addresses of the settings.</exception>
    public static async Task ListenAsync(WebApplication app, WebSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new StartException(
                $"Något annat program svarar redan på {settings.Urls}. Det kan vara webbplatsen själv, i ett annat fönster. {ElsewhereText}");
        }
        catch (Exception exception)
            when (exception is IOException or SocketException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            throw new StartException($"Datorn låter inte programmet svara på {settings.Urls}. {ElsewhereText}");
        }
    }

    /// <summary>Waits until the host ends; false when nobody asked it to by the token.</summary>
    public static async Task<bool> WaitAsync(WebApplication app, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        await app.WaitForShutdownAsync(cancellationToken);
        // The host hears the system's signals too, and may have been the first to.
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return cancellationToken.IsCancellationRequested;
    }

    /// <summary>The addresses to open in a browser: the public one, and without it those of this computer.</summary>
    public static IEnumerable<string> AddressesToOpen(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Services.GetRequiredService<WebSettings>().PublicUrl is { } known)
            return [known.GetLeftPart(UriPartial.Authority)];
        string[] everywhere = ["://*", "://+", "://[::]", "://0.0.0.0"];
        return app.Urls.Select(url => everywhere.Aggregate(url, (address, any) => address.Replace(any, "://localhost", StringComparison.Ordinal))).Distinct();
    }

    // Before the database is made: a mistyped address shall leave nothing behind.
    private static void RequireAddresses(string urls)
    {
        var all = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (all.Length == 0 || !all.All(IsAddress))
            throw new StartException($"Adressen {urls} går inte att läsa. Skriv localhost, en av datorns IP-adresser eller * för alla. {ElsewhereText}");
        if (all.Any(a => a.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
            throw new StartException(
                $"Webbplatsen svarar inte själv med https ({urls}). Ställ en proxy med certifikat framför, och ange dess adress med --public-url. {ElsewhereText}"
            );

        static bool IsAddress(string text)
        {
            try
            {
                return BindingAddress.Parse(text) is { Port: >= 0 and <= 65535, PathBase: "" } address
                    && address.Scheme.ToLowerInvariant() is "http" or "https"
                    && IsHost(address.Host);
            }
            catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
            {
                return false;
            }
        }

        // The server takes any name that it doesn't know for all of the computer's addresses: a mistyped one would open it to the net.
        static bool IsHost(string host) =>
            host is "*" or "+"
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (
                host is ['[', .. var inner, ']']
                    ? IPAddress.TryParse(inner, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6
                    : host.Count(c => c == '.') == 3 && IPAddress.TryParse(host, out var four) && four.AddressFamily == AddressFamily.InterNetwork);
    }

    private static async Task<FinsamDatabase> OpenAsync(WebSettings settings, TimeProvider? clock, TextWriter console, CancellationToken cancellationToken)
    {
        var address = settings.Address
            ?? (
                settings.IsDemo
                    ? $"sqlite:{Path.Combine(WebSettings.DemoFolder, "finsam.sqlite")}"
                    : Environment.GetEnvironmentVariable(WebSettings.AddressVariable))
            ?? WebSettings.DefaultAddress;
        try
        {
            // First of all: a connection that may only read leaves a log beside the database that may only be read, too.
            DatabaseEngine.FromAddress(address).RequireWritable();
            var database = settings.IsNew || settings.IsDemo
                ? await FinsamDatabase.OpenAsync(address, clock, cancellationToken)
                : await FinsamDatabase.OpenExistingAsync(address, clock, cancellationToken);
            await database.TrySavingAsync(cancellationToken);
            // What was removed and could not be cut out of the log before the program ended.
            await database.Engine.CutLogAsync(cancellationToken);
            if (settings.HasLostKey)
                await console.WriteLineAsync(
                    (await LostKey.ReplaceAsync(database, $"starten av webbplatsen ({Environment.UserName})", cancellationToken)).InWords());

            // What is wrong with the key file is told before anybody is let in, and a new installation's is made now.
            await KeyFile.CheckAsync(database, cancellationToken);
            _ = await new DataProtectionKeyStore(database).AllAsync(cancellationToken);
            await new AccountStore(database).KeyRecoveryCodesAsync(cancellationToken);

            // An older backup that has been put back: those who have been erased since are erased again before anybody is let in.
            if (ErasedFile.PathFor(database) is { } erased && File.Exists(erased)
                && await ErasedFile.ApplyAsync(database, erased, $"starten av webbplatsen ({Environment.UserName})", cancellationToken)
                    is { } again and not { Erased: 0, IsWhole: true })
                await console.WriteLineAsync(again.InWords);
            return database;
        }
        catch (NoDatabaseException exception)
        {
            throw new StartException(
                $"{exception.Message} Kontrollera adressen (--db eller {WebSettings.AddressVariable}). Ska en ny databas göras där: starta en gång med --ny. Vill du bara prova: starta med --demo."
            );
        }
        catch (Exception exception) when (exception is DatabaseAddressException or MigrationException or KeyFileException or ErasedFileException)
        {
            throw new StartException(exception.Message);
        }
        catch (Exception exception) when (DatabaseFaults.Explain(exception, DatabaseEngine.FromAddress(address)) is { } said)
        {
            throw new StartException(said);
        }
    }
}
