using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>Ends the session of this browser.</summary>
public sealed class SignOutModel(SignInManager<AppUser> signIn, AccountStore accounts, CurrentAccess access) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        if (access.IsSignedIn && await accounts.FindAsync(access.UserId, HttpContext.RequestAborted) is { } user)
            await accounts.RecordAsync(user, "Users.SignOut", HttpContext.RequestAborted);
        await signIn.SignOutAsync();
        return RedirectToPage();
    }
}
