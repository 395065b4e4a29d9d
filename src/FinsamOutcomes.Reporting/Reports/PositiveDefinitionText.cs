using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>What a definition of positive exit counts, in full: a reader can't tell from its name.</summary>
internal static class PositiveDefinitionText
{
    /// <summary><c>Avslutsorsaker som räknas: Arbete, Studier.</c>, or how an increase is told.</summary>
    public static async Task<string> OfAsync(
        FinsamDatabase database,
        int forbundId,
        PositiveDefinitionRow definition,
        MeasureLabels labels,
        CancellationToken cancellationToken)
    {
        if (definition.Kind == "increase")
            return "Andelen arbete eller studier är högre vid avslut än vid inskrivning, för dem med uppgift om båda.";
        var reasons = await new ForbundStore(database).PositiveReasonsAsync(forbundId, definition.Code, cancellationToken);
        return reasons.Count == 0
            ? "Ingen avslutsorsak är vald, så inget avslut räknas."
            : $"Avslutsorsaker som räknas: {string.Join(", ", reasons.Select(r => labels.Of("exit_reason", r)))}.";
    }
}
