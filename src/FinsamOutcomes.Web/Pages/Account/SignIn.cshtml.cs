using System.Diagnostics;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>User name and password. The answer, and the time it takes, is the same whether the user exists or not.</summary>
[LimitedTries]
public sealed class SignInModel(
    UserManager<AppUser> users,
    SignInManager<AppUser> signIn,
    IPasswordHasher<AppUser> hasher,
    AccountStore accounts,
    NoticeStore notices,
    FailedTries tries,
    AccountTurns turns,
    TimeProvider clock,
    DemoAccounts demo,
    SignInProviders providers,
    CurrentAccess access) : PageModel
{
    private const int LongestUserName = 200;

    private static readonly AppUser s_nobody = new() { UserName = "", NormalizedUserName = "", DisplayName = "", SecurityStamp = "" };
    private static string? s_hashOfNobody;

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

    public IReadOnlyList<SignInProvider> Providers => providers.All;

    public IActionResult OnGet(string? avbrutet)
    {
        IsInterrupted = avbrutet is not null;
        return access.IsSignedIn ? this.Onward(ReturnUrl) : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        _begun = Stopwatch.GetTimestamp();
        if (IsTooLong())
        {
            LimitedTriesAttribute.HasFailed(HttpContext);
            return Page();
        }

        var (user, result, locked) = await JudgeAsync(Input.UserName ?? "", Input.Password ?? "");
        if (result.RequiresTwoFactor)
            return RedirectToPage("/Account/Code", new { returnUrl = ReturnUrl });
        if (result.IsNotAllowed)
            return await RefusePasswordAsync(user!);
        if (!result.Succeeded)
            return await RefuseAsync(user, locked);
        await accounts.RecordAsync(user!, "Users.SignIn", HttpContext.RequestAborted);
        return await this.OnwardAsync(notices, user!.Id, ReturnUrl);
    }

    /// <summary>What the browser asks for a passkey by; whose is not known yet.</summary>
    public async Task<IActionResult> OnPostOptionsAsync() => Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        var judged = string.IsNullOrEmpty(credential) ? null : await PasskeyAnswers.OrNullAsync(() => signIn.PerformPasskeyAssertionAsync(credential));
        if (judged is not { Succeeded: true } || judged.User is not { IsActive: true } user)
        {
            LimitedTriesAttribute.HasFailed(HttpContext);
            if (judged is { Succeeded: true })
                await accounts.RecordAsync(judged.User, "Users.SignInRefused", HttpContext.RequestAborted);
            ModelState.AddModelError("", "Det gick inte att logga in med den passkeyn. Den kan vara borttagen här, eller så tog det för lång tid. Försök igen.");
            return Page();
        }

        await users.AddOrUpdatePasskeyAsync(user, judged.Passkey);
        await ((AppSignInManager)signIn).EnterByPasskeyAsync(user);
        await accounts.RecordAsync(user, "Users.SignInByPasskey", HttpContext.RequestAborted);
        return await this.OnwardAsync(notices, user.Id, ReturnUrl);
    }

    // The password was right, and is not enough.
    private async Task<IActionResult> RefusePasswordAsync(AppUser user)
    {
        await accounts.RecordAsync(user, "Users.SignInRefused", HttpContext.RequestAborted);
        ModelState.AddModelError(
            "Input.Password",
            "Din roll kräver mer än lösenord, och du har en passkey. Logga in med den. Är den borta: be förbundets administratör ta bort den från kontot."
        );
        return Page();
    }

    private async Task<(AppUser? User, SignInResult Result, TimeSpan? Locked)> JudgeAsync(string userName, string password)
    {
        AppUser? user;
        TimeSpan? locked;
        using (await turns.WaitAsync(userName, HttpContext.RequestAborted))
        {
            user = await users.FindByNameAsync(userName);
            // Where passwords are off none is right, so that nobody can find out which one would be.
            if (user is not { IsActive: true, PasswordHash: not null } || await accounts.IsPasswordOffAsync(user.Id, HttpContext.RequestAborted))
            {
                locked = tries.LockedFor(userName);
                if (locked is null)
                {
                    VerifyNobodys(password);
                    tries.CountName(userName);
                    return (user, SignInResult.Failed, null);
                }
            }
            else if (!await users.IsLockedOutAsync(user))
            {
                FinsamIdentity.BeginSecondStep(HttpContext, user);
                return (user, await signIn.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true), null);
            }
            else
            {
                locked = user.LockoutEndsAt - clock.GetUtcNow().UtcDateTime;
            }
        }

        // Nothing is judged, so nobody has to wait for it.
        VerifyNobodys(password);
        return (user, SignInResult.LockedOut, locked);
    }

    // As many rounds as a real password has.
    private void VerifyNobodys(string password) =>
        _ = hasher.VerifyHashedPassword(s_nobody, s_hashOfNobody ??= hasher.HashPassword(s_nobody, Guid.NewGuid().ToString()), password);

    // No account and no password is as long, so that this tells nothing.
    private bool IsTooLong()
    {
        var (isNameTooLong, isPasswordTooLong) = (Input.UserName is { Length: > LongestUserName }, Input.Password is { Length: > PasswordRules.LongestTried });
        if (isNameTooLong)
            ModelState.AddModelError("Input.UserName", $"E-postadressen är för lång. Skriv högst {LongestUserName} tecken.");
        if (isPasswordTooLong)
            ModelState.AddModelError("Input.Password", $"Lösenordet är för långt. Ett lösenord har högst {PasswordRules.Longest} tecken.");
        if (!isNameTooLong && !isPasswordTooLong)
            return false;
        // What can't be right isn't sent back either.
        ModelState.SetModelValue("Input.UserName", "", "");
        Input.UserName = "";
        return true;
    }

    private async Task<IActionResult> RefuseAsync(AppUser? user, TimeSpan? locked)
    {
        LimitedTriesAttribute.HasFailed(HttpContext);
        if (user is not null)
            await accounts.RecordAsync(user, "Users.SignInFailed", HttpContext.RequestAborted);
        // Said to everybody, or it would tell of the account.
        var off = await accounts.IsAnyPasswordOffAsync(HttpContext.RequestAborted)
            ? " Har ett förbund där du arbetar stängt av lösenord: logga in på ett annat sätt, eller be förbundets administratör om en länk att ansluta kontot med."
            : "";
        // A user that exists costs some writes more. Rounded up, the time doesn't tell.
        var spent = Stopwatch.GetElapsedTime(_begun);
        await Task.Delay(TimeSpan.FromTicks(s_tick.Ticks - (spent.Ticks % s_tick.Ticks)), HttpContext.RequestAborted);
        if (locked is { } wait)
        {
            this.SayLocked(wait);
            ModelState.AddModelError(
                "Input.Password",
                $"Det gick inte att logga in. Det har varit {FinsamIdentity.FailuresBeforeLockout} felaktiga försök, och därför prövas inga fler lösenord nu. Försök igen om {Minutes(wait)}, eller logga in från en dator och webbläsare där du har loggat in förut."
            );
            return Page();
        }

        ModelState.AddModelError(
            "Input.Password",
            $"Det gick inte att logga in. Kontrollera e-postadressen och lösenordet. Efter {FinsamIdentity.FailuresBeforeLockout} felaktiga försök är kontot låst i {FinsamIdentity.Lockout.TotalMinutes:0} minuter.{off}"
        );
        return Page();
    }

    private static string Minutes(TimeSpan wait) => Math.Ceiling(wait.TotalMinutes) is var minutes and > 1 ? $"{minutes:0} minuter" : "1 minut";
}

/// <summary>What is typed to sign in.</summary>
public sealed class SignInInput
{
    public string? UserName { get; set; }

    public string? Password { get; set; }
}

internal static class Onwards
{
    private static readonly Uri s_here = new("http://här.invalid");

    /// <summary>Nothing is tried before the time is over; the page itself tells the user.</summary>
    public static void SayLocked(this PageModel page, TimeSpan? wait)
    {
        page.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        page.Response.Headers.RetryAfter = FailedTries.RetryAfter(wait ?? FinsamIdentity.Lockout);
    }

    /// <summary>Where one goes after signing in: by way of what others have done to the account, when there is something new.</summary>
    public static async Task<IActionResult> OnwardAsync(this PageModel page, NoticeStore notices, int userId, string? returnUrl) =>
        await notices.AnyUnseenAsync(userId, page.HttpContext.RequestAborted)
            ? page.RedirectToPage("/Account/Notices", new { returnUrl })
            : page.Onward(returnUrl);

    /// <summary>
    /// To the page that was asked for before signing in, if it is one of ours, also when its dots are gone; signs that an
    /// address can't hold become such that it can.
    /// </summary>
    public static IActionResult Onward(this PageModel page, string? returnUrl) =>
        page.Url.IsLocalUrl(returnUrl) && Uri.TryCreate(s_here, returnUrl, out var url) && url.Authority == s_here.Authority
            && page.Url.IsLocalUrl(url.PathAndQuery + url.Fragment)
            ? new LocalRedirectResult(url.PathAndQuery + url.Fragment)
            : new RedirectResult("/");
}
