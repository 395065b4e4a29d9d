namespace FinsamOutcomes.Benchmarks.Invented;

/// <summary>One invented participation with what belongs to it; codes are those of sql/seeds.</summary>
internal sealed record InventedParticipation
{
    /// <summary>1, 2, 3 … A person has one participation or several, next to each other.</summary>
    public required int Person { get; init; }

    public required bool IsNewPerson { get; init; }

    /// <summary>Position in <see cref="InventedForbund.Insatser"/>.</summary>
    public required int Insats { get; init; }

    /// <summary>Position in <see cref="InventedForbund.Genders"/>.</summary>
    public required int Gender { get; init; }

    public required int BirthYear { get; init; }

    public required string Education { get; init; }

    public required string Referrer { get; init; }

    public required DateOnly QueuedOn { get; init; }

    public required DateOnly? StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }

    public required string? Reason { get; init; }

    public required bool IsPlanned { get; init; }

    public required string LivelihoodBefore { get; init; }

    /// <summary>A second livelihood, half of the whole; null when the first is all.</summary>
    public required string? OtherLivelihoodBefore { get; init; }

    /// <summary>Null until the exit.</summary>
    public required string? LivelihoodAfter { get; init; }

    /// <summary>Per cent.</summary>
    public required int WorkAfter { get; init; }

    public required int StudyAfter { get; init; }

    public required bool IsJobSeeking { get; init; }

    /// <summary>The answers at start, one for each item; null when nobody asked.</summary>
    public required int[]? AnswersBefore { get; init; }

    /// <summary>The answers at exit; null when there are none.</summary>
    public required int[]? AnswersAfter { get; init; }

    public string Code => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"P{Person:0000000}");
}
