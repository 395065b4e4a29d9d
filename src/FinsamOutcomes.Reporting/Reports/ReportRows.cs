namespace FinsamOutcomes.Reporting.Reports;

/// <summary>A row of the year's money, in whole kronor; null is not known.</summary>
public sealed record EconomyRow
{
    /// <summary>The insats that a delprojekt is listed under.</summary>
    public required string SortName { get; init; }

    public required string Name { get; init; }

    /// <summary>0 an insats with its delprojekt, 1 a delprojekt, 2 a cost of the förbund's own.</summary>
    public required int EconomyLevel { get; init; }

    public required int? InsatsId { get; init; }

    public required long? BudgetKronor { get; init; }

    public required long? OutcomeKronor { get; init; }

    /// <summary>A part of the sum has a budget without an outcome, or the other way round.</summary>
    public required bool IsIncomplete { get; init; }

    /// <summary>Delprojekt without a budget that is not in the sum either: it is at least so much.</summary>
    public required int WithoutBudget { get; init; }

    /// <summary>The same of the outcome.</summary>
    public required int WithoutOutcome { get; init; }
}

/// <summary>The year's money summed, each krona once.</summary>
public sealed record EconomyTotalRow
{
    public required long? BudgetKronor { get; init; }

    public required long? OutcomeKronor { get; init; }

    /// <summary>A part of the sum has a budget without an outcome, or the other way round.</summary>
    public required bool IsIncomplete { get; init; }

    /// <summary>Insatser, delprojekt and costs whose budget is missing in the sum.</summary>
    public required int WithoutBudget { get; init; }

    /// <summary>The same of the outcome.</summary>
    public required int WithoutOutcome { get; init; }
}

/// <summary>A target that the board has set.</summary>
public sealed record TargetRow
{
    /// <summary>Name in the measure catalogue.</summary>
    public required string Measure { get; init; }

    /// <summary>Definition of positive exit, null for the default.</summary>
    public required string? Definition { get; init; }

    /// <summary>Null for the whole förbund.</summary>
    public required string? Insats { get; init; }

    /// <summary>In the unit of the measure; a share is 0–1.</summary>
    public required double Goal { get; init; }

    /// <summary><c>at_least</c> or <c>at_most</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>True when it is for a structural insats, which has no participants.</summary>
    public required bool IsStructural { get; init; }
}
