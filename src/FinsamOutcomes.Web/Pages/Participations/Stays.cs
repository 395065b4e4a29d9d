using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>A participation with whose it is and where.</summary>
public sealed record Stay(ParticipationRow Row, ParticipantRow Participant, string Insats)
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
public sealed class Stays(CurrentAccess access, ParticipationStore participations, ParticipantStore participants, InsatsStore insatser)
{
    public async Task<Stay?> FindAsync(int participationId, CancellationToken cancellationToken)
    {
        if (await participations.FindAsync(access.ForbundId, participationId, cancellationToken) is not { } row)
            return null;
        var participant = (await participants.FindAsync(access.ForbundId, row.ParticipantId, cancellationToken))!;
        return new Stay(row, participant, (await insatser.FindAsync(access.ForbundId, row.InsatsId, cancellationToken))!.Name);
    }

    /// <summary>A participant's participations in the insatser that the user reaches, the latest first; no other is told of.</summary>
    public async Task<IReadOnlyList<Stay>> OfAsync(ParticipantRow participant, CancellationToken cancellationToken)
    {
        var found = new List<Stay>();
        foreach (var row in (await participations.OfParticipantAsync(access.ForbundId, participant.Id, cancellationToken)).Where(r => access.Reaches(r.InsatsId)).Reverse())
            found.Add(new Stay(row, participant, (await insatser.FindAsync(access.ForbundId, row.InsatsId, cancellationToken))!.Name));
        return found;
    }
}
