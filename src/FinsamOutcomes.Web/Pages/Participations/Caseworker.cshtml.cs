using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>Who follows the participant from now on.</summary>
public sealed class CaseworkerModel(
    FinsamDatabase database,
    CurrentAccess access,
    ParticipationFinder finder,
    ChangeReader changes,
    CaseworkerStore caseworkers) : ParticipationFormModel(access, finder, changes)
{
    [BindProperty]
    public CaseworkerInput Input { get; set; } = new();

    public IReadOnlyList<CaseworkerRow> Known { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Candidates { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var now = Known.FirstOrDefault(c => c.ToOn is null)?.AppUserId;
        var today = Participation.Row.EndedOn ?? database.Today;
        Input = new CaseworkerInput
        {
            AppUserId = now ?? (Candidates.Any(c => c.Value == Field.Text(Access.UserId)) ? Access.UserId : null),
            FromOn = now is null ? Participation.Row.StartedOn ?? Participation.Row.QueuedOn ?? today : today,
        };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var now = Known.FirstOrDefault(c => c.ToOn is null);
        if (Input.FromOn is null)
            ModelState.AskFor("Input.FromOn", "Skriv från vilket datum.");
        if (Input.AppUserId is null && now is null)
            ModelState.AskFor("Input.AppUserId", "Välj en handläggare som arbetar i insatsen.");
        var saved = await SaveAsync(
            Input.AppUserId is null
                ? $"Ingen handläggare följer {Participation.Participant.Code} i {Participation.Insats}."
                : $"Handläggaren för {Participation.Participant.Code} i {Participation.Insats} är sparad.",
            async () =>
            {
                if (Input.AppUserId is { } chosen)
                    await caseworkers.AssignAsync(
                        new NewCaseworker
                        {
                            ForbundId = Access.ForbundId,
                            ParticipationId = Participation.Row.Id,
                            Version = Version,
                            AppUserId = chosen,
                            FromOn = Input.FromOn!.Value,
                            Actor = Access.UserName,
                        },
                        Cancelled);
                else
                    await caseworkers.EndAsync(Access.ForbundId, Participation.Row.Id, Version, Input.FromOn!.Value, Access.UserName, Cancelled);
                return [];
            });
        return saved ?? Page();
    }

    /// <summary>The caseworkers of the user's insatser, as a form offers them.</summary>
    internal static async Task<IReadOnlyList<SelectListItem>> ColleaguesAsync(CaseworkerStore caseworkers, CurrentAccess access, CancellationToken cancellationToken) =>
        [.. (await caseworkers.ColleaguesAsync(access.ForbundId, access.UserId, cancellationToken)).Select(c => new SelectListItem(c.DisplayName, Field.Text(c.AppUserId)))];

    protected override string? Place(string field) => field == "ToOn" ? "Input.FromOn" : base.Place(field);

    protected override async Task LoadAsync()
    {
        Known = await caseworkers.OfAsync(Access.ForbundId, Participation.Row.Id, Cancelled);
        Candidates =
        [
            .. (await caseworkers.CandidatesAsync(Access.ForbundId, Participation.Row.InsatsId, Cancelled)).Select(c => new SelectListItem(
                c.DisplayName,
                Field.Text(c.AppUserId))),
        ];
    }
}

/// <summary>What is typed to change caseworker.</summary>
public sealed class CaseworkerInput
{
    /// <summary>Null lets nobody take over.</summary>
    public int? AppUserId { get; set; }

    /// <summary>The first day of the new one, or the last day of the one who follows the participant now.</summary>
    public DateOnly? FromOn { get; set; }
}
