using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Consents;
using FinsamOutcomes.Data.CorrectionRequests;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Pages.Assessments;
using FinsamOutcomes.Web.Pages.Participations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Participants;

/// <summary>One participant, with all that the user's insatser know and what can be done now. Each opening is in the log, with or without a name.</summary>
public sealed class PersonModel(
    FinsamDatabase database,
    CurrentAccess access,
    ParticipationFinder finder,
    ReachStore reach,
    ChangeReader changes,
    CodeListStore codes,
    ParticipantStore participants,
    ParticipantMergeStore merges,
    ParticipationStore participations,
    CaseworkerStore caseworkers,
    AssessmentStore assessments,
    InstrumentStore instruments,
    ErasureStore erasures,
    ConsentStore consents,
    CorrectionRequestStore corrections) : PageModel
{
    public ParticipantRow Participant { get; private set; } = null!;

    public ParticipantIdentity Identity { get; private set; } = null!;

    public string Gender { get; private set; } = "";

    public ParticipationLists Lists { get; private set; } = null!;

    public IReadOnlyList<ParticipationPanel> Panels { get; private set; } = [];

    public DateOnly Today => database.Today;

    public IReadOnlyList<Change> History { get; private set; } = [];

    /// <summary>Those that stand, the latest first.</summary>
    public IReadOnlyList<MergeRow> Merges { get; private set; } = [];

    /// <summary>The latest of them can be undone.</summary>
    public bool MayUnmerge { get; private set; }

    /// <summary>What was changed in the records that were merged into this one, by their codes.</summary>
    public IReadOnlyList<(string Code, IReadOnlyList<Change> History)> MergedHistories { get; private set; } = [];

    /// <summary>Nothing stands in the way of removing the participant.</summary>
    public bool MayBeRemoved { get; private set; }

    /// <summary>Nothing is open, and an erasing is neither asked for nor done.</summary>
    public bool MayBeErased { get; private set; }

    /// <summary>An erasing is asked for and not done.</summary>
    public bool IsErasureAsked { get; private set; }

    public IReadOnlyList<Consent> Consents { get; private set; } = [];

    public IReadOnlyList<CorrectionRequest> Corrections { get; private set; } = [];

    public string ConsentInWords => Consents switch
    {
        [] => "inget är inskrivet",
        _ when Consents.FirstOrDefault(c => c.Row.WithdrawnOn is null) is { } given => $"skriftligt, {given.Row.GivenOn:yyyy-MM-dd}",
        [var latest, ..] => $"återkallat {latest.Row.WithdrawnOn:yyyy-MM-dd}",
    };

    public string CorrectionsInWords => Corrections.Count(c => c.Row.Answer is null) switch
    {
        0 when Corrections.Count == 0 => "ingen",
        0 => $"{Corrections.Count}, alla besvarade",
        var open => $"{open} väntar på svar",
    };

    /// <summary>Participations in the user's insatser that ended too long ago to be shown.</summary>
    public int Closed { get; private set; }

    /// <summary>Of somebody who was just registered, what is often the same for the next: insats, day, who referred.</summary>
    public string? Another { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var cancelled = HttpContext.RequestAborted;
        if (await participants.FindAsync(access.ForbundId, access.Route.ParticipantId, cancelled) is not { } found)
            return NotFound();
        Participant = found;
        Another = TempData["Another"] as string;
        Gender = (await codes.GendersAsync(cancelled)).First(g => g.Code == found.Gender).Label;
        Lists = await ParticipationLists.LoadAsync(codes, access.ForbundId, cancelled);
        History = await changes.OfAsync(access.ForbundId, ChangedEntity.Participant, found.Id, cancelled);
        var known = (await instruments.AllAsync(access.ForbundId, cancelled)).ToDictionary(i => i.Id);
        var panels = new List<ParticipationPanel>();
        foreach (var stay in await finder.OfAsync(found, cancelled))
        {
            var id = stay.Row.Id;
            var given = await assessments.OfParticipationAsync(access.ForbundId, id, cancelled);
            panels.Add(new ParticipationPanel
            {
                Participation = stay,
                Lists = Lists,
                Before = await participations.SituationAsync(access.ForbundId, id, "before", cancelled),
                After = await participations.SituationAsync(access.ForbundId, id, "after", cancelled),
                Caseworkers = await caseworkers.OfAsync(access.ForbundId, id, cancelled),
                Assessments = [.. given.Select(a => (a.Row, known[a.Row.InstrumentId]))],
                Answers = await AnswersOverTime.OfAsync(given, known, instrument => instruments.ItemsAsync(access.ForbundId, instrument, cancelled)),
                History = await changes.OfAsync(access.ForbundId, ChangedEntity.Participation, id, cancelled),
            });
        }

        Panels = panels;
        Merges = await merges.OfAsync(access.ForbundId, found.Id, cancelled);
        MayUnmerge = Merges.Count > 0 && await merges.WhyNotUndoneAsync(access.ForbundId, found.Id, cancelled) is null;
        MayBeRemoved = panels.Count == 1 && (await participants.WhyNotRemovedAsync(access.ForbundId, found.Id, cancelled)).Count == 0;
        var histories = new List<(string Code, IReadOnlyList<Change> History)>();
        foreach (var merged in await merges.MergedIntoAsync(access.ForbundId, found.Id, cancelled))
            histories.Add((merged.Code, await changes.OfAsync(access.ForbundId, ChangedEntity.Participant, merged.Id, cancelled)));
        MergedHistories = histories;
        IsErasureAsked = found.ErasedAt is null && await erasures.IsWaitingAsync(access.ForbundId, found.Id, cancelled);
        MayBeErased = found.ErasedAt is null
            && !IsErasureAsked
            && await erasures.StateAsync(access.ForbundId, found.Id, cancelled) is not { IsOpen: true };
        Consents = await consents.OfAsync(access.ForbundId, found.Id, cancelled);
        Corrections = await corrections.OfAsync(access.ForbundId, found.Id, cancelled);
        Closed = await reach.CountClosedAsync(access.ForbundId, access.UserId, found.Id, cancelled);
        Identity = await participants.ReadIdentityAsync(access.ForbundId, found.Id, access.UserName, cancelled);
        return Page();
    }

    /// <summary>As people write it.</summary>
    public static string Number(string digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        return $"{digits[..8]}-{digits[8..]}";
    }
}

/// <summary>A participation on the participant's page.</summary>
public sealed record ParticipationPanel
{
    public required Participation Participation { get; init; }

    public required ParticipationLists Lists { get; init; }

    public required Situation Before { get; init; }

    public required Situation After { get; init; }

    /// <summary>The latest first.</summary>
    public required IReadOnlyList<CaseworkerRow> Caseworkers { get; init; }

    public required IReadOnlyList<(AssessmentRow Row, InstrumentRow Instrument)> Assessments { get; init; }

    /// <summary>What has been answered more than once.</summary>
    public required IReadOnlyList<AnswersOverTime> Answers { get; init; }

    public required IReadOnlyList<Change> History { get; init; }

    /// <summary>The first day, in queue or enrolled.</summary>
    public DateOnly From => (Participation.Row.QueuedOn ?? Participation.Row.StartedOn)!.Value;
}
