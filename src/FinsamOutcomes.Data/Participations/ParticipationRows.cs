namespace FinsamOutcomes.Data.Participations;

/// <summary>A participant who is put in the queue of an insats.</summary>
public sealed record NewQueueEntry
{
    public required int ForbundId { get; init; }

    public required int ParticipantId { get; init; }

    public required int InsatsId { get; init; }

    public required DateOnly QueuedOn { get; init; }

    public string? Referrer { get; init; }

    public string? EducationLevel { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>A participant who enters an insats without having stood in its queue here.</summary>
public sealed record NewParticipation
{
    public required int ForbundId { get; init; }

    public required int ParticipantId { get; init; }

    public required int InsatsId { get; init; }

    public required DateOnly StartedOn { get; init; }

    /// <summary>When the wait began, where it is known.</summary>
    public DateOnly? QueuedOn { get; init; }

    public string? Referrer { get; init; }

    public string? EducationLevel { get; init; }

    public Situation Before { get; init; } = new();

    public string Actor { get; init; } = "finsam";
}

/// <summary>An entry from the queue.</summary>
public sealed record NewEntry
{
    public required int ForbundId { get; init; }

    public required int ParticipationId { get; init; }

    /// <summary>The version that was read.</summary>
    public required int Version { get; init; }

    public required DateOnly StartedOn { get; init; }

    public Situation Before { get; init; } = new();

    public string Actor { get; init; } = "finsam";
}

/// <summary>An exit, or a place in the queue given up.</summary>
public sealed record NewExit
{
    public required int ForbundId { get; init; }

    public required int ParticipationId { get; init; }

    /// <summary>The version that was read.</summary>
    public required int Version { get; init; }

    public required DateOnly EndedOn { get; init; }

    /// <summary>Null when it is still to be filled in; the quality checks remind of it.</summary>
    public string? ExitReason { get; init; }

    public bool? IsPlannedExit { get; init; }

    public Situation After { get; init; } = new();

    public string Actor { get; init; } = "finsam";
}

/// <summary>Livelihood and occupation before or after the insats; empty when not known.</summary>
public sealed record Situation
{
    public IReadOnlyList<LivelihoodShare> Livelihoods { get; init; } = [];

    public Occupation? Occupation { get; init; }
}

/// <summary>A part of a person's livelihood.</summary>
/// <param name="Livelihood">A code of the list livelihood.</param>
/// <param name="PercentShare">1–100; the parts are at most 100 together, less when a part is not known.</param>
public sealed record LivelihoodShare(string Livelihood, int PercentShare);

/// <summary>Work and studies in per cent of full time, 0–100 each.</summary>
public sealed record Occupation(int WorkPercent, int StudyPercent, bool IsJobSeeking);

/// <summary>What came of a registration.</summary>
public sealed record RegisteredParticipation
{
    public required int Id { get; init; }

    /// <summary>What looks odd but is registered, in Swedish: dates outside the insats'.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>One person's stay in one insats. In queue while StartedOn is null; ongoing while EndedOn is null.</summary>
public sealed record ParticipationRow
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

    public required int Version { get; init; }
}

/// <summary>A part of a person's livelihood, as stored.</summary>
public sealed record LivelihoodRow
{
    /// <summary><c>before</c> or <c>after</c>.</summary>
    public required string Occasion { get; init; }

    public required string Livelihood { get; init; }

    public required int PercentShare { get; init; }
}

/// <summary>A person's occupation, as stored.</summary>
public sealed record OccupationRow
{
    /// <summary><c>before</c> or <c>after</c>.</summary>
    public required string Occasion { get; init; }

    public required int WorkPercent { get; init; }

    public required int StudyPercent { get; init; }

    public required bool IsJobSeeking { get; init; }
}
