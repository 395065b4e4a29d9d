using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>What came of a way by a provider, where it did not lead in.</summary>
public enum ProviderOutcome
{
    /// <summary>The provider gave no answer that holds, or none at all.</summary>
    Failed,

    /// <summary>Connected to no account in use.</summary>
    Unknown,

    /// <summary>The account may not be entered so.</summary>
    Refused,

    Connected,

    /// <summary>It could not be connected.</summary>
    NotConnected,
}

/// <summary>Leads to a provider, and takes whoever comes back: into an account that is connected, or to connect one. Nobody else gets in.</summary>
[LimitedTries]
public sealed class ProviderModel(
    SignInProviders providers,
    ExternalIdentityStore identities,
    InvitationStore invitations,
    AccountStore accounts,
    NoticeStore notices,
    SignInManager<AppUser> signIn,
    CurrentAccess access) : PageModel
{
    /// <summary>Where the browser is sent, when it begins here.</summary>
    public OnwardTo? Onward { get; private set; }

    public ProviderOutcome Outcome { get; private set; }

    public string ProviderName { get; private set; } = "";

    public string WhyNot { get; private set; } =
        "Inloggningen avbröts, tog för lång tid eller gick inte att kontrollera. Försök igen. Händer det flera gånger: säg till den som sköter systemet.";

    /// <summary>Connected by a one-time link, and not from the page of the account.</summary>
    public bool IsAsked { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? fel)
    {
        if (fel is not null)
            return Show(ProviderOutcome.Failed, StatusCodes.Status400BadRequest);
        if (await providers.TakeAsync(HttpContext) is not { } answer)
            return Redirect(access.IsSignedIn ? "/" : "/logga-in");
        ProviderName = answer.Subject.ProviderName;
        return answer.Errand switch
        {
            ProviderErrand.Connect => await ConnectAsync(answer),
            ProviderErrand.Link => await UseLinkAsync(answer),
            _ => await EnterAsync(answer),
        };
    }

    public async Task<IActionResult> OnPostAsync(string? provider, string? returnUrl)
    {
        if (providers.Find(provider) is not { } chosen)
            return Redirect("/logga-in");
        ProviderName = chosen.Name;
        if (await providers.BeginSignInAsync(HttpContext, chosen, returnUrl) is not { } address)
        {
            WhyNot = OnwardTo.NoAnswer(chosen.Name);
            return Show(ProviderOutcome.Failed, StatusCodes.Status503ServiceUnavailable);
        }

        Onward = OnwardTo.SignIn(chosen.Name, address);
        return Page();
    }

    private async Task<IActionResult> EnterAsync(ProviderAnswer answer)
    {
        var user = await identities.FindUserAsync(answer.Subject, HttpContext.RequestAborted);
        if (user is not { IsActive: true })
        {
            // Noted whoever it is, and never who: the provider's word for a person may be a personal number.
            if (user is null)
                await identities.RefuseAsync(ProviderName, HttpContext.RequestAborted);
            else
                await accounts.RecordAsync(user, "Users.SignInRefused", ProviderName, HttpContext.RequestAborted);
            return Show(ProviderOutcome.Unknown, StatusCodes.Status403Forbidden);
        }

        FinsamIdentity.BeginSecondStep(HttpContext, user);
        var result = await ((AppSignInManager)signIn).EnterByProviderAsync(user, answer.Subject.Provider, answer.HasSecondFactor);
        if (result.RequiresTwoFactor)
            return RedirectToPage("/Account/Code", new { returnUrl = answer.ReturnUrl });
        if (!result.Succeeded)
        {
            await accounts.RecordAsync(user, "Users.SignInRefused", ProviderName, HttpContext.RequestAborted);
            WhyNot = $"Din roll kräver en andra faktor, och {ProviderName} har inte visat någon som gäller här. Logga in med din passkey.";
            return Show(ProviderOutcome.Refused, StatusCodes.Status403Forbidden);
        }

        await identities.UsedAsync(user, answer.Subject.Provider, ProviderName, HttpContext.RequestAborted);
        return await this.OnwardAsync(notices, user.Id, answer.ReturnUrl);
    }

    private async Task<IActionResult> ConnectAsync(ProviderAnswer answer)
    {
        // Whoever began it must still be the one who is signed in.
        if (!access.IsSignedIn || answer.UserId != access.UserId || await accounts.FindAsync(access.UserId, HttpContext.RequestAborted) is not { } user)
        {
            WhyNot = "Du är inte längre inloggad som den du var när du började. Logga in och försök igen.";
            return Show(ProviderOutcome.NotConnected, StatusCodes.Status403Forbidden);
        }

        try
        {
            await identities.ConnectAsync(user, answer.Subject, HttpContext.RequestAborted);
            return Show(ProviderOutcome.Connected, StatusCodes.Status200OK);
        }
        catch (RegistrationException exception)
        {
            WhyNot = exception.Errors[0].Message;
            return Show(ProviderOutcome.NotConnected, StatusCodes.Status409Conflict);
        }
    }

    private async Task<IActionResult> UseLinkAsync(ProviderAnswer answer)
    {
        try
        {
            var user = (await accounts.FindAsync(
                await invitations.AcceptAsync(answer.Token!, answer.Subject, answer.Code, answer.ProvenStamp, HttpContext.RequestAborted),
                HttpContext.RequestAborted))!;
            // An account with a second factor gets here when it has been shown, just before.
            await ((AppSignInManager)signIn).EnterByProviderAsync(
                user,
                answer.Subject.Provider,
                answer.HasSecondFactor || answer.ProvenStamp is not null);
            await identities.UsedAsync(user, answer.Subject.Provider, ProviderName, HttpContext.RequestAborted);
            IsAsked = true;
            return Show(ProviderOutcome.Connected, StatusCodes.Status200OK);
        }
        catch (RegistrationException exception)
        {
            WhyNot = exception.Errors[0].Message;
            return Show(ProviderOutcome.NotConnected, StatusCodes.Status409Conflict);
        }
    }

    private PageResult Show(ProviderOutcome outcome, int status)
    {
        (Outcome, Response.StatusCode) = (outcome, status);
        return Page();
    }
}
