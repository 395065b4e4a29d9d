using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Insatser;

/// <summary>What the form of an insats holds, new or changed.</summary>
public sealed class InsatsForm
{
    /// <summary>As <see cref="Orientation"/>: two insatser, one of each.</summary>
    public const string BothOrientations = "both";

    /// <summary>What the names of the two begin as, after the name that both have.</summary>
    public const string IndividualSuffix = " – individinriktad";

    public const string StructuralSuffix = " – strukturövergripande";

    public int Version { get; set; }

    public string? Name { get; set; }

    /// <summary>Of the individual one of two; <see cref="Name"/> with its suffix when empty.</summary>
    public string? IndividualName { get; set; }

    /// <summary>Of the structural one of two; <see cref="Name"/> with its suffix when empty.</summary>
    public string? StructuralName { get; set; }

    public int? ParentId { get; set; }

    public string? Orientation { get; set; }

    public string? FollowUpMethod { get; set; }

    public bool? IsEsf { get; set; }

    public string? SpecificOrientation { get; set; }

    public DateOnly? StartsOn { get; set; }

    public DateOnly? EndsOn { get; set; }

    public int? Capacity { get; set; }

    public List<string> TargetGroups { get; set; } = [];

    /// <summary>For the exits below that have no reason of their own. Never for one who leaves the queue, where it can't be known.</summary>
    public string? ReasonForAll { get; set; }

    /// <summary>What shall become of each who is still in an insats that closes.</summary>
    public List<ClosingExitForm> Exits { get; set; } = [];

    public static InsatsForm Of(InsatsRow insats, IReadOnlyList<string> targetGroups) => new()
    {
        Version = insats.Version,
        Name = insats.Name,
        ParentId = insats.ParentId,
        Orientation = insats.Orientation,
        FollowUpMethod = insats.FollowUpMethod,
        IsEsf = insats.IsEsf,
        SpecificOrientation = insats.SpecificOrientation,
        StartsOn = insats.StartsOn,
        EndsOn = insats.EndsOn,
        Capacity = insats.Capacity,
        TargetGroups = [.. targetGroups],
    };

    /// <summary>
    /// Brings the rows in line with who is in the insats now: those who have got an exit meanwhile go, and those who are new
    /// are asked about.
    /// </summary>
    public void Meet(IReadOnlyList<StillInRow> stillIn, ModelStateDictionary modelState)
    {
        var sent = Exits.DistinctBy(e => e.ParticipationId).ToDictionary(e => e.ParticipationId);
        var rows = stillIn.Select(s => sent.GetValueOrDefault(s.ParticipationId) ?? ClosingExitForm.Of(s, EndsOn!.Value)).ToList();
        if (!rows.Select(r => r.ParticipationId).SequenceEqual(Exits.Select(e => e.ParticipationId)))
        {
            // The places of the fields are others now, and so are their names.
            foreach (var key in modelState.Keys.Where(k => k.StartsWith("Input.Exits", StringComparison.Ordinal)).ToList())
                modelState.Remove(key);
        }

        Exits = rows;
    }

    /// <summary>Begins each error of an exit with whose it is: the list may be long.</summary>
    public void NameErrors(IReadOnlyList<StillInRow> stillIn, ModelStateDictionary modelState)
    {
        for (var i = 0; i < Exits.Count; i++)
        {
            var code = stillIn.First(s => s.ParticipationId == Exits[i].ParticipationId).Code;
            foreach (var (key, entry) in modelState.FindKeysWithPrefix($"Input.Exits[{i}]").Where(e => e.Value.Errors.Count > 0).ToList())
            {
                var messages = entry.Errors.Select(e => e.ErrorMessage).ToList();
                entry.Errors.Clear();
                foreach (var message in messages)
                    modelState.AddModelError(key, $"{code}: {message}");
            }
        }
    }

    /// <summary>Lets a form that is shown again be saved over what others have changed in the meantime, which it now shows.</summary>
    public void Renew(IReadOnlyList<StillInRow> stillIn, ModelStateDictionary modelState)
    {
        for (var i = 0; i < Exits.Count; i++)
        {
            Exits[i].Version = stillIn.First(s => s.ParticipationId == Exits[i].ParticipationId).Version;
            modelState.Remove($"Input.Exits[{i}].Version");
        }
    }

    /// <summary>The exits that were asked for, on the closing day where no other was given.</summary>
    public IReadOnlyList<ClosingExit> WantedExits(IReadOnlyList<StillInRow> stillIn) =>
    [
        .. Exits.Select((e, i) => (Row: e, Place: i)).Where(e => e.Row.IsExit).Select(e => new ClosingExit(
            e.Place,
            e.Row.ParticipationId,
            e.Row.Version,
            e.Row.EndedOn ?? EndsOn!.Value,
            ReasonOf(e.Row, stillIn))),
    ];

    private string? ReasonOf(ClosingExitForm exit, IReadOnlyList<StillInRow> stillIn)
    {
        var reason =
            string.IsNullOrEmpty(exit.ExitReason) && !stillIn.First(s => s.ParticipationId == exit.ParticipationId).IsQueued ? ReasonForAll : exit.ExitReason;
        return string.IsNullOrEmpty(reason) ? null : reason;
    }

    /// <summary>Says what is missing before the store can be asked.</summary>
    public bool HasStart(ModelStateDictionary modelState)
    {
        if (StartsOn is null)
            modelState.AskFor("Input.StartsOn", "Skriv när insatsen börjar, till exempel 2026-01-01.");
        return modelState.IsValid;
    }
}

/// <summary>What the form of an insats lets choose from.</summary>
public sealed record InsatsChoices(IReadOnlyList<SelectListItem> SpecificOrientations, IReadOnlyList<SelectListItem> TargetGroups)
{
    public static async Task<InsatsChoices> LoadAsync(CodeListStore codes, int forbundId, InsatsForm registered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(registered);
        var orientations = await codes.OfForbundAsync(forbundId, CodeList.SpecificOrientation, cancellationToken);
        var groups = await codes.OfForbundAsync(forbundId, CodeList.TargetGroup, cancellationToken);
        return new InsatsChoices(Items(orientations.Offered(registered.SpecificOrientation)), Items(groups.Offered(registered.TargetGroups)));
    }

    private static List<SelectListItem> Items(IReadOnlyList<CodeRow> codes) => [.. codes.Select(c => new SelectListItem(c.Label, c.Code))];
}

/// <summary>One who is still in an insats that closes.</summary>
public sealed class ClosingExitForm
{
    public int ParticipationId { get; set; }

    public int Version { get; set; }

    /// <summary>False leaves the stay open.</summary>
    public bool IsExit { get; set; }

    public DateOnly? EndedOn { get; set; }

    public string? ExitReason { get; set; }

    /// <summary>As it is first shown: out on the closing day. Whoever came after it is not: a day there is wrong, and which is for somebody to say.</summary>
    public static ClosingExitForm Of(StillInRow row, DateOnly closes)
    {
        ArgumentNullException.ThrowIfNull(row);
        var first = row.StartedOn ?? row.QueuedOn ?? closes;
        return new ClosingExitForm
        {
            ParticipationId = row.ParticipationId,
            Version = row.Version,
            IsExit = first <= closes,
            EndedOn = first > closes ? null : closes,
        };
    }
}
