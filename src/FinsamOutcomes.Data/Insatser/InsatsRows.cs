namespace FinsamOutcomes.Data.Insatser;

/// <summary>An insats to create. Orientation, follow-up method and ESF can't be changed afterwards, as in Uppföljning Finsam.</summary>
public sealed record NewInsats
{
    public required int ForbundId { get; init; }

    /// <summary>The insats that this is a delprojekt of.</summary>
    public int? ParentId { get; init; }

    public required string Name { get; init; }

    /// <summary><c>individual</c> or <c>structural</c>.</summary>
    public required string Orientation { get; init; }

    /// <summary>A code of the list specific_orientation; locked once it has been filled in.</summary>
    public string? SpecificOrientation { get; init; }

    /// <summary><c>individual</c> or <c>count</c>; a structural insats is always followed by count.</summary>
    public required string FollowUpMethod { get; init; }

    public bool IsEsf { get; init; }

    public required DateOnly StartsOn { get; init; }

    public DateOnly? EndsOn { get; init; }

    /// <summary>Places at the same time.</summary>
    public int? Capacity { get; init; }

    public IReadOnlyCollection<string> TargetGroups { get; init; } = [];

    public string Actor { get; init; } = "finsam";
}

/// <summary>An insats as a form sends it back. The locked fields are there so that an attempt to change one is refused aloud.</summary>
public sealed record InsatsChange
{
    public required int ForbundId { get; init; }

    public required int Id { get; init; }

    /// <summary>The version that was read.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    public required string Orientation { get; init; }

    public required string? SpecificOrientation { get; init; }

    public required string FollowUpMethod { get; init; }

    public required bool IsEsf { get; init; }

    public required DateOnly StartsOn { get; init; }

    public required DateOnly? EndsOn { get; init; }

    public required int? Capacity { get; init; }

    public IReadOnlyCollection<string> TargetGroups { get; init; } = [];

    public string Actor { get; init; } = "finsam";
}

/// <summary>An insats or delprojekt.</summary>
public sealed record InsatsRow
{
    public required int Id { get; init; }

    public required int? ParentId { get; init; }

    public required string Name { get; init; }

    public required string Orientation { get; init; }

    public required string? SpecificOrientation { get; init; }

    public required string FollowUpMethod { get; init; }

    public required bool IsEsf { get; init; }

    public required DateOnly StartsOn { get; init; }

    public required DateOnly? EndsOn { get; init; }

    public required int? Capacity { get; init; }

    public required int Version { get; init; }
}

/// <summary>An insats with its delprojekt, both by name in Swedish order.</summary>
public sealed record InsatsNode
{
    public required InsatsRow Insats { get; init; }

    /// <summary>Codes, in the order of the code list.</summary>
    public required IReadOnlyList<string> TargetGroups { get; init; }

    public required IReadOnlyList<InsatsNode> Delprojekt { get; init; }
}

/// <summary>How many participations an insats has today.</summary>
public sealed record InsatsOccupancyRow
{
    public required int InsatsId { get; init; }

    public required int Ongoing { get; init; }

    public required int Queued { get; init; }
}

/// <summary>One target group of an insats.</summary>
public sealed record InsatsTargetGroupRow
{
    public required int InsatsId { get; init; }

    public required string TargetGroup { get; init; }
}

/// <summary>An insats' plan and money in one year, in whole kronor.</summary>
public sealed record NewInsatsYear
{
    public required int ForbundId { get; init; }

    public required int InsatsId { get; init; }

    public required int CalendarYear { get; init; }

    public int? BudgetedParticipants { get; init; }

    public long? BudgetKronor { get; init; }

    /// <summary>Null until the year's books are known; negative when more came back than was spent.</summary>
    public long? OutcomeKronor { get; init; }

    /// <summary>The version that was read; null when the year has nothing yet.</summary>
    public int? Version { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>An insats' plan and money in one year, in whole kronor.</summary>
public sealed record InsatsYearRow
{
    public required int InsatsId { get; init; }

    public required int CalendarYear { get; init; }

    public required int? BudgetedParticipants { get; init; }

    public required long? BudgetKronor { get; init; }

    public required long? OutcomeKronor { get; init; }

    public required int Version { get; init; }
}

/// <summary>A cost that belongs to no insats, such as administration; in whole kronor.</summary>
public sealed record NewForbundCost
{
    public required int ForbundId { get; init; }

    public required int CalendarYear { get; init; }

    public required string Name { get; init; }

    /// <summary>Whether it is in what the national form calls administration.</summary>
    public bool IsAdministration { get; init; }

    public long? BudgetKronor { get; init; }

    public long? OutcomeKronor { get; init; }

    /// <summary>The version that was read; null for a new one.</summary>
    public int? Version { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>A cost that belongs to no insats; in whole kronor.</summary>
public sealed record ForbundCostRow
{
    public required string Name { get; init; }

    /// <summary>Whether it is in what the national form calls administration.</summary>
    public required bool IsAdministration { get; init; }

    public required long? BudgetKronor { get; init; }

    public required long? OutcomeKronor { get; init; }

    public required int Version { get; init; }
}

/// <summary>A goal for one measure and year.</summary>
public sealed record NewTarget
{
    public required int ForbundId { get; init; }

    /// <summary>Null for the whole förbund.</summary>
    public int? InsatsId { get; init; }

    /// <summary>The measure's name, such as <c>positiva-avslut</c>.</summary>
    public required string Measure { get; init; }

    /// <summary>The definition the measure is counted with, where it has several.</summary>
    public string? Definition { get; init; }

    public required int CalendarYear { get; init; }

    /// <summary>In the unit of the measure; a share is 0–1. Four decimals.</summary>
    public required decimal Goal { get; init; }

    /// <summary><c>at_least</c> or <c>at_most</c>.</summary>
    public string Direction { get; init; } = "at_least";

    /// <summary>The version that was read; null for a new one.</summary>
    public int? Version { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>A goal for one measure and year.</summary>
public sealed record TargetRow
{
    public required int Id { get; init; }

    public required int? InsatsId { get; init; }

    public required string Measure { get; init; }

    public required string? Definition { get; init; }

    public required int CalendarYear { get; init; }

    public required decimal Goal { get; init; }

    public required string Direction { get; init; }

    public required int Version { get; init; }
}
