using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>
/// Ends the session of this browser, also for whoever has a copy of its cookie, and the one at the provider where it began:
/// the next who sits down there would otherwise be let in with a press.
/// </summary>
public sealed class SignOutModel(
    SignInManager<AppUser> signIn,
    SignInProviders providers,
    AccountStore accounts,
    CurrentAccess access,
    TimeProvider clock) : PageModel
{
    /// <summary>Where the browser is sent, to end the session there too.</summary>
    public OnwardTo? Onward { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        // Not cancelled when the page is closed at once: the session shall end.
        if (access.IsSignedIn && await accounts.FindAsync(access.UserId) is { } user)
            await accounts.EndSessionAsync(user, await HttpContext.SessionNumberAsync(), clock.GetUtcNow().UtcDateTime + FinsamIdentity.LongestSession);
        await signIn.SignOutAsync();
        if (access.IsSignedIn && AppSignInManager.ProviderOf(User) is { } provider && await providers.EndAsync(HttpContext, provider) is { } address)
        {
            access.IsSignedIn = false;
            Onward = OnwardTo.SignOut(providers.NameOf(provider), address);
            return Page();
        }

        return RedirectToPage();
    }
}
