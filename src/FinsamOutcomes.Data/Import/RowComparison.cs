using System.Globalization;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// One field of a row that has a key of its own (a year, a member), as the register and the file say it. Nothing said leaves what is
/// registered.
/// </summary>
/// <param name="Column">Where it stands in the file.</param>
/// <param name="Field">As when it is registered by hand.</param>
/// <param name="Before">As the history keeps it; null where nothing is registered.</param>
/// <param name="After">The same of what the file says; null where it says nothing.</param>
internal readonly record struct ComparedField(int Column, string Field, string? Before, string? After)
{
    /// <summary>How a file says it, when that is not how it is kept.</summary>
    public Func<string, string>? Word { get; init; }

    public static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);
}

/// <summary>
/// How rows with keys of their own meet those that are registered: new, the same, more than is registered, or something else,
/// which is a fault unless the file corrects.
/// </summary>
internal sealed class RowComparison(ImportJob job)
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private int _added;
    private int _updated;
    private int _unchanged;

    public ImportCounts Counts => new(_added, _updated, _unchanged);

    /// <summary>False, and reported, when an earlier row is about the same.</summary>
    public bool IsFirst(string key, int column)
    {
        if (_lines.TryAdd(key, job.Rows.Line))
            return true;
        job.Rows.Add(ImportRule.Duplicate, column, $"Samma uppgift finns redan på rad {_lines[key]}.");
        return false;
    }

    /// <summary>Counts a row that is new, and notes what it says in the history of its kind; version is the first that such a row has.</summary>
    public void Add(string entity, int id, int version, params ReadOnlySpan<ComparedField> fields)
    {
        _added++;
        NoteNew(entity, id, version, fields);
    }

    /// <summary>Counts a row that is new, and gets its id when it is written.</summary>
    public void Add() => _added++;

    /// <summary>What a new row says, for the history.</summary>
    public void NoteNew(string entity, int id, int version, params ReadOnlySpan<ComparedField> fields)
    {
        foreach (var field in fields)
        {
            if (field.After is { } value)
                job.FilledIn.Add(entity, id, field.Field, value, version: version);
        }
    }

    /// <summary>Compares a row with what is registered; true when it has to be written.</summary>
    /// <param name="entity">Whose history the changes belong to.</param>
    /// <param name="id">The id there.</param>
    /// <param name="version">The version that the row makes when it is written.</param>
    /// <param name="subject">What the row is about, for the one who confirms: <c>2024 Norrby kommun</c>.</param>
    /// <param name="fields">All that the file has a column for.</param>
    public bool Changes(string entity, int id, int version, string subject, params ReadOnlySpan<ComparedField> fields)
    {
        var (differs, changed) = ((string?)null, 0);
        foreach (var field in fields)
        {
            if (field.After is null || field.After == field.Before)
                continue;
            changed++;
            if (field.Before is not null)
                differs ??= job.Rows.Name(field.Column);
        }

        if (differs is not null && !job.Corrects)
        {
            job.Rows.Add(
                ImportRule.RowDiffers,
                -1,
                $"{subject} är redan registrerat med ett annat värde i {differs}.",
                $"Raden är redan registrerad med ett annat värde i {differs}.");
            return false;
        }

        if (changed == 0)
        {
            _unchanged++;
            return false;
        }

        _updated++;
        foreach (var field in fields)
        {
            if (field.After is null || field.After == field.Before)
                continue;
            job.FilledIn.Add(entity, id, field.Field, field.After, field.Before, version);
            if (field.Before is { } before)
                job.Changes.Add(new RegisterChange(
                    job.Rows.Line, null, subject, job.Rows.Name(field.Column), Said(field, before), Said(field, field.After)));
        }

        return true;
    }

    private static string Said(in ComparedField field, string kept) => field.Word is null ? kept : field.Word(kept);
}
