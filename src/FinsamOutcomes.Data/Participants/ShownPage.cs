namespace FinsamOutcomes.Data.Participants;

/// <summary>Whom a page is about to show, for <see cref="ParticipantStore.ReadShownAsync"/>.</summary>
public sealed record ShownPage
{
    public required int ForbundId { get; init; }

    public required string Actor { get; init; }

    /// <summary>What the page is about, when that is a person, a stay or an assessment: the feature in the log, the table and the id.</summary>
    public (string Feature, string Entity, int Id)? Opened { get; init; }

    /// <summary>The participant that the page is about.</summary>
    public int? OpenedParticipantId { get; init; }

    /// <summary>The stay that the page is about.</summary>
    public int? OpenedParticipationId { get; init; }

    /// <summary>Participants whose rows are shown without their names.</summary>
    public IReadOnlyCollection<int> Participants { get; init; } = [];

    /// <summary>Stays whose rows are shown without the participants' names.</summary>
    public IReadOnlyCollection<int> Participations { get; init; } = [];

    /// <summary>Participants who are shown with their names, where they have any.</summary>
    public IReadOnlyCollection<int> NamedParticipants { get; init; } = [];

    /// <summary>Stays that are shown with their participants' names.</summary>
    public IReadOnlyCollection<int> NamedParticipations { get; init; } = [];
}

/// <summary>The names that a page may show, each of them noted.</summary>
/// <param name="ByParticipant">Also those who have no name.</param>
/// <param name="ParticipantOf">The participant of each stay.</param>
public sealed record ShownNames(IReadOnlyDictionary<int, ParticipantIdentity> ByParticipant, IReadOnlyDictionary<int, int> ParticipantOf)
{
    /// <summary>Nothing of it: it would end up in a log.</summary>
    public override string ToString() => nameof(ShownNames);
}
