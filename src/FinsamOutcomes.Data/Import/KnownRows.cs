namespace FinsamOutcomes.Data.Import;

/// <summary>A code of one of the lists that a file may use.</summary>
public sealed record KnownCode
{
    public required string List { get; init; }

    public required string Code { get; init; }

    public required string Label { get; init; }

    public required bool IsMisregistration { get; init; }
}

/// <summary>An insats that is registered already.</summary>
public sealed record KnownInsats
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

/// <summary>A number of people that is registered already.</summary>
public sealed record KnownHeadCount
{
    public required int InsatsId { get; init; }

    public required int CalendarYear { get; init; }

    public required int Half { get; init; }

    public required string Gender { get; init; }

    public required int NumberOfPeople { get; init; }
}

/// <summary>What a member gives that is registered already.</summary>
public sealed record KnownContribution
{
    public required int CalendarYear { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required long? Kronor { get; init; }

    public required int Version { get; init; }
}

/// <summary>What is registered already of the förbund itself in a year.</summary>
public sealed record KnownForbundYear
{
    public required int CalendarYear { get; init; }

    public required long? OwnCapitalKronor { get; init; }

    public required int Version { get; init; }
}

/// <summary>An insats' budget and outcome that is registered already.</summary>
public sealed record KnownInsatsYear
{
    public required int InsatsId { get; init; }

    public required int CalendarYear { get; init; }

    public required int? BudgetedParticipants { get; init; }

    public required long? BudgetKronor { get; init; }

    public required long? OutcomeKronor { get; init; }

    public required int Version { get; init; }
}

/// <summary>A cost of the förbund's own that is registered already.</summary>
public sealed record KnownForbundCost
{
    public required int CalendarYear { get; init; }

    public required string Name { get; init; }

    public required bool IsAdministration { get; init; }

    public required long? BudgetKronor { get; init; }

    public required long? OutcomeKronor { get; init; }

    public required int Version { get; init; }
}

/// <summary>A target that is registered already.</summary>
public sealed record KnownTarget
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

/// <summary>A target group of a registered insats.</summary>
public sealed record KnownTargetGroup
{
    public required int InsatsId { get; init; }

    public required string TargetGroup { get; init; }
}

/// <summary>A participant that is registered already.</summary>
public sealed record KnownParticipant
{
    public required int Id { get; init; }

    public required string Code { get; init; }

    /// <summary>The normal form of the code, as it is stored.</summary>
    public required string CodeKey { get; init; }

    public required string Gender { get; init; }

    public required int? BirthYear { get; init; }

    public required bool IsErased { get; init; }

    /// <summary>Of one that answers as another: the other's id.</summary>
    public int? MergedIntoId { get; init; }
}

/// <summary>What tells who a registered participant is, as it is stored.</summary>
public sealed record KnownIdentity
{
    public required int Id { get; init; }

    /// <summary>The id of the one that it answers as: its own but for one that has been merged.</summary>
    public required int KeptId { get; init; }

    public required byte[]? NameEncrypted { get; init; }

    public required byte[]? PersonalNumberIndex { get; init; }

    public required bool HasProtectedIdentity { get; init; }
}

/// <summary>A participation that is registered already.</summary>
public sealed record KnownParticipation
{
    public required int Id { get; init; }

    public required int ParticipantId { get; init; }

    public required int InsatsId { get; init; }

    public required DateOnly? QueuedOn { get; init; }

    public required DateOnly? StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }

    public required string? ExitReason { get; init; }

    public required bool? IsPlannedExit { get; init; }

    public required string? Referrer { get; init; }

    public required string? EducationLevel { get; init; }
}

/// <summary>A share of the livelihood of a registered participation, in per cent.</summary>
public sealed record KnownLivelihoodShare
{
    public required int ParticipationId { get; init; }

    public required string Occasion { get; init; }

    public required string Livelihood { get; init; }

    public required int PercentShare { get; init; }
}

/// <summary>Work, studies and job seeking of a registered participation.</summary>
public sealed record KnownOccupation
{
    public required int ParticipationId { get; init; }

    public required string Occasion { get; init; }

    public required int WorkPercent { get; init; }

    public required int StudyPercent { get; init; }

    public required bool IsJobSeeking { get; init; }
}

/// <summary>An instrument version that is registered already.</summary>
public sealed record KnownInstrument
{
    public required int Id { get; init; }

    public required string Code { get; init; }

    public required int InstrumentVersion { get; init; }

    public required string Respondent { get; init; }

    public required bool IsLocked { get; init; }
}

/// <summary>A question of a registered instrument.</summary>
public sealed record KnownInstrumentItem
{
    public required int Id { get; init; }

    public required int InstrumentId { get; init; }

    public required string Code { get; init; }

    public required int Position { get; init; }

    public required double ScaleMin { get; init; }

    public required double ScaleMax { get; init; }

    public required bool IsHigherBetter { get; init; }

    public required double SmallestChange { get; init; }
}

/// <summary>The text of a question in one language.</summary>
public sealed record KnownItemText
{
    public required int InstrumentItemId { get; init; }

    public required string Language { get; init; }

    public required string Body { get; init; }
}

/// <summary>An assessment that is registered already.</summary>
public sealed record KnownAssessment
{
    public required int Id { get; init; }

    public required int ParticipationId { get; init; }

    public required int InstrumentId { get; init; }

    public required string Occasion { get; init; }

    public required DateOnly AnsweredOn { get; init; }
}

/// <summary>An answer that is registered already: a value or the reason why there is none.</summary>
public sealed record KnownAnswer
{
    public required int AssessmentId { get; init; }

    public required int InstrumentItemId { get; init; }

    public required double? Value { get; init; }

    public required string? MissingReason { get; init; }
}

/// <summary>The last id that a table had given out when an import began to compare.</summary>
public sealed record KnownMark
{
    public required string TableName { get; init; }

    public required int LastId { get; init; }
}

/// <summary>What others have registered or changed while a file was compared with the register.</summary>
public sealed record ChangedMeanwhile
{
    /// <summary>A person or a stay of theirs.</summary>
    public const string Participant = "participant";

    public const string Assessment = "assessment";
    public const string Insats = "insats";
    public const string Instrument = "instrument";
    public const string Import = "import";

    /// <summary>Head counts, funds, money or targets.</summary>
    public const string Sum = "sum";

    /// <summary>One of the words above.</summary>
    public required string What { get; init; }

    /// <summary>About whom; null where it is about nobody.</summary>
    public required int? ParticipantId { get; init; }

    public required string? Code { get; init; }
}
