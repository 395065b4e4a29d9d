using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Insatser;

/// <summary>Changes an insats; what locked when it was created is shown with the reason.</summary>
public sealed class EditModel(CurrentAccess access, InsatsStore insatser, CodeListStore codes, ChangeReader changes) : PageModel
{
    [BindProperty]
    public InsatsForm Input { get; set; } = new();

    public InsatsRow Insats { get; private set; } = null!;

    /// <summary>The insats that it is a delprojekt of.</summary>
    public InsatsRow? Parent { get; private set; }

    public InsatsChoices Choices { get; private set; } = null!;

    public ChangedSince? Changed { get; private set; }

    public async Task OnGetAsync()
    {
        await LoadAsync();
        Input = InsatsForm.Of(Insats, await insatser.TargetGroupsAsync(access.ForbundId, Insats.Id, HttpContext.RequestAborted));
        await LoadChoicesAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Input.HasStart(ModelState))
        {
            try
            {
                await insatser.UpdateAsync(
                    new InsatsChange
                    {
                        ForbundId = access.ForbundId,
                        Id = Insats.Id,
                        Version = Input.Version,
                        Name = Input.Name ?? "",
                        Orientation = Insats.Orientation,
                        SpecificOrientation = Insats.SpecificOrientation ?? Input.SpecificOrientation,
                        FollowUpMethod = Insats.FollowUpMethod,
                        IsEsf = Insats.IsEsf,
                        StartsOn = Input.StartsOn!.Value,
                        EndsOn = Input.EndsOn,
                        Capacity = Input.Capacity,
                        TargetGroups = Input.TargetGroups,
                        Actor = access.UserName,
                    },
                    HttpContext.RequestAborted);
                TempData["Done"] = "Insatsens uppgifter är sparade.";
                return Redirect($"/f/{access.ForbundId}/insatser");
            }
            catch (RegistrationException exception) when (exception.IsStale())
            {
                Changed = (await changes.SinceAsync(access.ForbundId, ChangedEntity.Insats, Insats.Id, Input.Version, HttpContext.RequestAborted)).Merge(ModelState);
                Input.Version = ChangedSince.Renew(ModelState, Insats.Version);
            }
            catch (RegistrationException exception)
            {
                ModelState.AddErrors(exception);
            }
        }

        await LoadChoicesAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        Insats = (await insatser.FindAsync(access.ForbundId, access.Route.InsatsId, HttpContext.RequestAborted))!;
        if (Insats.ParentId is { } parentId)
            Parent = await insatser.FindAsync(access.ForbundId, parentId, HttpContext.RequestAborted);
    }

    private async Task LoadChoicesAsync() => Choices = await InsatsChoices.LoadAsync(codes, access.ForbundId, Input, HttpContext.RequestAborted);
}
