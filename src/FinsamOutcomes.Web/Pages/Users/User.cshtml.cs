using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Users;

/// <summary>One user's roles and insatser in the förbund, and the account.</summary>
public sealed class UserModel(
    UserStore users,
    AccessRequestStore requests,
    InsatsStore insatser,
    WebSettings settings,
    SetAside aside,
    TimeProvider clock,
    CurrentAccess access) : PageModel
{
    [BindProperty]
    public RolesInput Input { get; set; } = new();

    [BindProperty(Name = "version")]
    public int Version { get; set; }

    public ForbundUser Chosen { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> InsatsChoices { get; private set; } = [];

    public ShownLink? Shown { get; private set; }

    /// <summary>Somebody else changed the user while the page was open.</summary>
    public bool IsChangedMeanwhile { get; private set; }

    /// <summary>Participations that the user follows as caseworker.</summary>
    public int Ongoing { get; private set; }

    public bool IsLocked { get; private set; }

    /// <summary>What can be done with the account at once: the handler and the button's text.</summary>
    public IEnumerable<(string Handler, string Text)> Actions
    {
        get
        {
            if (Chosen.User.IsActive && !IsOwn)
                yield return ("Reset", "Länk till nytt lösenord");
            if (IsLocked)
                yield return ("Unlock", "Lås upp kontot");
            if (!Chosen.User.IsActive)
                yield return ("Reactivate", "Aktivera kontot igen");
        }
    }

    /// <summary>
    /// What is asked about first, since somebody is locked out by it or a protection is lost: the handler, the button's text
    /// and what comes of it.
    /// </summary>
    public IEnumerable<(string Handler, string Text, string Comes)> Asked
    {
        get
        {
            var followed =
                Ongoing == 0
                    ? ""
                    : $" Personen är handläggare för {(Ongoing == 1 ? "1 pågående deltagande" : $"{Ongoing} pågående deltaganden")}: be handläggarna i insatserna ge dem en annan handläggare.";
            if ((Chosen.User.IsTwoFactorEnabled || Chosen.User.Passkeys > 0) && !IsOwn)
                yield return (
                    "RemoveCode",
                    Chosen.User.Passkeys == 0 ? "Ta bort engångskoden" : "Ta bort engångskod och passkeys",
                    "Gör det bara när du är säker på att det är personen själv som ber om det, till exempel för att telefonen är borta. Personen loggas ut, och sedan räcker lösenordet tills en ny engångskod är inställd."
                );
            if (Chosen.User.Connections > 0 && !IsOwn)
                yield return (
                    "Disconnect",
                    "Koppla från inloggningstjänster",
                    "Gör det när personen har fått en ny identitet där, eller inte längre ska komma in den vägen. Personen loggas ut. Har personen inget annat sätt att logga in behövs en länk, som du gör här."
                );
            if (Chosen.User.IsActive)
                yield return (
                    "Deactivate",
                    "Avaktivera kontot",
                    "Personen loggas genast ut överallt och kan inte logga in. Rollerna står kvar, och kontot går att aktivera igen." + followed);
            yield return (
                "Remove",
                "Ta bort ur förbundet",
                "Personen förlorar sina roller och insatser här och måste bjudas in på nytt för att komma tillbaka. Loggen och det som personen har registrerat finns kvar."
                    + followed);
        }
    }

    /// <summary>The name as typed.</summary>
    [BindProperty]
    public string? DisplayName { get; set; }

    /// <summary>Under which key a link that was just made is kept.</summary>
    [BindProperty(SupportsGet = true, Name = "lank")]
    public string? Key { get; set; }

    /// <summary>Password and second factor of one's own account are changed where the present password is asked for.</summary>
    public bool IsOwn => access.Route.UserId == access.UserId;

    private string Here => $"/f/{access.ForbundId}/anvandare/{access.Route.UserId}";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await ShowAsync())
            return NotFound();
        Shown = await ShownLink.FindAsync(aside, Here, Key);
        if (Key is not null && Shown is null)
            ModelState.AddModelError("", ShownLink.IsGone);
        FillIn();
        return Page();
    }

    public async Task<IActionResult> OnPostRolesAsync()
    {
        var result = await DoAsync(
            "Rollerna är sparade.",
            () =>
                requests.SetRolesAsync(
                    UsersModel.Acting(access),
                    new UserChange
                    {
                        ForbundId = access.ForbundId,
                        UserId = access.Route.UserId,
                        Version = Version,
                        Roles = Role.Known(Input.Roles),
                        InsatsIds = Input.InsatsIds,
                    },
                    HttpContext.RequestAborted),
            isRolesForm: true);
        // Who gave away the role of administrator no longer reaches this page.
        return result is RedirectToPageResult && access.Route.UserId == access.UserId && !Input.Roles.Contains(Role.Administrator) ? Redirect("/") : result;
    }

    public Task<IActionResult> OnPostRenameAsync() => DoAsync("Namnet är sparat.", () =>
        AtOnceAsync(users.RenameAsync(access.ForbundId, access.Route.UserId, Version, DisplayName ?? "", access.UserName, HttpContext.RequestAborted)));

    public Task<IActionResult> OnPostUnlockAsync() => DoAsync("Kontot är upplåst.", () =>
        AtOnceAsync(users.UnlockAsync(access.ForbundId, access.Route.UserId, Version, access.UserName, HttpContext.RequestAborted)));

    public Task<IActionResult> OnPostDeactivateAsync() => DoAsync("Kontot är avaktiverat och alla inloggningar avslutade.", () =>
        requests.DeactivateAsync(UsersModel.Acting(access), access.Route.UserId, Version, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostReactivateAsync() => DoAsync("Kontot är aktivt igen.", () =>
        requests.ReactivateAsync(UsersModel.Acting(access), access.Route.UserId, Version, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostRemoveCodeAsync() =>
        DoAsync("Engångskod och passkeys är borttagna. Personen loggar in utan dem tills nya är inställda.", () =>
            AtOnceAsync(users.RemoveCodeAsync(access.ForbundId, access.Route.UserId, Version, access.UserName, HttpContext.RequestAborted)));

    public Task<IActionResult> OnPostDisconnectAsync() => DoAsync("Kontot är frånkopplat från inloggningstjänster.", () =>
        AtOnceAsync(users.DisconnectAsync(access.ForbundId, access.Route.UserId, Version, access.UserName, HttpContext.RequestAborted)));

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        var result = await DoAsync(
            "Personen har inte längre någon roll i förbundet.",
            () => requests.RemoveAsync(UsersModel.Acting(access), access.Route.UserId, Version, HttpContext.RequestAborted),
            "/Users/Users");
        return result is RedirectToPageResult && access.Route.UserId == access.UserId ? Redirect("/") : result;
    }

    public async Task<IActionResult> OnPostResetAsync()
    {
        try
        {
            var outcome = await requests.ResetAsync(UsersModel.Acting(access), access.Route.UserId, HttpContext.RequestAborted);
            if (outcome.IsWaiting)
                TempData["Done"] = UsersModel.WaitsText(outcome);
            return Redirect(await ShownLink.KeepAsync(aside, Here, outcome, token => UsersModel.Address(settings, Request, token)));
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
        }

        return await OnGetAsync();
    }

    private async Task<IActionResult> DoAsync(string done, Func<Task<AccessOutcome>> act, string? page = null, bool isRolesForm = false)
    {
        try
        {
            if (await act() is { IsWaiting: true } outcome)
                return Waits(outcome);
            TempData["Done"] = done;
            return RedirectToPage(page, new { forbundId = access.ForbundId, userId = page is null ? access.Route.UserId : (int?)null });
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            if (!await ShowAsync())
                return NotFound();
            IsChangedMeanwhile = true;
            ModelState.AddModelError("", "Någon annan har ändrat användaren sedan du öppnade sidan. Se vad som gäller nu, och gör om ändringen om den behövs.");
        }
        catch (RegistrationException exception)
        {
            if (!await ShowAsync())
                return NotFound();
            foreach (var error in exception.Errors)
                ModelState.AddModelError(
                    error.Field == nameof(DisplayName) ? error.Field
                        : error.Field.Length == 0 ? ""
                        : $"Input.{error.Field}",
                    error.Message);
        }

        // What was ticked stays; the other forms of the page send no ticks.
        if (isRolesForm)
            Version = Chosen.User.Version;
        else
            FillIn();
        // The version becomes the one that is shown now, so that saving again is a choice.
        ModelState.Remove("version");
        return Page();
    }

    private static async Task<AccessOutcome> AtOnceAsync(Task act)
    {
        await act;
        return new AccessOutcome { IsWaiting = false };
    }

    private RedirectResult Waits(AccessOutcome outcome)
    {
        TempData["Done"] = UsersModel.WaitsText(outcome);
        return Redirect($"/f/{access.ForbundId}/anvandare/{access.Route.UserId}");
    }

    private void FillIn() =>
        (Version, Input.Roles, Input.InsatsIds) = (Chosen.User.Version, [.. Chosen.Roles], [.. Chosen.Insatser.Select(i => i.InsatsId)]);

    private async Task<bool> ShowAsync()
    {
        if ((await users.AllAsync(access.ForbundId, HttpContext.RequestAborted)).FirstOrDefault(u => u.User.Id == access.Route.UserId) is not { } found)
            return false;
        Chosen = found;
        DisplayName ??= found.User.DisplayName;
        IsLocked = FinsamIdentity.IsLocked(found.User.LockoutEndsAt, clock);
        Ongoing = await users.CountOngoingAsync(access.ForbundId, access.Route.UserId, HttpContext.RequestAborted);
        InsatsChoices = await UsersModel.ChoicesAsync(insatser, access.ForbundId, HttpContext.RequestAborted);
        return true;
    }
}

/// <summary>Roles and insatser as ticked.</summary>
public sealed class RolesInput
{
    public List<string> Roles { get; set; } = [];

    public List<int> InsatsIds { get; set; } = [];
}
