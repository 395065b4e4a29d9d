using System.Globalization;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Economy;

/// <summary>The förbund's own costs of a year, which belong to no insats.</summary>
public sealed class CostsModel(CurrentAccess access, InsatsEconomyStore economy, ChangeReader changes, TimeProvider clock) : PageModel
{
    [BindProperty]
    public CostForm Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "ar")]
    public string? Asked { get; set; }

    /// <summary>The cost to change; null to add one.</summary>
    [BindProperty(SupportsGet = true, Name = "kostnad")]
    public string? Chosen { get; set; }

    public YearChoice Year { get; private set; } = null!;

    public IReadOnlyList<ForbundCostRow> Costs { get; private set; } = [];

    public ForbundCostRow? Cost { get; private set; }

    public ChangedSince? Changed { get; private set; }

    public async Task OnGetAsync()
    {
        await LoadAsync();
        if (Cost is { } cost)
            Input = new CostForm
            {
                Name = cost.Name,
                IsAdministration = cost.IsAdministration,
                BudgetKronor = cost.BudgetKronor,
                OutcomeKronor = cost.OutcomeKronor,
                Version = cost.Version,
            };
        else
            Input.IsAdministration = true;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
            return Page();
        var name = Chosen ?? Input.Name ?? "";
        return await SaveAsync(
            name,
            () =>
                economy.SetCostAsync(
                    new NewForbundCost
                    {
                        ForbundId = access.ForbundId,
                        CalendarYear = Year.Chosen,
                        Name = name,
                        IsAdministration = Input.IsAdministration,
                        BudgetKronor = Input.BudgetKronor,
                        OutcomeKronor = Input.OutcomeKronor,
                        Version = Input.Version,
                        Actor = access.UserName,
                    },
                    HttpContext.RequestAborted),
            $"{name.Trim()} är sparad.");
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        await LoadAsync();
        return await SaveAsync(
            Chosen ?? "",
            () => economy.RemoveCostAsync(access.ForbundId, Year.Chosen, Chosen ?? "", Input.Version ?? 0, access.UserName, HttpContext.RequestAborted),
            $"{Chosen} är borttagen.");
    }

    private async Task<IActionResult> SaveAsync(string name, Func<Task> write, string done)
    {
        var outcome = await changes.SaveAsync(
            ModelState,
            access.ForbundId,
            new RowInForm(
                ChangedEntity.ForbundCost(Year.Chosen, name),
                access.ForbundId,
                Input.Version,
                async () => (await economy.CostsAsync(access.ForbundId, Year.Chosen, HttpContext.RequestAborted)).FirstOrDefault(c => c.Name == name)?.Version),
            write,
            HttpContext.RequestAborted);
        (Changed, Input.Version) = (outcome.Changed, outcome.Version);
        if (!outcome.IsSaved)
            return Page();
        TempData["Done"] = done;
        return Redirect($"/f/{access.ForbundId}/kostnader?ar={Year.Chosen}");
    }

    private async Task LoadAsync()
    {
        Year = YearChoice.Of(Asked, DateOnly.FromDateTime(clock.GetLocalNow().DateTime));
        Costs =
        [
            .. (await economy.CostsAsync(access.ForbundId, Year.Chosen, HttpContext.RequestAborted)).OrderBy(
                c => c.Name,
                StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), ignoreCase: true)),
        ];
        Cost = Costs.FirstOrDefault(c => c.Name == Chosen);
    }
}

/// <summary>What the form of a cost holds.</summary>
public sealed class CostForm
{
    public string? Name { get; set; }

    /// <summary>Ticked for a new one: most costs of its own are a förbund's administration.</summary>
    public bool IsAdministration { get; set; }

    public long? BudgetKronor { get; set; }

    public long? OutcomeKronor { get; set; }

    public int? Version { get; set; }
}
