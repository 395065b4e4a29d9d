using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Statistics;

/// <summary>An insats from which 12 women and 4 men have gone in the spring of 2024, 8 and 3 of them to work or studies.</summary>
internal static class Exits
{
    public static async Task<int> AddAsync(WebHost host)
    {
        var insats = await host.AddInsatsAsync();
        var participants = host.Get<ParticipantStore>();
        var participations = host.Get<ParticipationStore>();
        var number = 0;
        foreach (var (gender, reason, count) in new[] { ("woman", "arbete", 8), ("woman", "sjukdom", 4), ("man", "studier", 3), ("man", "sjukdom", 1) })
        {
            for (var i = 0; i < count; i++)
            {
                var person = await participants.AddAsync(
                    new NewParticipant
                    {
                        ForbundId = host.ForbundId,
                        Code = $"P{++number}",
                        Gender = gender,
                        BirthYear = 1990,
                    });
                var stay = await participations.RegisterAsync(
                    new NewParticipation
                    {
                        ForbundId = host.ForbundId,
                        ParticipantId = person,
                        InsatsId = insats,
                        StartedOn = new DateOnly(2024, 1, 8),
                    });
                await participations.ExitAsync(
                    new NewExit
                    {
                        ForbundId = host.ForbundId,
                        ParticipationId = stay.Id,
                        Version = 1,
                        EndedOn = new DateOnly(2024, 4, 8),
                        ExitReason = reason,
                        IsPlannedExit = true,
                    });
            }
        }

        return insats;
    }
}
