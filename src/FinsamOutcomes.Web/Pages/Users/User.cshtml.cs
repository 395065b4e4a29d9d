using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Users;

/// <summary>One user's roles and insatser in the förbund, and the account.</summary>
public sealed class UserModel(UserStore users, InvitationStore invitations, InsatsStore insatser, CurrentAccess access) : PageModel
{
    [BindProperty]
    public RolesInput Input { get; set; } = new();

    [BindProperty(Name = "version")]
    public int Version { get; set; }

    public ForbundUser Chosen { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> InsatsChoices { get; private set; } = [];

    public string? Link { get; private set; }

    /// <summary>Somebody else changed the user while the page was open.</summary>
    public bool IsChangedMeanwhile { get; private set; }

    /// <summary>What can be done with the account now: the handler and the button's text.</summary>
    public IEnumerable<(string Handler, string Text)> Actions =>
    [
        .. Chosen.User.IsActive ? [("Reset", "Länk till nytt lösenord")] : Array.Empty<(string, string)>(),
        .. Chosen.User.IsTwoFactorEnabled ? [("RemoveCode", "Ta bort engångskoden")] : Array.Empty<(string, string)>(),
        Chosen.User.IsActive ? ("Deactivate", "Avaktivera kontot") : ("Reactivate", "Aktivera kontot igen"),
        ("Remove", "Ta bort ur förbundet"),
    ];

    public async Task<IActionResult> OnGetAsync(int userId)
    {
        if (!await ShowAsync(userId))
            return NotFound();
        FillIn();
        return Page();
    }

    public Task<IActionResult> OnPostRolesAsync(int userId) => DoAsync(userId, "Rollerna är sparade.", () =>
        users.SetRolesAsync(new UserChange { ForbundId = access.ForbundId, UserId = userId, Version = Version, Roles = Role.Known(Input.Roles), InsatsIds = Input.InsatsIds, Actor = access.UserName }, HttpContext.RequestAborted), isRolesForm: true);

    public Task<IActionResult> OnPostDeactivateAsync(int userId) => DoAsync(userId, "Kontot är avaktiverat och alla inloggningar avslutade.", () =>
        users.SetActiveAsync(access.ForbundId, userId, Version, isActive: false, access.UserName, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostReactivateAsync(int userId) => DoAsync(userId, "Kontot är aktivt igen.", () =>
        users.SetActiveAsync(access.ForbundId, userId, Version, isActive: true, access.UserName, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostRemoveCodeAsync(int userId) => DoAsync(userId, "Engångskoden är borttagen. Personen loggar in med bara lösenordet tills en ny är inställd.", () =>
        users.RemoveCodeAsync(access.ForbundId, userId, Version, access.UserName, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostRemoveAsync(int userId) => DoAsync(
        userId,
        "Personen har inte längre någon roll i förbundet.",
        () => users.RemoveAsync(access.ForbundId, userId, Version, access.UserName, HttpContext.RequestAborted),
        "/Users/Users");

    public async Task<IActionResult> OnPostResetAsync(int userId)
    {
        try
        {
            Link = UsersModel.Address(Request, await invitations.ResetAsync(access.ForbundId, userId, access.UserName, HttpContext.RequestAborted));
            ModelState.Clear();
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
        }

        return await OnGetAsync(userId);
    }

    private async Task<IActionResult> DoAsync(int userId, string done, Func<Task> act, string? page = null, bool isRolesForm = false)
    {
        try
        {
            await act();
            TempData["Done"] = done;
            return RedirectToPage(page, new { forbundId = access.ForbundId, userId = page is null ? userId : (int?)null });
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            if (!await ShowAsync(userId))
                return NotFound();
            IsChangedMeanwhile = true;
            ModelState.AddModelError("", "Någon annan har ändrat användaren sedan du öppnade sidan. Se vad som gäller nu, och gör om ändringen om den behövs.");
        }
        catch (RegistrationException exception)
        {
            if (!await ShowAsync(userId))
                return NotFound();
            ModelState.AddErrors(exception);
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

    private void FillIn() =>
        (Version, Input.Roles, Input.InsatsIds) = (Chosen.User.Version, [.. Chosen.Roles], [.. Chosen.Insatser.Select(i => i.InsatsId)]);

    private async Task<bool> ShowAsync(int userId)
    {
        if ((await users.AllAsync(access.ForbundId, HttpContext.RequestAborted)).FirstOrDefault(u => u.User.Id == userId) is not { } found)
            return false;
        Chosen = found;
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
