using System.Globalization;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>Corrects what is registered of a participation, all on one page; it is saved whole or not at all.</summary>
public sealed class EditModel(
    CurrentAccess access,
    ParticipationFinder finder,
    ChangeReader changes,
    CodeListStore codes,
    InsatsStore insatser,
    ParticipationStore participations) : ParticipationFormModel(access, finder, changes)
{
    [BindProperty]
    public CorrectionInput Input { get; set; } = new();

    [BindProperty]
    public UnusualFacts Unusual { get; set; } = new();

    public ParticipationLists Lists { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        var row = Participation.Row;
        Input = new CorrectionInput
        {
            QueuedOn = row.QueuedOn,
            StartedOn = row.StartedOn,
            EndedOn = row.EndedOn,
            ExitReason = row.ExitReason,
            IsPlannedExit = row.IsPlannedExit,
            Referrer = row.Referrer,
            EducationLevel = row.EducationLevel,
            Before = SituationInput.Of(await participations.SituationAsync(Access.ForbundId, row.Id, "before", Cancelled)),
            After = SituationInput.Of(await participations.SituationAsync(Access.ForbundId, row.Id, "after", Cancelled)),
        };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var before = Input.Before.Read(ModelState, "Input.Before");
        var after = Input.After.Read(ModelState, "Input.After");
        var registered = Participation.Row;
        foreach (var day in new[] { Input.QueuedOn, Input.StartedOn }.Except([registered.QueuedOn, registered.StartedOn]))
        {
            Unusual.AskAge(Participation.Participant.BirthYear, day);
            Unusual.AskEntry(day, await insatser.FindAsync(Access.ForbundId, registered.InsatsId, Cancelled));
        }

        if (Unusual.MustAsk(ModelState))
            return Page();
        var saved = await SaveAsync(
            $"Uppgifterna om {Participation.Participant.Code} i {Participation.Insats} är ändrade.",
            async () => (await participations.CorrectAsync(
                new ParticipationCorrection
                {
                    ForbundId = Access.ForbundId,
                    ParticipationId = Participation.Row.Id,
                    Version = Version,
                    QueuedOn = Input.QueuedOn,
                    StartedOn = Input.StartedOn,
                    EndedOn = Input.EndedOn,
                    ExitReason = Input.ExitReason,
                    IsPlannedExit = Input.IsPlannedExit,
                    Referrer = Input.Referrer,
                    EducationLevel = Input.EducationLevel,
                    Before = before,
                    After = after,
                    Actor = Access.UserName,
                },
                Cancelled)).Warnings);
        return saved ?? Page();
    }

    protected override async Task LoadAsync() => Lists = await ParticipationLists.LoadAsync(codes, Access.ForbundId, Cancelled);

    /// <summary>A situation that the user had not touched becomes the one that is registered now.</summary>
    protected override async Task<ChangedSince> MergeAsync(ChangedSince changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        foreach (var (occasion, prefix, typed) in new[] { ("before", "Before.", Input.Before), ("after", "After.", Input.After) })
        {
            var fields = changed.Changes.Where(c => c.Field.StartsWith(prefix, StringComparison.Ordinal)).ToLookup(c => c.Field, c => c.Stored.Old);
            if (fields.Count == 0 || !fields.All(f => Stored(typed.Read(ModelState, $"Input.{prefix[..^1]}"), f.Key[prefix.Length..]) == f.First()))
                continue;
            var present = SituationInput.Of(await participations.SituationAsync(Access.ForbundId, Participation.Row.Id, occasion, Cancelled));
            foreach (var key in ModelState.Keys.Where(k => k.StartsWith("Input." + prefix, StringComparison.Ordinal)).ToList())
                ModelState.Remove(key);
            if (occasion == "before")
                Input.Before = present;
            else
                Input.After = present;
            changed = changed.Taking(field => field.StartsWith(prefix, StringComparison.Ordinal));
        }

        return changed;
    }

    // As the history keeps it.
    private string? Stored(Situation situation, string field) =>
        field switch
        {
            nameof(situation.Livelihoods) => situation.Livelihoods.Count == 0
                ? null
                : string.Join(
                    ", ",
                    situation
                        .Livelihoods.OrderBy(l => Order(l.Livelihood))
                        .Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Livelihood} {l.PercentShare}"))),
            nameof(Occupation.WorkPercent) => situation.Occupation?.WorkPercent.ToString(CultureInfo.InvariantCulture),
            nameof(Occupation.StudyPercent) => situation.Occupation?.StudyPercent.ToString(CultureInfo.InvariantCulture),
            _ => situation.Occupation is { } o ? (o.IsJobSeeking ? "true" : "false") : null,
        };

    private int Order(string livelihood) => Lists.Livelihoods.Values.Select(v => v.Code).ToList().IndexOf(livelihood);
}

/// <summary>What is typed to correct a participation.</summary>
public sealed class CorrectionInput
{
    public DateOnly? QueuedOn { get; set; }

    public DateOnly? StartedOn { get; set; }

    public DateOnly? EndedOn { get; set; }

    public string? ExitReason { get; set; }

    public bool? IsPlannedExit { get; set; }

    public string? Referrer { get; set; }

    public string? EducationLevel { get; set; }

    public SituationInput Before { get; set; } = new();

    public SituationInput After { get; set; } = new();
}
