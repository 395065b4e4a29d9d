using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Insatser;

/// <summary>What an insats is given and uses in a year, and how many participants are planned.</summary>
public sealed class BudgetModel(CurrentAccess access, InsatsStore insatser, InsatsEconomyStore economy, ChangeReader changes, TimeProvider clock) : PageModel
{
    [BindProperty]
    public BudgetForm Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "ar")]
    public string? Asked { get; set; }

    public YearChoice Year { get; private set; } = null!;

    public InsatsRow Insats { get; private set; } = null!;

    public bool HasDelprojekt { get; private set; }

    public InsatsYearRow? YearBefore { get; private set; }

    public ChangedSince? Changed { get; private set; }

    public async Task OnGetAsync()
    {
        await LoadAsync();
        var present = await PresentAsync();
        Input = new BudgetForm
        {
            Version = present?.Version,
            BudgetedParticipants = present?.BudgetedParticipants,
            BudgetKronor = present?.BudgetKronor,
            OutcomeKronor = present?.OutcomeKronor,
        };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
            return Page();
        var outcome = await changes.SaveAsync(
            ModelState,
            access.ForbundId,
            new RowInForm(ChangedEntity.InsatsYear(Year.Chosen), Insats.Id, Input.Version, async () => (await PresentAsync())?.Version),
            () => economy.SetYearAsync(
                new NewInsatsYear
                {
                    ForbundId = access.ForbundId,
                    InsatsId = Insats.Id,
                    CalendarYear = Year.Chosen,
                    BudgetedParticipants = Input.BudgetedParticipants,
                    BudgetKronor = Input.BudgetKronor,
                    OutcomeKronor = Input.OutcomeKronor,
                    Version = Input.Version,
                    Actor = access.UserName,
                },
                HttpContext.RequestAborted),
            HttpContext.RequestAborted);
        (Changed, Input.Version) = (outcome.Changed, outcome.Version);
        if (!outcome.IsSaved)
            return Page();
        TempData["Done"] = $"Budget och utfall för {Year.Chosen} är sparade.";
        return Redirect($"/f/{access.ForbundId}/insatser/{Insats.Id}/budget?ar={Year.Chosen}");
    }

    private async Task LoadAsync()
    {
        Year = YearChoice.Of(Asked, DateOnly.FromDateTime(clock.GetLocalNow().DateTime));
        Insats = (await insatser.FindAsync(access.ForbundId, access.Route.InsatsId, HttpContext.RequestAborted))!;
        HasDelprojekt = (await insatser.TreeAsync(access.ForbundId, HttpContext.RequestAborted)).Any(n => n.Insats.Id == Insats.Id && n.Delprojekt.Count > 0);
        YearBefore = (await economy.YearsAsync(access.ForbundId, Year.Chosen - 1, HttpContext.RequestAborted)).FirstOrDefault(y => y.InsatsId == Insats.Id);
    }

    private async Task<InsatsYearRow?> PresentAsync() =>
        (await economy.YearsAsync(access.ForbundId, Year.Chosen, HttpContext.RequestAborted)).FirstOrDefault(y => y.InsatsId == Insats.Id);
}

/// <summary>What the form of an insats' year holds.</summary>
public sealed class BudgetForm
{
    public int? Version { get; set; }

    public int? BudgetedParticipants { get; set; }

    public long? BudgetKronor { get; set; }

    public long? OutcomeKronor { get; set; }
}
