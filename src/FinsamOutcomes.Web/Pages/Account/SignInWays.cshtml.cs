using System.Globalization;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>
/// The ways into the user's own account: providers and passkeys, connected and taken away. Only by somebody who has proved
/// who they are just now: an open session that somebody found shall give nobody a way in of their own.
/// </summary>
[LimitedTries]
public sealed class SignInWaysModel(
    SignInProviders providers,
    ExternalIdentityStore identities,
    PasskeyStore passkeys,
    AccountStore accounts,
    UserManager<AppUser> users,
    SignInManager<AppUser> signIn,
    TimeProvider clock,
    CurrentAccess access) : PageModel
{
    private const string Unproven = "Bekräfta först att det är du.";

    /// <summary>Where the browser is sent, to connect.</summary>
    public OnwardTo? Onward { get; private set; }

    public bool IsProven { get; private set; }

    /// <summary>There is a password, and it may be used.</summary>
    public bool HasPassword { get; private set; }

    public bool IsPasswordOff { get; private set; }

    public IReadOnlyList<ExternalIdentityRow> Connected { get; private set; } = [];

    /// <summary>Providers that the account is not connected to.</summary>
    public IReadOnlyList<SignInProvider> Connectable { get; private set; } = [];

    public IReadOnlyList<PasskeyRow> Passkeys { get; private set; } = [];

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>What a passkey is to be called.</summary>
    [BindProperty]
    public string? Name { get; set; }

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostProveAsync()
    {
        var user = await ShowAsync();
        if (!HasPassword)
            return RedirectToPage();
        if (await users.IsPresentPasswordAsync(user, Password, HttpContext))
        {
            await HttpContext.ProveAsync();
            return RedirectToPage();
        }

        ModelState.AddModelError("Password", users.ErrorDescriber.PasswordMismatch().Description);
        return Page();
    }

    public async Task<IActionResult> OnPostConnectAsync(string? provider)
    {
        await ShowAsync();
        if (!Proven() || Connectable.FirstOrDefault(p => p.Key == provider) is not { } chosen)
            return Page();
        if (await providers.BeginConnectAsync(HttpContext, chosen, access.UserId) is { } address)
            Onward = OnwardTo.SignIn(chosen.Name, address);
        else
            ModelState.AddModelError("", OnwardTo.NoAnswer(chosen.Name));
        return Page();
    }

    public Task<IActionResult> OnPostDisconnectAsync(int id) => DoAsync(
        "Tjänsten är frånkopplad. Du är utloggad överallt utom här.",
        user => identities.DisconnectAsync(user, id, Connected.FirstOrDefault(i => i.Id == id) is { } found ? NameOf(found) : "", HttpContext.RequestAborted));

    public Task<IActionResult> OnPostRenameAsync(int id) => DoAsync(
        "Namnet är sparat.",
        user => passkeys.RenameAsync(user, id, Name, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostRemoveAsync(int id) => DoAsync(
        "Din passkey är borttagen. Du är utloggad överallt utom här. Ta också bort den i telefonen eller datorn där den finns.",
        user => passkeys.RemoveAsync(user, id, HttpContext.RequestAborted));

    /// <summary>What the browser makes a passkey by.</summary>
    public async Task<IActionResult> OnPostOptionsAsync()
    {
        var user = await ShowAsync();
        if (!IsProven)
            return StatusCode(StatusCodes.Status403Forbidden);
        return Content(
            await signIn.MakePasskeyCreationOptionsAsync(
                new PasskeyUserEntity
                {
                    Id = user.Id.ToString(CultureInfo.InvariantCulture),
                    Name = user.UserName,
                    DisplayName = user.DisplayName,
                }),
            "application/json");
    }

    public async Task<IActionResult> OnPostAddAsync(string? credential)
    {
        if (string.IsNullOrWhiteSpace(Name))
            ModelState.AddModelError("Name", "Skriv ett namn på din passkey.");
        var made = string.IsNullOrEmpty(credential) ? null : await PasskeyAnswers.OrNullAsync(() => signIn.PerformPasskeyAttestationAsync(credential));
        if (made is not { Succeeded: true } || made.UserEntity.Id != access.UserId.ToString(CultureInfo.InvariantCulture))
            ModelState.AddModelError("", "Det gick inte att lägga till en passkey. Försök igen.");
        if (ModelState.ErrorCount > 0)
        {
            await ShowAsync();
            return Page();
        }

        made!.Passkey!.Name = Name;
        return await DoAsync(
            "Din passkey är tillagd. Du kan logga in med den från och med nu.",
            user => users.AddOrUpdatePasskeyAsync(user, made.Passkey));
    }

    public string NameOf(ExternalIdentityRow identity) => providers.NameOf(identity.Provider);

    public bool IsInUse(ExternalIdentityRow identity) => providers.Find(identity.Provider) is not null;

    public string Local(DateTime instant) => TimeZoneInfo.ConvertTimeFromUtc(instant, clock.LocalTimeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private bool Proven()
    {
        if (!IsProven)
            ModelState.AddModelError("", Unproven);
        return IsProven;
    }

    private async Task<IActionResult> DoAsync(string done, Func<AppUser, Task> act)
    {
        var user = await ShowAsync();
        if (!Proven())
            return Page();
        try
        {
            await act(user);
            // What ended the other sessions ended this one too, and what the session carries may have changed.
            await signIn.RefreshSignInAsync((await accounts.FindAsync(user.Id, HttpContext.RequestAborted))!);
            TempData["Done"] = done;
            return RedirectToPage();
        }
        catch (RegistrationException exception)
        {
            foreach (var error in exception.Errors)
                ModelState.AddModelError(error.Field, error.Message);
            return Page();
        }
    }

    private async Task<AppUser> ShowAsync()
    {
        var user = (await accounts.FindAsync(access.UserId, HttpContext.RequestAborted))!;
        IsProven = await HttpContext.IsProvenAsync();
        IsPasswordOff = await accounts.IsPasswordOffAsync(user.Id, HttpContext.RequestAborted);
        HasPassword = user.PasswordHash is not null && !IsPasswordOff;
        Connected = await identities.OfAsync(user.Id, HttpContext.RequestAborted);
        Connectable = [.. providers.All.Where(p => Connected.All(c => c.Provider != p.Key))];
        Passkeys = await passkeys.OfAsync(user.Id, HttpContext.RequestAborted);
        return user;
    }
}

internal static class PasskeyAnswers
{
    /// <summary>What became of a browser's answer; null when no question was asked, or it was too long ago.</summary>
    public static async Task<T?> OrNullAsync<T>(Func<Task<T>> judge)
        where T : class
    {
        try
        {
            return await judge();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
