using System.Globalization;
using FinsamOutcomes.Data.Access;
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

/// <summary>
/// Who works in the förbund, and invitations. A link is shown to the one who made it, for a while, and is stored nowhere but
/// encrypted in their browser.
/// </summary>
public sealed class UsersModel(
    UserStore users,
    InvitationStore invitations,
    AccessRequestStore requests,
    RuleRequestStore rules,
    InsatsStore insatser,
    FinsamDatabase database,
    WebSettings settings,
    SetAside aside,
    CurrentAccess access) : PageModel
{
    internal static string WaitsText(AccessOutcome outcome) =>
        $"En annan förbundsadministratör behöver säga ja, och ser nu vad du har bett om{(outcome.WaitsIn.Length == 0 ? "" : $" bland användarna i {outcome.WaitsIn}, där personen också har en roll")}. Inget är gjort än.";

    public static IReadOnlyList<SelectListItem> RoleChoices { get; } = [.. Role.All.Select(r => new SelectListItem(r.Label, r.Code))];

    [BindProperty]
    public InviteInput Input { get; set; } = new();

    public IReadOnlyList<ForbundUser> Users { get; private set; } = [];

    /// <summary>Links that nobody has used: those that work and those that ran out lately.</summary>
    public IReadOnlyList<InvitationRow> Pending { get; private set; } = [];

    /// <summary>What waits for another administrator's yes, and whether the one who looks may give it.</summary>
    public IReadOnlyList<(AccessRequest Request, bool MayApprove)> Waiting { get; private set; } = [];

    /// <summary>Rules that wait in the same way.</summary>
    public IReadOnlyList<(RuleRequest Request, bool MayApprove)> WaitingRules { get; private set; } = [];

    public IReadOnlyList<SelectListItem> InsatsChoices { get; private set; } = [];

    public DateTime Now { get; } = database.Clock.GetUtcNow().UtcDateTime;

    public ShownLink? Shown { get; private set; }

    /// <summary>Under which key a link that was just made is kept.</summary>
    [BindProperty(SupportsGet = true, Name = "lank")]
    public string? Key { get; set; }

    public async Task OnGetAsync()
    {
        Shown = await ShownLink.FindAsync(aside, Here, Key);
        if (Key is not null && Shown is null)
            ModelState.AddModelError("", ShownLink.IsGone);
        await ShowAsync();
    }

    public async Task<IActionResult> OnPostInviteAsync()
    {
        try
        {
            var outcome = await requests.InviteAsync(
                Acting(access),
                new NewInvitation
                {
                    ForbundId = access.ForbundId,
                    UserName = Input.UserName ?? "",
                    DisplayName = Input.DisplayName ?? "",
                    Roles = Role.Known(Input.Roles),
                    InsatsIds = Input.InsatsIds,
                },
                HttpContext.RequestAborted);
            var lacksInsatser = Input.InsatsIds.Count == 0 && Input.Roles.Any(Role.HasOwnInsatser);
            return await ShowAsync(outcome, lacksInsatser ? NoInsatser : "");
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
            var outcome = await requests.RenewAsync(Acting(access), id, HttpContext.RequestAborted);
            return await ShowAsync(outcome);
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
        }

        await ShowAsync();
        return Page();
    }

    /// <summary>Says yes to what another has asked for; a link is told here.</summary>
    public async Task<IActionResult> OnPostApproveAsync(int id)
    {
        ModelState.Clear();
        try
        {
            var outcome = await requests.ApproveAsync(Acting(access), id, HttpContext.RequestAborted);
            return outcome.Token is null ? Done("Du har sagt ja, och det är gjort.") : await ShowAsync(outcome);
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception, "");
        }

        await ShowAsync();
        return Page();
    }

    public Task<IActionResult> OnPostRefuseAsync(int id) =>
        AnswerAsync("Du har sagt nej. Inget är ändrat.", () => requests.RefuseAsync(Acting(access), id, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostTakeBackAsync(int id) =>
        AnswerAsync("Din begäran är borttagen.", () => requests.WithdrawAsync(Acting(access), id, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostApproveRulesAsync(int id) =>
        AnswerAsync("Du har sagt ja, och reglerna är ändrade.", () => rules.ApproveAsync(Acting(access), id, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostRefuseRulesAsync(int id) =>
        AnswerAsync("Du har sagt nej. Inget är ändrat.", () => rules.RefuseAsync(Acting(access), id, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostTakeBackRulesAsync(int id) =>
        AnswerAsync("Din begäran är borttagen.", () => rules.WithdrawAsync(Acting(access), id, HttpContext.RequestAborted));

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

    private const string NoInsatser = "Du valde ingen insats: personen kan inte arbeta i någon förrän du har valt det på personens sida.";

    private string Here => $"/f/{access.ForbundId}/anvandare";

    // A link to the one who made it, or a code to the one who asked.
    private async Task<IActionResult> ShowAsync(AccessOutcome outcome, string besides = "")
    {
        if ((outcome.IsWaiting ? $"{WaitsText(outcome)} {besides}".TrimEnd() : besides) is { Length: > 0 } done)
            TempData["Done"] = done;
        return Redirect(await ShownLink.KeepAsync(aside, Here, outcome, token => Address(settings, Request, token)));
    }

    /// <summary>What the roles are called, in the order they are shown.</summary>
    internal static string Labels(IEnumerable<string> roles) => string.Join(", ", Role.Known(roles).Select(Role.Label));

    internal static Administrator Acting(CurrentAccess access) => new(access.ForbundId, access.UserId, access.UserName);

    /// <summary>What is asked for, as people say it.</summary>
    public static string What(AccessRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var roles = Labels(request.Roles) + (request.Insatser.Count == 0 ? "" : $" ({string.Join(", ", request.Insatser.Select(i => i.Name))})");
        return request.Row.Kind switch
        {
            // The roles that the user is to have, those that they have already included.
            "roles" =>
                $"ska ha {(request.Roles.Count == 1 ? "rollen" : "rollerna")} {Labels(request.Roles)}{(request.Insatser.Count == 0 ? "" : $", i {string.Join(", ", request.Insatser.Select(i => i.Name))}")}",
            "invite" => $"bjuds in som {roles}",
            "renew" => $"får en ny länk{(request.Roles.Count == 0 ? " till nytt lösenord" : $" till inbjudan som {roles}")}",
            "reset" => "får en länk till nytt lösenord",
            "reactivate" => "får sitt konto aktiverat igen",
            "deactivate" => "får sitt konto avaktiverat",
            _ => "tas bort ur förbundet",
        };
    }

    /// <summary>What is asked for about the rules, from what to what.</summary>
    public static string What(RuleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (present, wanted) = (request.Present, request.Wanted);
        string Roles(AccessSettings settings) => settings.CodeRoles.Count == 0 ? "ingen roll" : Labels(settings.CodeRoles);
        List<string> changes = [];
        if (wanted.ReachMonths != present.ReachMonths)
            changes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"månader som handläggare når den som har lämnat, från {present.ReachMonths} till {wanted.ReachMonths}"));
        if (wanted.IsPasswordOff != present.IsPasswordOff)
            changes.Add(wanted.IsPasswordOff ? "att ingen loggar in med lösenord" : "att det går att logga in med lösenord igen");
        if (!wanted.CodeRoles.Order().SequenceEqual(present.CodeRoles.Order()))
            changes.Add($"roller som måste ha engångskod, från {Roles(present)} till {Roles(wanted)}");
        return string.Join("; ", changes)
            + (wanted.Version == present.Version ? "" : ". Reglerna har ändrats sedan det begärdes, så det går inte längre att säga ja");
    }

    /// <summary>How somebody can sign in, so that it shows who has only a password.</summary>
    public static string Ways(UserRow user)
    {
        ArgumentNullException.ThrowIfNull(user);
        List<string> ways = [];
        if (user.HasPassword)
            ways.Add(user.IsTwoFactorEnabled ? "lösenord och engångskod" : "lösenord");
        if (user.Passkeys > 0)
            ways.Add("passkey");
        if (user.Connections > 0)
            ways.Add("inloggningstjänst");
        var text = ways.Count == 0 ? "inget än" : string.Join(", ", ways);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

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

    public string Local(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, database.Clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private RedirectToPageResult Done(string text)
    {
        TempData["Done"] = text;
        return RedirectToPage(new { forbundId = access.ForbundId });
    }

    private async Task<IActionResult> AnswerAsync(string done, Func<Task> act)
    {
        ModelState.Clear();
        try
        {
            await act();
            return Done(done);
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception, "");
        }

        await ShowAsync();
        return Page();
    }

    private async Task ShowAsync()
    {
        var waiting = new List<(AccessRequest, bool)>();
        foreach (var request in await requests.WaitingAsync(access.ForbundId, HttpContext.RequestAborted))
            waiting.Add((request, await requests.MayApproveAsync(Acting(access), request, HttpContext.RequestAborted)));
        Waiting = waiting;
        var waitingRules = new List<(RuleRequest, bool)>();
        foreach (var request in await rules.WaitingAsync(access.ForbundId, HttpContext.RequestAborted))
            waitingRules.Add((request, await rules.MayApproveAsync(Acting(access), request, HttpContext.RequestAborted)));
        WaitingRules = waitingRules;
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
