using System.Globalization;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Quality;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Pages.Participations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Participants;

/// <summary>
/// A person and their entry, or place in the queue, on one page. What is known from before (today, the only insats) is
/// filled in and the cursor stands at the first thing that is not, so that the keyboard alone goes through in a few presses.
/// </summary>
public sealed class NewModel(
    FinsamDatabase database,
    CurrentAccess access,
    InsatsStore insatser,
    CodeListStore codes,
    CaseworkerStore caseworkers,
    ParticipationStore participations,
    QualityChecks quality,
    ShownPeople shown) : PageModel
{
    [BindProperty]
    public NewParticipantInput Input { get; set; } = new();

    [BindProperty]
    public UnusualFacts Unusual { get; set; } = new();

    /// <summary>As the form has them: a choice that nobody has made isn't sent.</summary>
    public static IReadOnlyList<string> FieldOrder { get; } =
    [
        "Input.InsatsId", "Input.On", "Input.IsQueued", "Input.Name", "Input.PersonalNumber", "Input.HasProtectedIdentity", "Input.Gender", "Input.BirthYear",
    ];

    /// <summary>The one before had a name: the cursor stands there.</summary>
    public bool IsNamed { get; private set; }

    private IReadOnlyList<InsatsRow> _offered = [];

    public IReadOnlyList<SelectListItem> Insatser { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Genders { get; private set; } = [];

    public IReadOnlyList<CodeRow> Referrers { get; private set; } = [];

    public IReadOnlyList<CodeRow> EducationLevels { get; private set; } = [];

    public IReadOnlyList<CodeRow> Livelihoods { get; private set; } = [];

    /// <summary>Who may follow the participant: the caseworkers of the user's insatser.</summary>
    public IReadOnlyList<SelectListItem> Colleagues { get; private set; } = [];

    /// <summary>Registered participants who may be the same person.</summary>
    public IReadOnlyList<LikelySame> LikelySame { get; private set; } = [];

    /// <summary>Whether the user may say that it is another person: not when the personal number is the same.</summary>
    public bool MayConfirm => LikelySame.Count > 0 && LikelySame.All(s => !s.IsCertain);

    public static IReadOnlyList<SelectListItem> EntryOrQueue { get; } = [new("skrivs in", "false"), new("ställs i kö", "true")];

    public bool HasCode => Input.Code is not null || ModelState.Any(e => e.Key is "Input.Code" or "Input.IsCodeNoName" && e.Value!.Errors.Count > 0);

    /// <summary>What is given comes from the one before: the insats, the day, who referred, and whether there was a name.</summary>
    public async Task OnGetAsync(int? insats, string? datum, string? remittent, bool namn = false)
    {
        await LoadAsync();
        IsNamed = namn;
        var chosen = insats is { } given && access.Reaches(given) ? given : (int?)null;
        var ongoing = Insatser.Where(i => i.Group is null).ToList();
        Input = new NewParticipantInput
        {
            On = DateOnly.TryParseExact(datum, "yyyy-MM-dd", out var day) && day <= database.Today ? day : database.Today,
            Referrer = Referrers.Any(r => r.Code == remittent) ? remittent : null,
            CaseworkerId = Colleagues.Any(c => c.Value == Field.Text(access.UserId)) ? access.UserId : null,
            InsatsId = chosen ?? (ongoing.Count == 1 ? int.Parse(ongoing[0].Value, CultureInfo.InvariantCulture) : null),
        };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var before = Input.Before.Read(ModelState, "Input.Before");
        ModelState.Unreadable("Input.BirthYear", PersonInput.BirthYearMessage);
        if (Input.InsatsId is null)
            ModelState.AskFor("Input.InsatsId", "Välj insats.");
        else if (!access.Reaches(Input.InsatsId.Value))
            ModelState.AddModelError("Input.InsatsId", "Du arbetar inte i den insatsen. Välj en av dina egna.");
        if (string.IsNullOrEmpty(Input.Gender))
            ModelState.AddModelError("Input.Gender", "Välj kvinna, man eller okänt kön.");
        if (Input.BirthYear is null && string.IsNullOrWhiteSpace(Input.PersonalNumber))
            ModelState.AskFor("Input.BirthYear", PersonInput.BirthYearMessage);
        if (Input.On is null)
            ModelState.AskFor("Input.On", "Skriv datumet.");
        var registration = Registration(before);
        Unusual.AskAge(
            Input.BirthYear ?? (PersonalNumber.TryParse(Input.PersonalNumber, database.Today, out var number) ? number.BirthYear : null),
            Input.On,
            database.Today);
        Unusual.AskEntry(Input.On, _offered.FirstOrDefault(i => i.Id == Input.InsatsId));
        var mustAsk = Unusual.MustAsk(ModelState);
        if (!ModelState.IsValid)
        {
            // All faults in one round; what already has a message keeps only that.
            var faults = await participations.FaultsAsync(registration, HttpContext.RequestAborted);
            // Who works in an insats isn't known before it is chosen.
            AddErrors(faults.Where(f => (Input.InsatsId is not null || f.Field != nameof(NewRegistration.CaseworkerId)) && ModelState.GetFieldValidationState(Place(f.Field)) != ModelValidationState.Invalid));
        }
        else if (!mustAsk)
        {
            try
            {
                return await RegisterAsync(registration);
            }
            catch (RegistrationException exception)
            {
                AddErrors(exception.Errors);
                LikelySame = exception.LikelySame;
                shown.AddNamed(LikelySame.Where(s => s.IsOwn).Select(s => s.ParticipantId));
            }
        }

        return Page();
    }

    private NewRegistration Registration(Situation before) => new()
    {
        ForbundId = access.ForbundId,
        UserId = access.UserId,
        Code = Input.Code,
        Gender = Input.Gender ?? "",
        BirthYear = Input.BirthYear,
        Name = Input.Name,
        PersonalNumber = Input.PersonalNumber,
        HasProtectedIdentity = Input.HasProtectedIdentity,
        InsatsId = Input.InsatsId ?? 0,
        QueuedOn = Input.IsQueued ? Input.On : null,
        StartedOn = Input.IsQueued ? null : Input.On,
        Referrer = Input.Referrer,
        EducationLevel = Input.EducationLevel,
        Before = before,
        CaseworkerId = Input.CaseworkerId,
        IsNotDuplicate = Input.IsNotDuplicate,
        IsCodeNoName = Input.IsCodeNoName,
        Actor = access.UserName,
    };

    private async Task<IActionResult> RegisterAsync(NewRegistration registration)
    {
        var person = await participations.RegisterNewAsync(registration, HttpContext.RequestAborted);
        if (Unusual.IsAgeRight && !Input.IsQueued)
            await quality.DismissAsync(access.ForbundId, QualityChecks.UnlikelyAge, person.ParticipationId, "", access.UserName, HttpContext.RequestAborted);
        TempData["Done"] = string.Join(" ", [$"{person.Code} är registrerad.", .. person.Warnings]);
        var (referrer, name) = (string.IsNullOrEmpty(Input.Referrer) ? "" : $"&remittent={Input.Referrer}", Input.Name is null ? "" : "&namn=true");
        TempData["Another"] = $"insats={Field.Text(Input.InsatsId)}&datum={Field.Text(Input.On)}{referrer}{name}";
        return Redirect($"/f/{access.ForbundId}/deltagare/{person.ParticipantId}");
    }

    private void AddErrors(IEnumerable<FieldError> errors)
    {
        foreach (var error in errors)
            ModelState.AddModelError(Place(error.Field), error.Message);
    }

    private static string Place(string field) => field switch
    {
        nameof(NewRegistration.StartedOn) or nameof(NewRegistration.QueuedOn) => "Input.On",
        nameof(Situation.Livelihoods) or nameof(Situation.Occupation) => SituationInput.Field(field, "Input.Before"),
        _ => $"Input.{field}",
    };

    private async Task LoadAsync()
    {
        var cancelled = HttpContext.RequestAborted;
        var tree = await insatser.TreeAsync(access.ForbundId, cancelled);
        _offered = [.. tree.SelectMany(n => n.Delprojekt.Prepend(n)).Select(n => n.Insats).Where(IsOffered)];
        Insatser = [.. tree.ToOptions(i => IsOffered(i) && !HasEnded(i)), .. tree.ToOptions(i => IsOffered(i) && HasEnded(i)).Select(Ended)];
        Colleagues = await CaseworkerModel.ColleaguesAsync(caseworkers, access, cancelled);
        Genders = [.. (await codes.GendersAsync(cancelled)).ToOptions()];
        Referrers = (await codes.OfForbundAsync(access.ForbundId, CodeList.Referrer, cancelled)).Offered(Input.Referrer);
        EducationLevels = (await codes.OfForbundAsync(access.ForbundId, CodeList.EducationLevel, cancelled)).Offered(Input.EducationLevel);
        Livelihoods = (await codes.OfForbundAsync(access.ForbundId, CodeList.Livelihood, cancelled)).Offered(Input.Before.Shares.Select(s => s.Code));

        bool IsOffered(InsatsRow i) => i.FollowUpMethod == "individual" && access.Reaches(i.Id);
        bool HasEnded(InsatsRow i) => i.EndsOn < database.Today;

        // Somebody is registered late now and then; the group keeps it from being chosen by mistake.
        static SelectListItem Ended(SelectListItem insats) => new(insats.Text, insats.Value) { Group = new SelectListGroup { Name = "Avslutade insatser" } };
    }
}

/// <summary>What is typed to register a participant.</summary>
public sealed class NewParticipantInput
{
    public int? InsatsId { get; set; }

    /// <summary>Of the entry, or of the place in the queue.</summary>
    public DateOnly? On { get; set; }

    public bool IsQueued { get; set; }

    public string? Gender { get; set; }

    public int? BirthYear { get; set; }

    public string? Referrer { get; set; }

    public string? EducationLevel { get; set; }

    public SituationInput Before { get; set; } = new();

    /// <summary>Null for nobody yet.</summary>
    public int? CaseworkerId { get; set; }

    public string? Code { get; set; }

    public string? Name { get; set; }

    public string? PersonalNumber { get; set; }

    public bool HasProtectedIdentity { get; set; }

    public bool IsNotDuplicate { get; set; }

    public bool IsCodeNoName { get; set; }
}
