using System.Globalization;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
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
    InsatsStore insatser,
    ParticipationStore participations) : ParticipationFormModel(access, finder, changes)
{
    [BindProperty]
    public EntryInput Input { get; set; } = new();

    [BindProperty]
    public UnusualFacts Unusual { get; set; } = new();

    public ParticipationLists Lists { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        Input = new EntryInput
        {
            StartedOn = database.Today,
            Before = SituationInput.Of(await participations.SituationAsync(Access.ForbundId, Participation.Row.Id, "before", Cancelled)),
        };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var before = Input.Before.Read(ModelState, "Input.Before");
        if (Input.StartedOn is null)
            ModelState.AskFor("Input.StartedOn", "Skriv datumet för inskrivningen.");
        Unusual.AskAge(Participation.Participant.BirthYear, Input.StartedOn);
        Unusual.AskEntry(Input.StartedOn, await insatser.FindAsync(Access.ForbundId, Participation.Row.InsatsId, Cancelled));
        if (Unusual.MustAsk(ModelState))
            return Page();
        var saved = await SaveAsync($"{Participation.Participant.Code} är inskriven i {Participation.Insats}.", async () => (
                await participations.RegisterAsync(
                    new NewEntry
                    {
                        ForbundId = Access.ForbundId,
                        ParticipationId = Participation.Row.Id,
                        Version = Version,
                        StartedOn = Input.StartedOn!.Value,
                        Before = before,
                        Actor = Access.UserName,
                    },
                    Cancelled)).Warnings);
        return saved ?? Page();
    }

    protected override async Task LoadAsync()
    {
        Lists = await ParticipationLists.LoadAsync(codes, Access.ForbundId, Cancelled);
        if (Participation.Row.StartedOn is { } started)
            await TellDoneAsync(
                string.Create(CultureInfo.InvariantCulture, $"{Participation.Participant.Code} är redan inskriven, {started:yyyy-MM-dd}"),
                nameof(ParticipationRow.StartedOn));
        else if (Participation.Row.EndedOn is { } ended)
            await TellDoneAsync(
                string.Create(CultureInfo.InvariantCulture, $"{Participation.Participant.Code} står inte längre i kö, sedan {ended:yyyy-MM-dd}"),
                nameof(ParticipationRow.EndedOn));
    }
}

/// <summary>What is typed at an entry.</summary>
public sealed class EntryInput
{
    public DateOnly? StartedOn { get; set; }

    public SituationInput Before { get; set; } = new();
}
