using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Insatser;

namespace FinsamOutcomes.Cli.Demo;

/// <summary>What the import files don't hold: money, targets, anonymous participants and the insatser's own texts.</summary>
internal sealed class DemoRegistry(FinsamDatabase database, int forbundId)
{
    private const int FirstYear = 2022;

    private static readonly (string Name, (int Budget, int Outcome)[] Years)[] s_costs =
    [
        ("Administration och kansli", [(1_350, 1_318), (1_420, 1_436), (1_500, 1_487), (1_560, 1_571)]),
        ("Utvärderingar", [(150, 96), (180, 174), (200, 221), (200, 158)]),
        ("Styrelse och revision", [(240, 231), (250, 252), (260, 249), (270, 266)]),
    ];

    // Shares are 0–1; one is out of reach on purpose, so that the table of goals shows both lights.
    private static readonly (string? Insats, string Measure, string? Definition, decimal[] Goals)[] s_targets =
    [
        (null, "positiva-avslut", "arbete-eller-studier", [0.33m, 0.34m, 0.35m, 0.36m]),
        (null, "genomstromning", null, [0.50m, 0.55m, 0.60m, 0.60m]),
        (null, "personer", null, [850, 1050, 1100, 1150]),
        (DemoPortfolio.RattJobb, "positiva-avslut", "arbete-eller-studier", [0.38m, 0.40m, 0.40m, 0.42m]),
        (DemoPortfolio.UngFramat, "positiva-avslut", "arbete-eller-studier", [0.36m, 0.38m, 0.40m, 0.40m]),
        (DemoPortfolio.ForstaSteget, "positiva-avslut", "arbete-eller-studier", [0.35m, 0.35m, 0.36m, 0.36m]),
    ];

    // Each year's first half: women, men, unknown; then its second.
    private static readonly (string Insats, (int Women, int Men, int Unknown)[] Halves)[] s_headCounts =
    [
        (DemoPortfolio.OppnaDorren, [(48, 21, 0), (57, 24, 2), (62, 27, 0), (66, 31, 3), (71, 34, 0), (78, 33, 0), (84, 41, 2), (91, 44, 0)]),
        (DemoPortfolio.Samverkan, [(54, 16, 0), (61, 22, 0), (66, 19, 0), (70, 24, 0), (63, 21, 0), (82, 27, 0), (74, 25, 0), (88, 31, 0)]),
    ];

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var insatser = (await new InsatsStore(database).TreeAsync(forbundId, cancellationToken))
            .SelectMany(n => n.Delprojekt.Prepend(n)).ToDictionary(n => n.Insats.Name, n => n.Insats.Id, StringComparer.Ordinal);
        await SetMoneyAsync(insatser, cancellationToken);
        await SetTargetsAsync(insatser, cancellationToken);
        await SetHeadCountsAsync(insatser, cancellationToken);
        var texts = new InsatsTextStore(database);
        foreach (var (insats, year, section, body) in DemoTexts.All())
            await texts.SetAsync(new() { ForbundId = forbundId, InsatsId = insatser[insats], CalendarYear = year, Section = section, Body = body }, cancellationToken);
    }

    private async Task SetMoneyAsync(Dictionary<string, int> insatser, CancellationToken cancellationToken)
    {
        var store = new InsatsEconomyStore(database);
        foreach (var insats in DemoPortfolio.All)
        {
            for (var i = 0; i < insats.Years.Length; i++)
            {
                var (participants, budget, outcome) = insats.Years[i];
                // A year without a budget is a year in which the insats was not there.
                if (budget == 0)
                    continue;
                await store.SetYearAsync(
                    new()
                    {
                        ForbundId = forbundId,
                        InsatsId = insatser[insats.Name],
                        CalendarYear = FirstYear + i,
                        BudgetedParticipants = participants,
                        BudgetKronor = budget * 1000L,
                        OutcomeKronor = outcome * 1000L,
                    },
                    cancellationToken);
            }
        }

        foreach (var (name, years) in s_costs)
        {
            for (var i = 0; i < years.Length; i++)
                await store.SetCostAsync(new() { ForbundId = forbundId, CalendarYear = FirstYear + i, Name = name, BudgetKronor = years[i].Budget * 1000L, OutcomeKronor = years[i].Outcome * 1000L }, cancellationToken);
        }
    }

    private async Task SetTargetsAsync(Dictionary<string, int> insatser, CancellationToken cancellationToken)
    {
        var store = new InsatsEconomyStore(database);
        foreach (var (insats, measure, definition, goals) in s_targets)
        {
            for (var i = 0; i < goals.Length; i++)
                await store.SetTargetAsync(new() { ForbundId = forbundId, InsatsId = insats is null ? null : insatser[insats], Measure = measure, Definition = definition, CalendarYear = FirstYear + i, Goal = goals[i] }, cancellationToken);
        }
    }

    private async Task SetHeadCountsAsync(Dictionary<string, int> insatser, CancellationToken cancellationToken)
    {
        var store = new HeadCountStore(database);
        foreach (var (insats, halves) in s_headCounts)
        {
            for (var i = 0; i < halves.Length; i++)
            {
                foreach (var (gender, number) in new[] { ("woman", halves[i].Women), ("man", halves[i].Men), ("unknown", halves[i].Unknown) })
                {
                    if (gender != "unknown" || number > 0)
                        await store.SetAsync(new() { ForbundId = forbundId, InsatsId = insatser[insats], CalendarYear = FirstYear + (i / 2), Half = (i % 2) + 1, Gender = gender, NumberOfPeople = number }, cancellationToken);
                }
            }
        }
    }
}
