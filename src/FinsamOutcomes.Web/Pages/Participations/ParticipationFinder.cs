using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>A participation with whose it is and where.</summary>
public sealed record Participation(ParticipationRow Row, ParticipantRow Participant, string Insats)
{
    public bool IsQueued => Row is { StartedOn: null, EndedOn: null };

    public bool IsEnded => Row.EndedOn is not null;

    public bool IsMisregistered => Row.ExitReason == ParticipationStore.Misregistration;

    /// <summary>As people say it.</summary>
    public string Status => this switch
    {
        { IsMisregistered: true } => "Felregistrerad",
        { IsQueued: true } => "I kö",
        { Row: { EndedOn: not null, StartedOn: null } } => "Lämnade kön",
        { IsEnded: true } => "Avslutad",
        _ => "Inskriven",
    };
}

/// <summary>Finds participations of the förbund of the request.</summary>
public sealed class ParticipationFinder(
    CurrentAccess access,
    ParticipationStore participations,
    ParticipantStore participants,
    InsatsStore insatser,
    AccessStore reached,
    ShownPeople shown)
{
    /// <summary>For a page about it, which shows whose it is by name.</summary>
    public async Task<Participation?> FindAsync(int participationId, CancellationToken cancellationToken)
    {
        if (await participations.FindAsync(access.ForbundId, participationId, cancellationToken) is not { } row)
            return null;
        var participant = (await participants.FindAsync(access.ForbundId, row.ParticipantId, cancellationToken))!;
        shown.AddNamed(participant.Id);
        return new Participation(row, participant, (await insatser.FindAsync(access.ForbundId, row.InsatsId, cancellationToken))!.Name);
    }

    /// <summary>Those of some that the user reaches, for a page that shows whose they are by name.</summary>
    public async Task<IReadOnlyList<Participation>> ReachedAsync(IReadOnlyCollection<int> participationIds, CancellationToken cancellationToken)
    {
        var names = (await insatser.TreeAsync(access.ForbundId, cancellationToken))
            .SelectMany(n => n.Delprojekt.Prepend(n))
            .ToDictionary(n => n.Insats.Id, n => n.Insats.Name);
        var found = new List<Participation>();
        foreach (var row in await participations.ReachedAsync(access.ForbundId, access.UserId, participationIds, cancellationToken))
            found.Add(new Participation(row, (await participants.FindAsync(access.ForbundId, row.ParticipantId, cancellationToken))!, names[row.InsatsId]));
        shown.AddNamed(found.Select(p => p.Participant.Id));
        return found;
    }

    /// <summary>A participant's participations that the user reaches, the latest first; no other is told of.</summary>
    public async Task<IReadOnlyList<Participation>> OfAsync(ParticipantRow participant, CancellationToken cancellationToken)
    {
        var found = new List<Participation>();
        foreach (var row in (await participations.OfParticipantAsync(access.ForbundId, participant.Id, access.UserId, cancellationToken)).Reverse())
            found.Add(new Participation(row, participant, (await insatser.FindAsync(access.ForbundId, row.InsatsId, cancellationToken))!.Name));
        return found;
    }

    /// <summary>
    /// Where to go when something has been saved: the participant's page, or the list and why, when what was saved ended so
    /// long ago that the participant is no longer reached.
    /// </summary>
    public async Task<(string Address, string? Why)> AfterAsync(int participantId, CancellationToken cancellationToken)
    {
        var root = $"/f/{access.ForbundId}/deltagare";
        return (await reached.InsatserOfParticipantAsync(access.UserId, access.ForbundId, participantId, cancellationToken)).Count > 0
            ? ($"{root}/{participantId}", null)
            : (root, "Avslutet är så länge sedan att deltagaren inte längre visas för dig.");
    }
}
