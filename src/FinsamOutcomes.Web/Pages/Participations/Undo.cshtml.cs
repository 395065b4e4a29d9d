using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using Microsoft.AspNetCore.Mvc;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>Takes an exit or a misregistration back, after a question.</summary>
public sealed class UndoModel(CurrentAccess access, ParticipationFinder finder, ChangeReader changes, ParticipationStore participations)
    : ParticipationFormModel(access, finder, changes)
{
    public async Task<IActionResult> OnPostAsync() =>
        await SaveAsync(
            Participation.IsMisregistered
                ? $"Deltagandet i {Participation.Insats} är som det var, och räknas igen."
                : $"{Participation.Participant.Code} är {(Participation.Row.StartedOn is null ? "i kö till" : "inskriven i")} {Participation.Insats} igen.",
            async () =>
            {
                await participations.UndoExitAsync(Access.ForbundId, Participation.Row.Id, Version, Access.UserName, cancellationToken: Cancelled);
                return [];
            }) ?? Page();
}
