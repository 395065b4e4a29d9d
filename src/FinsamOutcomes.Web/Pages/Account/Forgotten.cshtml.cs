using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>
/// A link to a new password, sent to whoever has forgotten theirs. The answer is the same whether there is an account or not,
/// and each question counts as a wrong try, so that nobody can have letters sent in heaps.
/// </summary>
[LimitedTries]
public sealed class ForgottenModel(ResetMailing mailing) : PageModel
{
    private const int Longest = 200;

    [BindProperty]
    public string? UserName { get; set; }

    /// <summary>Mail is sent from this installation.</summary>
    public bool IsMailed => mailing.IsOn;

    public bool IsSent { get; private set; }

    public IActionResult OnPost()
    {
        if (!IsMailed)
            return RedirectToPage();
        if (UserName is not { Length: <= Longest } || !UserName.Contains('@', StringComparison.Ordinal))
        {
            ModelState.AddModelError("UserName", "Skriv e-postadressen som du loggar in med.");
            return Page();
        }

        LimitedTriesAttribute.HasFailed(HttpContext);
        mailing.Ask(UserName.Trim());
        IsSent = true;
        return Page();
    }
}
