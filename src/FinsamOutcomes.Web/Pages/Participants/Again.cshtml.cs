using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Pages.Participations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Participants;

/// <summary>A registered participant in one more insats, in one again, or in a stay that is past.</summary>
public sealed class AgainModel(
    FinsamDatabase database,
    CurrentAccess access,
    ParticipationFinder finder,
    InsatsStore insatser,
    CodeListStore codes,
    ParticipantStore participants,
    CaseworkerStore caseworkers,
    ParticipationStore participations,
    ShownPeople shown) : PageModel
{
    [BindProperty]
    public AgainInput Input { get; set; } = new();

    [BindProperty]
    public UnusualFacts Unusual { get; set; } = new();

    public ParticipantRow Participant { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> Insatser { get; private set; } = [];

    public ParticipationLists Lists { get; private set; } = null!;

    /// <summary>Who may follow the participant: the caseworkers of the user's insatser.</summary>
    public IReadOnlyList<SelectListItem> Colleagues { get; private set; } = [];

    /// <summary>False for somebody who left so long ago that nothing but the code is shown.</summary>
    public bool IsReached { get; private set; }

    public string Back => IsReached ? $"/f/{access.ForbundId}/deltagare/{Participant.Id}" : $"/f/{access.ForbundId}/deltagare";

    /// <summary>The education that stands in the form is the one that was known before.</summary>
    public bool IsEducationKnown { get; private set; }

    /// <summary>Something is written about an end, or wrong with it.</summary>
    public bool IsPast =>
        Input.EndedOn is not null
        || ModelState.Any(e =>
            e.Value!.Errors.Count > 0 && (e.Key is "Input.EndedOn" or "Input.ExitReason" || e.Key.StartsWith("Input.After", StringComparison.Ordinal)));

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        Input = new AgainInput
        {
            InsatsId = Insatser.Count == 1 ? int.Parse(Insatser[0].Value, System.Globalization.CultureInfo.InvariantCulture) : null,
            On = database.Today,
            EducationLevel = await participations.LastEducationAsync(access.ForbundId, access.UserId, Participant.Id, Cancelled),
            CaseworkerId = Colleagues.Any(c => c.Value == Field.Text(access.UserId)) ? access.UserId : null,
        };
        IsEducationKnown = Input.EducationLevel is not null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        var before = Input.Before.Read(ModelState, "Input.Before");
        var after = Input.After.Read(ModelState, "Input.After");
        if (Input.InsatsId is null)
            ModelState.AskFor("Input.InsatsId", "Välj insats.");
        else if (!access.Reaches(Input.InsatsId.Value))
            ModelState.AddModelError("Input.InsatsId", "Du arbetar inte i den insatsen. Välj en av dina egna.");
        if (Input.On is null)
            ModelState.AskFor("Input.On", "Skriv datumet.");
        if (Input.IsQueued && (Input.EndedOn is not null || !string.IsNullOrEmpty(Input.ExitReason)))
            ModelState.AddModelError(
                "Input.EndedOn",
                "Den som ställs i kö är inte utskriven. Välj att deltagaren skrivs in, eller ta bort uppgifterna om avslutet.");
        // Of somebody who left so long ago nothing is told, the birth year neither.
        Unusual.AskAge(IsReached ? Participant.BirthYear : null, Input.On);
        if (Input.InsatsId is { } insatsId && access.Reaches(insatsId))
            Unusual.AskEntry(Input.On, await insatser.FindAsync(access.ForbundId, insatsId, Cancelled));
        if (Unusual.MustAsk(ModelState) || !ModelState.IsValid)
            return Page();
        try
        {
            return await RegisterAsync(before, after);
        }
        catch (RegistrationException exception)
        {
            foreach (var error in exception.Errors)
                ModelState.AddModelError(Place(error.Field), error.Message);
            return Page();
        }
    }

    private async Task<IActionResult> RegisterAsync(Situation before, Situation after)
    {
        var i = Input;
        var registered = i.IsQueued
            ? await participations.QueueAsync(
                new NewQueueEntry
                {
                    ForbundId = access.ForbundId,
                    ParticipantId = Participant.Id,
                    InsatsId = i.InsatsId!.Value,
                    QueuedOn = i.On!.Value,
                    Referrer = i.Referrer,
                    EducationLevel = i.EducationLevel,
                    Before = before,
                    CaseworkerId = i.CaseworkerId,
                    Actor = access.UserName,
                },
                Cancelled)
            : await participations.RegisterAsync(
                new NewParticipation
                {
                    ForbundId = access.ForbundId,
                    ParticipantId = Participant.Id,
                    InsatsId = i.InsatsId!.Value,
                    StartedOn = i.On!.Value,
                    Referrer = i.Referrer,
                    EducationLevel = i.EducationLevel,
                    Before = before,
                    EndedOn = i.EndedOn,
                    ExitReason = i.ExitReason,
                    IsPlannedExit = i.EndedOn is null ? null : i.IsPlannedExit,
                    After = after,
                    CaseworkerId = i.CaseworkerId,
                    Actor = access.UserName,
                },
                Cancelled);
        var where = Insatser.First(o => o.Value == Field.Text(i.InsatsId)).Text;
        var done = (i.IsQueued, i.EndedOn) switch
        {
            (true, _) => $"{Participant.Code} står i kö till {where}.",
            (_, null) => $"{Participant.Code} är inskriven i {where}.",
            _ => $"Det tidigare deltagandet i {where} är registrerat.",
        };
        var (address, why) = await finder.AfterAsync(Participant.Id, Cancelled);
        TempData["Done"] = string.Join(" ", [done, .. registered.Warnings, .. why is null ? Array.Empty<string>() : [why]]);
        return Redirect(address);
    }

    private static string Place(string field) => field switch
    {
        nameof(NewParticipation.ParticipantId) => "",
        nameof(NewParticipation.StartedOn) or nameof(NewParticipation.QueuedOn) => "Input.On",
        nameof(Situation.Livelihoods) or nameof(Situation.Occupation) => SituationInput.Field(field, "Input.Before"),
        _ when field.StartsWith("After.", StringComparison.Ordinal) => SituationInput.Field(field["After.".Length..], "Input.After"),
        _ => $"Input.{field}",
    };

    private async Task<bool> LoadAsync()
    {
        if (await participants.FindAsync(access.ForbundId, access.Route.ParticipantId, Cancelled) is not { } found)
            return false;
        Participant = found;
        IsReached = (await finder.AfterAsync(access.Route.ParticipantId, Cancelled)).Why is null;
        if (IsReached)
            shown.AddNamed(found.Id);
        Insatser = (await insatser.TreeAsync(access.ForbundId, Cancelled)).ToOptions(i => i.FollowUpMethod == "individual" && access.Reaches(i.Id));
        Lists = await ParticipationLists.LoadAsync(codes, access.ForbundId, Cancelled);
        Colleagues = await CaseworkerModel.ColleaguesAsync(caseworkers, access, Cancelled);
        return true;
    }
}

/// <summary>What is typed to register a participant once more.</summary>
public sealed class AgainInput
{
    public int? InsatsId { get; set; }

    /// <summary>Of the entry, or of the place in the queue.</summary>
    public DateOnly? On { get; set; }

    public bool IsQueued { get; set; }

    public string? Referrer { get; set; }

    public string? EducationLevel { get; set; }

    public SituationInput Before { get; set; } = new();

    /// <summary>Null for nobody yet.</summary>
    public int? CaseworkerId { get; set; }

    /// <summary>For a stay that is past.</summary>
    public DateOnly? EndedOn { get; set; }

    public string? ExitReason { get; set; }

    public bool? IsPlannedExit { get; set; }

    public SituationInput After { get; set; } = new();
}
