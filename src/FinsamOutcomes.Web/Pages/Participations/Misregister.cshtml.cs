using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using Microsoft.AspNetCore.Mvc;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>Says that a participation was registered by mistake, after a question that tells what follows.</summary>
public sealed class MisregisterModel(CurrentAccess access, ParticipationFinder finder, ChangeReader changes, ParticipationStore participations)
    : ParticipationFormModel(access, finder, changes)
{
    public async Task<IActionResult> OnPostAsync() =>
        await SaveAsync(
            $"Deltagandet i {Participation.Insats} är markerat som felregistrerat och räknas inte.",
            async () =>
            {
                await participations.MisregisterAsync(Access.ForbundId, Participation.Row.Id, Version, Access.UserName, Cancelled);
                return [];
            }) ?? Page();
}
