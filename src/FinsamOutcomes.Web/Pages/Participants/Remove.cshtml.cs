using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Participants;

/// <summary>Removes a participant who was registered by mistake and has nothing else, after a question that tells what follows.</summary>
public sealed class RemoveModel(CurrentAccess access, ParticipantStore participants, ShownPeople shown) : PageModel
{
    /// <summary>The version that was shown.</summary>
    [BindProperty]
    public int Version { get; set; }

    public ParticipantRow Participant { get; private set; } = null!;

    public IReadOnlyList<string> WhyNot { get; private set; } = [];

    public string Back => $"/f/{access.ForbundId}/deltagare/{Participant.Id}";

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        Version = Participant.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        try
        {
            await participants.RemoveAsync(access.ForbundId, Participant.Id, Version, access.UserName, Cancelled);
        }
        catch (RegistrationException exception)
        {
            foreach (var error in exception.Errors)
                ModelState.AddModelError("", error.Message);
            Version = Changes.ChangedSince.Renew(ModelState, Participant.Version, nameof(Version));
            return Page();
        }

        TempData["Done"] = $"{Participant.Code} är borttagen.";
        return Redirect($"/f/{access.ForbundId}/deltagare");
    }

    private async Task<bool> LoadAsync()
    {
        if (await participants.FindAsync(access.ForbundId, access.Route.ParticipantId, Cancelled) is not { } found)
            return false;
        Participant = found;
        shown.AddNamed(found.Id);
        WhyNot = await participants.WhyNotRemovedAsync(access.ForbundId, found.Id, Cancelled);
        return true;
    }
}
