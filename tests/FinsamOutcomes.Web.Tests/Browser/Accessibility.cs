using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using FinsamOutcomes.Testing;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Browser;

/// <summary>A page as it is right now: no violation of WCAG 2.1 A or AA, and a picture of it for the eye where one is asked for.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions s_options = new()
    {
        // What passes is not read, and is most of the answer.
        ResultTypes = [ResultType.Violations],
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
    };

    /// <summary>
    /// Sees the page as it is on a screen and then as wide as a phone: writes <c>NAME-WIDTH.png</c> where FINSAM_SCREENSHOTS says, and fails with each
    /// violation: its rule, what it is about and the element.
    /// </summary>
    public static async Task ShouldBeSeenByAllAsync(this IPage page, string name)
    {
        // Axe no longer looks for it: a label of two fields with one id ticks the wrong one.
        var twice = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at)");
        twice.ShouldBeEmpty(name);
        var height = page.ViewportSize!.Height;
        foreach (var width in new[] { Chromium.PhoneWidth, Chromium.ScreenWidth })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.ShouldFitItsWidthAsync($"{name}-{width}");
            if (Chromium.ScreenshotFolder is { } folder)
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = true });
            // Nearly all of it is the same at both widths: at one of them in turn, by the name, where there is no long run.
            if (!LongRun.IsOn && width != (name.Length % 2 == 0 ? Chromium.PhoneWidth : Chromium.ScreenWidth))
                continue;
            // The pages have no frames: axe's older way sees all of them, without a tab of its own for each run, which takes three
            // times as long.
#pragma warning disable CS0618
            var result = await page.Locator(":root").RunAxeLegacy(s_options);
#pragma warning restore CS0618
            result.Violations.SelectMany(v => v.Nodes.Select(n => $"{name}-{width}: {v.Id} ({v.Help}) {n.Html}")).ShouldBeEmpty();
        }
    }

    /// <summary>Nothing is wider than the window: no scrolling sideways but within tables and figures.</summary>
    public static async Task ShouldFitItsWidthAsync(this IPage page, string name)
    {
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        overflow.ShouldBeLessThanOrEqualTo(0, name);
    }
}
