using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.FormerParticipants;

/// <summary>
/// A caseworker asks to see somebody who left their insats long ago. The answer is the same whether there is such a person or
/// not; the administrator gets to know only when there is.
/// </summary>
public sealed class AskModel(CurrentAccess access, ReachStore reach, AccessStore reached, ParticipantStore participants, ShownPeople shown) : PageModel
{
    [BindProperty]
    public AskInput Input { get; set; } = new();

    /// <summary>
    /// The user's own that have been answered, the latest first. One that waits is not told of: that would tell whether
    /// there is such a person.
    /// </summary>
    public IReadOnlyList<ReachOpeningRow> Own { get; private set; } = [];

    public int Months { get; private set; }

    public async Task OnGetAsync(int? deltagare)
    {
        // From a page where the user has the code already, or may register a new entry.
        if (deltagare is { } id && (await reached.InsatserOfFormerAsync(access.UserId, access.ForbundId, id, HttpContext.RequestAborted)).Count > 0)
        {
            Input.Text = (await participants.FindAsync(access.ForbundId, id, HttpContext.RequestAborted))?.Code;
            if (Input.Text is not null)
                shown.Add([id]);
        }

        await ShowAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            await reach.AskAsync(access.ForbundId, access.UserId, Input.Text, Input.Reason, access.UserName, HttpContext.RequestAborted);
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
            await ShowAsync();
            return Page();
        }

        TempData["Done"] = "Om det finns en sådan deltagare i dina insatser har administratören fått din begäran. Den syns här när den är besvarad.";
        return Redirect($"/f/{access.ForbundId}/deltagare/be-om-att-oppna");
    }

    /// <summary>How it went, as people say it.</summary>
    public static string State(ReachOpeningRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.State == "opened" ? $"öppen till och med {row.OpenedThrough:yyyy-MM-dd}" : "administratören sa nej";
    }

    private async Task ShowAsync()
    {
        Own = [.. (await reach.OpeningsAsync(access.ForbundId, access.UserId, HttpContext.RequestAborted)).Where(o => o.State != "asked").Reverse()];
        shown.Add(Own.Select(o => o.ParticipantId));
        Months = (await reach.SettingsAsync(access.ForbundId, HttpContext.RequestAborted)).ReachMonths;
    }
}

/// <summary>Whom somebody asks to see, and why.</summary>
public sealed class AskInput
{
    /// <summary>A code or a personal number.</summary>
    public string? Text { get; set; }

    public string? Reason { get; set; }

    /// <summary>Nothing of it: it would end up in a log.</summary>
    public override string ToString() => nameof(AskInput);
}
