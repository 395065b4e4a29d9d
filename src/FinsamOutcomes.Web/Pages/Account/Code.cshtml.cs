using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>The second step for those who have it: a code from the app, or a recovery code.</summary>
[LimitedTries]
public sealed class CodeModel(UserManager<AppUser> users, SignInManager<AppUser> signIn, AccountStore accounts, NoticeStore notices, TimeProvider clock) : PageModel
{
    [BindProperty]
    public CodeInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? RedirectToPage("/Account/SignIn", new { returnUrl = ReturnUrl }) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { IsActive: true } user)
            return RedirectToPage("/Account/SignIn", new { returnUrl = ReturnUrl });
        var code = RecoveryCodes.Normalize(Input.Code);
        var isLocked = await users.IsLockedOutAsync(user);
        if (!isLocked && code.Length > 0 && (await SignInAsync(code)).Succeeded)
        {
            await accounts.RecordAsync(user, "Users.SignIn", HttpContext.RequestAborted);
            return await this.OnwardAsync(notices, user.Id, ReturnUrl);
        }

        // A code of six digits that fails has been counted already.
        if (!isLocked && code.Length != AuthenticatorCode.Length)
            await users.AccessFailedAsync(user);
        LimitedTriesAttribute.HasFailed(HttpContext);
        await accounts.RecordAsync(user, "Users.SignInFailed", HttpContext.RequestAborted);
        if (isLocked)
            this.SayLocked(user.LockoutEndsAt - clock.GetUtcNow().UtcDateTime);
        ModelState.AddModelError("Input.Code", $"Koden stämmer inte. Varje kod går att använda en gång: vänta på nästa. Efter {FinsamIdentity.FailuresBeforeLockout} felaktiga försök är kontot låst i {FinsamIdentity.Lockout.TotalMinutes:0} minuter.");
        return Page();
    }

    private Task<Microsoft.AspNetCore.Identity.SignInResult> SignInAsync(string code) => code.Length == AuthenticatorCode.Length
        ? signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false)
        : signIn.TwoFactorRecoveryCodeSignInAsync(code);
}

/// <summary>What is typed in the second step.</summary>
public sealed class CodeInput
{
    public string? Code { get; set; }
}
