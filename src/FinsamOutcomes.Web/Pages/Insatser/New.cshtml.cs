using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Insatser;

/// <summary>A new insats or delprojekt, with the three choices that lock when it is created.</summary>
public sealed class NewModel(CurrentAccess access, InsatsStore insatser, CodeListStore codes) : PageModel
{
    [BindProperty]
    public InsatsForm Input { get; set; } = new();

    public InsatsChoices Choices { get; private set; } = null!;

    /// <summary>The insatser that can have delprojekt.</summary>
    public IReadOnlyList<SelectListItem> Parents { get; private set; } = [];

    public Task OnGetAsync([FromQuery(Name = "overordnad")] int? parentId)
    {
        Input.ParentId = parentId;
        return LoadAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Input.IsEsf is null)
            ModelState.AddModelError("Input.IsEsf", "Välj om insatsen medfinansieras av ESF.");
        if (!Input.HasStart(ModelState))
        {
            TellWhatElseIsMissing();
        }
        else
        {
            try
            {
                await insatser.AddAsync(
                    new NewInsats
                    {
                        ForbundId = access.ForbundId,
                        ParentId = Input.ParentId,
                        Name = Input.Name ?? "",
                        Orientation = Input.Orientation ?? "",
                        FollowUpMethod = Input.FollowUpMethod ?? "",
                        IsEsf = Input.IsEsf == true,
                        SpecificOrientation = Input.SpecificOrientation,
                        StartsOn = Input.StartsOn!.Value,
                        EndsOn = Input.EndsOn,
                        Capacity = Input.Capacity,
                        TargetGroups = Input.TargetGroups,
                        Actor = access.UserName,
                    },
                    HttpContext.RequestAborted);
                TempData["Done"] = $"Insatsen {Input.Name!.Trim()} finns nu.";
                return Redirect($"/f/{access.ForbundId}/insatser");
            }
            catch (RegistrationException exception)
            {
                ModelState.AddErrors(exception);
            }
        }

        await LoadAsync();
        return Page();
    }

    // The store tells all that is wrong at once, but can't be asked before there is a date.
    private void TellWhatElseIsMissing()
    {
        if (string.IsNullOrWhiteSpace(Input.Name))
            ModelState.AddModelError("Input.Name", "Ange insatsens namn.");
        if (Input.Orientation is null)
            ModelState.AddModelError("Input.Orientation", "Välj om insatsen är individinriktad eller strukturövergripande.");
        if (Input.FollowUpMethod is null)
            ModelState.AddModelError("Input.FollowUpMethod", "Välj om insatsen följs upp på individnivå eller med antal.");
    }

    private async Task LoadAsync()
    {
        Choices = await InsatsChoices.LoadAsync(codes, access.ForbundId, Input, HttpContext.RequestAborted);
        Parents =
        [
            .. (await insatser.TreeAsync(access.ForbundId, HttpContext.RequestAborted)).Select(n => new SelectListItem(n.Insats.Name, Field.Text(n.Insats.Id))),
        ];
    }
}
