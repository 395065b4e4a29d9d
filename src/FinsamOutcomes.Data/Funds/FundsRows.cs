namespace FinsamOutcomes.Data.Funds;

/// <summary>What a member gives the förbund in a year, in whole kronor.</summary>
public sealed record NewContribution
{
    public required int ForbundId { get; init; }

    public required int CalendarYear { get; init; }

    /// <summary>The member, such as <c>Norrby kommun</c>.</summary>
    public required string Name { get; init; }

    /// <summary>A code of <c>contributor_kind</c>, such as <c>municipality</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Null until it is known; 0 is a sum.</summary>
    public long? Kronor { get; init; }

    /// <summary>The version that was read; null for a new one.</summary>
    public int? Version { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>What a member gives the förbund in a year, in whole kronor.</summary>
public sealed record ContributionRow
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required string KindLabel { get; init; }

    public required long? Kronor { get; init; }

    public required int Version { get; init; }
}

/// <summary>What members of one kind give together in a year, beside the share that the law says.</summary>
public sealed record FundsOfKindRow
{
    /// <summary>Its code.</summary>
    public required string Kind { get; init; }

    public required string Label { get; init; }

    /// <summary>By law, 0–100; null for whoever is no member by law.</summary>
    public required int? SharePercent { get; init; }

    /// <summary>How many of the kind the year has.</summary>
    public required int Members { get; init; }

    /// <summary>Those whose sum is not known.</summary>
    public required int UnknownMembers { get; init; }

    /// <summary>Null where it is not known, or there is nobody of the kind.</summary>
    public required long? Kronor { get; init; }

    /// <summary>
    /// Percent of what those pay together whose shares are in the law: 100 · <see cref="Kronor"/> / their sum. Null until all of
    /// that is known.
    /// </summary>
    public required double? Share { get; init; }
}

/// <summary>What is known of the förbund itself in a year, in whole kronor.</summary>
public sealed record NewForbundYear
{
    public required int ForbundId { get; init; }

    public required int CalendarYear { get; init; }

    /// <summary>Negative when the förbund owes more than it has; null until it is known.</summary>
    public long? OwnCapitalKronor { get; init; }

    /// <summary>The version that was read; null when the year has nothing yet.</summary>
    public int? Version { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>What is known of the förbund itself in a year, in whole kronor.</summary>
public sealed record ForbundYearRow
{
    public required long? OwnCapitalKronor { get; init; }

    public required int Version { get; init; }
}
