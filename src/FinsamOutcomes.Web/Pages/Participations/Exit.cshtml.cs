using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>The exit, or the place in the queue given up.</summary>
public sealed class ExitModel(
    FinsamDatabase database,
    CurrentAccess access,
    ParticipationFinder finder,
    ChangeReader changes,
    CodeListStore codes,
    ReachStore reach,
    ParticipationStore participations) : ParticipationFormModel(access, finder, changes)
{
    [BindProperty]
    public ExitInput Input { get; set; } = new();

    [BindProperty]
    public UnusualFacts Unusual { get; set; } = new();

    public ParticipationLists Lists { get; private set; } = null!;

    public void OnGet() => Input = new ExitInput { EndedOn = database.Today };

    public async Task<IActionResult> OnPostAsync()
    {
        var after = Input.After.Read(ModelState, "Input.After");
        if (Input.EndedOn is null)
            ModelState.AskFor("Input.EndedOn", "Skriv datumet för avslutet.");
        Unusual.AskExit(Input.EndedOn, (await reach.SettingsAsync(Access.ForbundId, Cancelled)).ReachMonths, database.Today);
        if (Unusual.MustAsk(ModelState))
            return Page();
        var done = Participation.IsQueued
            ? $"{Participation.Participant.Code} står inte längre i kö till {Participation.Insats}."
            : $"{Participation.Participant.Code} är utskriven från {Participation.Insats}.";
        if (string.IsNullOrEmpty(Input.ExitReason) && !Participation.IsQueued)
            done += " Avslutsorsaken saknas och ligger kvar att göra på startsidan.";
        var saved = await SaveAsync(done, async () => (
                await participations.ExitAsync(
                    new NewExit
                    {
                        ForbundId = Access.ForbundId,
                        ParticipationId = Participation.Row.Id,
                        Version = Version,
                        EndedOn = Input.EndedOn!.Value,
                        ExitReason = Input.ExitReason,
                        IsPlannedExit = Input.IsPlannedExit,
                        After = after,
                        Actor = Access.UserName,
                    },
                    Cancelled)).Warnings);
        return saved ?? Page();
    }

    private string Reason() => Participation.Row.ExitReason is { } reason ? $" ({Lists.ExitReasons.Label(reason)})" : "";

    protected override async Task LoadAsync()
    {
        Lists = await ParticipationLists.LoadAsync(codes, Access.ForbundId, Cancelled);
        if (Participation.IsEnded)
            await TellDoneAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Participation.Participant.Code} är redan {(Participation.Row.StartedOn is null ? "borttagen ur kön" : "utskriven")}, {Participation.Row.EndedOn:yyyy-MM-dd}{Reason()}"),
                nameof(ParticipationRow.EndedOn));
    }
}

/// <summary>What is typed at an exit.</summary>
public sealed class ExitInput
{
    public DateOnly? EndedOn { get; set; }

    public string? ExitReason { get; set; }

    public bool? IsPlannedExit { get; set; }

    public SituationInput After { get; set; } = new();
}
