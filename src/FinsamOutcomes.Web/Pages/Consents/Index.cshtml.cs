using FinsamOutcomes.Data.Consents;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Consents;

/// <summary>A participant's written consents: noted, withdrawn, and what follows then.</summary>
public sealed class IndexModel(CurrentAccess access, FinsamDatabase database, ParticipantStore participants, ConsentStore consents) : PageModel
{
    public static IReadOnlyList<SelectListItem> Scopes { get; } = [.. ConsentScope.All.Select(s => new SelectListItem(s.Label, s.Code))];

    [BindProperty]
    public ConsentInput Add { get; set; } = new();

    [BindProperty]
    public WithdrawalInput Input { get; set; } = new();

    public ParticipantRow Participant { get; private set; } = null!;

    public IReadOnlyList<Consent> Consents { get; private set; } = [];

    public bool JustWithdrawn { get; private set; }

    public string Today => database.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What is wrong with the day of a withdrawal, and how it was typed.</summary>
    public string? Wrong => ModelState.TryGetValue("Input.WithdrawnOn", out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;

    public string? Typed => ModelState.TryGetValue("Input.WithdrawnOn", out var entry) ? entry.AttemptedValue : null;

    public string Back => $"/f/{access.ForbundId}/deltagare/{Participant.Id}";

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync()
    {
        JustWithdrawn = TempData["Withdrawn"] is true;
        return await LoadAsync() ? Page() : NotFound();
    }

    public Task<IActionResult> OnPostAddAsync()
    {
        foreach (var key in ModelState.Keys.Where(k => k.StartsWith("Input.", StringComparison.Ordinal)).ToList())
            ModelState.Remove(key);
        return DoAsync("Samtycket är inskrivet.", "Add", id => consents.AddAsync(
            new NewConsent
            {
                ForbundId = access.ForbundId,
                ParticipantId = id,
                Scopes = Add.Scopes,
                GivenOn = Add.GivenOn,
                FormPlace = Add.FormPlace,
                Actor = access.UserName,
            },
            Cancelled));
    }

    public Task<IActionResult> OnPostWithdrawAsync()
    {
        LeaveAdd();
        if (Input.WithdrawnOn is null)
            ModelState.AskFor("Input.WithdrawnOn", "Ange vilken dag samtycket återkallades.");
        return DoAsync("Det är inskrivet att samtycket är återkallat.", "Input", async id =>
        {
            await consents.WithdrawAsync(access.ForbundId, id, Input.Id, Input.Version, Input.WithdrawnOn, access.UserName, Cancelled);
            TempData["Withdrawn"] = true;
        });
    }

    public Task<IActionResult> OnPostUndoAsync()
    {
        ModelState.Clear();
        return DoAsync("Samtycket gäller igen.", "Input", id =>
            consents.WithdrawAsync(access.ForbundId, id, Input.Id, Input.Version, null, access.UserName, Cancelled));
    }

    public Task<IActionResult> OnPostRemoveAsync()
    {
        ModelState.Clear();
        return DoAsync("Samtycket är borttaget.", "Input", id =>
            consents.RemoveAsync(access.ForbundId, id, Input.Id, Input.Version, access.UserName, Cancelled));
    }

    private void LeaveAdd()
    {
        foreach (var key in ModelState.Keys.Where(k => k.StartsWith("Add.", StringComparison.Ordinal)).ToList())
            ModelState.Remove(key);
    }

    private async Task<IActionResult> DoAsync(string done, string prefix, Func<int, Task> act)
    {
        if (!await LoadAsync())
            return NotFound();
        if (ModelState.IsValid)
        {
            try
            {
                await act(Participant.Id);
                TempData["Done"] = done;
                return Redirect($"{Back}/samtycke");
            }
            catch (RegistrationException exception) when (exception.IsStale())
            {
                ModelState.Clear();
                ModelState.AddModelError("", "Någon annan har ändrat samtycket sedan du öppnade sidan. Så här är det nu. Gör om ändringen om den behövs.");
            }
            catch (RegistrationException exception)
            {
                ModelState.AddErrors(exception, prefix);
            }
        }

        return Page();
    }

    private async Task<bool> LoadAsync()
    {
        if (await participants.FindAsync(access.ForbundId, access.Route.ParticipantId, Cancelled) is not { } found)
            return false;
        Participant = found;
        Consents = await consents.OfAsync(access.ForbundId, found.Id, Cancelled);
        return true;
    }
}

/// <summary>A consent as typed.</summary>
public sealed class ConsentInput
{
    public List<string> Scopes { get; set; } = [];

    public DateOnly? GivenOn { get; set; }

    public string? FormPlace { get; set; }

    /// <summary>Nothing of it: it would end up in a log.</summary>
    public override string ToString() => nameof(ConsentInput);
}

/// <summary>Which consent is withdrawn or removed, and the version that was shown.</summary>
public sealed class WithdrawalInput
{
    public int Id { get; set; }

    public int Version { get; set; }

    public DateOnly? WithdrawnOn { get; set; }
}
