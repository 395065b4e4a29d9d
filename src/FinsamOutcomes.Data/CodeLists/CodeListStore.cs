using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.CodeLists;

/// <summary>
/// The code lists that registrations choose from, in the order they are shown. All förbund share the codes and what they
/// mean, so that figures can be compared; each chooses which its forms offer and what to call them.
/// </summary>
public sealed class CodeListStore(FinsamDatabase database)
{
    public Task<IReadOnlyList<CodeRow>> GendersAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<CodeRow>("CodeLists.Genders", cancellationToken);

    /// <summary>Who can give the förbund money: the state, the region, kommuner and others.</summary>
    public Task<IReadOnlyList<CodeRow>> ContributorKindsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<CodeRow>("CodeLists.ContributorKinds", cancellationToken);

    public Task<IReadOnlyList<ExitReasonRow>> ExitReasonsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<ExitReasonRow>("CodeLists.ExitReasons", cancellationToken);

    /// <summary>A list as the förbund has chosen it.</summary>
    public async Task<CodeList> OfForbundAsync(int forbundId, string list, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return new CodeList(list, await session.QueryAsync<CodeValueRow>("CodeLists.OfForbund", new { ForbundId = forbundId, List = list }, cancellationToken));
    }

    /// <summary>
    /// Sets which values of a list the förbund's forms offer, and its own words for them. The values that are not given stay
    /// as they are. Refused when somebody else has changed one of them since it was read.
    /// </summary>
    public async Task ChooseAsync(CodeListChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using var write = await RegistrationWrite.OpenAsync(database, change.ForbundId, change.Actor, cancellationToken);
        var before = (
            await write.Session.QueryAsync<CodeValueRow>("CodeLists.OfForbund", new { change.ForbundId, change.List }, cancellationToken)
        ).ToDictionary(v => v.Code, StringComparer.Ordinal);
        var errors = new FieldErrors();
        var after = before.ToDictionary(StringComparer.Ordinal);
        for (var i = 0; i < change.Values.Count; i++)
        {
            var value = change.Values[i];
            if (!before.TryGetValue(value.Code, out var row))
                throw FieldErrors.Single(nameof(change.Values), "Listan har inget sådant värde.");
            if (row.Version != value.Version)
                throw FieldErrors.Stale();
            var label = string.IsNullOrWhiteSpace(value.Label)
                ? null
                : errors.Text(value.Label, CodeListChange.LabelField(i), $"förbundets eget ord för ”{row.SharedLabel}”", CodeListChange.LongestLabel);
            errors.AddIf(
                label is not null && PersonalNumber.IsInProse(label),
                CodeListChange.LabelField(i),
                "Ordet innehåller något som ser ut som ett personnummer. Ta bort det: ordet trycks i rapporter.");
            label = label == row.SharedLabel ? null : label;
            after[value.Code] = row with { IsOffered = value.IsOffered, OwnLabel = label, Label = label ?? row.SharedLabel };
        }

        // The shared word of one value would, as another's own word, turn the meaning of both.
        for (var i = 0; i < change.Values.Count; i++)
        {
            var value = after[change.Values[i].Code];
            if (
                value.OwnLabel is { } own
                && after.Values.FirstOrDefault(o =>
                    o.Code != value.Code && (NormalForm.AreSame(o.Label, own) || NormalForm.AreSame(o.SharedLabel, own)))
                    is { } other)
                errors.Add(CodeListChange.LabelField(i), $"”{own}” används redan för värdet ”{other.SharedLabel}”. Välj ett annat ord.");
        }

        errors.AddIf(!after.Values.Any(v => v.IsOffered), nameof(change.Values), "Minst ett värde måste finnas att välja.");
        errors.ThrowIfAny();
        var changed = after.Values.Where(v => (v.IsOffered, v.OwnLabel) != (before[v.Code].IsOffered, before[v.Code].OwnLabel)).ToList();
        if (changed.Count == 0)
            return;
        foreach (var value in changed)
        {
            var arguments = new { change.ForbundId, change.List, value.Code, value.IsOffered, Label = value.OwnLabel, value.Version };
            await write.Session.ExecuteAsync(value.Version == 0 ? "CodeLists.AddChoice" : "CodeLists.UpdateChoice", arguments, cancellationToken);
            var (entity, was) = (ChangedEntity.CodeChoice(change.List, value.Code), before[value.Code]);
            write.Changed(entity, change.ForbundId, value.Version + 1, nameof(value.IsOffered), was.IsOffered, value.IsOffered);
            write.Changed(entity, change.ForbundId, value.Version + 1, nameof(value.Label), was.Label, value.Label);
        }

        await write.CommitAsync("CodeLists.Choose", "code_choice", null, $"{change.List} {string.Join(' ', changed.Select(v => v.Code))}");
    }

    /// <summary>True when the code stands in the list; null is no choice and always fits.</summary>
    internal static async Task<bool> HoldsAsync(DatabaseSession session, string list, string? code, CancellationToken cancellationToken) =>
        code is null || (await session.QueryAsync<CodeRow>(list, cancellationToken: cancellationToken)).Any(row => row.Code == code);

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string list, CancellationToken cancellationToken)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<T>(list, cancellationToken: cancellationToken);
    }
}

/// <summary>A choice in a code list.</summary>
public sealed record CodeRow
{
    public required string Code { get; init; }

    /// <summary>What a user sees, in Swedish.</summary>
    public required string Label { get; init; }
}

/// <summary>Why a participation ended.</summary>
public sealed record ExitReasonRow
{
    public required string Code { get; init; }

    public required string Label { get; init; }

    /// <summary><c>work</c>, <c>studies</c>, <c>job_seeking</c> or <c>other</c>.</summary>
    public required string ExitGroup { get; init; }

    public required bool IsSubsidised { get; init; }

    /// <summary>Nobody's success or failure: moved, died, parental leave.</summary>
    public required bool IsNeutral { get; init; }

    /// <summary>No exit at all; left out of every count.</summary>
    public required bool IsMisregistration { get; init; }
}
