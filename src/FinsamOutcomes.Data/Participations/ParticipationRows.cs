using FinsamOutcomes.Data.ApiKeys;

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

    /// <summary>Where it is known already; an entry from the queue may change it.</summary>
    public Situation Before { get; init; } = new();

    /// <summary>Who (app_user) follows the participant from the first day; null for nobody yet.</summary>
    public int? CaseworkerId { get; init; }

    /// <summary>For a system that may ask again, not knowing what became of the first; null for people.</summary>
    public OnceRequest? Once { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>A participant who enters an insats without having stood in its queue here; also a whole stay that is past.</summary>
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

    /// <summary>For a stay that has ended already; it may lie before a later one in the same insats.</summary>
    public DateOnly? EndedOn { get; init; }

    public string? ExitReason { get; init; }

    public bool? IsPlannedExit { get; init; }

    public Situation After { get; init; } = new();

    /// <summary>Who (app_user) follows the participant from the first day; null for nobody yet.</summary>
    public int? CaseworkerId { get; init; }

    /// <summary>For a system that may ask again, not knowing what became of the first; null for people.</summary>
    public OnceRequest? Once { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>A person who is not registered, with their place in the queue of an insats or their entry.</summary>
public sealed record NewRegistration
{
    public required int ForbundId { get; init; }

    /// <summary>The user (app_user) who registers; tells which participants are their own when somebody is like the new one.</summary>
    public int? UserId { get; init; }

    /// <summary>Empty for the next code of the förbund's own series, D0001.</summary>
    public string? Code { get; init; }

    /// <summary><c>woman</c>, <c>man</c> or <c>unknown</c>: legal gender.</summary>
    public required string Gender { get; init; }

    /// <summary>Taken from the personal number when that is given and this is not.</summary>
    public int? BirthYear { get; init; }

    public string? Name { get; init; }

    public string? PersonalNumber { get; init; }

    public bool HasProtectedIdentity { get; init; }

    public required int InsatsId { get; init; }

    /// <summary>When the wait began; alone it puts the participant in the queue.</summary>
    public DateOnly? QueuedOn { get; init; }

    public DateOnly? StartedOn { get; init; }

    public string? Referrer { get; init; }

    public string? EducationLevel { get; init; }

    public Situation Before { get; init; } = new();

    /// <summary>The user says that the code, which looks like a name, is none.</summary>
    public bool IsCodeNoName { get; init; }

    /// <summary>The user has seen who is like the new participant and says that they are another person.</summary>
    public bool IsNotDuplicate { get; init; }

    /// <summary>Who (app_user) follows the participant from the first day; null for nobody yet.</summary>
    public int? CaseworkerId { get; init; }

    /// <summary>For a system that may ask again, not knowing what became of the first; null for people.</summary>
    public OnceRequest? Once { get; init; }

    public string Actor { get; init; } = "finsam";

    /// <summary>Without name and number, which would end up in a log.</summary>
    public override string ToString() => $"NewRegistration {{ InsatsId = {InsatsId} }}";
}

/// <summary>What came of a person's first registration.</summary>
public sealed record RegisteredPerson
{
    public required int ParticipantId { get; init; }

    public required string Code { get; init; }

    public required int ParticipationId { get; init; }

    /// <summary>What looks odd but is registered, in Swedish.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>A participation as a form sends it back when something in it was wrong.</summary>
public sealed record ParticipationCorrection
{
    public required int ForbundId { get; init; }

    public required int ParticipationId { get; init; }

    /// <summary>The version that was read.</summary>
    public required int Version { get; init; }

    public required DateOnly? QueuedOn { get; init; }

    /// <summary>Null when the participant has not entered: is still in queue, or left it.</summary>
    public required DateOnly? StartedOn { get; init; }

    /// <summary>A date exactly when the participation has ended: exits are registered and undone on their own.</summary>
    public required DateOnly? EndedOn { get; init; }

    public required string? ExitReason { get; init; }

    public required bool? IsPlannedExit { get; init; }

    public required string? Referrer { get; init; }

    public required string? EducationLevel { get; init; }

    /// <summary>Null leaves what is registered.</summary>
    public Situation? Before { get; init; }

    /// <summary>Null leaves what is registered.</summary>
    public Situation? After { get; init; }

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

/// <summary>A participation with its participant's code, and whether the user who asks reaches it.</summary>
public sealed record ParticipationSliceRow
{
    public required int Id { get; init; }

    public required int ParticipantId { get; init; }

    public required string Code { get; init; }

    public required int InsatsId { get; init; }

    public required DateOnly? QueuedOn { get; init; }

    public required DateOnly? StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }

    public required string? ExitReason { get; init; }

    public required bool? IsPlannedExit { get; init; }

    public required string? Referrer { get; init; }

    public required string? EducationLevel { get; init; }

    public required int Version { get; init; }

    public required bool IsReached { get; init; }

    public ParticipationRow Participation => new()
    {
        Id = Id,
        ParticipantId = ParticipantId,
        InsatsId = InsatsId,
        QueuedOn = QueuedOn,
        StartedOn = StartedOn,
        EndedOn = EndedOn,
        ExitReason = ExitReason,
        IsPlannedExit = IsPlannedExit,
        Referrer = Referrer,
        EducationLevel = EducationLevel,
        Version = Version,
    };
}

/// <summary>Which participations to read: those that went on some time in a period, in the order of their ids.</summary>
public sealed record ParticipationSlice
{
    /// <summary>How many are looked at at a time.</summary>
    public const int Size = 100;

    public required int ForbundId { get; init; }

    /// <summary>Of those that this user reaches.</summary>
    public required int UserId { get; init; }

    public int? InsatsId { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>The last id that has been read; 0 from the beginning.</summary>
    public int AfterId { get; init; }
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
