namespace FinsamOutcomes.Data.Participants;

/// <summary>Two records that are one person.</summary>
public sealed record NewMerge
{
    public required int ForbundId { get; init; }

    /// <summary>The record that lives on.</summary>
    public required int KeptId { get; init; }

    /// <summary>The version of it that was read.</summary>
    public required int KeptVersion { get; init; }

    public required int MergedId { get; init; }

    public required int MergedVersion { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>What a merge would make.</summary>
public sealed record MergePreview
{
    public required ParticipantRow Kept { get; init; }

    public required ParticipantRow Merged { get; init; }

    /// <summary>The kept record's, or where that is unknown the other's.</summary>
    public required string Gender { get; init; }

    public required int? BirthYear { get; init; }

    public required bool TakesName { get; init; }

    public required bool TakesNumber { get; init; }

    /// <summary>Of both, those that the user reaches, the first one first.</summary>
    public required IReadOnlyList<MergeStayRow> Stays { get; init; }

    /// <summary>How many other stays there are.</summary>
    public required int NotShown { get; init; }

    /// <summary>What the records say differently that one person seldom does, in Swedish and without names or numbers.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>What must be mended first, in Swedish.</summary>
    public required IReadOnlyList<string> Hindrances { get; init; }
}

/// <summary>A stay of one of two records.</summary>
public sealed record MergeStayRow
{
    public required int ParticipationId { get; init; }

    /// <summary>Whose it is.</summary>
    public required int ParticipantId { get; init; }

    public required int Version { get; init; }

    public required string Insats { get; init; }

    public required DateOnly? QueuedOn { get; init; }

    public required DateOnly? StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }

    public required string? ExitReason { get; init; }

    public required bool IsReached { get; init; }
}

/// <summary>A stay of one record at the same time as one of the other, in the same insats.</summary>
public sealed record MergeOverlapRow
{
    public required int ParticipationId { get; init; }

    public required string Insats { get; init; }

    public required DateOnly FromOn { get; init; }

    public required DateOnly OtherFromOn { get; init; }
}

/// <summary>A merge that stands.</summary>
public sealed record MergeRow
{
    public required int Id { get; init; }

    public required int KeptId { get; init; }

    public required int MergedId { get; init; }

    /// <summary>The code that the other record had.</summary>
    public required string MergedCode { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime MergedAt { get; init; }

    public required string MergedBy { get; init; }

    public required int KeptVersion { get; init; }

    /// <summary>Null when the gender was kept.</summary>
    public required string? GenderBefore { get; init; }

    public required bool TookBirthYear { get; init; }

    public required bool TookName { get; init; }

    public required bool TookNumber { get; init; }
}
