using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>Turning the second factor on, with the password and a code that shows that the app has the key, and off, with the password.</summary>
[LimitedTries]
public sealed class AuthenticatorModel(
    UserManager<AppUser> users,
    SignInManager<AppUser> signIn,
    AccountStore accounts,
    PasskeyStore passkeys,
    CurrentAccess access) : PageModel
{
    [BindProperty]
    public AuthenticatorInput Input { get; set; } = new();

    public bool IsTwoFactorEnabled { get; private set; }

    /// <summary>For the app, in base 32; null before it has been asked for.</summary>
    public string? Key { get; private set; }

    public IHtmlContent? QrCode { get; private set; }

    public int RecoveryCodesLeft { get; private set; }

    /// <summary>Shown once.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    /// <summary>There is a password, and it may be used.</summary>
    public bool HasPassword { get; private set; }

    /// <summary>One of the user's roles must have it, and there is no passkey in its place.</summary>
    public bool IsRequired { get; private set; }

    /// <summary>The user was led here instead of where they were going.</summary>
    public bool WasLedHere { get; private set; }

    public Task OnGetAsync(string? kravs)
    {
        WasLedHere = kravs is not null;
        return ShowAsync();
    }

    public async Task<IActionResult> OnPostBeginAsync()
    {
        var user = await ShowAsync();
        if (user.IsTwoFactorEnabled)
            return RedirectToPage();
        // Somebody who found an open session shall not be able to bind the account to a phone of their own.
        if (!await IsTheirsAsync(user))
            return Page();
        await users.ResetAuthenticatorKeyAsync(user);
        await signIn.RefreshSignInAsync(user);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostTurnOnAsync()
    {
        var user = await ShowAsync();
        if (user.IsTwoFactorEnabled || Key is null)
            return RedirectToPage();
        var code = Identity.RecoveryCodes.Normalize(Input.Code);
        if (!await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code))
        {
            LimitedTriesAttribute.HasFailed(HttpContext);
            ModelState.AddModelError("Input.Code", users.ErrorDescriber.InvalidToken().Description);
            return Page();
        }

        await MakeRecoveryCodesAsync(user);
        await users.SetTwoFactorEnabledAsync(user, true);
        await signIn.RefreshSignInAsync(user);
        return Page();
    }

    /// <summary>New recovery codes in the place of those that are used up or have been seen by somebody.</summary>
    public async Task<IActionResult> OnPostCodesAsync()
    {
        var user = await ShowAsync();
        if (!user.IsTwoFactorEnabled || !await IsTheirsAsync(user))
            return Page();
        await MakeRecoveryCodesAsync(user);
        await accounts.RecordAsync(user, "Users.NewRecoveryCodes", HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostTurnOffAsync()
    {
        var user = await ShowAsync();
        if (IsRequired)
            ModelState.AddModelError(
                "Input.Password",
                "En av dina roller kräver engångskod eller passkey, och du har ingen passkey, så den kan inte stängas av. Har du bytt telefon: be en administratör ta bort den, och ställ sedan in en ny."
            );
        if (IsRequired || !await IsTheirsAsync(user))
            return Page();

        user.AuthenticatorKeyEncrypted = null;
        await accounts.ReplaceRecoveryCodesAsync(user.Id, [], HttpContext.RequestAborted);
        await users.SetTwoFactorEnabledAsync(user, false);
        await signIn.RefreshSignInAsync(user);
        TempData["Done"] = "Engångskoden är avstängd.";
        return RedirectToPage("/Account/Account");
    }

    private Task<bool> IsTheirsAsync(AppUser user) => this.IsTheirsAsync(users, user, HasPassword, Input.Password, "Input.Password");

    private async Task MakeRecoveryCodesAsync(AppUser user) =>
        RecoveryCodes = [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, Identity.RecoveryCodes.Count))!];

    private async Task<AppUser> ShowAsync()
    {
        var user = (await accounts.FindAsync(access.UserId, HttpContext.RequestAborted))!;
        IsTwoFactorEnabled = user.IsTwoFactorEnabled;
        HasPassword = user.PasswordHash is not null && !await accounts.IsPasswordOffAsync(user.Id, HttpContext.RequestAborted);
        IsRequired = await accounts.MustHaveCodeAsync(user.Id, HttpContext.RequestAborted)
            && (await passkeys.OfAsync(user.Id, HttpContext.RequestAborted)).Count == 0;
        RecoveryCodesLeft = await accounts.CountRecoveryCodesAsync(user.Id, HttpContext.RequestAborted);
        if (!IsTwoFactorEnabled && await users.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key)
        {
            Key = key;
            QrCode = Draw(
                $"otpauth://totp/FinsamOutcomes:{Uri.EscapeDataString(user.UserName)}?secret={key}&issuer=FinsamOutcomes&digits={AuthenticatorCode.Length}");
        }

        return user;
    }

    // One path in black on white; the page's policy allows no style attributes.
    private static HtmlString Draw(string text)
    {
        using var data = new QRCodeGenerator().CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (rows[y][x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }

        return new HtmlString(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""<svg role="img" aria-label="QR-kod med nyckeln" width="232" height="232" viewBox="0 0 {rows.Count} {rows.Count}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{rows.Count}v{rows.Count}H0z"/><path fill="#000" d="{path}"/></svg>"""
            ));
    }
}

/// <summary>A code to turn it on, and the password for all else.</summary>
public sealed class AuthenticatorInput
{
    public string? Code { get; set; }

    public string? Password { get; set; }
}
