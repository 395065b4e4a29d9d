using FinsamOutcomes.Data.Participants;

namespace FinsamOutcomes.Web.Access;

/// <summary>
/// Whose rows a page shows, beside what its route is about: <see cref="NotedOpenings"/> writes them in the log before the page is sent. A page
/// that may show names says of whom, and its view finds them here: they are read and noted together, once for the page.
/// </summary>
public sealed class ShownPeople
{
    private readonly HashSet<int> _participants = [];
    private readonly HashSet<int> _participations = [];
    private readonly HashSet<int> _named = [];
    private readonly HashSet<int> _namedStays = [];

    private ShownNames _names = new(new Dictionary<int, ParticipantIdentity>(), new Dictionary<int, int>());

    public IReadOnlyCollection<int> Participants => _participants;

    public IReadOnlyCollection<int> Participations => _participations;

    /// <summary>Participants who are shown with their names.</summary>
    public IReadOnlyCollection<int> Named => _named;

    /// <summary>Stays that are shown with their participants' names.</summary>
    public IReadOnlyCollection<int> NamedStays => _namedStays;

    /// <summary>The key to the names is missing or another.</summary>
    public bool IsKeyUnusable => _names.ByParticipant.Values.Any(i => i.IsKeyUnusable);

    /// <summary>There are names here that nobody can read, though the key is the right one.</summary>
    public bool HasUnreadable => !IsKeyUnusable && _names.ByParticipant.Values.Any(i => i.IsNameUnreadable);

    public void Add(IEnumerable<int> participantIds) => _participants.UnionWith(participantIds);

    public void AddParticipations(IEnumerable<int> participationIds) => _participations.UnionWith(participationIds);

    /// <summary>For pages that only caseworkers open, of those whom they reach.</summary>
    public void AddNamed(params IEnumerable<int> participantIds) => _named.UnionWith(participantIds);

    /// <summary>As <see cref="AddNamed"/>, by stay.</summary>
    public void AddNamedStays(params IEnumerable<int> participationIds) => _namedStays.UnionWith(participationIds);

    /// <summary>Who somebody is, in the view; null for whom the page did not name.</summary>
    public ParticipantIdentity? Identity(int participantId) => _names.ByParticipant.GetValueOrDefault(participantId);

    /// <summary>What stands for the name, in the view; null for somebody who has none.</summary>
    public string? Name(int participantId) => Identity(participantId) switch
    {
        { IsErased: true } => "gallrad",
        { HasProtectedIdentity: true } => "skyddade personuppgifter",
        { IsNameUnreadable: true } => "går inte att läsa",
        var identity => identity?.Name,
    };

    /// <summary>The name as it is written after a code; nothing for somebody who has none.</summary>
    public string After(int participantId) => Name(participantId) is not { } name ? ""
        : Identity(participantId)!.Name is null ? $" ({name})" : $" {name}";

    /// <summary>As <see cref="After"/>, by stay.</summary>
    public string AfterStay(int participationId) => _names.ParticipantOf.TryGetValue(participationId, out var id) ? After(id) : "";

    internal void Take(ShownNames names) => _names = names;
}
