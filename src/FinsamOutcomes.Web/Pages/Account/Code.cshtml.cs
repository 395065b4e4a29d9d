using System.Globalization;
using System.Security.Claims;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>The second step for those who have it: a code from the app, or a recovery code.</summary>
[LimitedTries]
public sealed class CodeModel(
    UserManager<AppUser> users,
    SignInManager<AppUser> signIn,
    AccountStore accounts,
    NoticeStore notices,
    ExternalIdentityStore identities,
    SignInProviders providers,
    AccountTurns turns,
    TimeProvider clock) : PageModel
{
    [BindProperty]
    public CodeInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? RedirectToPage("/Account/SignIn", new { returnUrl = ReturnUrl }) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        // Where the first step was taken: with a password when null.
        var begun = await HttpContext.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        var provider = begun.Principal?.FindFirstValue(ClaimTypes.AuthenticationMethod);
        var (user, isRight, isLocked) = await JudgeAsync();
        if (user is null)
            return RedirectToPage("/Account/SignIn", new { returnUrl = ReturnUrl });
        if (isRight)
        {
            if (provider is null)
                await accounts.RecordAsync(user, "Users.SignIn", HttpContext.RequestAborted);
            else
                await identities.UsedAsync(user, provider, providers.NameOf(provider), HttpContext.RequestAborted);
            return await this.OnwardAsync(notices, user.Id, ReturnUrl);
        }

        LimitedTriesAttribute.HasFailed(HttpContext);
        await accounts.RecordAsync(user, "Users.SignInFailed", HttpContext.RequestAborted);
        if (isLocked)
            this.SayLocked(user.LockoutEndsAt - clock.GetUtcNow().UtcDateTime);
        ModelState.AddModelError(
            "Input.Code",
            $"Koden stämmer inte. Varje kod går att använda en gång: vänta på nästa. Efter {FinsamIdentity.FailuresBeforeLockout} felaktiga försök är kontot låst i {FinsamIdentity.Lockout.TotalMinutes:0} minuter."
        );
        return Page();
    }

    private async Task<(AppUser? User, bool IsRight, bool IsLocked)> JudgeAsync()
    {
        // Identity keeps the user as it first found it, so that it is not asked before the account's turn.
        var begun = await HttpContext.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        if (!int.TryParse(begun.Principal?.FindFirstValue(ClaimTypes.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || await accounts.FindAsync(id, HttpContext.RequestAborted) is not { } account)
        {
            return default;
        }

        using var turn = await turns.WaitAsync(account.UserName, HttpContext.RequestAborted);
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { IsActive: true } user)
            return default;
        if (await users.IsLockedOutAsync(user))
            return (user, false, true);
        var code = RecoveryCodes.Normalize(Input.Code);
        if (code.Length > 0 && (await SignInAsync(code)).Succeeded)
            return (user, true, false);
        // A code of six digits that fails has been counted already.
        if (code.Length != AuthenticatorCode.Length)
            await users.AccessFailedAsync(user);
        return (user, false, false);
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
