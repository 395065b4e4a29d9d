using System.Globalization;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Assessments;

/// <summary>One participant's assessments: those that are, and a new one with the answers of the time before beside.</summary>
public sealed class SingleModel(
    CurrentAccess access,
    FinsamDatabase database,
    InstrumentStore instruments,
    AssessmentStore assessments,
    AssessedParticipationStore stays,
    ShownPeople shown) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "instrument")]
    public int? InstrumentId { get; set; }

    [BindProperty(SupportsGet = true, Name = "tillfalle")]
    public string? OccasionWord { get; set; }

    [BindProperty]
    public SingleChoice Choice { get; set; } = new();

    [BindProperty]
    public AnswerInput Input { get; set; } = new();

    public AssessedParticipation Participation { get; private set; } = null!;

    public IReadOnlyList<InstrumentRow> Instruments { get; private set; } = [];

    public IReadOnlyList<Assessment> Earlier { get; private set; } = [];

    /// <summary>Null while instrument and occasion are still to be chosen.</summary>
    public AnswerSheet? Sheet { get; private set; }

    public string Occasion { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        if (InstrumentId is null && OccasionWord is null)
        {
            Choice = new SingleChoice { InstrumentId = Instruments.Count == 1 ? Instruments[0].Id : null };
            return Page();
        }

        Input = new AnswerInput { ParticipationId = access.Route.ParticipationId, AnsweredOn = database.Today };
        return await LoadSheetAsync() ?? Page();
    }

    public async Task<IActionResult> OnPostChooseAsync()
    {
        await LoadAsync();
        ModelState.Keep("Choice");
        if (!Instruments.Any(i => i.Id == Choice.InstrumentId))
            ModelState.AddModelError("Choice.InstrumentId", "Välj instrumentet som papperet har.");
        var occasion = AssessmentWords.Occasions.FirstOrDefault(o => o.Code == Choice.Occasion).Word;
        if (occasion is null)
            ModelState.AddModelError("Choice.Occasion", "Välj vid vilket tillfälle papperet fylldes i.");
        return ModelState.IsValid
            ? Redirect(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"/f/{access.ForbundId}/deltaganden/{access.Route.ParticipationId}/sjalvskattning?instrument={Choice.InstrumentId}&tillfalle={occasion}"))
            : Page();
    }

    public async Task<IActionResult> OnPostSaveAsync()
    {
        await LoadAsync();
        ModelState.Keep("Input");
        if (await LoadSheetAsync() is { } refusal)
            return refusal;
        var answers = Sheet!.Read(ModelState);
        if (ModelState.GetFieldValidationState("Input.AnsweredOn") == ModelValidationState.Invalid)
            return Page();
        try
        {
            await assessments.RegisterAsync(
                new NewAssessment
                {
                    ForbundId = access.ForbundId,
                    ParticipationId = access.Route.ParticipationId,
                    InstrumentId = Sheet.Instrument.Id,
                    Occasion = Occasion,
                    AnsweredOn = Input.AnsweredOn,
                    Answers = answers,
                    Actor = access.UserName,
                },
                HttpContext.RequestAborted);
        }
        catch (RegistrationException exception)
        {
            Sheet.AddErrors(ModelState, exception);
            return Page();
        }

        TempData["Done"] = $"Sparat för {Participation.ParticipantCode}.";
        return Redirect(string.Create(CultureInfo.InvariantCulture, $"/f/{access.ForbundId}/deltaganden/{access.Route.ParticipationId}/sjalvskattning"));
    }

    private async Task LoadAsync()
    {
        shown.AddNamedStays(access.Route.ParticipationId);
        Participation = (await stays.FindAsync(access.ForbundId, access.UserId, access.Route.ParticipationId, HttpContext.RequestAborted))!;
        Instruments = await instruments.AllAsync(access.ForbundId, HttpContext.RequestAborted);
        Earlier = await assessments.OfParticipationAsync(access.ForbundId, access.Route.ParticipationId, HttpContext.RequestAborted);
    }

    private async Task<IActionResult?> LoadSheetAsync()
    {
        var instrument = Instruments.FirstOrDefault(i => i.Id == InstrumentId);
        var occasion = AssessmentWords.Occasions.FirstOrDefault(o => o.Word == OccasionWord).Code;
        if (instrument is null || occasion is null)
            return NotFound();
        Occasion = occasion;
        Input.ParticipationId = Participation.ParticipationId;
        var items = await instruments.ItemsAsync(access.ForbundId, instrument.Id, HttpContext.RequestAborted);
        Sheet = new AnswerSheet(instrument, items, Input, Earlier.LastOrDefault(a => a.Row.InstrumentId == instrument.Id));
        return null;
    }
}

/// <summary>What the paper is.</summary>
public sealed class SingleChoice
{
    public int? InstrumentId { get; set; }

    public string? Occasion { get; set; }
}
