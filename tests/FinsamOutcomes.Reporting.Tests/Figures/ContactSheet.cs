using System.Diagnostics;

namespace FinsamOutcomes.Reporting.Tests.Figures;

/// <summary>Where the pictures of the gallery are left to be looked at, and the browser that draws them on one sheet.</summary>
internal static class ContactSheet
{
    private static readonly string[] s_browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>FINSAM_GALLERY, or a folder of the test run.</summary>
    public static string Folder
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("FINSAM_GALLERY") ?? Path.Combine(AppContext.BaseDirectory, "TestResults", "gallery");
            return Directory.CreateDirectory(folder).FullName;
        }
    }

    public static string? Browser => Environment.GetEnvironmentVariable("FINSAM_CHROMIUM") ?? Array.Find(s_browsers, File.Exists);

    /// <summary>A picture of a page as Chromium shows it.</summary>
    public static async Task TakeAsync(string browser, string page, string picture, int height, CancellationToken cancellationToken)
    {
        var profile = Directory.CreateTempSubdirectory("finsam-bild").FullName;
        try
        {
            var start = new ProcessStartInfo(
                browser,
                [
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--hide-scrollbars",
                    $"--user-data-dir={profile}",
                    $"--window-size=1832,{height}",
                    $"--screenshot={picture}",
                    new Uri(page).AbsoluteUri,
                ])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            using var process = Process.Start(start)!;
            await Task.WhenAll(
                process.StandardError.ReadToEndAsync(cancellationToken),
                process.StandardOutput.ReadToEndAsync(cancellationToken),
                process.WaitForExitAsync(cancellationToken));
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }
}
