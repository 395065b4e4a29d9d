namespace FinsamOutcomes.Web.Access;

/// <summary>
/// Whose rows a page shows in a list, beside what its route is about: <see cref="NotedOpenings"/> writes them in the log
/// before the page is sent.
/// </summary>
public sealed class ShownPeople
{
    private readonly HashSet<int> _participants = [];
    private readonly HashSet<int> _participations = [];

    public IReadOnlyCollection<int> Participants => _participants;

    public IReadOnlyCollection<int> Participations => _participations;

    public void Add(IEnumerable<int> participantIds) => _participants.UnionWith(participantIds);

    public void AddParticipations(IEnumerable<int> participationIds) => _participations.UnionWith(participationIds);
}
