using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using Microsoft.AspNetCore.Mvc;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>Takes an exit or a misregistration back, after a question.</summary>
public sealed class UndoModel(CurrentAccess access, Stays stays, ChangeReader changes, ParticipationStore participations) : StayFormModel(access, stays, changes)
{
    private readonly CurrentAccess _access = access;

    public async Task<IActionResult> OnPostAsync() =>
        await SaveAsync(
            Stay.IsMisregistered
                ? $"Deltagandet i {Stay.Insats} är som det var, och räknas igen."
                : $"{Stay.Participant.Code} är {(Stay.Row.StartedOn is null ? "i kö till" : "inskriven i")} {Stay.Insats} igen.",
            async () =>
            {
                await participations.UndoExitAsync(_access.ForbundId, Stay.Row.Id, Version, _access.UserName, Cancelled);
                return [];
            }) ?? Page();
}
