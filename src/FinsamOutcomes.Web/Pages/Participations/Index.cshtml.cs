using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>The address of a participation, for whoever knows only its id: it is shown on its participant's page.</summary>
public sealed class IndexModel(CurrentAccess access, ParticipationStore participations) : PageModel
{
    public async Task<IActionResult> OnGetAsync() =>
        await participations.FindAsync(access.ForbundId, access.Route.ParticipationId, HttpContext.RequestAborted) is { } row
            ? Redirect($"/f/{access.ForbundId}/deltagare/{row.ParticipantId}#insats-{row.Id}")
            : NotFound();
}
