using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>Ends the session of this browser, also for whoever has a copy of its cookie.</summary>
public sealed class SignOutModel(SignInManager<AppUser> signIn, AccountStore accounts, CurrentAccess access, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        // Not cancelled when the page is closed at once: the session shall end.
        if (access.IsSignedIn && await accounts.FindAsync(access.UserId) is { } user)
            await accounts.EndSessionAsync(user, await HttpContext.SessionNumberAsync(), clock.GetUtcNow().UtcDateTime + FinsamIdentity.LongestSession);
        await signIn.SignOutAsync();
        return RedirectToPage();
    }
}
