using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participations;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>Registers somebody, and ends, moves, takes back or strikes out what was registered before, in turn.</summary>
internal sealed class RandomEdits(FinsamDatabase database, int forbundId, int[] insatser)
{
    private static readonly DateOnly s_newYear = new(2024, 1, 1);

    private readonly Random _random = new(20_241_231);
    private readonly ParticipationStore _store = new(database);
    private readonly List<int> _registered = [];

    public async Task ChangeAsync()
    {
        if (_registered.Count < 5 || _random.Next(3) == 0)
        {
            _registered.Add((await _store.RegisterNewAsync(new NewRegistration
            {
                ForbundId = forbundId,
                Gender = new[] { "woman", "man", "unknown" }[_random.Next(3)],
                BirthYear = 1960 + _random.Next(40),
                InsatsId = insatser[_random.Next(insatser.Length)],
                StartedOn = s_newYear.AddDays(_random.Next(150)),
                IsNotDuplicate = true,
            })).ParticipationId);
            return;
        }

        var row = (await _store.FindAsync(forbundId, _registered[_random.Next(_registered.Count)]))!;
        if (row.EndedOn is null)
            await _store.ExitAsync(new NewExit
            {
                ForbundId = forbundId,
                ParticipationId = row.Id,
                Version = row.Version,
                EndedOn = s_newYear.AddDays(150 + _random.Next(200)),
                ExitReason = new[] { "arbete", "studier", "sjukdom" }[_random.Next(3)],
            });
        else if (row.ExitReason != ParticipationStore.Misregistration && _random.Next(4) == 0)
            await _store.MisregisterAsync(forbundId, row.Id, row.Version, "prov");
        else if (row.ExitReason != ParticipationStore.Misregistration)
            await _store.CorrectAsync(new ParticipationCorrection
            {
                ForbundId = forbundId,
                ParticipationId = row.Id,
                Version = row.Version,
                QueuedOn = null,
                StartedOn = s_newYear.AddDays(_random.Next(150)),
                EndedOn = s_newYear.AddDays(150 + _random.Next(200)),
                ExitReason = "ovrigt",
                IsPlannedExit = null,
                Referrer = null,
                EducationLevel = null,
            });
    }
}
