using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Browser;

/// <summary>Signs in as people do, with the keyboard.</summary>
internal static class PageSignIn
{
    public static async Task SignInAsync(this IPage page, TestUser user)
    {
        await page.GotoAsync("/logga-in");
        await page.FillAsync("[name='Input.UserName']", user.UserName);
        await page.FillAsync("[name='Input.Password']", user.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("/logga-in", StringComparison.Ordinal));
    }
}
