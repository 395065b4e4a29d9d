using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.CodeLists;

/// <summary>Which exit reasons the förbund counts as <em>positiv lösning</em>.</summary>
public sealed class PositiveSolutionModel(CurrentAccess access, ForbundStore forbund, CodeListStore codes) : PageModel
{
    [BindProperty]
    public PositiveSolutionForm Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Reasons { get; private set; } = [];

    /// <summary>Neither success nor failure, so never positive.</summary>
    public IReadOnlyList<string> Neutral { get; private set; } = [];

    /// <summary>Somebody else has saved the list since it was read.</summary>
    public bool IsStale { get; private set; }

    /// <summary>What is saved, in words.</summary>
    public string Saved { get; private set; } = "";

    public async Task OnGetAsync()
    {
        var (version, reasons) = await LoadAsync();
        Input = new PositiveSolutionForm { Version = version, ExitReasons = [.. reasons] };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var (version, _) = await LoadAsync();
        try
        {
            await forbund.SetPositiveReasonsAsync(
                new PositiveReasonsChange { ForbundId = access.ForbundId, ExitReasons = Input.ExitReasons, Version = Input.Version, Actor = access.UserName },
                HttpContext.RequestAborted);
            TempData["Done"] = "Vad som räknas som positiv lösning är sparat. Siffror som visas från och med nu räknas så, även för tidigare år.";
            return Redirect($"/f/{access.ForbundId}/kodlistor");
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            IsStale = true;
            Input.Version = ChangedSince.Renew(ModelState, version);
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
        }

        return Page();
    }

    private async Task<(int Version, IReadOnlyList<string> Reasons)> LoadAsync()
    {
        var words = await codes.OfForbundAsync(access.ForbundId, CodeList.ExitReason, HttpContext.RequestAborted);
        var all = (await codes.ExitReasonsAsync(HttpContext.RequestAborted)).Where(r => !r.IsMisregistration).ToList();
        Reasons = [.. all.Where(r => !r.IsNeutral).Select(r => new SelectListItem(words.Label(r.Code), r.Code))];
        Neutral = [.. all.Where(r => r.IsNeutral).Select(r => words.Label(r.Code))];
        var definition = (await forbund.PositiveDefinitionsAsync(access.ForbundId, HttpContext.RequestAborted)).Single(d =>
            d.Code == ForbundStore.PositiveSolution);
        var reasons = await forbund.PositiveReasonsAsync(access.ForbundId, definition.Code, HttpContext.RequestAborted);
        Saved = string.Join(", ", reasons.Select(words.Label));
        return (definition.Version, reasons);
    }
}

/// <summary>What the form holds.</summary>
public sealed class PositiveSolutionForm
{
    public int Version { get; set; }

    public List<string> ExitReasons { get; set; } = [];
}
