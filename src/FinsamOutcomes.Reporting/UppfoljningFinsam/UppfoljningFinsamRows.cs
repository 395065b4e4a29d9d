namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>A field of the national form: who fills it in, what it is called and where it stands is data.</summary>
public sealed record NationalFormFieldRow
{
    /// <summary>See <see cref="UppfoljningFinsamRole"/>.</summary>
    public required string NationalRole { get; init; }

    /// <summary>What it is: see <see cref="NationalField"/>.</summary>
    public required string Field { get; init; }

    public required string Label { get; init; }

    /// <summary><c>forbund</c>, <c>insats</c> or <c>both</c>.</summary>
    public required string AskedOf { get; init; }

    /// <summary>The role may leave it out.</summary>
    public required bool IsByChoice { get; init; }
}

/// <summary>What the national form asks about the förbund itself, in whole kronor; null where it, or a part of it, is not known.</summary>
public sealed record UppfoljningFinsamForbundRow
{
    public required string Forbund { get; init; }

    public required long? FundsKronor { get; init; }

    public required long? OwnCapitalKronor { get; init; }

    /// <summary>How many of the förbund's own costs are marked as administration.</summary>
    public required int AdministrationCosts { get; init; }

    public required long? AdministrationBudgetKronor { get; init; }

    public required long? AdministrationOutcomeKronor { get; init; }
}

/// <summary>What the national form asks about an insats.</summary>
public sealed record UppfoljningFinsamInsatsRow
{
    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    /// <summary><c>individual</c> or <c>structural</c>.</summary>
    public required string Orientation { get; init; }

    /// <summary>It or one of its delprojekt is individual, and counts people by gender.</summary>
    public required bool HasIndividual { get; init; }

    /// <summary>It or one of its delprojekt is structural, and counts people without gender.</summary>
    public required bool HasStructural { get; init; }

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

/// <summary>People in what is structural of an insats, without gender.</summary>
public sealed record UppfoljningFinsamStructuralRow
{
    public required int InsatsId { get; init; }

    public required long NumberOfPeople { get; init; }

    /// <summary>Two half-years added: whoever was there in both counts twice.</summary>
    public required bool IsAtMost { get; init; }
}

/// <summary>A delprojekt of the other orientation than its insats.</summary>
public sealed record UppfoljningFinsamMixedOrientationRow
{
    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    /// <summary>The delprojekt's: <c>individual</c> or <c>structural</c>.</summary>
    public required string Orientation { get; init; }

    public required string TopInsats { get; init; }
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

    /// <summary>It is asked one number, without gender.</summary>
    public required bool IsStructural { get; init; }
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
