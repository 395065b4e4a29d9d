using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Participants;

/// <summary>Makes one of two records of a person, after a look at what is kept. Both must be reached by the user.</summary>
public sealed class MergeModel(
    CurrentAccess access,
    AccessStore reached,
    ParticipantStore participants,
    ParticipantMergeStore merges,
    CodeListStore codes,
    ShownPeople shown) : PageModel
{
    private const string NotFoundMessage = "Ingen annan deltagare med den koden finns i dina insatser. Kontrollera koden.";

    [BindProperty]
    public MergeInput Input { get; set; } = new();

    [BindProperty]
    public UnusualFacts Unusual { get; set; } = new();

    public ParticipantRow Participant { get; private set; } = null!;

    public MergePreview? Preview { get; private set; }

    private Dictionary<string, string> _genders = [];

    public string Back => $"/f/{access.ForbundId}/deltagare/{Participant.Id}";

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        if (string.IsNullOrWhiteSpace(Input.Code))
            ModelState.AskFor("Input.Code", "Skriv den andra registreringens deltagarkod.");
        if (!ModelState.IsValid)
            return Page();
        if (await participants.FindAsync(access.ForbundId, Input.Code!, Cancelled) is not { } other || other.Id == Participant.Id || !await IsReachedAsync(other.Id))
        {
            ModelState.AddModelError("Input.Code", NotFoundMessage);
            return Page();
        }

        await ShowAsync(other.Id);
        MustAsk();
        return Page();
    }

    public async Task<IActionResult> OnPostMergeAsync()
    {
        if (!await LoadAsync() || !await IsReachedAsync(Input.OtherId))
            return NotFound();
        var (keptVersion, otherVersion) = (Input.KeptVersion, Input.OtherVersion);
        await ShowAsync(Input.OtherId);
        if (Preview is null)
            return NotFound();
        if (MustAsk())
            return Page();
        try
        {
            await merges.MergeAsync(
                new NewMerge
                {
                    ForbundId = access.ForbundId,
                    KeptId = Participant.Id,
                    KeptVersion = keptVersion,
                    MergedId = Input.OtherId,
                    MergedVersion = otherVersion,
                    Actor = access.UserName,
                },
                Cancelled);
        }
        catch (RegistrationException exception)
        {
            foreach (var error in exception.Errors)
                ModelState.AddModelError("", exception.IsStale() ? "Någon har ändrat en av registreringarna sedan du såg dem. Titta igenom hur det blir nu." : error.Message);
            await ShowAsync(Input.OtherId);
            return Page();
        }

        TempData["Done"] = $"Registreringarna är sammanslagna. {Participant.Code} är kvar.";
        return Redirect(Back);
    }

    /// <summary>The days of a stay, as people write them.</summary>
    public static string Days(MergeStayRow stay)
    {
        ArgumentNullException.ThrowIfNull(stay);
        return stay switch
        {
            { StartedOn: { } started, EndedOn: null } => string.Create(CultureInfo.InvariantCulture, $"sedan {started:yyyy-MM-dd}"),
            { StartedOn: { } started } => string.Create(CultureInfo.InvariantCulture, $"{started:yyyy-MM-dd} – {stay.EndedOn:yyyy-MM-dd}"),
            { EndedOn: { } left } => string.Create(CultureInfo.InvariantCulture, $"i kö {stay.QueuedOn:yyyy-MM-dd} – {left:yyyy-MM-dd}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"i kö sedan {stay.QueuedOn:yyyy-MM-dd}"),
        };
    }

    private async Task<bool> LoadAsync()
    {
        if (await participants.FindAsync(access.ForbundId, access.Route.ParticipantId, Cancelled) is not { MergedIntoId: null } found)
            return false;
        Participant = found;
        shown.AddNamed(found.Id);
        return true;
    }

    private async Task<bool> IsReachedAsync(int participantId) =>
        (await reached.InsatserOfParticipantAsync(access.UserId, access.ForbundId, participantId, Cancelled)).Any(access.Reaches);

    private bool MustAsk()
    {
        Unusual.Ask(Preview?.Differences ?? []);
        return Unusual.MustAsk(ModelState);
    }

    private async Task ShowAsync(int otherId)
    {
        Preview = await merges.PreviewAsync(access.ForbundId, Participant.Id, otherId, access.UserId, Cancelled);
        if (Preview is not { } preview)
            return;
        (Input.OtherId, Input.KeptVersion, Input.OtherVersion) = (otherId, preview.Kept.Version, preview.Merged.Version);
        foreach (var field in new[] { nameof(Input.OtherId), nameof(Input.KeptVersion), nameof(Input.OtherVersion) })
            ModelState.Remove($"Input.{field}");
        Input.Code ??= preview.Merged.Code;
        _genders = (await codes.GendersAsync(Cancelled)).ToDictionary(g => g.Code, g => g.Label, StringComparer.Ordinal);
        shown.AddNamed(otherId);
    }

    /// <summary>What the records say, and what the kept one says afterwards; for the view, which may tell who they are.</summary>
    public IReadOnlyList<(string Label, string Kept, string Other, string After)> Facts(MergePreview preview)
    {
        ArgumentNullException.ThrowIfNull(preview);
        var (kept, merged) = (shown.Identity(preview.Kept.Id), shown.Identity(preview.Merged.Id));
        return
        [
            ("Deltagarkod", preview.Kept.Code, preview.Merged.Code, preview.Kept.Code),
            ("Juridiskt kön", _genders[preview.Kept.Gender], _genders[preview.Merged.Gender], _genders[preview.Gender]),
            ("Född", Year(preview.Kept.BirthYear), Year(preview.Merged.BirthYear), Year(preview.BirthYear)),
            ("Namn", Name(preview.Kept), Name(preview.Merged), Name(preview.TakesName ? preview.Merged : preview.Kept)),
            (
                "Personnummer",
                Number(kept),
                Number(merged),
                preview.TakesNumber ? Number(merged)
                : preview.Merged.HasPersonalNumber && Number(kept) != Number(merged) ? $"{Number(kept)}, och deltagaren hittas också på {Number(merged)}"
                : Number(kept)),
        ];

        string Name(ParticipantRow row) => shown.Name(row.Id) ?? "inget";

        static string Year(int? year) => year?.ToString(CultureInfo.InvariantCulture) ?? "uppgift saknas";

        static string Number(ParticipantIdentity? identity) =>
            identity is { IsNumberUnreadable: true } ? "går inte att läsa" : identity?.PersonalNumber is { } digits ? PersonModel.Number(digits) : "inget";
    }
}

/// <summary>What is typed and confirmed to merge two records.</summary>
public sealed class MergeInput
{
    /// <summary>Of the other record.</summary>
    public string? Code { get; set; }

    /// <summary>The other record that was shown.</summary>
    public int OtherId { get; set; }

    public int KeptVersion { get; set; }

    public int OtherVersion { get; set; }
}
