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
    SignInManager<AppUser> signIn,
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

    public IReadOnlyList<SignInProvider> Providers => providers.All;

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

    /// <summary>Leads to a provider; the link is used when somebody has come back from there.</summary>
    public async Task<IActionResult> OnPostConnectAsync(string? provider)
    {
        await ShowAsync();
        if (Invitation is null || State != InvitationState.Open || (HasAccount && Invitation.Kind == "invitation")
            || providers.Find(provider) is not { } chosen)
            return Page();
        if (Invitation.CodeFrom is not null && string.IsNullOrWhiteSpace(Input.Code))
            ModelState.AddModelError("Input.Code", "Skriv koden.");
        else if (await providers.BeginLinkAsync(HttpContext, chosen, access.Route.Token, Input.Code) is { } address)
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
            if (user.IsTwoFactorEnabled || await accounts.SecondFactorNeedAsync(user.Id, HttpContext.RequestAborted) == SecondFactorNeed.UsePasskey)
                return RedirectToPage("/Account/SignIn");
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

    private async Task ShowAsync()
    {
        Invitation = await invitations.FindAsync(access.Route.Token, HttpContext.RequestAborted) is { Kind: not "setup" } found ? found : null;
        if (Invitation is null)
        {
            LimitedTriesAttribute.HasFailed(HttpContext);
            return;
        }

        State = Invitation.StateAt(database.Clock.GetUtcNow().UtcDateTime);
        var user = await accounts.FindByNameAsync(AppUser.Normalize(Invitation.UserName), HttpContext.RequestAborted);
        HasAccount = user is not null;
        IsPasswordOff = await invitations.IsPasswordOffAsync(Invitation, HttpContext.RequestAborted);
        IsTheirs = user is not null && access.IsSignedIn && access.UserId == user.Id;
    }
}

/// <summary>A password that somebody chooses, and the code of a link that asks for one.</summary>
public sealed class PasswordInput
{
    public string? Code { get; set; }

    public string? Password { get; set; }
}
