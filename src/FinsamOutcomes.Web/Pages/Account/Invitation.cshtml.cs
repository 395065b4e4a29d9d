using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>A one-time link from an administrator: a new account, roles for an account that exists, or a new password.</summary>
[LimitedTries]
public sealed class InvitationModel(
    InvitationStore invitations,
    AccountStore accounts,
    FinsamDatabase database,
    IPasswordHasher<AppUser> hasher,
    UserManager<AppUser> users,
    SignInManager<AppUser> signIn,
    AccountTurns turns,
    SignInProviders providers,
    CurrentAccess access) : PageModel
{
    [BindProperty]
    public PasswordInput Input { get; set; } = new();

    public InvitationRow? Invitation { get; private set; }

    /// <summary>Where the browser is sent, to connect.</summary>
    public OnwardTo? Onward { get; private set; }

    /// <summary>No password may be chosen: nobody signs in with one in the förbund.</summary>
    public bool IsPasswordOff { get; private set; }

    /// <summary>Those that can be connected by the link: a letter to oneself gives a new password alone.</summary>
    public IReadOnlyList<SignInProvider> Providers => Invitation is { IsOwn: true } ? [] : providers.All;

    /// <summary>What the account's owner must show too, to connect.</summary>
    public AskedFactor Factor { get; private set; }

    public InvitationState State { get; private set; }

    /// <summary>There is an account with the e-mail address already.</summary>
    public bool HasAccount { get; private set; }

    /// <summary>The one who is signed in is the one who was invited.</summary>
    public bool IsTheirs { get; private set; }

    internal static string CodeHint(string giver) => $"Koden har du fått av {giver}, och länken av någon annan. Har du ingen kod: be {giver} om den.";

    public string WhyNot =>
        Invitation is null
            ? "Kontrollera att hela adressen kom med."
            : State switch
            {
                InvitationState.Used =>
                    "Den har redan använts. Har du valt ett lösenord: logga in. Var det inte du som använde länken: säg genast till förbundets administratör.",
                InvitationState.Expired => "Den har gått ut. Be förbundets administratör om en ny.",
                _ =>
                    "Den har ersatts av en nyare, dragits tillbaka eller fått fel kod för många gånger. Använd den senaste, eller be förbundets administratör om en ny.",
            };

    public Task OnGetAsync() => ShowAsync();

    /// <summary>
    /// Leads to a provider; the link is used when somebody has come back from there. The account's second factor is shown
    /// before: nothing is connected, and no earlier connection gives way, by the link alone.
    /// </summary>
    public async Task<IActionResult> OnPostConnectAsync(string? provider, string? credential)
    {
        var user = await ShowAsync();
        if (Invitation is null || State != InvitationState.Open || (HasAccount && Invitation.Kind == "invitation")
            || Providers.FirstOrDefault(p => p.Key == provider) is not { } chosen)
            return Page();
        string? proven = null;
        if (Invitation.CodeFrom is not null && string.IsNullOrWhiteSpace(Input.Code))
            ModelState.AddModelError("Input.Code", "Skriv koden.");
        else if (Factor != AskedFactor.None && (proven = await ProvenStampAsync(user!, credential)) is null)
            LimitedTriesAttribute.HasFailed(HttpContext);
        else if (await providers.BeginLinkAsync(HttpContext, chosen, access.Route.Token, Input.Code, proven) is { } address)
            Onward = OnwardTo.SignIn(chosen.Name, address);
        else
            ModelState.AddModelError("", OnwardTo.NoAnswer(chosen.Name));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await ShowAsync();
        if (Invitation is null || State != InvitationState.Open)
            return Page();
        try
        {
            if (HasAccount && Invitation.Kind == "invitation")
            {
                if (IsTheirs)
                    await invitations.AcceptAsExistingAsync(access.Route.Token, access.UserId, Input.Code, HttpContext.RequestAborted);
                return IsTheirs ? Redirect($"/f/{Invitation.ForbundId}") : Page();
            }

            if (PasswordRules.Wrong(Input.Password, Invitation.UserName) is { } wrong)
            {
                ModelState.AddModelError("Input.Password", wrong);
                return Page();
            }

            var user = (
                await accounts.FindAsync(
                    await invitations.AcceptAsync(access.Route.Token, hasher.HashPassword(null!, Input.Password!), Input.Code, HttpContext.RequestAborted)))!;
            // The link proves the e-mail, not the phone: who has a second factor signs in with it.
            var asked = await accounts.AskedFactorAsync(user, HttpContext.RequestAborted);
            if (asked != AskedFactor.None)
            {
                TempData["Done"] = asked == AskedFactor.Code
                    ? "Lösenordet är bytt. Logga in med det, så frågas du efter engångskoden."
                    : "Lösenordet är bytt. Din roll kräver mer än lösenord: logga in med din passkey.";
                return RedirectToPage("/Account/SignIn");
            }

            await signIn.SignInAsync(user, isPersistent: false);
            await accounts.RecordAsync(user, "Users.SignIn");
            return Redirect("/");
        }
        catch (RegistrationException exception)
        {
            if (Invitation.CodeFrom is not null)
                LimitedTriesAttribute.HasFailed(HttpContext);
            ModelState.AddErrors(exception);
            // With the last wrong code the link has gone.
            await ShowAsync();
            return Page();
        }
    }

    // The stamp of the account whose second factor was shown; null when it was not, and the page says so.
    private async Task<string?> ProvenStampAsync(AppUser user, string? credential)
    {
        if (Factor == AskedFactor.Passkey)
        {
            var judged = string.IsNullOrEmpty(credential) ? null : await PasskeyAnswers.OrNullAsync(() => signIn.PerformPasskeyAssertionAsync(credential));
            if (judged is { Succeeded: true } && judged.User.Id == user.Id)
            {
                await users.AddOrUpdatePasskeyAsync(user, judged.Passkey);
                return user.SecurityStamp;
            }

            await accounts.RecordAsync(user, "Users.SignInFailed", HttpContext.RequestAborted);
            ModelState.AddModelError("", "Det var inte kontots passkey, eller så tog det för lång tid. Försök igen.");
            return null;
        }

        if (string.IsNullOrWhiteSpace(Input.Factor))
        {
            ModelState.AddModelError("Input.Factor", "Skriv engångskoden.");
            return null;
        }

        using var turn = await turns.WaitAsync(user.UserName, HttpContext.RequestAborted);
        var account = (await accounts.FindAsync(user.Id, HttpContext.RequestAborted))!;
        if (await users.IsLockedOutAsync(account))
        {
            this.SayLocked(account.LockoutEndsAt - database.Clock.GetUtcNow().UtcDateTime);
        }
        else
        {
            var code = RecoveryCodes.Normalize(Input.Factor);
            if (code.Length == AuthenticatorCode.Length
                ? await users.VerifyTwoFactorTokenAsync(account, users.Options.Tokens.AuthenticatorTokenProvider, code)
                : code.Length > 0 && (await users.RedeemTwoFactorRecoveryCodeAsync(account, code)).Succeeded)
            {
                await users.ResetAccessFailedCountAsync(account);
                return account.SecurityStamp;
            }

            await users.AccessFailedAsync(account);
        }

        await accounts.RecordAsync(account, "Users.SignInFailed", HttpContext.RequestAborted);
        ModelState.AddModelError(
            "Input.Factor",
            $"Koden stämmer inte. Varje kod går att använda en gång: vänta på nästa. Efter {FinsamIdentity.FailuresBeforeLockout} felaktiga försök är kontot låst i {FinsamIdentity.Lockout.TotalMinutes:0} minuter."
        );
        return null;
    }

    private async Task<AppUser?> ShowAsync()
    {
        Invitation = await invitations.FindAsync(access.Route.Token, HttpContext.RequestAborted) is { Kind: not "setup" } found ? found : null;
        if (Invitation is null)
        {
            LimitedTriesAttribute.HasFailed(HttpContext);
            return null;
        }

        State = Invitation.StateAt(database.Clock.GetUtcNow().UtcDateTime);
        var user = await accounts.FindByNameAsync(AppUser.Normalize(Invitation.UserName), HttpContext.RequestAborted);
        HasAccount = user is not null;
        IsPasswordOff = await invitations.IsPasswordOffAsync(Invitation, HttpContext.RequestAborted);
        IsTheirs = user is not null && access.IsSignedIn && access.UserId == user.Id;
        Factor = user is null || Invitation.Kind != "reset" ? AskedFactor.None : await accounts.AskedFactorAsync(user, HttpContext.RequestAborted);
        return user;
    }
}

/// <summary>A password that somebody chooses, and the code of a link that asks for one.</summary>
public sealed class PasswordInput
{
    public string? Code { get; set; }

    public string? Password { get; set; }

    /// <summary>A code from the account's app, or one of its recovery codes, where a link connects a provider.</summary>
    public string? Factor { get; set; }
}
