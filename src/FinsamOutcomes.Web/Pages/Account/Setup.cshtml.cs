using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>The first account of the installation, by the link that was printed where the program was started.</summary>
[LimitedTries]
public sealed class SetupModel(
    InvitationStore invitations,
    ForbundStore forbund,
    AccountStore accounts,
    FinsamDatabase database,
    IPasswordHasher<AppUser> hasher,
    SignInManager<AppUser> signIn,
    CurrentAccess access) : PageModel
{
    [BindProperty]
    public SetupInput Input { get; set; } = new();

    public bool IsOpen { get; private set; }

    public IReadOnlyList<string> ForbundNames { get; private set; } = [];

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await ShowAsync();
        if (!IsOpen)
            return Page();
        if (PasswordRules.Wrong(Input.Password, Input.UserName) is { } wrong)
        {
            // The other fields that are empty are told of at the same time, in the order of the form.
            if (ForbundNames.Count == 0 && string.IsNullOrWhiteSpace(Input.ForbundName))
                ModelState.AddModelError("Input.ForbundName", "Skriv förbundets namn.");
            if (string.IsNullOrWhiteSpace(Input.DisplayName))
                ModelState.AddModelError("Input.DisplayName", "Skriv ditt namn.");
            if (string.IsNullOrWhiteSpace(Input.UserName))
                ModelState.AddModelError("Input.UserName", "Skriv din e-postadress.");
            ModelState.AddModelError("Input.Password", wrong);
            return Page();
        }

        try
        {
            var first = new FirstUser
            {
                ForbundName = Input.ForbundName,
                UserName = Input.UserName ?? "",
                DisplayName = Input.DisplayName ?? "",
                PasswordHash = hasher.HashPassword(null!, Input.Password!),
            };
            var user = (await accounts.FindAsync(await invitations.AcceptSetupAsync(access.Route.Token, first, HttpContext.RequestAborted)))!;
            await signIn.SignInAsync(user, isPersistent: false);
            await accounts.RecordAsync(user, "Users.SignIn");
            return Redirect("/");
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
            return Page();
        }
    }

    private async Task ShowAsync()
    {
        var invitation = await invitations.FindAsync(access.Route.Token, HttpContext.RequestAborted);
        IsOpen = invitation is { Kind: "setup" } && invitation.StateAt(database.Clock.GetUtcNow().UtcDateTime) == InvitationState.Open
            && !await accounts.AnyAsync(HttpContext.RequestAborted);
        if (invitation is null)
            LimitedTriesAttribute.HasFailed(HttpContext);
        if (IsOpen)
            ForbundNames = [.. (await forbund.AllAsync(HttpContext.RequestAborted)).Select(f => f.Name)];
    }
}

/// <summary>What the first user writes.</summary>
public sealed class SetupInput
{
    public string? ForbundName { get; set; }

    public string? DisplayName { get; set; }

    public string? UserName { get; set; }

    public string? Password { get; set; }
}
