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

    /// <summary>The fields in the order of the page: a choice that isn't made is not sent.</summary>
    public static IReadOnlyList<string> FieldOrder { get; } =
    [
        "Input.Name", "Input.ParentId", "Input.Orientation", "Input.IndividualName", "Input.StructuralName", "Input.FollowUpMethod", "Input.IsEsf",
        "Input.SpecificOrientation", "Input.StartsOn", "Input.EndsOn", "Input.Capacity", "Input.TargetGroups",
    ];

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
                var insats = new NewInsats
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
                };
                if (Input.Orientation == InsatsForm.BothOrientations)
                    await AddBothAsync(insats);
                else
                    await insatser.AddAsync(insats, HttpContext.RequestAborted);
                TempData["Done"] = Input.Orientation == InsatsForm.BothOrientations
                    ? $"Insatserna {Input.IndividualName!.Trim()} och {Input.StructuralName!.Trim()} finns nu."
                    : $"Insatsen {Input.Name!.Trim()} finns nu.";
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

    // Two insatser with different names, both or neither: each is told what is wrong beside its own name.
    private async Task AddBothAsync(NewInsats insats)
    {
        var name = (Input.Name ?? "").Trim();
        if (name.Length > 0)
        {
            Input.IndividualName = string.IsNullOrWhiteSpace(Input.IndividualName) ? name + InsatsForm.IndividualSuffix : Input.IndividualName;
            Input.StructuralName = string.IsNullOrWhiteSpace(Input.StructuralName) ? name + InsatsForm.StructuralSuffix : Input.StructuralName;
            ModelState.Remove("Input.IndividualName");
            ModelState.Remove("Input.StructuralName");
        }

        try
        {
            await insatser.AddBothAsync(insats with { Name = Input.IndividualName ?? "" }, Input.StructuralName ?? "", HttpContext.RequestAborted);
        }
        catch (RegistrationException exception) when (!string.IsNullOrWhiteSpace(Input.IndividualName) && exception.Errors.Any(e => e.Field == nameof(NewInsats.Name)))
        {
            throw new RegistrationException(
                [.. exception.Errors.Select(e => e.Field == nameof(NewInsats.Name) ? e with { Field = nameof(Input.IndividualName) } : e)]);
        }
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
