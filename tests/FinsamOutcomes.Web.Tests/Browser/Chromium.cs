using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Browser;

/// <summary>
/// One Chromium for all browser tests; each test has a context of its own. The one of the system is used (FINSAM_CHROMIUM,
/// or where Debian and others put it), so nothing is downloaded.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    // The shell without a user interface of its own first: it takes a part of the time.
    private static readonly string[] s_places =
    [
        "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium",
    ];

    /// <summary>A screen's width and a phone's, in pixels.</summary>
    public const int ScreenWidth = 1280, PhoneWidth = 360;

    private const int Height = 900;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where pictures of the pages are written, for who wants to look at them: they take a third of the time.</summary>
    public static string? ScreenshotFolder { get; } = Environment.GetEnvironmentVariable("FINSAM_SCREENSHOTS") is { Length: > 0 } folder ? folder : null;

    public static string? ExecutablePath { get; } =
        Environment.GetEnvironmentVariable("FINSAM_CHROMIUM") is { Length: > 0 } path ? path : s_places.FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (ExecutablePath is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = ExecutablePath,
                Headless = true,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-dev-shm-usage",
                    "--disable-features=SpareRendererForSitePerProcess,Translate,MediaRouter,OptimizationHints",
                    "--disable-extensions",
                ],
            });
    }

    /// <summary>A fresh window: no cookies, Swedish, as wide as asked.</summary>
    public async Task<IBrowserContext> WindowAsync(Uri site, int width = ScreenWidth, bool hasJavaScript = true)
    {
        Assert.SkipWhen(_browser is null, "Chromium finns inte på datorn. Installera paketet chromium, eller ange FINSAM_CHROMIUM.");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.ToString(),
            Locale = "sv-SE",
            TimezoneId = "Europe/Stockholm",
            ViewportSize = new ViewportSize { Width = width, Height = Height },
            JavaScriptEnabled = hasJavaScript,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(15_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
