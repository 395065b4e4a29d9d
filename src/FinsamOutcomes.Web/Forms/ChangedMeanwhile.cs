using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Web.Forms;

/// <summary>What somebody else changed after a form was read: shown to the one who saves second.</summary>
/// <param name="Fields">Oldest first; empty when only that something changed is known.</param>
public sealed record ChangedMeanwhile(IReadOnlyList<ChangedField> Fields)
{
    /// <param name="rows">From the history.</param>
    /// <param name="label">What a field is called in the form.</param>
    /// <param name="show">A stored value as it is read.</param>
    public static ChangedMeanwhile Of(IEnumerable<ChangeHistoryRow> rows, Func<string, string> label, Func<string, string, string> show)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new ChangedMeanwhile([.. rows.Select(r => new ChangedField(label(r.Field), Text(r.Field, r.OldValue), Text(r.Field, r.NewValue), r.Actor, r.ChangedAt))]);

        string Text(string field, string? value) => value is null ? "tomt" : show(field, value);
    }
}

/// <summary>One field that somebody else changed.</summary>
public sealed record ChangedField(string Label, string Old, string New, string Actor, DateTime ChangedAt);
