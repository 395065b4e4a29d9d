using System.Globalization;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Assessments;

/// <summary>Corrects a registered assessment, shows what it was before, or takes it away.</summary>
public sealed class CorrectModel(
    CurrentAccess access,
    InstrumentStore instruments,
    AssessmentStore assessments,
    AssessedParticipationStore stays,
    ChangeReader changes,
    ShownPeople shown) : PageModel
{
    [BindProperty]
    public AnswerInput Input { get; set; } = new();

    [BindProperty]
    public OccasionInput When { get; set; } = new();

    public AssessedParticipation Participation { get; private set; } = null!;

    public Assessment Registered { get; private set; } = null!;

    public AnswerSheet Sheet { get; private set; } = null!;

    public IReadOnlyList<Change> History { get; private set; } = [];

    /// <summary>What somebody else changed after this form was opened.</summary>
    public ChangedSince? Changed { get; private set; }

    public string Back => string.Create(CultureInfo.InvariantCulture, $"/f/{access.ForbundId}/deltaganden/{Participation.ParticipationId}/sjalvskattning");

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync())
            return NotFound();
        When = new OccasionInput { Occasion = Registered.Row.Occasion };
        Input = new AnswerInput { ParticipationId = access.Route.ParticipationId, AnsweredOn = Registered.Row.AnsweredOn, Version = Registered.Row.Version };
        await LoadSheetAsync();
        foreach (var answer in Registered.Answers)
            Input.Answers[Sheet.Items.First(i => string.Equals(i.Row.Code, answer.ItemCode, StringComparison.OrdinalIgnoreCase)).Row.Id] = AnswerSheet.Typed(
                answer);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync()
    {
        if (!await FindAsync())
            return NotFound();
        await LoadSheetAsync();
        var answers = Sheet.Read(ModelState);
        if (ModelState.GetFieldValidationState("Input.AnsweredOn") == ModelValidationState.Invalid)
            return Page();
        try
        {
            await assessments.CorrectAsync(
                new AssessmentCorrection
                {
                    ForbundId = access.ForbundId,
                    AssessmentId = Registered.Row.Id,
                    Version = Input.Version,
                    Occasion = When.Occasion ?? "",
                    AnsweredOn = Input.AnsweredOn,
                    Answers = answers,
                    Actor = access.UserName,
                },
                HttpContext.RequestAborted);
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            await ShowMeanwhileAsync();
            return Page();
        }
        catch (RegistrationException exception)
        {
            Sheet.AddErrors(ModelState, exception);
            return Page();
        }

        TempData["Done"] = $"Skattningen för {Participation.ParticipantCode} är rättad.";
        return Redirect(Back);
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (!await FindAsync())
            return NotFound();
        try
        {
            await assessments.RemoveAsync(access.ForbundId, Registered.Row.Id, Input.Version, access.UserName, HttpContext.RequestAborted);
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            var version = Input.Version;
            await OnGetAsync();
            Input.Version = version;
            await ShowMeanwhileAsync();
            return Page();
        }
        catch (RegistrationException exception)
        {
            await OnGetAsync();
            Sheet.AddErrors(ModelState, exception);
            return Page();
        }

        TempData["Done"] = $"Skattningen för {Participation.ParticipantCode} är borttagen som felregistrerad.";
        return Redirect(Back);
    }

    // What was typed stays, and what was not touched becomes what is registered now; so does the version, so that saving
    // again is a choice.
    private async Task ShowMeanwhileAsync()
    {
        var since = await changes.SinceAsync(access.ForbundId, ChangedEntity.Assessment, Registered.Row.Id, Input.Version, HttpContext.RequestAborted);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in since.Changes.GroupBy(c => c.Field))
        {
            var name = field.Key switch
            {
                nameof(AssessmentRow.AnsweredOn) => "Input.AnsweredOn",
                nameof(AssessmentRow.Occasion) => "When.Occasion",
                _ => Sheet.FieldOf(field.Key),
            };
            var (old, present) = (Typed(field.First().Stored.Old), Typed(field.Last().Stored.New));
            if (
                name is null
                || !ModelState.TryGetValue(name, out var entry)
                || !string.Equals((entry.AttemptedValue ?? "").Trim().Replace('.', ','), old, StringComparison.OrdinalIgnoreCase))
                continue;
            ModelState.Remove(name);
            ModelState.SetModelValue(name, present, present);
            taken.Add(field.Key);
        }

        Changed = Named(since).Taking(taken.Contains);
        Input.Version = ChangedSince.Renew(ModelState, Registered.Row.Version);

        string Typed(string? stored) => stored switch
        {
            null => "",
            "not_asked" => "e",
            "declined" => "v",
            "unknown" => "o",
            _ => decimal.TryParse(stored, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? AssessmentWords.Number(number) : stored,
        };
    }

    // The number of a question says more than its code.
    private ChangedSince Named(ChangedSince since) => new([.. since.Changes.Select(Named)]);

    private Change Named(Change change) => Sheet.NumberOf(change.Field) is { } number ? change with { Label = $"Fråga {number}" } : change;

    private async Task<bool> FindAsync()
    {
        shown.AddNamedStays(access.Route.ParticipationId);
        Participation = (await stays.FindAsync(access.ForbundId, access.UserId, access.Route.ParticipationId, HttpContext.RequestAborted))!;
        var found = (await assessments.OfParticipationAsync(access.ForbundId, access.Route.ParticipationId, HttpContext.RequestAborted)).FirstOrDefault(a =>
            a.Row.Id == access.Route.AssessmentId);
        if (found is null)
            return false;
        Registered = found;
        return true;
    }

    private async Task LoadSheetAsync()
    {
        Input.ParticipationId = Participation.ParticipationId;
        var instrument = (await instruments.AllAsync(access.ForbundId, HttpContext.RequestAborted)).First(i => i.Id == Registered.Row.InstrumentId);
        Sheet = new AnswerSheet(instrument, await instruments.ItemsAsync(access.ForbundId, instrument.Id, HttpContext.RequestAborted), Input);
        History = [.. (await changes.OfAsync(access.ForbundId, ChangedEntity.Assessment, Registered.Row.Id, HttpContext.RequestAborted)).Select(Named)];
    }
}

/// <summary>When the paper was filled in.</summary>
public sealed class OccasionInput
{
    public string? Occasion { get; set; }
}
