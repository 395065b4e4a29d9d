using System.Globalization;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Pages.Participants;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Assessments;

/// <summary>A pile of papers, one participant after the other. The address holds which pile it is, never a code.</summary>
public sealed class PileModel(
    CurrentAccess access,
    FinsamDatabase database,
    InsatsStore insatser,
    InstrumentStore instruments,
    AssessmentStore assessments,
    AssessedParticipationStore stays,
    CaseworkerStore caseworkers,
    ParticipantListStore lists,
    ShownPeople shown,
    SetAside aside) : PageModel
{
    /// <summary>An assessment within these months is of the same round of follow-up.</summary>
    public const int MonthsOfFollowUp = 3;

    [BindProperty(SupportsGet = true, Name = "insats")]
    public int? InsatsId { get; set; }

    [BindProperty(SupportsGet = true, Name = "instrument")]
    public int? InstrumentId { get; set; }

    [BindProperty(SupportsGet = true, Name = "tillfalle")]
    public string? OccasionWord { get; set; }

    [BindProperty(SupportsGet = true, Name = "datum")]
    public DateOnly? PileDate { get; set; }

    [BindProperty(SupportsGet = true, Name = "deltagande")]
    public int? ParticipationId { get; set; }

    /// <summary>Under which key a refused form is kept.</summary>
    [BindProperty(SupportsGet = true, Name = "kvar")]
    public string? KeptKey { get; set; }

    /// <summary>Whose papers they are, when the pile is not of all in the insats.</summary>
    [BindProperty(SupportsGet = true, Name = "vems")]
    public string? Asked { get; set; }

    [BindProperty]
    public PileChoice Choice { get; set; } = new();

    [BindProperty]
    public PaperSearch Find { get; set; } = new();

    /// <summary>Under which key a search is kept: what is searched for never stands in an address.</summary>
    [BindProperty(SupportsGet = true, Name = "sokning")]
    public string? SearchKey { get; set; }

    /// <summary>The papers decide whose turn it is: each is searched for. Else the list does.</summary>
    [BindProperty(SupportsGet = true, Name = "sok")]
    public bool IsSearched { get; set; }

    /// <summary>The page answers a search, and nothing was to be saved.</summary>
    public bool IsSearch => SearchKey is not null;

    /// <summary>Those among whom the paper's participant is to be chosen.</summary>
    public IReadOnlyList<PaperHit> Hits { get; private set; } = [];

    [BindProperty]
    public AnswerInput Input { get; set; } = new();

    /// <summary>For the forms' addresses: what is kept is dropped when something new is sent.</summary>
    public string Kept => KeptKey is null ? "" : $"&kvar={Uri.EscapeDataString(KeptKey)}";

    public IReadOnlyList<SelectListItem> InsatsOptions { get; private set; } = [];

    public IReadOnlyList<SelectListItem> InstrumentOptions { get; private set; } = [];

    /// <summary>Null while it is still to be chosen.</summary>
    public AssessmentPile? Pile { get; private set; }

    public string Insats { get; private set; } = "";

    public InstrumentRow? Instrument { get; private set; }

    public IReadOnlyList<AssessmentPileRow> Participations { get; private set; } = [];

    /// <summary>Null while the pile is still to be chosen.</summary>
    public WhoseChoice? Whose { get; private set; }

    public int Registered => Participations.Count(s => s.HasAssessment);

    /// <summary>Whose paper is registered now; null when nobody is left.</summary>
    public AssessedParticipation? Current { get; private set; }

    public AnswerSheet? Sheet { get; private set; }

    /// <summary>What the current participant already has with the instrument at the occasion.</summary>
    public IReadOnlyList<AssessmentRow> Already { get; private set; } = [];

    /// <summary>The address of the pile, with whose turn it is.</summary>
    public string Address(int? participationId = null, string? handler = null)
    {
        var address = Whose is { } whose && Asked is not null ? whose.Address(WhoseChoice.Word(whose.Chosen)) : Pile!.Address(access.ForbundId);
        if (IsSearched)
            address += "&sok=true";
        if (participationId is { } id)
            address += string.Create(CultureInfo.InvariantCulture, $"&deltagande={id}");
        return handler is null ? address : $"{address}&handler={handler}";
    }

    /// <summary>The next in the pile who lacks the assessment; null when nobody else does.</summary>
    public AssessmentPileRow? After(int participationId)
    {
        var place = Participations.ToList().FindIndex(s => s.ParticipationId == participationId);
        return Participations
            .Skip(place + 1)
            .Concat(Participations.Take(place + 1))
            .FirstOrDefault(s => !s.HasAssessment && s.ParticipationId != participationId);
    }

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadOptionsAsync();
        if (InsatsId is null && InstrumentId is null)
        {
            Choice = new PileChoice { AnsweredOn = database.Today, InsatsId = Only(InsatsOptions), InstrumentId = Only(InstrumentOptions) };
            return Page();
        }

        if (await LoadPileAsync() is { } refusal)
            return refusal;
        if (SearchKey is not null && await SearchAsync() is { } found)
            return found;
        // Each paper has an address of its own: Back never shows the next person under the one that was left.
        if (ParticipationId is null && !IsSearched && Participations.FirstOrDefault(s => !s.HasAssessment) is { } first)
            return Redirect(Address(first.ParticipationId));
        var refused = await RefusedPaper.FindAsync(aside, KeptPath, KeptKey);
        if (await LoadCurrentAsync(ParticipationId, refused?.Input) is { } missing)
            return missing;
        if (refused is not null)
        {
            refused.Tell(ModelState, Sheet);
        }
        else if (KeptKey is not null && Already.Count == 0)
        {
            ModelState.AddModelError("", "Det som var ifyllt här är inte sparat, och visas inte längre. Fyll i det igen.");
        }

        return Page();
    }

    public async Task<IActionResult> OnPostChooseAsync()
    {
        await LoadOptionsAsync();
        ModelState.Keep("Choice");
        if (!InsatsOptions.Any(o => o.Value == Choice.InsatsId?.ToString(CultureInfo.InvariantCulture)))
            ModelState.AddModelError("Choice.InsatsId", "Välj en av dina insatser.");
        if (!InstrumentOptions.Any(o => o.Value == Choice.InstrumentId?.ToString(CultureInfo.InvariantCulture)))
            ModelState.AddModelError("Choice.InstrumentId", "Välj instrumentet som papperen har.");
        if (!AssessmentWords.Occasions.Any(o => o.Code == Choice.Occasion))
            ModelState.AddModelError("Choice.Occasion", "Välj vid vilket tillfälle papperen fylldes i.");
        if (Choice.AnsweredOn > database.Today)
            ModelState.AddModelError("Choice.AnsweredOn", "Datumet är i framtiden. Ange ett datum som har varit.");
        else if (Choice.AnsweredOn is { Year: < 1992 or > 2059 })
            ModelState.AddModelError("Choice.AnsweredOn", "Ange ett datum från 1992-01-01 till 2059-12-31.");
        if (!ModelState.IsValid)
            return Page();
        Pile = new AssessmentPile(Choice.InsatsId!.Value, Choice.InstrumentId!.Value, Choice.Occasion!, Choice.AnsweredOn);
        return Redirect(Address());
    }

    public async Task<IActionResult> OnPostFindAsync()
    {
        await LoadOptionsAsync();
        if (await LoadPileAsync() is { } refusal)
            return refusal;
        var text = (Find.Text ?? "").Trim();
        text = text.Length > SearchModel.LongestText ? text[..SearchModel.LongestText] : text;
        return Redirect($"{Address(ParticipationId)}&sokning={await aside.KeepAsync(SearchPath, text)}");
    }

    // To the participant when there is only one, or one with just that code; else it is chosen on the page, or said that nobody was found.
    private async Task<RedirectResult?> SearchAsync()
    {
        Find.Text = await aside.FindAsync(SearchPath, SearchKey);
        if (string.IsNullOrEmpty(Find.Text))
        {
            ModelState.AddModelError(
                "Find.Text", Find.Text is null ? "Sökningen visas inte längre. Skriv den igen." : "Skriv deltagarens kod, namn eller personnummer.");
            return null;
        }

        var result = await lists.SearchAsync(access.ForbundId, access.UserId, Find.Text, access.UserName, Pile!.InsatsId, HttpContext.RequestAborted);
        var hits = new List<PaperHit>();
        foreach (var hit in result.Hits)
            hits.Add(
                new PaperHit(
                    hit, await stays.LatestAsync(access.ForbundId, access.UserId, Pile.InsatsId, hit.ParticipantId, HttpContext.RequestAborted)));
        var exact = hits.Where(h => NormalForm.AreSame(h.Hit.Code, Find.Text)).ToList();
        if ((exact.Count == 1 ? exact : hits) is [{ ParticipationId: { } only }])
        {
            IsSearched = true;
            return Redirect(Address(only));
        }

        Hits = hits;
        if (hits.Count == 0)
            ModelState.AddModelError(
                "Find.Text",
                $"Ingen deltagare som du når i {Insats} hittades, varken inskriven eller avslutad. Kontrollera stavningen och insatsen.");
        else if (result.IsCut)
            ModelState.AddModelError("Find.Text", "Fler finns än de som visas. Skriv mer för att hitta rätt.");
        return null;
    }

    /// <summary>To somebody who was found: the papers decide from now on.</summary>
    public string SearchedAddress(int participationId) => $"{WithoutSearch(participationId)}&sok=true";

    /// <summary>Back to the order of the list.</summary>
    public string WithoutSearch(int? participationId = null)
    {
        var isSearched = IsSearched;
        IsSearched = false;
        var address = Address(participationId);
        IsSearched = isSearched;
        return address;
    }

    private string SearchPath => string.Create(CultureInfo.InvariantCulture, $"/f/{access.ForbundId}/sjalvskattningar/sok/{Pile!.InsatsId}");

    public async Task<IActionResult> OnPostSaveAsync()
    {
        await LoadOptionsAsync();
        if (await LoadPileAsync() is { } refusal)
            return refusal;
        ModelState.Keep("Input");
        var isAnothers = Input.ParticipationId != ParticipationId;
        if (isAnothers)
            ModelState.Clear();
        if (await LoadCurrentAsync(ParticipationId, isAnothers ? null : Input) is { } missing)
            return missing;
        if (Current is null || Sheet is null)
            return NotFound();
        if (isAnothers)
        {
            ModelState.AddModelError(
                "",
                $"Inget är sparat: svaren hörde till en annan deltagare än {Current.ParticipantCode}, som sidan gäller. Kontrollera koden på papperet och fyll i det igen."
            );
            return await RefuseAsync(new RefusedPaper { Errors = RefusedPaper.Told(ModelState) });
        }

        var typedDate =
            ModelState.GetFieldValidationState("Input.AnsweredOn") == ModelValidationState.Invalid ? ModelState["Input.AnsweredOn"]!.AttemptedValue : null;
        var unreadable = RefusedPaper.Told(ModelState);
        var answers = Sheet.Read(ModelState);
        var read = RefusedPaper.Told(ModelState).Except(unreadable).ToList();
        try
        {
            if (typedDate is not null)
                return await RefuseAsync(new RefusedPaper { Input = Input, TypedDate = typedDate, Errors = unreadable });
            var id = await assessments.RegisterAsync(
                new NewAssessment
                {
                    ForbundId = access.ForbundId,
                    ParticipationId = Current.ParticipationId,
                    InstrumentId = Pile!.InstrumentId,
                    Occasion = Pile.Occasion,
                    AnsweredOn = Input.AnsweredOn,
                    Answers = answers,
                    Actor = access.UserName,
                },
                HttpContext.RequestAborted);
            aside.Forget(KeptKey);
            Participations = await ParticipationsAsync(Pile);
            var next = After(Current.ParticipationId);
            TempData["Done"] = $"Sparat för {Current.ParticipantCode}. "
                + (IsSearched ? "Sök upp nästa." : next is null ? "Alla i listan är klara." : $"Nästa: {next.Code}.");
            TempData["SavedAssessment"] = id;
            TempData["SavedParticipation"] = Current.ParticipationId;
            return Redirect(Address(IsSearched ? null : next?.ParticipationId));
        }
        catch (RegistrationException exception)
        {
            Sheet.AddErrors(ModelState, exception);
            return await RefuseAsync(new RefusedPaper { Input = Input, Errors = [.. RefusedPaper.Told(ModelState).Except(read)] });
        }
    }

    private string KeptPath => string.Create(CultureInfo.InvariantCulture, $"/f/{access.ForbundId}/sjalvskattningar/{ParticipationId}");

    private async Task<IActionResult> RefuseAsync(RefusedPaper refused)
    {
        aside.Forget(KeptKey);
        return await refused.KeepAsync(aside, KeptPath) is { } key ? Redirect($"{Address(ParticipationId)}&kvar={key}") : Page();
    }

    /// <summary>Takes back the one that was saved last; its paper comes up again.</summary>
    public async Task<IActionResult> OnPostUndoAsync(int assessmentId, int savedParticipationId)
    {
        await LoadOptionsAsync();
        if (await LoadPileAsync() is { } refusal)
            return refusal;
        var stay = await stays.FindAsync(access.ForbundId, access.UserId, savedParticipationId, HttpContext.RequestAborted);
        if (stay is null || !access.Reaches(stay.InsatsId))
            return NotFound();
        var saved = (await assessments.OfParticipationAsync(access.ForbundId, savedParticipationId, HttpContext.RequestAborted)).FirstOrDefault(a =>
            a.Row.Id == assessmentId);
        try
        {
            if (saved is not null)
                await assessments.RemoveAsync(access.ForbundId, assessmentId, saved.Row.Version, access.UserName, HttpContext.RequestAborted);
        }
        catch (RegistrationException exception)
        {
            ModelState.AddModelError(
                "",
                exception.IsStale()
                    ? "Någon annan har just ändrat skattningen. Öppna den på deltagarens sida och ta bort den där."
                    : exception.Errors[0].Message);
            return await LoadCurrentAsync(savedParticipationId) ?? Page();
        }

        TempData["Done"] = $"Skattningen för {stay.ParticipantCode} är borttagen.";
        return Redirect(Address(savedParticipationId));
    }

    private static int? Only(IReadOnlyList<SelectListItem> options) => options.Count == 1 ? int.Parse(options[0].Value, CultureInfo.InvariantCulture) : null;

    private async Task LoadOptionsAsync()
    {
        var tree = await insatser.TreeAsync(access.ForbundId, HttpContext.RequestAborted);
        InsatsOptions =
        [
            .. tree.SelectMany(n => n.Delprojekt.Prepend(n)).Select(n => n.Insats)
                .Where(i => i.FollowUpMethod == "individual" && access.Reaches(i.Id))
                .Select(i => new SelectListItem(i.Name, i.Id.ToString(CultureInfo.InvariantCulture))),
        ];
        InstrumentOptions = AssessmentWords.Options(await instruments.AllAsync(access.ForbundId, HttpContext.RequestAborted));
    }

    private async Task<IActionResult?> LoadPileAsync()
    {
        var occasion = AssessmentWords.Occasions.FirstOrDefault(o => o.Word == OccasionWord).Code;
        if (InsatsId is not { } insatsId || InstrumentId is not { } instrumentId || occasion is null || !access.Reaches(insatsId))
            return NotFound();
        var insats = await insatser.FindAsync(access.ForbundId, insatsId, HttpContext.RequestAborted);
        Instrument = (await instruments.AllAsync(access.ForbundId, HttpContext.RequestAborted)).FirstOrDefault(i => i.Id == instrumentId);
        if (insats is null || Instrument is null)
            return NotFound();
        var date = PileDate is { Year: >= 1992 and <= 2059 } given && given <= database.Today ? given : database.Today;
        Insats = insats.Name;
        Pile = new AssessmentPile(insatsId, instrumentId, occasion, date);
        Participations = await ParticipationsAsync(Pile);
        return null;
    }

    // At start and follow-up those who take part, at exit and after it those who have left. A follow-up comes again and
    // again: whoever has answered anything lately is in this round.
    private async Task<IReadOnlyList<AssessmentPileRow>> ParticipationsAsync(AssessmentPile pile)
    {
        var isOngoing = pile.Occasion is "start" or "followup";
        var round = pile.AnsweredOn.AddMonths(-MonthsOfFollowUp);
        IReadOnlyList<AssessmentPileRow> all =
        [
            .. (await assessments.PileAsync(access.ForbundId, pile.InsatsId, pile.InstrumentId, pile.Occasion, access.UserId, HttpContext.RequestAborted))
                .Where(s => isOngoing == (s.EndedOn is null))
                .Select(s => pile.Occasion == "followup" ? s with { HasAssessment = s.LastOn >= round } : s)
                .OrderBy(s => s.Code, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.ParticipationId),
        ];
        var followed = await caseworkers.FollowedAsync(access.ForbundId, access.UserId, HttpContext.RequestAborted);
        // A pile of paper is of all in the insats unless somebody has said otherwise.
        Whose = new WhoseChoice(
            WhoseChoice.Of(Asked ?? WhoseChoice.Word(FinsamOutcomes.Data.Participations.Whose.All), followed),
            Enum.GetValues<Whose>().ToDictionary(w => w, w => all.Count(s => !s.HasAssessment && followed.IsIn(w, s.ParticipationId))),
            followed.HasOwn,
            word => $"{pile.Address(access.ForbundId)}&vems={word}");
        return [.. all.Where(s => followed.IsIn(Whose.Chosen, s.ParticipationId))];
    }

    private async Task<IActionResult?> LoadCurrentAsync(int? participationId, AnswerInput? typed = null)
    {
        if (participationId is not { } id)
            return null;
        Current = await stays.FindAsync(access.ForbundId, access.UserId, id, HttpContext.RequestAborted);
        if (Current?.InsatsId != Pile!.InsatsId)
            return NotFound();
        shown.AddNamedStays(id, After(id)?.ParticipationId ?? id);
        Already = [.. (await assessments.OfParticipationAsync(access.ForbundId, id, HttpContext.RequestAborted))
            .Select(a => a.Row).Where(a => a.InstrumentId == Pile.InstrumentId && a.Occasion == Pile.Occasion)];
        Input = typed ?? new AnswerInput { ParticipationId = id, AnsweredOn = Pile.AnsweredOn };
        Sheet = new AnswerSheet(Instrument!, await instruments.ItemsAsync(access.ForbundId, Pile.InstrumentId, HttpContext.RequestAborted), Input);
        return null;
    }
}
