using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Participants;

/// <summary>Undoes the latest merge of a participant, after a question that tells what follows.</summary>
public sealed class UnmergeModel(CurrentAccess access, ParticipantStore participants, ParticipantMergeStore merges, ShownPeople shown) : PageModel
{
    /// <summary>The merge that was shown.</summary>
    [BindProperty]
    public int MergeId { get; set; }

    public ParticipantRow Participant { get; private set; } = null!;

    public MergeRow? Latest { get; private set; }

    public string? WhyNot { get; private set; }

    public string Back => $"/f/{access.ForbundId}/deltagare/{Participant.Id}";

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        MergeId = Latest?.Id ?? 0;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        try
        {
            await merges.UndoAsync(access.ForbundId, Participant.Id, MergeId, access.UserName, Cancelled);
        }
        catch (RegistrationException exception)
        {
            foreach (var error in exception.Errors)
                ModelState.AddModelError("", error.Message);
            return Page();
        }

        TempData["Done"] = $"Sammanslagningen är ångrad. {Latest?.MergedCode} är en egen deltagare igen.";
        return Redirect(Back);
    }

    private async Task<bool> LoadAsync()
    {
        if (await participants.FindAsync(access.ForbundId, access.Route.ParticipantId, Cancelled) is not { } found)
            return false;
        Participant = found;
        shown.AddNamed(found.Id);
        Latest = await merges.OfAsync(access.ForbundId, found.Id, Cancelled) is [var latest, ..] ? latest : null;
        WhyNot = Latest is null ? null : await merges.WhyNotUndoneAsync(access.ForbundId, found.Id, Cancelled);
        return true;
    }
}
