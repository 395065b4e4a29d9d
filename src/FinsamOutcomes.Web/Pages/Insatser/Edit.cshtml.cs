using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Insatser;

/// <summary>
/// Changes an insats; what locked when it was created is shown with the reason. One that closes asks about those who are
/// still in it, by their codes, before anything is saved.
/// </summary>
public sealed class EditModel(
    CurrentAccess access,
    InsatsStore insatser,
    InsatsClosing closing,
    CodeListStore codes,
    ChangeReader changes,
    FinsamDatabase database,
    ShownPeople shown) : PageModel
{
    /// <summary>So many are asked about at a time: a form holds a thousand fields. Those longest in the insats come first.</summary>
    public const int MostAtOnce = 150;

    [BindProperty]
    public InsatsForm Input { get; set; } = new();

    public InsatsRow Insats { get; private set; } = null!;

    /// <summary>The insats that it is a delprojekt of.</summary>
    public InsatsRow? Parent { get; private set; }

    public InsatsChoices Choices { get; private set; } = null!;

    /// <summary>Who has no exit from an insats that has closed or is to be; empty while it goes on.</summary>
    public IReadOnlyList<StillInRow> StillIn { get; private set; } = [];

    /// <summary>How many more there are than the form asks about.</summary>
    public int More { get; private set; }

    public int Entered { get; private set; }

    public int Queued { get; private set; }

    /// <summary>What is asked when the insats is about to close; null when nothing is or when it is asked as an error.</summary>
    public string? Question { get; private set; }

    public IReadOnlyList<SelectListItem> ExitReasons { get; private set; } = [];

    /// <summary>The form asks what shall become of each of them.</summary>
    public bool AsksAboutExits => Input.Exits.Count > 0;

    public ChangedSince? Changed { get; private set; }

    public async Task OnGetAsync([FromQuery(Name = "avslut")] string? asked = null)
    {
        await LoadAsync();
        Input = InsatsForm.Of(Insats, await insatser.TargetGroupsAsync(access.ForbundId, Insats.Id, HttpContext.RequestAborted));
        await LoadStillInAsync();
        if (asked == "ja")
            Input.Meet(StillIn, ModelState);
        await LoadChoicesAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        await LoadStillInAsync();
        if (Input.HasStart(ModelState) && IsAnswered())
        {
            var exits = Input.WantedExits(StillIn);
            try
            {
                await closing.UpdateAsync(
                    new InsatsChange
                    {
                        ForbundId = access.ForbundId,
                        Id = Insats.Id,
                        Version = Input.Version,
                        Name = Input.Name ?? "",
                        Orientation = Insats.Orientation,
                        SpecificOrientation = Insats.SpecificOrientation ?? Input.SpecificOrientation,
                        FollowUpMethod = Insats.FollowUpMethod,
                        IsEsf = Insats.IsEsf,
                        StartsOn = Input.StartsOn!.Value,
                        EndsOn = Input.EndsOn,
                        Capacity = Input.Capacity,
                        TargetGroups = Input.TargetGroups,
                        Actor = access.UserName,
                    },
                    exits,
                    HttpContext.RequestAborted);
                TempData["Done"] = Done(exits);
                return Redirect($"/f/{access.ForbundId}/insatser");
            }
            catch (RegistrationException exception) when (exception.IsStale())
            {
                Changed = (await changes.SinceAsync(access.ForbundId, ChangedEntity.Insats, Insats.Id, Input.Version, HttpContext.RequestAborted)).Merge(
                    ModelState);
                Input.Version = ChangedSince.Renew(ModelState, Insats.Version);
            }
            catch (RegistrationException exception)
            {
                ModelState.AddErrors(exception);
            }
        }

        if (AsksAboutExits)
        {
            await LoadStillInAsync();
            Input.Meet(StillIn, ModelState);
            Input.Renew(StillIn, ModelState);
            Input.NameErrors(StillIn, ModelState);
        }

        await LoadChoicesAsync();
        return Page();
    }

    // A new closing day asks first, and so does somebody who came or went after the list was shown.
    private bool IsAnswered()
    {
        if (StillIn.Count == 0 || (Input.Exits.Count == 0 && Input.EndsOn == Insats.EndsOn))
        {
            Input.Exits = [];
            return true;
        }

        var seen = Input.Exits.Select(e => e.ParticipationId).ToHashSet();
        Input.Meet(StillIn, ModelState);
        if (StillIn.Count == seen.Count && StillIn.All(s => seen.Contains(s.ParticipationId)))
            return true;
        if (seen.Count == 0)
            Question = $"{Left()}. Välj här nedanför vad som ska hända, och spara en gång till.";
        else
            ModelState.AddModelError(
                "Input.Exits",
                "Vilka som är kvar i insatsen har ändrats sedan du öppnade sidan. Se efter här nedanför, och spara en gång till.");
        return false;
    }

    private string Left() => (Entered, Queued) switch
    {
        (0, 1) => "En deltagare står kvar i kön",
        (0, _) => $"{Queued} deltagare står kvar i kön",
        _ => $"{(Entered == 1 ? "En" : Entered)} deltagare är kvar i insatsen{(Queued == 0 ? "" : $" och {(Queued == 1 ? "en" : Queued)} i kön")}",
    };

    private string Done(IReadOnlyList<ClosingExit> exits)
    {
        var queued = exits.Count(e => StillIn.First(s => s.ParticipationId == e.ParticipationId).IsQueued);
        var entered = exits.Count - queued;
        string[] parts =
        [
            "Insatsens uppgifter är sparade",
            .. entered == 0 ? Array.Empty<string>() : [entered == 1 ? "ett avslut är registrerat" : $"{entered} avslut är registrerade"],
            .. queued == 0 ? Array.Empty<string>() : [queued == 1 ? "en deltagare är borttagen ur kön" : $"{queued} deltagare är borttagna ur kön"],
        ];
        return $"{string.Join(", ", parts[..^1])}{(parts.Length == 1 ? "" : ", och ")}{parts[^1]}.";
    }

    private async Task LoadStillInAsync()
    {
        if (Input.EndsOn is not { } last || last > database.Today)
            return;
        var all = await closing.StillInAsync(access.ForbundId, Insats.Id, HttpContext.RequestAborted);
        (StillIn, More) = ([.. all.Take(MostAtOnce)], Math.Max(0, all.Count - MostAtOnce));
        (Entered, Queued) = (all.Count(s => !s.IsQueued), all.Count(s => s.IsQueued));
        if (StillIn.Count == 0)
            return;
        shown.AddParticipations(StillIn.Select(s => s.ParticipationId));
        ExitReasons =
        [
            .. (await codes.OfForbundAsync(access.ForbundId, CodeList.ExitReason, HttpContext.RequestAborted))
                .Offered()
                .Where(r => r.Code != ParticipationStore.Misregistration)
                .Select(r => new SelectListItem(r.Label, r.Code)),
        ];
    }

    private async Task LoadAsync()
    {
        Insats = (await insatser.FindAsync(access.ForbundId, access.Route.InsatsId, HttpContext.RequestAborted))!;
        if (Insats.ParentId is { } parentId)
            Parent = await insatser.FindAsync(access.ForbundId, parentId, HttpContext.RequestAborted);
    }

    private async Task LoadChoicesAsync() => Choices = await InsatsChoices.LoadAsync(codes, access.ForbundId, Input, HttpContext.RequestAborted);
}
