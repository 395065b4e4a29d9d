using System.Globalization;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Participations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace FinsamOutcomes.Web.Forms;

/// <summary>
/// Livelihood and occupation as a form asks for them, before or after an insats. One livelihood without a per cent is all
/// of it; nothing chosen is nothing known.
/// </summary>
public sealed class SituationInput
{
    public const int Livelihoods = 3;

    private const string Neither = "none";
    private const string Seeking = "seeking";
    private const string Active = "active";
    private const string ActiveSeeking = "active_seeking";

    public List<LivelihoodInput> Shares { get; set; } = [.. Enumerable.Range(0, Livelihoods).Select(_ => new LivelihoodInput())];

    /// <summary>Which of <see cref="OccupationOptions"/>; null when it is not known.</summary>
    public string? Occupation { get; set; }

    /// <summary>Per cent of full time.</summary>
    public int? WorkPercent { get; set; }

    /// <summary>Per cent of full time.</summary>
    public int? StudyPercent { get; set; }

    public static IReadOnlyList<SelectListItem> OccupationOptions { get; } =
    [
        new("Varken arbete, studier eller aktivt arbetssökande", Neither),
        new("Söker arbete aktivt, men arbetar och studerar inte", Seeking),
        new("Arbetar eller studerar", Active),
        new("Arbetar eller studerar, och söker arbete aktivt", ActiveSeeking),
    ];

    /// <summary>The form's fields for what is registered.</summary>
    public static SituationInput Of(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        var input = new SituationInput
        {
            Shares = [.. situation.Livelihoods.Select(l => new LivelihoodInput { Code = l.Livelihood, Percent = l.PercentShare })],
        };
        while (input.Shares.Count < Livelihoods)
            input.Shares.Add(new LivelihoodInput());
        if (situation.Occupation is not { } occupation)
            return input;
        var isActive = occupation.WorkPercent > 0 || occupation.StudyPercent > 0;
        input.Occupation = (isActive, occupation.IsJobSeeking) switch
        {
            (true, true) => ActiveSeeking,
            (true, false) => Active,
            (false, true) => Seeking,
            _ => Neither,
        };
        if (isActive)
            (input.WorkPercent, input.StudyPercent) = (occupation.WorkPercent, occupation.StudyPercent);
        return input;
    }

    /// <summary>What to register; what is missing or contradicts itself is told beside the fields below <paramref name="prefix"/>.</summary>
    public Situation Read(ModelStateDictionary modelState, string prefix)
    {
        ArgumentNullException.ThrowIfNull(modelState);
        Complete();
        modelState.Unreadable($"{prefix}.WorkPercent", "Skriv hur mycket deltagaren arbetar i hela procent, från 0 till 100.");
        modelState.Unreadable($"{prefix}.StudyPercent", "Skriv hur mycket deltagaren studerar i hela procent, från 0 till 100.");
        for (var i = 0; i < Shares.Count; i++)
            modelState.Unreadable(
                string.Create(CultureInfo.InvariantCulture, $"{prefix}.Shares[{i}].Percent"),
                "Skriv försörjningens del i hela procent, från 1 till 100.");
        var chosen = Shares.Where(s => !string.IsNullOrEmpty(s.Code) || s.Percent is not null).ToList();
        foreach (var share in chosen)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"{prefix}.Shares[{Shares.IndexOf(share)}]");
            if (string.IsNullOrEmpty(share.Code))
                modelState.AddModelError($"{field}.Code", "Välj vilken försörjning procenten gäller.");
            else if (share.Percent is null && chosen.Count > 1)
                AddUnlessUnreadable($"{field}.Percent", "Skriv hur många procent av försörjningen det är, när det är flera.");
        }

        var isActive = Occupation is Active or ActiveSeeking;
        if (isActive && WorkPercent is not > 0 && StudyPercent is not > 0)
            AddUnlessUnreadable($"{prefix}.WorkPercent", "Skriv hur många procent av heltid deltagaren arbetar eller studerar.");
        if (!isActive && (WorkPercent is > 0 || StudyPercent is > 0))
            modelState.AddModelError($"{prefix}.Occupation", "Välj att deltagaren arbetar eller studerar, eller ta bort procenten.");
        return new Situation
        {
            Livelihoods = [.. chosen.Where(s => !string.IsNullOrEmpty(s.Code)).Select(s => new LivelihoodShare(s.Code!, s.Percent ?? 100))],
            Occupation = Occupation switch
            {
                Neither => new Occupation(0, 0, IsJobSeeking: false),
                Seeking => new Occupation(0, 0, IsJobSeeking: true),
                Active or ActiveSeeking => new Occupation(WorkPercent ?? 0, StudyPercent ?? 0, Occupation == ActiveSeeking),
                _ => null,
            },
        };

        void AddUnlessUnreadable(string field, string message)
        {
            if (modelState.GetFieldValidationState(field) != ModelValidationState.Invalid)
                modelState.AddModelError(field, message);
        }
    }

    /// <summary>As many places as the form shows: one that was sent with fewer shows the rest empty, one with more loses them.</summary>
    private void Complete()
    {
        Shares.RemoveAll(s => s is null);
        if (Shares.Count > Livelihoods)
            Shares.RemoveRange(Livelihoods, Shares.Count - Livelihoods);
        while (Shares.Count < Livelihoods)
            Shares.Add(new LivelihoodInput());
    }

    /// <summary>Where a store's name for a field of the situation is found in the form.</summary>
    public static string Field(string storeField, string prefix) => storeField switch
    {
        nameof(Situation.Livelihoods) => $"{prefix}.Shares[0].Code",
        nameof(Situation.Occupation) => $"{prefix}.WorkPercent",
        _ => storeField,
    };
}

/// <summary>A part of a person's livelihood as typed.</summary>
public sealed class LivelihoodInput
{
    public string? Code { get; set; }

    public int? Percent { get; set; }
}

/// <summary>What the partial <c>_Situation</c>, whose model is a <see cref="SituationInput"/>, asks and offers.</summary>
/// <param name="When"><c>före</c> or <c>efter</c>.</param>
/// <param name="Offered">The livelihoods to choose from.</param>
public sealed record SituationForm(string When, IReadOnlyList<CodeRow> Offered)
{
    /// <summary>
    /// For the partial: <paramref name="prefix"/> is the property that holds the situation, so that its fields are named as
    /// the form names them.
    /// </summary>
    public ViewDataDictionary Below(ViewDataDictionary page, string prefix) =>
        new(page) { [nameof(SituationForm)] = this, TemplateInfo = { HtmlFieldPrefix = prefix } };
}
