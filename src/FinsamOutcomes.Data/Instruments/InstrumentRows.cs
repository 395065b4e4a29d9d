namespace FinsamOutcomes.Data.Instruments;

/// <summary>An instrument, or a new version of one, to add.</summary>
public sealed record NewInstrument
{
    public required int ForbundId { get; init; }

    public required string Code { get; init; }

    /// <summary>From 1.</summary>
    public required int InstrumentVersion { get; init; }

    /// <summary>Who answers: <c>participant</c> or <c>caseworker</c>.</summary>
    public required string Respondent { get; init; }

    /// <summary>In the order they are asked.</summary>
    public required IReadOnlyList<NewInstrumentItem> Items { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>A question of an instrument.</summary>
public sealed record NewInstrumentItem
{
    public required string Code { get; init; }

    public required decimal ScaleMin { get; init; }

    public required decimal ScaleMax { get; init; }

    public required bool IsHigherBetter { get; init; }

    /// <summary>The smallest change that matters, in scale steps; 0 counts every change.</summary>
    public decimal SmallestChange { get; init; }

    /// <summary>The question by language (ISO 639 code); Swedish, <c>sv</c>, is always there.</summary>
    public required IReadOnlyDictionary<string, string> Texts { get; init; }
}

/// <summary>One version of an instrument.</summary>
public sealed record InstrumentRow
{
    public required int Id { get; init; }

    public required string Code { get; init; }

    public required int InstrumentVersion { get; init; }

    public required string Respondent { get; init; }

    /// <summary>When it was first answered, UTC; from then on it never changes.</summary>
    public required DateTime? LockedAt { get; init; }
}

/// <summary>A question with its texts.</summary>
public sealed record InstrumentItem
{
    public required InstrumentItemRow Row { get; init; }

    /// <summary>By language, ISO 639 code.</summary>
    public required IReadOnlyDictionary<string, string> Texts { get; init; }
}

/// <summary>A question of an instrument.</summary>
public sealed record InstrumentItemRow
{
    public required int Id { get; init; }

    public required int InstrumentId { get; init; }

    public required string Code { get; init; }

    public required int Position { get; init; }

    public required decimal ScaleMin { get; init; }

    public required decimal ScaleMax { get; init; }

    public required bool IsHigherBetter { get; init; }

    public required decimal SmallestChange { get; init; }
}

/// <summary>A question in one language.</summary>
public sealed record ItemTextRow
{
    public required int InstrumentItemId { get; init; }

    public required string Language { get; init; }

    public required string Body { get; init; }
}

/// <summary>An insats where an instrument has been answered.</summary>
public sealed record InstrumentUseRow
{
    public required int InstrumentId { get; init; }

    public required string Insats { get; init; }
}
