using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Users;

/// <summary>Who works in the förbund, and invitations. A link is shown once, in the answer that made it, and is stored nowhere.</summary>
public sealed class UsersModel(UserStore users, InvitationStore invitations, InsatsStore insatser, FinsamDatabase database, WebSettings settings, CurrentAccess access) : PageModel
{
    public static IReadOnlyList<SelectListItem> RoleChoices { get; } = [.. Role.All.Select(r => new SelectListItem(r.Label, r.Code))];

    [BindProperty]
    public InviteInput Input { get; set; } = new();

    public IReadOnlyList<ForbundUser> Users { get; private set; } = [];

    /// <summary>Links that nobody has used: those that work and those that ran out lately.</summary>
    public IReadOnlyList<InvitationRow> Pending { get; private set; } = [];

    public IReadOnlyList<SelectListItem> InsatsChoices { get; private set; } = [];

    public DateTime Now { get; } = database.Clock.GetUtcNow().UtcDateTime;

    public string? Link { get; private set; }

    /// <summary>Whom the link is to.</summary>
    public string LinkTo { get; private set; } = "";

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostInviteAsync()
    {
        try
        {
            var token = await invitations.InviteAsync(
                new NewInvitation { ForbundId = access.ForbundId, UserName = Input.UserName ?? "", DisplayName = Input.DisplayName ?? "", Roles = Role.Known(Input.Roles), InsatsIds = Input.InsatsIds, Actor = access.UserName },
                HttpContext.RequestAborted);
            (Link, LinkTo) = (Address(settings, Request, token), Input.DisplayName!.Trim());
            ModelState.Clear();
            Input = new();
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
        }

        await ShowAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostRenewAsync(int id)
    {
        // Nothing of the other forms of the page is sent with it.
        ModelState.Clear();
        try
        {
            Link = Address(settings, Request, await invitations.RenewAsync(access.ForbundId, id, access.UserName, HttpContext.RequestAborted));
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
        }

        await ShowAsync();
        // The newest is the one that was made now.
        LinkTo = Pending.Count == 0 ? "" : Pending[^1].DisplayName;
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(int id)
    {
        try
        {
            await invitations.WithdrawAsync(access.ForbundId, id, access.UserName, HttpContext.RequestAborted);
            TempData["Done"] = "Länken är tillbakadragen och går inte att använda.";
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
            await ShowAsync();
            return Page();
        }

        return RedirectToPage(new { forbundId = access.ForbundId });
    }

    /// <summary>What the roles are called, in the order they are shown.</summary>
    internal static string Labels(IEnumerable<string> roles) => string.Join(", ", Role.Known(roles).Select(Role.Label));

    internal static string Address(WebSettings settings, HttpRequest request, string token) => $"{settings.LinkRoot(request)}/inbjudan/{token}";

    internal static async Task<IReadOnlyList<SelectListItem>> ChoicesAsync(InsatsStore store, int forbundId, CancellationToken cancellationToken)
    {
        var choices = new List<SelectListItem>();
        foreach (var node in await store.TreeAsync(forbundId, cancellationToken))
        {
            choices.Add(new SelectListItem(node.Insats.Name, Field.Text(node.Insats.Id)));
            choices.AddRange(node.Delprojekt.Select(d => new SelectListItem($"{node.Insats.Name}: {d.Insats.Name}", Field.Text(d.Insats.Id))));
        }

        return choices;
    }

    public string Local(DateTime instant) => TimeZoneInfo.ConvertTimeFromUtc(instant, database.Clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private async Task ShowAsync()
    {
        Users = await users.AllAsync(access.ForbundId, HttpContext.RequestAborted);
        Pending = await invitations.PendingAsync(access.ForbundId, HttpContext.RequestAborted);
        InsatsChoices = await ChoicesAsync(insatser, access.ForbundId, HttpContext.RequestAborted);
    }
}

/// <summary>Somebody to invite.</summary>
public sealed class InviteInput
{
    public string? DisplayName { get; set; }

    public string? UserName { get; set; }

    public List<string> Roles { get; set; } = [];

    public List<int> InsatsIds { get; set; } = [];
}
