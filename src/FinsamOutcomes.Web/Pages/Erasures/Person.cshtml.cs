using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Erasures;

/// <summary>A caseworker asks to have one participant erased at once, after a question that tells what follows.</summary>
public sealed class PersonModel(CurrentAccess access, ParticipantStore participants, ErasureStore erasures) : PageModel
{
    public static IReadOnlyList<SelectListItem> Reasons { get; } = [.. ErasureReason.OfOne.Select(r => new SelectListItem(r.Label, r.Code))];

    [BindProperty]
    public PersonErasureInput Input { get; set; } = new();

    public ParticipantRow Participant { get; private set; } = null!;

    public ErasurePreview Preview { get; private set; } = null!;

    /// <summary>Why it can't be asked for; null when it can.</summary>
    public string? WhyNot { get; private set; }

    public string Back => $"/f/{access.ForbundId}/deltagare/{Participant.Id}";

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync(string? skal)
    {
        if (!await LoadAsync())
            return NotFound();
        if (ErasureReason.OfOne.Any(r => r.Code == skal))
            Input.Reason = skal;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        try
        {
            await erasures.AskAsync(access.ForbundId, access.UserId, Participant.Id, Input.Reason, access.UserName, Cancelled);
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
            return Page();
        }

        TempData["Done"] = "Förbundsadministratören har fått din begäran. Deltagaren är kvar tills den har svarat.";
        return Redirect(Back);
    }

    private async Task<bool> LoadAsync()
    {
        if (await participants.FindAsync(access.ForbundId, access.Route.ParticipantId, Cancelled) is not { } found)
            return false;
        Participant = found;
        Preview = await erasures.PreviewAsync(access.ForbundId, [found.Id], Cancelled);
        WhyNot = found.ErasedAt is not null ? "Deltagaren är redan gallrad."
            : await erasures.StateAsync(access.ForbundId, found.Id, Cancelled) is { IsOpen: true }
                ? "Deltagaren står i kö eller är inskriven. Avsluta deltagandet först. Är det felregistrerat: markera det som felregistrerat."
            : await erasures.IsWaitingAsync(access.ForbundId, found.Id, Cancelled)
                ? "Gallring är redan begärd. En förbundsadministratör svarar på sidan Gallring."
            : null;
        return true;
    }
}

/// <summary>Why somebody is to be erased.</summary>
public sealed class PersonErasureInput
{
    public string? Reason { get; set; }
}
