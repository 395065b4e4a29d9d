namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>What the national form asks about an insats.</summary>
public sealed record UppfoljningFinsamInsatsRow
{
    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    /// <summary><c>individual</c> or <c>structural</c>.</summary>
    public required string Orientation { get; init; }

    public required string? SpecificOrientation { get; init; }

    /// <summary><c>individual</c> or <c>count</c>.</summary>
    public required string FollowUpMethod { get; init; }

    public required bool IsEsf { get; init; }

    public required DateOnly StartsOn { get; init; }

    public required DateOnly? EndsOn { get; init; }

    /// <summary>Persons in the year; null when no number is set.</summary>
    public required long? BudgetedParticipants { get; init; }

    /// <summary>Whole kronor; null when not known.</summary>
    public required long? BudgetKronor { get; init; }

    /// <summary>Whole kronor; null until the books are known.</summary>
    public required long? OutcomeKronor { get; init; }
}

/// <summary>A target group of an insats.</summary>
public sealed record UppfoljningFinsamTargetGroupRow
{
    public required int InsatsId { get; init; }

    public required string Label { get; init; }
}

/// <summary>Persons of one gender in an insats during the period.</summary>
public sealed record UppfoljningFinsamParticipantsRow
{
    public required int InsatsId { get; init; }

    /// <summary><c>woman</c>, <c>man</c> or <c>unknown</c>.</summary>
    public required string Gender { get; init; }

    /// <summary>Distinct registered persons.</summary>
    public required int Persons { get; init; }

    /// <summary>Anonymous participants of the head counts.</summary>
    public required int Anonymous { get; init; }

    /// <summary>The anonymous are two half-years added: whoever was there in both counts twice.</summary>
    public required bool IsAtMost { get; init; }
}

/// <summary>A participation that can't be handed over until the participant's gender is settled.</summary>
public sealed record UppfoljningFinsamUnknownGenderRow
{
    public required string ParticipantCode { get; init; }

    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    public required DateOnly StartedOn { get; init; }
}

/// <summary>An insats that has closed with somebody still in it.</summary>
public sealed record UppfoljningFinsamMissedExitRow
{
    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    public required DateOnly EndsOn { get; init; }

    /// <summary>The insats that goes on and is handed over with them in it; null when there is none.</summary>
    public required string? TopInsats { get; init; }

    /// <summary>Participations without an exit.</summary>
    public required int Participations { get; init; }
}

/// <summary>A delprojekt that goes on though its insats has closed, so that it is not handed over.</summary>
public sealed record UppfoljningFinsamLeftOutRow
{
    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    public required string TopInsats { get; init; }

    public required DateOnly EndsOn { get; init; }
}

/// <summary>Numbers of a time when the insats was not open.</summary>
public sealed record UppfoljningFinsamOutsideCountRow
{
    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    /// <summary>0 for the whole year.</summary>
    public required int Half { get; init; }

    public required bool IsFollowedByCount { get; init; }

    public required int NumberOfPeople { get; init; }
}

/// <summary>A number of people that is not known.</summary>
public sealed record UppfoljningFinsamMissingCountRow
{
    /// <summary>The insats that is handed over.</summary>
    public required int TopInsatsId { get; init; }

    /// <summary>The insats or delprojekt where the number is missing.</summary>
    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    /// <summary><c>woman</c>, <c>man</c> or <c>unknown</c>.</summary>
    public required string Gender { get; init; }

    /// <summary>The half-year without a number; 0 when there is one for the whole year only.</summary>
    public required int Half { get; init; }

    /// <summary>The other half has numbers, so that it matters which half lacks them.</summary>
    public required bool IsCountedByHalf { get; init; }

    /// <summary>How many were counted for the whole year only.</summary>
    public required int YearOnly { get; init; }

    public required bool IsFollowedByCount { get; init; }
}

/// <summary>An insats or delprojekt that lacks figures of the year.</summary>
public sealed record UppfoljningFinsamMissingMoneyRow
{
    /// <summary>The insats that is handed over.</summary>
    public required int TopInsatsId { get; init; }

    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    public required bool LacksParticipants { get; init; }

    public required bool LacksBudget { get; init; }

    public required bool LacksOutcome { get; init; }
}
