namespace FinsamOutcomes.Reporting.Measures;

/// <summary>Where a row of a measure query belongs: period, level of insats (0 is the förbund) and codes, <c>alla</c> for totals.</summary>
public abstract record MeasureRow
{
    public required DateOnly PeriodFrom { get; init; }

    public required DateOnly PeriodTo { get; init; }

    public required int InsatsLevel { get; init; }

    public required string Gender { get; init; }

    public required string AgeGroup { get; init; }

    public required string Education { get; init; }

    public required string Referrer { get; init; }

    internal CellKey Key() => new(PeriodFrom, PeriodTo, InsatsLevel, Gender, AgeGroup, Education, Referrer);
}

/// <summary>Participations in a period, and at its last day.</summary>
public sealed record ParticipationCountRow : MeasureRow
{
    public required long InPeriod { get; init; }

    public required long Started { get; init; }

    public required long Ended { get; init; }

    public required long OngoingAtEnd { get; init; }
}

/// <summary>Distinct registered persons among the participations of a period.</summary>
public sealed record PersonCountRow : MeasureRow
{
    public required long InPeriod { get; init; }

    public required long Started { get; init; }

    public required long Ended { get; init; }

    public required long OngoingAtEnd { get; init; }
}

/// <summary>In queue on the period's last day.</summary>
public sealed record QueueCountRow : MeasureRow
{
    public required long QueuedAtEnd { get; init; }
}

/// <summary>Head counts that can be placed in a period.</summary>
public sealed record HeadCountRow
{
    public required DateOnly PeriodFrom { get; init; }

    public required DateOnly PeriodTo { get; init; }

    public required int InsatsLevel { get; init; }

    public required string Gender { get; init; }

    /// <summary>True for people in structural insatser, who are no participants.</summary>
    public required bool IsStructural { get; init; }

    public required long NumberOfPeople { get; init; }

    /// <summary>As many as they are if all who could be counted twice were.</summary>
    public required long LeastPeople { get; init; }

    /// <summary>True when some were reported for a longer time than the period.</summary>
    public required bool IsUnplaced { get; init; }

    /// <summary>True when halves or years are added: who was there in both is counted twice.</summary>
    public required bool IsAtMost { get; init; }
}

/// <summary>A half-year that an insats which only counts should have reported a gender's number for.</summary>
public sealed record HeadCountSlotRow
{
    public required DateOnly PeriodFrom { get; init; }

    public required DateOnly PeriodTo { get; init; }

    public required int InsatsLevel { get; init; }

    public required int InsatsId { get; init; }

    public required DateOnly HalfFrom { get; init; }

    public required string Gender { get; init; }

    public required bool IsStructural { get; init; }

    /// <summary>A number is there, for the half or for its year; 0 is a number.</summary>
    public required bool IsReported { get; init; }
}

/// <summary>Exits of a period under one definition of positive exit.</summary>
public sealed record ExitCountRow : MeasureRow
{
    public required long Exits { get; init; }

    public required long Neutral { get; init; }

    public required long Positive { get; init; }

    /// <summary>Exits that are both positive and neutral.</summary>
    public required long NeutralPositive { get; init; }

    /// <summary>Exits whose definition could be asked of anybody: those by reason, and those with occupation before and after.</summary>
    public required long Judged { get; init; }

    /// <summary>Exits without what the definition needs to know.</summary>
    public required long Missing { get; init; }

    /// <summary>Exits without it that are neutral.</summary>
    public required long NeutralMissing { get; init; }
}

/// <summary>Exits of a period for one reason.</summary>
public sealed record ExitReasonCountRow : MeasureRow
{
    public required string ExitReason { get; init; }

    public required long Exits { get; init; }
}

/// <summary>What happens to the participations of a period on one day since their entry.</summary>
public sealed record ParticipationDayRow : MeasureRow
{
    /// <summary>Days since entry, −1 for the day before it.</summary>
    public required int Days { get; init; }

    /// <summary>Those that are followed from the day after this one on.</summary>
    public required long Entered { get; init; }

    public required long Ended { get; init; }

    /// <summary>Those still in when they had been followed to this day.</summary>
    public required long StillIn { get; init; }

    /// <summary>Of those that ended.</summary>
    public required long Positive { get; init; }

    /// <summary>Exits whose definition could be asked of them.</summary>
    public required long Judged { get; init; }

    /// <summary>Exits without what the definition needs to know.</summary>
    public required long Missing { get; init; }
}

/// <summary>Exits that went from one group to another.</summary>
public sealed record TransitionCountRow : MeasureRow
{
    public required string BeforeGroup { get; init; }

    public required string AfterGroup { get; init; }

    public required long Number { get; init; }
}

/// <summary>Equal pairs of answers to one item.</summary>
public sealed record AssessmentPairRow : MeasureRow
{
    public required int ItemId { get; init; }

    public required double? BeforeValue { get; init; }

    public required double? AfterValue { get; init; }

    public required bool IsPositive { get; init; }

    public required bool IsAsked { get; init; }

    public required long Number { get; init; }
}

/// <summary>What a level of insats has cost in a period of whole years.</summary>
public sealed record CostRow
{
    public required DateOnly PeriodFrom { get; init; }

    public required DateOnly PeriodTo { get; init; }

    public required int InsatsLevel { get; init; }

    public required long OutcomeKronor { get; init; }

    /// <summary>True when an insats lacks the outcome of a year that it was open in.</summary>
    public required bool IsIncomplete { get; init; }
}

/// <summary>A period of the calendar.</summary>
public sealed record MeasurePeriodRow
{
    public required DateOnly PeriodFrom { get; init; }

    public required DateOnly PeriodTo { get; init; }

    /// <summary>Such as <c>T1 2024</c>.</summary>
    public required string Label { get; init; }
}

/// <summary>An insats or delprojekt.</summary>
public sealed record MeasureInsatsRow
{
    public required int Id { get; init; }

    /// <summary>The insats that it is a delprojekt of, 0 for none.</summary>
    public required int ParentId { get; init; }

    public required string Name { get; init; }

    public required DateOnly StartsOn { get; init; }

    public required DateOnly? EndsOn { get; init; }

    /// <summary>Strukturövergripande: it has no participants.</summary>
    public bool IsStructural { get; init; }

    /// <summary>Neither it nor any delprojekt of it follows individuals: only how many they are is known.</summary>
    public bool IsCountedOnly { get; init; }
}

/// <summary>A code and its label.</summary>
public sealed record DimensionCodeRow
{
    /// <summary><c>gender</c>, <c>age</c>, <c>education</c>, <c>referrer</c>, <c>exit_reason</c>, <c>livelihood</c> or <c>occupation</c>.</summary>
    public required string Dimension { get; init; }

    public required string Code { get; init; }

    /// <summary>The code in the tables that measures are counted from.</summary>
    public required int Number { get; init; }

    public required string Label { get; init; }
}

/// <summary>An item of an instrument.</summary>
public sealed record MeasureItemRow
{
    public required int ItemId { get; init; }

    public required string Instrument { get; init; }

    public required int InstrumentVersion { get; init; }

    /// <summary><c>participant</c> or <c>caseworker</c>.</summary>
    public required string Respondent { get; init; }

    public required string Item { get; init; }

    /// <summary>The question in Swedish.</summary>
    public required string Text { get; init; }

    public required double ScaleMin { get; init; }

    public required double ScaleMax { get; init; }

    public required bool IsHigherBetter { get; init; }

    /// <summary>Scale steps.</summary>
    public required double SmallestChange { get; init; }
}
