using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Identity;
using FinsamOutcomes.Web.Pages.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.FormerParticipants;

/// <summary>What the förbund decides about access: how long caseworkers reach those who have left, and who needs a second factor.</summary>
public sealed class RulesModel(CurrentAccess access, ReachStore reach, RuleRequestStore requests, SignInProviders providers, AccountStore accounts)
    : PageModel
{
    public static IReadOnlyList<SelectListItem> RoleChoices { get; } = [.. Role.All.Select(r => new SelectListItem(r.Label, r.Code))];

    [BindProperty]
    public RulesInput Input { get; set; } = new();

    /// <summary>There is another way in for everybody, also for those who are invited.</summary>
    public bool MayTurnPasswordsOff => providers.All.Count > 0;

    /// <summary>Whether a change waits for another administrator's yes.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Nobody else could let this administrator in again.</summary>
    public bool IsAlone { get; private set; }

    public async Task OnGetAsync()
    {
        IsWaiting = (await requests.WaitingAsync(access.ForbundId, HttpContext.RequestAborted)).Count > 0;
        IsAlone = await requests.IsAloneAsync(UsersModel.Acting(access), HttpContext.RequestAborted);
        var settings = await reach.SettingsAsync(access.ForbundId, HttpContext.RequestAborted);
        Input = new RulesInput
        {
            ReachMonths = settings.ReachMonths,
            CodeRoles = [.. settings.CodeRoles],
            IsPasswordOff = settings.IsPasswordOff,
            Version = settings.Version,
        };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        IsAlone = await requests.IsAloneAsync(UsersModel.Acting(access), HttpContext.RequestAborted);
        if (Input.ReachMonths is null)
            ModelState.AskFor(
                "Input.ReachMonths",
                $"Skriv ett antal månader från {AccessSettings.FewestReachMonths} till {AccessSettings.MostReachMonths}.");
        if (Input.IsPasswordOff && !(await reach.SettingsAsync(access.ForbundId, HttpContext.RequestAborted)).IsPasswordOff)
            CheckPasswordsMayGo();
        if (!ModelState.IsValid)
            return Page();
        try
        {
            var settings = new AccessSettings
            {
                ReachMonths = Input.ReachMonths!.Value,
                CodeRoles = Role.Known(Input.CodeRoles),
                IsPasswordOff = Input.IsPasswordOff,
                Version = Input.Version,
            };
            TempData["Done"] = await requests.SetAsync(UsersModel.Acting(access), settings, HttpContext.RequestAborted)
                ? UsersModel.WaitsText(new AccessOutcome { IsWaiting = true })
                : "Reglerna är sparade." + await WhatComesAsync();
            return Redirect($"/f/{access.ForbundId}/regler");
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            ModelState.Clear();
            await OnGetAsync();
            ModelState.AddModelError("", "Någon annan har ändrat reglerna sedan du öppnade sidan. Så här är de nu. Gör om ändringen om den behövs.");
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
        }

        return Page();
    }

    // A rule that asks it of one's own role signs out at once, and the next that is seen is the sign-in.
    private async Task<string> WhatComesAsync() =>
        RequiredCode.IsMet(User)
            ? ""
            : await accounts.SecondFactorNeedAsync(access.UserId, HttpContext.RequestAborted) switch
            {
                SecondFactorNeed.SetUp => " Din egen roll måste nu ha en andra faktor, och du har ingen: därför är du utloggad. Logga in igen, så får du ställa in "
                    + "engångskod eller passkey innan du kommer vidare.",
                SecondFactorNeed.UsePasskey => " Din egen roll måste nu ha en andra faktor: därför är du utloggad. Logga in igen med din passkey.",
                _ => "",
            };

    // Nobody shuts everybody out, themselves first: the other way has been gone by the one who says it is enough.
    private void CheckPasswordsMayGo()
    {
        if (!MayTurnPasswordsOff)
            ModelState.AddModelError(
                "Input.IsPasswordOff",
                "Ingen inloggningstjänst är inställd, så den som bjuds in skulle inte komma in. Be den som sköter systemet.");
        else if (!AppSignInManager.CameWithoutPassword(User))
            ModelState.AddModelError(
                "Input.IsPasswordOff",
                "Du har loggat in med lösenord. Anslut ditt konto under Konto, logga ut, logga in den vägen och stäng sedan av lösenorden.");
    }
}

/// <summary>The rules as typed.</summary>
public sealed class RulesInput
{
    public int? ReachMonths { get; set; }

    public List<string> CodeRoles { get; set; } = [];

    public bool IsPasswordOff { get; set; }

    public int Version { get; set; }
}
