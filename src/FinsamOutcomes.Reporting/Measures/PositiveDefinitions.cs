using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>An exit reason that a definition of positive exit counts.</summary>
public sealed record DefinitionReasonRow
{
    public required string DefinitionCode { get; init; }

    public required string ExitReason { get; init; }
}

/// <summary>A förbund's definitions of positive exit and what each counts: a reader can't tell that from its name.</summary>
public sealed class PositiveDefinitions
{
    private readonly ILookup<string, string> _reasons;

    private PositiveDefinitions(IReadOnlyList<PositiveDefinitionRow> all, IReadOnlyList<DefinitionReasonRow> reasons)
    {
        All = all;
        _reasons = reasons.ToLookup(r => r.DefinitionCode, r => r.ExitReason, StringComparer.Ordinal);
    }

    /// <summary>In the förbund's order.</summary>
    public IReadOnlyList<PositiveDefinitionRow> All { get; }

    public PositiveDefinitionRow? Find(string code) => All.FirstOrDefault(d => d.Code == code);

    /// <summary>The exit reasons that a definition counts; null for one that asks for more work or studies after than before.</summary>
    public IReadOnlyList<string>? Reasons(PositiveDefinitionRow definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Kind == "increase" ? null : [.. _reasons[definition.Code]];
    }

    /// <summary><c>Avslutsorsaker som räknas: Arbete, Studier.</c>, or how an increase is told.</summary>
    public string TextOf(PositiveDefinitionRow definition, MeasureLabels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Reasons(definition) switch
        {
            null => "Andelen arbete eller studier är högre vid avslut än vid inskrivning, för dem med uppgift om båda.",
            [] => "Ingen avslutsorsak är vald, så inget avslut räknas.",
            var reasons => $"Avslutsorsaker som räknas: {string.Join(", ", reasons.Select(r => labels.Of("exit_reason", r)))}.",
        };
    }

    internal static async Task<PositiveDefinitions> LoadAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken) =>
        new(
            await session.QueryAsync<PositiveDefinitionRow>("Forbund.PositiveDefinitions", new { ForbundId = forbundId }, cancellationToken),
            await session.QueryAsync<DefinitionReasonRow>("Forbund.DefinitionReasons", new { ForbundId = forbundId }, cancellationToken));
}
