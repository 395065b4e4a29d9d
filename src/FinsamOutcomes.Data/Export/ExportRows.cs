namespace FinsamOutcomes.Data.Export;

/// <summary>A line of the file of insatser.</summary>
public sealed record ExportedInsats
{
    public required string Name { get; init; }

    public required string? Parent { get; init; }

    public required string Orientation { get; init; }

    public required string FollowUpMethod { get; init; }

    public required string IsEsf { get; init; }

    public required DateOnly StartsOn { get; init; }

    public required DateOnly? EndsOn { get; init; }

    public required int? Capacity { get; init; }

    public required string? SpecificOrientation { get; init; }

    public required string? TargetGroups { get; init; }
}

/// <summary>A line of the file of instruments.</summary>
public sealed record ExportedInstrumentItem
{
    public required string Instrument { get; init; }

    public required int InstrumentVersion { get; init; }

    public required string Respondent { get; init; }

    public required string Item { get; init; }

    public required string? Text { get; init; }

    public required double ScaleMin { get; init; }

    public required double ScaleMax { get; init; }

    public required string Direction { get; init; }

    public required double SmallestChange { get; init; }
}

/// <summary>A line of the file of participants.</summary>
public sealed record ExportedParticipation
{
    public required string Code { get; init; }

    public required string Insats { get; init; }

    public required string Gender { get; init; }

    public required int? BirthYear { get; init; }

    public required string? EducationLevel { get; init; }

    public required DateOnly? StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }

    public required string? ExitReason { get; init; }

    public required DateOnly? QueuedOn { get; init; }

    public required string? IsPlannedExit { get; init; }

    public required string? Referrer { get; init; }

    public required string? LivelihoodBefore { get; init; }

    public required string? LivelihoodAfter { get; init; }

    public required int? WorkBefore { get; init; }

    public required int? StudyBefore { get; init; }

    public required string? JobSeekingBefore { get; init; }

    public required int? WorkAfter { get; init; }

    public required int? StudyAfter { get; init; }

    public required string? JobSeekingAfter { get; init; }

    public required string? HasProtectedIdentity { get; init; }
}

/// <summary>A line of the file of self-assessments; the reason stands in the place of the value where there is none.</summary>
public sealed record ExportedAnswer
{
    public required string Code { get; init; }

    public required string Insats { get; init; }

    public required string Instrument { get; init; }

    public required string Occasion { get; init; }

    public required DateOnly AnsweredOn { get; init; }

    public required string Item { get; init; }

    public required double? Value { get; init; }

    public required string Respondent { get; init; }

    public required int InstrumentVersion { get; init; }

    public required DateOnly? StartedOn { get; init; }

    public required string? MissingReason { get; init; }
}

/// <summary>A line of the file of head counts.</summary>
public sealed record ExportedHeadCount
{
    public required string Insats { get; init; }

    public required int CalendarYear { get; init; }

    public required string Period { get; init; }

    public required string Gender { get; init; }

    public required int NumberOfPeople { get; init; }
}

/// <summary>A line of the file of funds: a member's, or without a member the förbund's own capital.</summary>
public sealed record ExportedFunds
{
    public required int CalendarYear { get; init; }

    public required string Kind { get; init; }

    public required string? Member { get; init; }

    public required long? Kronor { get; init; }
}

/// <summary>A line of the file of money: of an insats, or of a cost of the förbund's own.</summary>
public sealed record ExportedEconomy
{
    public required int CalendarYear { get; init; }

    public required string? Insats { get; init; }

    public required string? Cost { get; init; }

    public required int? BudgetedParticipants { get; init; }

    public required long? BudgetKronor { get; init; }

    public required long? OutcomeKronor { get; init; }

    public required string? IsAdministration { get; init; }
}

/// <summary>A line of the file of targets.</summary>
public sealed record ExportedTarget
{
    public required int CalendarYear { get; init; }

    public required string? Insats { get; init; }

    public required string Measure { get; init; }

    public required string? Definition { get; init; }

    public required string Direction { get; init; }

    public required double Goal { get; init; }
}
