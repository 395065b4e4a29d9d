using System.Diagnostics;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>User name and password. The answer, and the time it takes, is the same whether the user exists or not.</summary>
[EnableRateLimiting(FinsamIdentity.TriesPolicy)]
public sealed class SignInModel(UserManager<AppUser> users, SignInManager<AppUser> signIn, IPasswordHasher<AppUser> hasher, AccountStore accounts, DemoAccounts demo, CurrentAccess access) : PageModel
{
    private static readonly AppUser s_nobody = new() { UserName = "", NormalizedUserName = "", DisplayName = "", SecurityStamp = "" };
    private static readonly Lazy<string> s_hashOfNobody = new(() => new PasswordHasher<AppUser>().HashPassword(s_nobody, Guid.NewGuid().ToString()));

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(400);

    private long _begun;

    [BindProperty]
    public SignInInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    /// <summary>A form was sent after the session had ended.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>One for each role of the invented förbund; none but in a demo.</summary>
    public IReadOnlyList<DemoAccount> DemoAccounts => demo.All;

    public IActionResult OnGet(string? avbrutet)
    {
        IsInterrupted = avbrutet is not null;
        return access.IsSignedIn ? this.Onward(ReturnUrl) : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        _begun = Stopwatch.GetTimestamp();
        var password = Input.Password ?? "";
        var user = await users.FindByNameAsync(Input.UserName ?? "");
        if (user is not { IsActive: true, PasswordHash: not null } || await users.IsLockedOutAsync(user))
        {
            _ = hasher.VerifyHashedPassword(s_nobody, s_hashOfNobody.Value, password);
            return await RefuseAsync(user);
        }

        var result = await signIn.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true);
        if (result.RequiresTwoFactor)
            return RedirectToPage("/Account/Code", new { returnUrl = ReturnUrl });
        if (!result.Succeeded)
            return await RefuseAsync(user);
        await accounts.RecordAsync(user, "Users.SignIn", HttpContext.RequestAborted);
        return this.Onward(ReturnUrl);
    }

    private async Task<IActionResult> RefuseAsync(AppUser? user)
    {
        if (user is not null)
            await accounts.RecordAsync(user, "Users.SignInFailed", HttpContext.RequestAborted);
        // A user that exists costs some writes more. Rounded up, the time doesn't tell.
        var spent = Stopwatch.GetElapsedTime(_begun);
        await Task.Delay(TimeSpan.FromTicks(s_tick.Ticks - (spent.Ticks % s_tick.Ticks)), HttpContext.RequestAborted);
        ModelState.AddModelError("Input.Password", $"Det gick inte att logga in. Kontrollera e-postadressen och lösenordet. Efter {FinsamIdentity.FailuresBeforeLockout} felaktiga försök är kontot låst i {FinsamIdentity.Lockout.TotalMinutes:0} minuter.");
        return Page();
    }
}

/// <summary>What is typed to sign in.</summary>
public sealed class SignInInput
{
    public string? UserName { get; set; }

    public string? Password { get; set; }
}

internal static class Onwards
{
    /// <summary>To the page that was asked for before signing in, if it is one of ours.</summary>
    public static IActionResult Onward(this PageModel page, string? returnUrl) =>
        page.Url.IsLocalUrl(returnUrl) ? new LocalRedirectResult(returnUrl!) : new RedirectResult("/");
}
