using System.Globalization;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using TargetRow = FinsamOutcomes.Data.Insatser.TargetRow;

namespace FinsamOutcomes.Web.Pages.Economy;

/// <summary>The board's targets of a year: a measure, for the whole förbund or an insats, and a level to reach.</summary>
public sealed class TargetsModel(
    CurrentAccess access,
    InsatsEconomyStore economy,
    InsatsStore insatser,
    ForbundStore forbund,
    ChangeReader changes,
    TimeProvider clock) : PageModel
{
    [BindProperty]
    public TargetForm Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "ar")]
    public string? Asked { get; set; }

    /// <summary>The target to change; null to add one.</summary>
    [BindProperty(SupportsGet = true, Name = "mal")]
    public int? Chosen { get; set; }

    public YearChoice Year { get; private set; } = null!;

    public IReadOnlyList<TargetRow> Targets { get; private set; } = [];

    public TargetRow? Target { get; private set; }

    public IReadOnlyList<SelectListItem> Insatser { get; private set; } = [];

    private HashSet<int> _structural = [];

    public IReadOnlyList<PositiveDefinitionRow> Definitions { get; private set; } = [];

    public ChangedSince? Changed { get; private set; }

    public async Task OnGetAsync()
    {
        await LoadAsync();
        if (Target is not { } target)
        {
            Input.Definition = MeasureCatalogue.DefaultDefinition;
            return;
        }

        var isShare = TargetMeasures.Find(target.Measure) is { } measure && TargetMeasures.IsShare(measure);
        Input = new TargetForm { Direction = target.Direction, Goal = (isShare ? target.Goal * 100 : target.Goal) / 1.0000m, Version = target.Version };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var measure = TargetMeasures.Find(Target?.Measure ?? Input.Measure);
        if (measure is null)
            ModelState.AddModelError("Input.Measure", "Välj ett mått ur listan.");
        if (Input.Goal is null && ModelState.IsValid)
            ModelState.AddModelError("Input.Goal", "Skriv den nivå som ska nås.");
        if (measure is not null && TargetMeasures.IsShare(measure) && Input.Goal is < 0 or > 100)
            ModelState.AddModelError("Input.Goal", "Skriv målet i procent, från 0 till 100.");
        var definition = measure is { TakesPositiveDefinition: true } ? Target?.Definition ?? Input.Definition ?? MeasureCatalogue.DefaultDefinition : null;
        if (!ModelState.IsValid)
            return Page();
        return await SaveAsync(
            () => economy.SetTargetAsync(
                new NewTarget
                {
                    ForbundId = access.ForbundId,
                    InsatsId = Target is null ? Input.InsatsId : Target.InsatsId,
                    Measure = measure!.Name,
                    Definition = Target is null ? definition : Target.Definition,
                    CalendarYear = Year.Chosen,
                    Goal = TargetMeasures.IsShare(measure) ? Input.Goal!.Value / 100 : Input.Goal!.Value,
                    Direction = Input.Direction ?? "",
                    Version = Input.Version,
                    Actor = access.UserName,
                },
                HttpContext.RequestAborted),
            "Målet är sparat.");
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        await LoadAsync();
        return await SaveAsync(
            () => economy.RemoveTargetAsync(access.ForbundId, Chosen ?? 0, Input.Version ?? 0, access.UserName, HttpContext.RequestAborted),
            "Målet är borttaget.");
    }

    /// <summary>The measure of a target as it is read; its name when the catalogue has no such measure any more.</summary>
    public string Title(TargetRow target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return (
                TargetMeasures.Find(target.Measure) is { } measure
                    ? TargetMeasures.Title(measure, target.InsatsId is { } id && _structural.Contains(id))
                    : target.Measure
            ) + (Definitions.FirstOrDefault(d => d.Code == target.Definition) is { } definition ? $" ({definition.LabelByItself})" : "");
    }

    public static string Goal(TargetRow target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Words(target.Direction)
            + " "
            + (
                TargetMeasures.Find(target.Measure) is { } measure
                    ? TargetMeasures.GoalText(measure, target.Goal)
                    : target.Goal.ToString("0.####", CultureInfo.GetCultureInfo("sv-SE")));
    }

    public string Scope(TargetRow target) =>
        Insatser.FirstOrDefault(i => i.Value == Field.Text(target?.InsatsId))?.Text ?? "Hela förbundet";

    private static string Words(string direction) => direction == "at_most" ? "högst" : "minst";

    private async Task<IActionResult> SaveAsync(Func<Task> write, string done)
    {
        var outcome = await changes.SaveAsync(
            ModelState,
            access.ForbundId,
            new RowInForm(
                ChangedEntity.Target,
                Chosen ?? 0,
                Input.Version,
                async () => (await economy.TargetsAsync(access.ForbundId, Year.Chosen, HttpContext.RequestAborted))
                    .FirstOrDefault(t => t.Id == Chosen)?.Version)
            {
                InForm = InTheUnitOfTheForm,
            },
            write,
            HttpContext.RequestAborted);
        (Changed, Input.Version) = (outcome.Changed, outcome.Version);
        if (!outcome.IsSaved)
            return Page();
        TempData["Done"] = done;
        return Redirect($"/f/{access.ForbundId}/mal?ar={Year.Chosen}");
    }

    // A share is kept as 0–1 and typed in per cent.
    private Change InTheUnitOfTheForm(Change change)
    {
        if (change.Field != "Goal" || TargetMeasures.Find(Target?.Measure) is not { } measure)
            return change;
        return change with { Old = Read(change.Stored.Old), New = Read(change.Stored.New), Stored = (Typed(change.Stored.Old), Typed(change.Stored.New)) };

        string? Read(string? stored) => stored is null ? null : TargetMeasures.GoalText(measure, decimal.Parse(stored, CultureInfo.InvariantCulture));

        string? Typed(string? stored) =>
            stored is null ? null : Field.Text(decimal.Parse(stored, CultureInfo.InvariantCulture) * (TargetMeasures.IsShare(measure) ? 100 : 1) / 1.0000m);
    }

    private async Task LoadAsync()
    {
        Year = YearChoice.Of(Asked, DateOnly.FromDateTime(clock.GetLocalNow().DateTime));
        Definitions = await forbund.PositiveDefinitionsAsync(access.ForbundId, HttpContext.RequestAborted);
        var all = (await insatser.TreeAsync(access.ForbundId, HttpContext.RequestAborted))
            .SelectMany(n => n.Delprojekt.Prepend(n))
            .Select(n => n.Insats)
            .ToList();
        Insatser = [.. all.Select(i => new SelectListItem(i.Name, Field.Text(i.Id)))];
        _structural = [.. all.Where(i => i.Orientation == "structural").Select(i => i.Id)];
        Targets = await economy.TargetsAsync(access.ForbundId, Year.Chosen, HttpContext.RequestAborted);
        Target = Targets.FirstOrDefault(t => t.Id == Chosen);
    }
}

/// <summary>What the form of a target holds.</summary>
public sealed class TargetForm
{
    public string? Measure { get; set; }

    public string? Definition { get; set; }

    public int? InsatsId { get; set; }

    public string? Direction { get; set; } = "at_least";

    /// <summary>As typed: a share in per cent.</summary>
    public decimal? Goal { get; set; }

    public int? Version { get; set; }
}
