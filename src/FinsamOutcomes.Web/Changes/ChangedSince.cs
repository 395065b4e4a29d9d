using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FinsamOutcomes.Web.Changes;

/// <summary>One changed field in words.</summary>
public sealed record Change
{
    /// <summary>Local time.</summary>
    public required DateTime At { get; init; }

    public required string Who { get; init; }

    /// <summary>As the store names it.</summary>
    public required string Field { get; init; }

    public required string Label { get; init; }

    /// <summary>As stored.</summary>
    public required (string? Old, string? New) Stored { get; init; }

    /// <summary>Null where there was nothing, or what no history tells.</summary>
    public required string? Old { get; init; }

    public required string? New { get; init; }

    /// <summary>The form had the old value untouched and now holds the new one.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Names, personal numbers and long texts: only that they changed.</summary>
    public bool IsUntold => Stored is (null, null);
}

/// <summary>
/// What others have saved since a form was read, for the partial <c>_Changed</c>. A page that is refused as stale reads it
/// with <see cref="ChangeReader.SinceAsync"/>, takes over what the user had not touched with <see cref="Merge"/>, gives the
/// form the present version with <see cref="Renew"/>, and shows the form again.
/// </summary>
/// <param name="Changes">Oldest first.</param>
public sealed record ChangedSince(IReadOnlyList<Change> Changes)
{
    /// <summary>
    /// Puts the present value in the fields that still hold what was there when the form was read; what the user has typed
    /// stays. Without this, saving again would take the other's change back.
    /// </summary>
    /// <param name="modelState">What was sent.</param>
    /// <param name="prefix">The property that holds the input.</param>
    public ChangedSince Merge(ModelStateDictionary modelState, string prefix = "Input")
    {
        ArgumentNullException.ThrowIfNull(modelState);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var changes in Changes.Where(c => !c.IsUntold).GroupBy(c => c.Field))
        {
            var (old, given) = (changes.First().Stored.Old, changes.Last().Stored.New);
            var name = $"{prefix}.{changes.Key}";
            // A box that is not ticked sends nothing.
            var sent = modelState.TryGetValue(name, out var entry) ? entry.AttemptedValue ?? "" : old is "false" or "true" ? "false" : null;
            if (sent is null || sent.Trim() != (old ?? ""))
                continue;
            modelState.Remove(name);
            modelState.SetModelValue(name, given ?? "", given ?? "");
            taken.Add(changes.Key);
        }

        return Taking(taken.Contains);
    }

    /// <summary>Says that the form now holds the present values of these fields.</summary>
    public ChangedSince Taking(Func<string, bool> isTaken) => new([.. Changes.Select(c => c with { IsTaken = c.IsTaken || isTaken(c.Field) })]);

    /// <summary>Shows the present value of a field whose values no history tells, to somebody who may see it.</summary>
    public ChangedSince Telling(string field, string? present) => new([.. Changes.Select(c => c.Field == field ? c with { New = present } : c)]);

    /// <summary>Lets the form's hidden version be the present one, so that saving again is to have seen this.</summary>
    public static int Renew(ModelStateDictionary modelState, int present, string name = "Input.Version")
    {
        ArgumentNullException.ThrowIfNull(modelState);
        modelState.Remove(name);
        return present;
    }
}
