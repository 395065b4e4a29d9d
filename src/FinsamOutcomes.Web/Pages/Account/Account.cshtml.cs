using System.Globalization;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>The user's own account.</summary>
[LimitedTries]
public sealed class AccountModel(UserManager<AppUser> users, SignInManager<AppUser> signIn, AccountStore accounts, CurrentAccess access) : PageModel
{
    [BindProperty]
    public ChangePasswordInput Input { get; set; } = new();

    /// <summary>There is a password, and it may be used.</summary>
    public bool HasPassword { get; private set; }

    public bool IsTwoFactorEnabled { get; private set; }

    public int RecoveryCodesLeft { get; private set; }

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostPasswordAsync()
    {
        var user = await ShowAsync();
        if (!HasPassword)
            return RedirectToPage();
        if (PasswordRules.Wrong(Input.Password, user.UserName) is { } wrong)
            ModelState.AddModelError("Input.Password", wrong);
        if (!await users.IsPresentPasswordAsync(user, Input.Present, HttpContext))
            ModelState.AddModelError("Input.Present", users.ErrorDescriber.PasswordMismatch().Description);
        if (ModelState.ErrorCount > 0)
            return Page();
        var result = await users.ChangePasswordAsync(user, Input.Present!, Input.Password!);
        foreach (var error in result.Errors)
            ModelState.AddModelError("Input.Password", error.Description);
        if (!result.Succeeded)
            return Page();
        // The stamp is new: every other session has ended, this one goes on.
        await signIn.RefreshSignInAsync(user);
        TempData["Done"] = "Lösenordet är bytt. Du är utloggad överallt utom här.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        var user = await ShowAsync();
        await users.UpdateSecurityStampAsync(user);
        await accounts.RecordAsync(user, "Users.SignOutEverywhere", HttpContext.RequestAborted);
        await signIn.SignOutAsync();
        return RedirectToPage("/Account/SignOut");
    }

    private async Task<AppUser> ShowAsync()
    {
        var user = (await accounts.FindAsync(access.UserId, HttpContext.RequestAborted))!;
        HasPassword = user.PasswordHash is not null && !await accounts.IsPasswordOffAsync(user.Id, HttpContext.RequestAborted);
        IsTwoFactorEnabled = user.IsTwoFactorEnabled;
        RecoveryCodesLeft = await accounts.CountRecoveryCodesAsync(user.Id, HttpContext.RequestAborted);
        return user;
    }
}

/// <summary>A new password and the one that proves who asks.</summary>
public sealed class ChangePasswordInput
{
    public string? Present { get; set; }

    public string? Password { get; set; }
}

internal static class PresentPassword
{
    /// <summary>
    /// Whether it is the user who sits there: by the password, and for an account where none is used by a sign-in just now.
    /// Adds the fault to a field.
    /// </summary>
    public static async Task<bool> IsTheirsAsync(
        this PageModel page,
        UserManager<AppUser> users,
        AppUser user,
        bool hasPassword,
        string? password,
        string field)
    {
        if (hasPassword ? await users.IsPresentPasswordAsync(user, password, page.HttpContext) : await page.HttpContext.IsProvenAsync())
            return true;
        page.ModelState.AddModelError(
            hasPassword ? field : "",
            hasPassword
                ? users.ErrorDescriber.PasswordMismatch().Description
                : "Logga ut och logga in igen, så att det syns att det är du. Det gäller i tio minuter.");
        return false;
    }

    /// <summary>Whether the password is the user's. Wrong ones count towards the lockout, also for somebody who found an open session.</summary>
    public static async Task<bool> IsPresentPasswordAsync(this UserManager<AppUser> users, AppUser user, string? password, HttpContext context)
    {
        using var turn = await context.RequestServices.GetRequiredService<AccountTurns>().WaitAsync(user.UserName, context.RequestAborted);
        // Whether it is locked may have changed while others had their turn.
        if (await users.FindByIdAsync(user.Id.ToString(CultureInfo.InvariantCulture)) is not { } now || await users.IsLockedOutAsync(now))
            return false;
        if (await users.CheckPasswordAsync(user, password ?? ""))
            return true;
        LimitedTriesAttribute.HasFailed(context);
        await users.AccessFailedAsync(now);
        return false;
    }
}
