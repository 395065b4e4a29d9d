using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>Moves a participation that was registered in the wrong insats, between insatser of the user's own.</summary>
public sealed class MoveModel(
    CurrentAccess access,
    ParticipationFinder finder,
    ChangeReader changes,
    InsatsStore insatser,
    ParticipationStore participations) : ParticipationFormModel(access, finder, changes)
{
    [BindProperty]
    public MoveInput Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Insatser { get; private set; } = [];

    public async Task<IActionResult> OnPostAsync()
    {
        if (Input.InsatsId is null)
            ModelState.AskFor("Input.InsatsId", "Välj insats.");
        else if (!Access.Reaches(Input.InsatsId.Value))
            ModelState.AddModelError("Input.InsatsId", "Du arbetar inte i den insatsen. Välj en av dina egna.");
        var where = Input.InsatsId is { } id ? (await insatser.FindAsync(Access.ForbundId, id, Cancelled))?.Name : null;
        return await SaveAsync(
            $"Deltagandet är flyttat från {Participation.Insats} till {where}.",
            () => participations.MoveAsync(Access.ForbundId, Participation.Row.Id, Version, Input.InsatsId!.Value, Access.UserName, Cancelled)) ?? Page();
    }

    protected override async Task LoadAsync() =>
        Insatser = (await insatser.TreeAsync(Access.ForbundId, Cancelled)).ToOptions(i =>
            i.FollowUpMethod == "individual" && i.Id != Participation.Row.InsatsId && Access.Reaches(i.Id));
}

/// <summary>What is chosen to move a participation.</summary>
public sealed class MoveInput
{
    public int? InsatsId { get; set; }
}
