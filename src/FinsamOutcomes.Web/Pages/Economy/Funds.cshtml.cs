using FinsamOutcomes.Data.Funds;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Economy;

/// <summary>What each member gives the förbund in a year, each kind's share beside the law's, and the förbund's own capital.</summary>
public sealed class FundsModel(CurrentAccess access, FundsStore funds, ChangeReader changes, TimeProvider clock) : PageModel
{
    [BindProperty]
    public ContributionForm Input { get; set; } = new();

    [BindProperty]
    public CapitalForm Capital { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "ar")]
    public string? Asked { get; set; }

    /// <summary>The member to change; null to add one.</summary>
    [BindProperty(SupportsGet = true, Name = "medlem")]
    public string? Chosen { get; set; }

    public YearChoice Year { get; private set; } = null!;

    public IReadOnlyList<ContributionRow> Contributions { get; private set; } = [];

    public IReadOnlyList<FundsOfKindRow> Kinds { get; private set; } = [];

    /// <summary>All that the members give; null until it is known.</summary>
    public long? Total { get; private set; }

    /// <summary>Members of the year before that this one lacks.</summary>
    public IReadOnlyList<ContributionRow> LastYearsMembers { get; private set; } = [];

    public ContributionRow? Member { get; private set; }

    public IReadOnlyList<Change> History { get; private set; } = [];

    public IReadOnlyList<Change> CapitalHistory { get; private set; } = [];

    public ChangedSince? Changed { get; private set; }

    public async Task OnGetAsync()
    {
        await LoadAsync();
        if (Member is { } member)
            Input = new ContributionForm { Name = member.Name, Kind = member.Kind, Kronor = member.Kronor, Version = member.Version };
        await ShowCapitalAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        ShowOnly(nameof(Input));
        var name = Chosen ?? Input.Name ?? "";
        if (ModelState.IsValid
            && await SavesAsync(
                name,
                () => funds.SetContributionAsync(
                    new NewContribution
                    {
                        ForbundId = access.ForbundId,
                        CalendarYear = Year.Chosen,
                        Name = name,
                        Kind = Input.Kind ?? "",
                        Kronor = Input.Kronor,
                        Version = Input.Version,
                        Actor = access.UserName,
                    },
                    HttpContext.RequestAborted)))
        {
            // Whoever fills in the sums of last year's members is led to the next one.
            var next = Chosen is null ? null : Contributions.FirstOrDefault(c => c.Kronor is null && c.Name != name)?.Name;
            return Done($"{name.Trim()} är sparad.", next);
        }

        await ShowCapitalAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        await LoadAsync();
        ShowOnly(nameof(Input));
        if (await SavesAsync(
            Chosen ?? "",
            () => funds.RemoveContributionAsync(
                access.ForbundId,
                Year.Chosen,
                Chosen ?? "",
                Input.Version ?? 0,
                access.UserName,
                HttpContext.RequestAborted)))
            return Done($"{Chosen} är borttagen.");
        await ShowCapitalAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostMembersAsync()
    {
        await LoadAsync();
        var number = await funds.TakeMembersAsync(access.ForbundId, Year.Chosen, access.UserName, HttpContext.RequestAborted);
        var first = LastYearsMembers.Count > 0 ? LastYearsMembers[0].Name : null;
        return Done(number == 0 ? "Inga medlemmar saknades." : $"Medlemmarna från {Year.Chosen - 1} finns nu. Fyll i vad var och en ger.", number == 0 ? null : first);
    }

    public async Task<IActionResult> OnPostCapitalAsync()
    {
        await LoadAsync();
        ShowOnly(nameof(Capital));
        if (!ModelState.IsValid)
            return Page();
        var outcome = await changes.SaveAsync(
            ModelState,
            access.ForbundId,
            new RowInForm(
                ChangedEntity.ForbundYear(Year.Chosen),
                access.ForbundId,
                Capital.Version,
                async () => (await funds.YearAsync(access.ForbundId, Year.Chosen, HttpContext.RequestAborted))?.Version,
                nameof(Capital)),
            () => funds.SetYearAsync(
                new NewForbundYear
                {
                    ForbundId = access.ForbundId,
                    CalendarYear = Year.Chosen,
                    OwnCapitalKronor = Capital.OwnCapitalKronor,
                    Version = Capital.Version,
                    Actor = access.UserName,
                },
                HttpContext.RequestAborted),
            HttpContext.RequestAborted);
        (Changed, Capital.Version) = (outcome.Changed, outcome.Version);
        if (outcome.IsSaved)
            return Done("Eget kapital är sparat.");
        CapitalHistory = await HistoryAsync(ChangedEntity.ForbundYear(Year.Chosen));
        return Page();
    }

    private async Task<bool> SavesAsync(string name, Func<Task> write)
    {
        var outcome = await changes.SaveAsync(
            ModelState,
            access.ForbundId,
            new RowInForm(
                ChangedEntity.Contribution(Year.Chosen, name),
                access.ForbundId,
                Input.Version,
                async () => (await funds.ContributionsAsync(access.ForbundId, Year.Chosen, HttpContext.RequestAborted))
                    .FirstOrDefault(c => c.Name == name)?.Version),
            write,
            HttpContext.RequestAborted);
        (Changed, Input.Version) = (outcome.Changed, outcome.Version);
        return outcome.IsSaved;
    }

    private RedirectResult Done(string done, string? next = null)
    {
        TempData["Done"] = done;
        return Redirect($"/f/{access.ForbundId}/medel?ar={Year.Chosen}{(next is null ? "" : $"&medlem={Uri.EscapeDataString(next)}")}");
    }

    // The page has two forms, and what was not sent is not wrong.
    private void ShowOnly(string form)
    {
        foreach (var key in ModelState.Keys.Where(k => (k.StartsWith("Input.", StringComparison.Ordinal) || k.StartsWith("Capital.", StringComparison.Ordinal))
            && !k.StartsWith(form + ".", StringComparison.Ordinal)).ToList())
            ModelState.Remove(key);
    }

    private async Task LoadAsync()
    {
        var cancelled = HttpContext.RequestAborted;
        Year = YearChoice.Of(Asked, DateOnly.FromDateTime(clock.GetLocalNow().DateTime));
        Contributions = await funds.ContributionsAsync(access.ForbundId, Year.Chosen, cancelled);
        Kinds = await funds.ByKindAsync(access.ForbundId, Year.Chosen, cancelled);
        Total = await funds.TotalAsync(access.ForbundId, Year.Chosen, cancelled);
        var before = await funds.ContributionsAsync(access.ForbundId, Year.Chosen - 1, cancelled);
        LastYearsMembers = [.. before.Where(b => !Contributions.Any(c => string.Equals(c.Name, b.Name, StringComparison.OrdinalIgnoreCase)))];
        Member = Contributions.FirstOrDefault(c => c.Name == Chosen);
        if (Member is { } member)
            History = await HistoryAsync(ChangedEntity.Contribution(Year.Chosen, member.Name));
    }

    private async Task ShowCapitalAsync()
    {
        var present = await funds.YearAsync(access.ForbundId, Year.Chosen, HttpContext.RequestAborted);
        Capital = new CapitalForm { OwnCapitalKronor = present?.OwnCapitalKronor, Version = present?.Version };
        CapitalHistory = await HistoryAsync(ChangedEntity.ForbundYear(Year.Chosen));
    }

    private Task<IReadOnlyList<Change>> HistoryAsync(string entity) =>
        changes.OfAsync(access.ForbundId, entity, access.ForbundId, HttpContext.RequestAborted);
}

/// <summary>What the form of a member holds.</summary>
public sealed class ContributionForm
{
    public string? Name { get; set; }

    public string? Kind { get; set; }

    public long? Kronor { get; set; }

    public int? Version { get; set; }
}

/// <summary>What the form of the förbund's own capital holds.</summary>
public sealed class CapitalForm
{
    public long? OwnCapitalKronor { get; set; }

    public int? Version { get; set; }
}
