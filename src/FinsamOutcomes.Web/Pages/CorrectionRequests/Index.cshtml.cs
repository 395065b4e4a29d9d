using FinsamOutcomes.Data.CorrectionRequests;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.CorrectionRequests;

/// <summary>What a participant has asked to have corrected, and the answers.</summary>
public sealed class IndexModel(
    CurrentAccess access,
    FinsamDatabase database,
    ParticipantStore participants,
    CorrectionRequestStore corrections) : PageModel
{
    public static IReadOnlyList<SelectListItem> Answers { get; } = [.. CorrectionAnswer.Kinds.Select(k => new SelectListItem(k.Label, k.Code))];

    [BindProperty]
    public CorrectionRequestInput Input { get; set; } = new();

    [BindProperty]
    public CorrectionAnswerInput Answer { get; set; } = new();

    public ParticipantRow Participant { get; private set; } = null!;

    public IReadOnlyList<CorrectionRequest> Requests { get; private set; } = [];

    /// <summary>The one that is being answered.</summary>
    public CorrectionRequest? Answered { get; private set; }

    public string Back => $"/f/{access.ForbundId}/deltagare/{Participant.Id}";

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync(int? svara)
    {
        if (!await LoadAsync(svara))
            return NotFound();
        Input.AskedOn = database.Today;
        Answer.AnsweredOn = database.Today;
        return Page();
    }

    public Task<IActionResult> OnPostAddAsync()
    {
        Leave("Answer.");
        return DoAsync(null, "Begäran är inskriven.", "Input", id =>
            corrections.AddAsync(access.ForbundId, id, Input.AskedOn, Input.Request, access.UserName, Cancelled));
    }

    public Task<IActionResult> OnPostAnswerAsync(int svara)
    {
        Leave("Input.");
        return DoAsync(svara, "Svaret är inskrivet.", "Answer", id => corrections.AnswerAsync(
            new CorrectionAnswer
            {
                ForbundId = access.ForbundId,
                ParticipantId = id,
                RequestId = svara,
                Answer = Answer.Answer,
                AnsweredOn = Answer.AnsweredOn,
                Text = Answer.Text,
                Actor = access.UserName,
            },
            Cancelled));
    }

    public Task<IActionResult> OnPostReopenAsync(int id)
    {
        ModelState.Clear();
        return DoAsync(null, "Svaret är borttaget, och begäran väntar igen.", "Input", participant =>
            corrections.ReopenAsync(access.ForbundId, participant, id, access.UserName, Cancelled));
    }

    private void Leave(string prefix)
    {
        foreach (var key in ModelState.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).ToList())
            ModelState.Remove(key);
    }

    private async Task<IActionResult> DoAsync(int? answered, string done, string prefix, Func<int, Task> act)
    {
        if (!await LoadAsync(answered))
            return NotFound();
        if (ModelState.IsValid)
        {
            try
            {
                await act(Participant.Id);
                TempData["Done"] = done;
                return Redirect($"{Back}/rattelse");
            }
            catch (RegistrationException exception)
            {
                ModelState.AddErrors(exception, exception.Errors.All(e => e.Field.Length == 0) ? "" : prefix);
            }
        }

        return Page();
    }

    private async Task<bool> LoadAsync(int? answered)
    {
        if (await participants.FindAsync(access.ForbundId, access.Route.ParticipantId, Cancelled) is not { } found)
            return false;
        Participant = found;
        Requests = await corrections.OfAsync(access.ForbundId, found.Id, Cancelled);
        Answered = Requests.FirstOrDefault(r => r.Row.Id == answered && r.Row.Answer is null);
        return true;
    }
}

/// <summary>A request as typed.</summary>
public sealed class CorrectionRequestInput
{
    public DateOnly? AskedOn { get; set; }

    public string? Request { get; set; }

    /// <summary>Nothing of it: it would end up in a log.</summary>
    public override string ToString() => nameof(CorrectionRequestInput);
}

/// <summary>An answer as typed.</summary>
public sealed class CorrectionAnswerInput
{
    public string? Answer { get; set; }

    public DateOnly? AnsweredOn { get; set; }

    public string? Text { get; set; }

    /// <summary>Nothing of it: it would end up in a log.</summary>
    public override string ToString() => nameof(CorrectionAnswerInput);
}
