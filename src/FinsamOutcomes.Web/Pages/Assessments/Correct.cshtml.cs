using System.Globalization;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Assessments;

/// <summary>Corrects a registered assessment, shows what it was before, or takes it away.</summary>
public sealed class CorrectModel(CurrentAccess access, TimeProvider clock, InstrumentStore instruments, AssessmentStore assessments, AssessedStayStore stays, ChangeHistoryStore history) : PageModel
{
    [BindProperty]
    public AnswerInput Input { get; set; } = new();

    [BindProperty]
    public OccasionInput When { get; set; } = new();

    public AssessedStay Stay { get; private set; } = null!;

    public Assessment Registered { get; private set; } = null!;

    public AnswerSheet Sheet { get; private set; } = null!;

    public IReadOnlyList<ChangeHistoryRow> History { get; private set; } = [];

    /// <summary>What somebody else changed after this form was opened.</summary>
    public IReadOnlyList<ChangeHistoryRow> Meanwhile { get; private set; } = [];

    public string Back => string.Create(CultureInfo.InvariantCulture, $"/f/{access.ForbundId}/deltaganden/{Stay.ParticipationId}/sjalvskattning");

    public string ChangedAt(ChangeHistoryRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(row.ChangedAt, DateTimeKind.Utc), clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>What a changed field is called: the date, the occasion, or the number of the question.</summary>
    public string FieldLabel(string field) => field switch
    {
        nameof(AssessmentRow.AnsweredOn) => "Datum",
        nameof(AssessmentRow.Occasion) => "Tillfälle",
        _ => Sheet.Items.Select((item, i) => (item, i)).Where(q => field == $"Answers[{q.item.Row.Code}]").Select(q => $"Fråga {q.i + 1}").FirstOrDefault() ?? "Fråga",
    };

    public async Task<IActionResult> OnGetAsync(int participationId, int assessmentId)
    {
        if (!await FindAsync(participationId, assessmentId))
            return NotFound();
        When = new OccasionInput { Occasion = Registered.Row.Occasion };
        Input = new AnswerInput { ParticipationId = participationId, AnsweredOn = Registered.Row.AnsweredOn, Version = Registered.Row.Version };
        await LoadSheetAsync();
        foreach (var answer in Registered.Answers)
            Input.Answers[Sheet.Items.First(i => string.Equals(i.Row.Code, answer.ItemCode, StringComparison.OrdinalIgnoreCase)).Row.Id] = AnswerSheet.Typed(answer);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(int participationId, int assessmentId)
    {
        if (!await FindAsync(participationId, assessmentId))
            return NotFound();
        await LoadSheetAsync();
        var answers = Sheet.Read(ModelState);
        if (ModelState.GetFieldValidationState("Input.AnsweredOn") == ModelValidationState.Invalid)
            return Page();
        try
        {
            await assessments.CorrectAsync(
                new AssessmentCorrection { ForbundId = access.ForbundId, AssessmentId = assessmentId, Version = Input.Version, Occasion = When.Occasion ?? "", AnsweredOn = Input.AnsweredOn, Answers = answers, Actor = access.UserName },
                HttpContext.RequestAborted);
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            await ShowMeanwhileAsync(assessmentId);
            return Page();
        }
        catch (RegistrationException exception)
        {
            Sheet.AddErrors(ModelState, exception);
            return Page();
        }

        TempData["Done"] = $"Skattningen för {Stay.ParticipantCode} är rättad.";
        return Redirect(Back);
    }

    public async Task<IActionResult> OnPostRemoveAsync(int participationId, int assessmentId)
    {
        if (!await FindAsync(participationId, assessmentId))
            return NotFound();
        try
        {
            await assessments.RemoveAsync(access.ForbundId, assessmentId, Input.Version, access.UserName, HttpContext.RequestAborted);
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            var version = Input.Version;
            await OnGetAsync(participationId, assessmentId);
            Input.Version = version;
            await ShowMeanwhileAsync(assessmentId);
            return Page();
        }

        TempData["Done"] = $"Skattningen för {Stay.ParticipantCode} är borttagen som felregistrerad.";
        return Redirect(Back);
    }

    // What was typed stays; the version becomes the one that is shown now, so that saving again is a choice.
    private async Task ShowMeanwhileAsync(int assessmentId)
    {
        Meanwhile = await history.SinceAsync(access.ForbundId, ChangedEntity.Assessment, assessmentId, Input.Version, HttpContext.RequestAborted);
        ModelState.AddModelError("", "Någon annan har ändrat skattningen sedan du öppnade den. Se vad som ändrades, och spara igen om dina svar ska gälla.");
        Input.Version = Registered.Row.Version;
        ModelState.Remove("Input.Version");
    }

    private async Task<bool> FindAsync(int participationId, int assessmentId)
    {
        Stay = (await stays.FindAsync(access.ForbundId, participationId, HttpContext.RequestAborted))!;
        var found = (await assessments.OfParticipationAsync(access.ForbundId, participationId, HttpContext.RequestAborted)).FirstOrDefault(a => a.Row.Id == assessmentId);
        if (found is null)
            return false;
        Registered = found;
        History = await history.OfAsync(access.ForbundId, ChangedEntity.Assessment, assessmentId, HttpContext.RequestAborted);
        return true;
    }

    private async Task LoadSheetAsync()
    {
        var instrument = (await instruments.AllAsync(access.ForbundId, HttpContext.RequestAborted)).First(i => i.Id == Registered.Row.InstrumentId);
        Sheet = new AnswerSheet(instrument, await instruments.ItemsAsync(access.ForbundId, instrument.Id, HttpContext.RequestAborted), Input);
    }
}

/// <summary>When the paper was filled in.</summary>
public sealed class OccasionInput
{
    public string? Occasion { get; set; }
}
