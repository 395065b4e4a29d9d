using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>From the queue into the insats.</summary>
public sealed class EnterModel(
    FinsamDatabase database,
    CurrentAccess access,
    ParticipationFinder finder,
    ChangeReader changes,
    CodeListStore codes,
    ParticipationStore participations) : ParticipationFormModel(access, finder, changes)
{
    private readonly CurrentAccess _access = access;

    [BindProperty]
    public EntryInput Input { get; set; } = new();

    public ParticipationLists Lists { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        Input = new EntryInput
        {
            StartedOn = database.Today,
            Before = SituationInput.Of(await participations.SituationAsync(_access.ForbundId, Participation.Row.Id, "before", Cancelled)),
        };
        Lists = await ParticipationLists.LoadAsync(codes, _access.ForbundId, Cancelled);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var before = Input.Before.Read(ModelState, "Input.Before");
        if (Input.StartedOn is null)
            ModelState.TryAddModelError("Input.StartedOn", "Skriv datumet för inskrivningen.");
        var saved = await SaveAsync($"{Participation.Participant.Code} är inskriven i {Participation.Insats}.", async () => (
                await participations.RegisterAsync(
                    new NewEntry
                    {
                        ForbundId = _access.ForbundId,
                        ParticipationId = Participation.Row.Id,
                        Version = Version,
                        StartedOn = Input.StartedOn!.Value,
                        Before = before,
                        Actor = _access.UserName,
                    },
                    Cancelled)).Warnings);
        Lists = await ParticipationLists.LoadAsync(codes, _access.ForbundId, Cancelled);
        return saved ?? Page();
    }
}

/// <summary>What is typed at an entry.</summary>
public sealed class EntryInput
{
    public DateOnly? StartedOn { get; set; }

    public SituationInput Before { get; set; } = new();
}
