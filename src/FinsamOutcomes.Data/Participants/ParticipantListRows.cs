namespace FinsamOutcomes.Data.Participants;

/// <summary>What to list.</summary>
public sealed record ParticipantListFilter
{
    public required int ForbundId { get; init; }

    /// <summary>Whose insatser.</summary>
    public required int UserId { get; init; }

    /// <summary>One of them, with its delprojekt; null for all.</summary>
    public int? InsatsId { get; init; }

    /// <summary>Only those whom this user follows, or followed to the end; <see cref="Nobody"/> for those whom nobody does; null for all.</summary>
    public int? CaseworkerId { get; init; }

    /// <summary>Stands for nobody as <see cref="CaseworkerId"/>.</summary>
    public const int Nobody = 0;

    /// <summary><c>queue</c>, <c>ongoing</c> or <c>ended</c>; null for all.</summary>
    public string? Status { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;
}

/// <summary>A page of the list.</summary>
public sealed record ParticipantListPage
{
    public required IReadOnlyList<ParticipantListRow> Rows { get; init; }

    /// <summary>Participations by status, whatever status was asked for.</summary>
    public required ParticipantListCountRow Counts { get; init; }

    /// <summary>Participations in the whole list.</summary>
    public required int Total { get; init; }

    public required int Page { get; init; }

    public required int Pages { get; init; }
}

/// <summary>How many participations there are of each status.</summary>
public sealed record ParticipantListCountRow
{
    public required int Queue { get; init; }

    public required int Ongoing { get; init; }

    public required int Ended { get; init; }
}

/// <summary>A participation with its participant.</summary>
public sealed record ParticipantListRow
{
    public required int ParticipationId { get; init; }

    public required int ParticipantId { get; init; }

    public required string Code { get; init; }

    public required string Gender { get; init; }

    public required int? BirthYear { get; init; }

    public required bool HasProtectedIdentity { get; init; }

    /// <summary>The name can be read with <see cref="ParticipantStore.ReadShownAsync"/>.</summary>
    public required bool HasName { get; init; }

    public required bool IsErased { get; init; }

    public required int InsatsId { get; init; }

    public required string Insats { get; init; }

    /// <summary><c>queue</c>, <c>ongoing</c> or <c>ended</c>; ended without a start is a place in the queue that was given up.</summary>
    public required string Status { get; init; }

    public required DateOnly? QueuedOn { get; init; }

    public required DateOnly? StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }

    public required string? ExitReason { get; init; }

    /// <summary>Who follows the participant now.</summary>
    public required string? Caseworker { get; init; }
}

/// <summary>Who was found, with the name as stored.</summary>
public sealed record ParticipantHitRow
{
    public required int Id { get; init; }

    public required string Code { get; init; }

    public required string Gender { get; init; }

    public required int? BirthYear { get; init; }

    public required bool HasProtectedIdentity { get; init; }

    public required byte[]? NameEncrypted { get; init; }
}

/// <summary>Somebody born in the year that was asked for, with the number as stored.</summary>
public sealed record BornParticipantRow
{
    public required int Id { get; init; }

    public required byte[] PersonalNumberEncrypted { get; init; }
}

/// <summary>A name that no search finds yet.</summary>
public sealed record UnindexedNameRow
{
    public required int Id { get; init; }

    public required byte[] NameEncrypted { get; init; }
}

/// <summary>What a search found.</summary>
public sealed record ParticipantSearchResult
{
    public required IReadOnlyList<ParticipantHit> Hits { get; init; }

    /// <summary>There are more than are shown: the user should write more.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Only codes were searched: the key to names and numbers is missing or another's.</summary>
    public bool IsKeyUnusable { get; init; }
}

/// <summary>A participant who was found.</summary>
public sealed record ParticipantHit
{
    public required int ParticipantId { get; init; }

    public required string Code { get; init; }

    public required string Gender { get; init; }

    public required int? BirthYear { get; init; }

    public required bool HasProtectedIdentity { get; init; }

    public required string? Name { get; init; }

    /// <summary>There is a name, but it can't be read.</summary>
    public required bool IsNameUnreadable { get; init; }

    /// <summary>Without the name, which would end up in a log.</summary>
    public override string ToString() => $"ParticipantHit {{ Code = {Code} }}";
}
