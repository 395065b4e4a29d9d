using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Insatser;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Insatser;

/// <summary>What the form of an insats holds, new or changed.</summary>
public sealed class InsatsForm
{
    public int Version { get; set; }

    public string? Name { get; set; }

    public int? ParentId { get; set; }

    public string? Orientation { get; set; }

    public string? FollowUpMethod { get; set; }

    public bool? IsEsf { get; set; }

    public string? SpecificOrientation { get; set; }

    public DateOnly? StartsOn { get; set; }

    public DateOnly? EndsOn { get; set; }

    public int? Capacity { get; set; }

    public List<string> TargetGroups { get; set; } = [];

    public static InsatsForm Of(InsatsRow insats, IReadOnlyList<string> targetGroups) => new()
    {
        Version = insats.Version,
        Name = insats.Name,
        ParentId = insats.ParentId,
        Orientation = insats.Orientation,
        FollowUpMethod = insats.FollowUpMethod,
        IsEsf = insats.IsEsf,
        SpecificOrientation = insats.SpecificOrientation,
        StartsOn = insats.StartsOn,
        EndsOn = insats.EndsOn,
        Capacity = insats.Capacity,
        TargetGroups = [.. targetGroups],
    };

    /// <summary>Says what is missing before the store can be asked.</summary>
    public bool HasStart(ModelStateDictionary modelState)
    {
        if (StartsOn is null && modelState.GetFieldValidationState("Input.StartsOn") != ModelValidationState.Invalid)
            modelState.AddModelError("Input.StartsOn", "Skriv när insatsen börjar, till exempel 2026-01-01.");
        return modelState.IsValid;
    }
}

/// <summary>What the form of an insats lets choose from.</summary>
public sealed record InsatsChoices(IReadOnlyList<SelectListItem> SpecificOrientations, IReadOnlyList<SelectListItem> TargetGroups)
{
    public static async Task<InsatsChoices> LoadAsync(CodeListStore codes, int forbundId, InsatsForm registered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(registered);
        var orientations = await codes.OfForbundAsync(forbundId, CodeList.SpecificOrientation, cancellationToken);
        var groups = await codes.OfForbundAsync(forbundId, CodeList.TargetGroup, cancellationToken);
        return new InsatsChoices(Items(orientations.Offered(registered.SpecificOrientation)), Items(groups.Offered(registered.TargetGroups)));
    }

    private static List<SelectListItem> Items(IReadOnlyList<CodeRow> codes) => [.. codes.Select(c => new SelectListItem(c.Label, c.Code))];
}
