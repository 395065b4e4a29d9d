using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Funds;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Insatser;

namespace FinsamOutcomes.Demo;

/// <summary>
/// What the import files don't hold: money, the members' funds, targets, anonymous participants and the insatser's own texts. Four years are
/// written down here; the years after them grow from the last. What is known only when a year or a half-year has ended is
/// left out before that.
/// </summary>
internal sealed class DemoRegistry(FinsamDatabase database, int forbundId, DateOnly last)
{
    private const int FirstYear = 2022;

    private const int WrittenYears = 4;

    private static readonly (string Name, (int Budget, int Outcome)[] Years)[] s_costs =
    [
        ("Administration och kansli", [(1_350, 1_318), (1_420, 1_436), (1_500, 1_487), (1_560, 1_571)]),
        ("Utvärderingar", [(150, 96), (180, 174), (200, 221), (200, 158)]),
        ("Styrelse och revision", [(240, 231), (250, 252), (260, 249), (270, 266)]),
    ];

    // What the members give, in thousands: half of it the state, a quarter the region and a quarter three kommuner.
    private static readonly (string Name, string Kind, int[] Years)[] s_members =
    [
        ("Försäkringskassan, för staten", "state", [10_800, 11_400, 11_600, 11_400]),
        ("Region Exempel", "region", [5_400, 5_700, 5_800, 5_700]),
        ("Exempelby kommun", "municipality", [2_700, 2_850, 2_900, 2_850]),
        ("Norrby kommun", "municipality", [1_620, 1_710, 1_740, 1_710]),
        ("Söderby kommun", "municipality", [1_080, 1_140, 1_160, 1_140]),
    ];

    private static readonly int[] s_capital = [2_640, 2_910, 3_120, 2_950];

    // Shares are 0–1; one is out of reach on purpose, so that the table of goals shows both lights.
    private static readonly (string? Insats, string Measure, string? Definition, decimal[] Goals)[] s_targets =
    [
        (null, "positiva-avslut", "arbete-eller-studier", [0.33m, 0.34m, 0.35m, 0.36m]),
        (null, "genomstromning", null, [0.50m, 0.55m, 0.60m, 0.60m]),
        (null, "personer", null, [740, 990, 1000, 920]),
        (DemoPortfolio.RattJobb, "positiva-avslut", "arbete-eller-studier", [0.38m, 0.40m, 0.40m, 0.42m]),
        (DemoPortfolio.UngFramat, "positiva-avslut", "arbete-eller-studier", [0.36m, 0.38m, 0.40m, 0.40m]),
        (DemoPortfolio.ForstaSteget, "positiva-avslut", "arbete-eller-studier", [0.35m, 0.35m, 0.36m, 0.36m]),
    ];

    // Each year's first half: women, men, unknown; then its second. A structural insats counts people without gender.
    internal static readonly (string Insats, (int Women, int Men, int Unknown)[] Halves)[] HeadCounts =
    [
        (DemoPortfolio.OppnaDorren, [(48, 21, 0), (57, 24, 2), (62, 27, 0), (66, 31, 3), (71, 34, 0), (78, 33, 0), (84, 41, 2), (91, 44, 0)]),
        (DemoPortfolio.Samverkan, [(0, 0, 70), (0, 0, 83), (0, 0, 85), (0, 0, 94), (0, 0, 84), (0, 0, 109), (0, 0, 99), (0, 0, 119)]),
    ];

    // Each year to the last day: its place among those written down, and how many years after them it is.
    private IEnumerable<(int Year, int Index, int Later)> Years =>
        Enumerable
            .Range(FirstYear, last.Year - FirstYear + 1)
            .Select(year => (year, Math.Min(year - FirstYear, WrittenYears - 1), Math.Max(0, year - FirstYear - WrittenYears + 1)));

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var insatser = (await new InsatsStore(database).TreeAsync(forbundId, cancellationToken))
            .SelectMany(n => n.Delprojekt.Prepend(n)).ToDictionary(n => n.Insats.Name, n => n.Insats.Id, StringComparer.Ordinal);
        await SetMoneyAsync(insatser, cancellationToken);
        await SetFundsAsync(cancellationToken);
        await SetTargetsAsync(insatser, cancellationToken);
        await SetHeadCountsAsync(insatser, cancellationToken);
        var texts = new InsatsTextStore(database);
        foreach (var (insats, year, section, body) in DemoTexts.All(last.Year))
            await texts.SetAsync(
                new()
                {
                    ForbundId = forbundId,
                    InsatsId = insatser[insats],
                    CalendarYear = year,
                    Section = section,
                    Body = body,
                },
                cancellationToken);
    }

    private async Task SetMoneyAsync(Dictionary<string, int> insatser, CancellationToken cancellationToken)
    {
        var store = new InsatsEconomyStore(database);
        foreach (var insats in DemoPortfolio.All)
        {
            foreach (var (year, index, later) in Years)
            {
                var (participants, budget, outcome) = insats.Years[index];
                // A year without a budget is a year in which the insats was not there.
                if (budget == 0)
                    continue;
                await store.SetYearAsync(
                    new()
                    {
                        ForbundId = forbundId,
                        InsatsId = insatser[insats.Name],
                        CalendarYear = year,
                        BudgetedParticipants = participants,
                        BudgetKronor = Kronor(budget, later),
                        OutcomeKronor = IsOver(year) ? Kronor(outcome, later) : null,
                    },
                    cancellationToken);
            }
        }

        foreach (var (name, years) in s_costs)
        {
            foreach (var (year, index, later) in Years)
            {
                await store.SetCostAsync(
                    new()
                    {
                        ForbundId = forbundId,
                        CalendarYear = year,
                        Name = name,
                        IsAdministration = name != "Utvärderingar",
                        BudgetKronor = Kronor(years[index].Budget, later),
                        OutcomeKronor = IsOver(year) ? Kronor(years[index].Outcome, later) : null,
                    },
                    cancellationToken);
            }
        }
    }

    private async Task SetFundsAsync(CancellationToken cancellationToken)
    {
        var store = new FundsStore(database);
        foreach (var (year, index, later) in Years)
        {
            foreach (var (name, kind, years) in s_members)
                await store.SetContributionAsync(
                    new()
                    {
                        ForbundId = forbundId,
                        CalendarYear = year,
                        Name = name,
                        Kind = kind,
                        Kronor = Kronor(years[index], later),
                    },
                    cancellationToken);
            if (IsOver(year))
                await store.SetYearAsync(
                    new()
                    {
                        ForbundId = forbundId,
                        CalendarYear = year,
                        OwnCapitalKronor = Kronor(s_capital[index], later),
                    },
                    cancellationToken);
        }
    }

    private async Task SetTargetsAsync(Dictionary<string, int> insatser, CancellationToken cancellationToken)
    {
        var store = new InsatsEconomyStore(database);
        foreach (var (insats, measure, definition, goals) in s_targets)
        {
            foreach (var (year, index, _) in Years)
                await store.SetTargetAsync(
                    new()
                    {
                        ForbundId = forbundId,
                        InsatsId = insats is null ? null : insatser[insats],
                        Measure = measure,
                        Definition = definition,
                        CalendarYear = year,
                        Goal = goals[index],
                    },
                    cancellationToken);
        }
    }

    private async Task SetHeadCountsAsync(Dictionary<string, int> insatser, CancellationToken cancellationToken)
    {
        var store = new HeadCountStore(database);
        foreach (var (insats, halves) in HeadCounts)
        {
            foreach (var (year, index, later) in Years)
            {
                foreach (var half in new[] { 1, 2 })
                {
                    if (last < (half == 1 ? new DateOnly(year, 6, 30) : new DateOnly(year, 12, 31)))
                        continue;
                    var (women, men, unknown) = halves[(2 * index) + half - 1];
                    foreach (var (gender, number) in new[] { ("woman", women), ("man", men), ("unknown", unknown) })
                    {
                        if (gender == "unknown" ? number > 0 : insats != DemoPortfolio.Samverkan)
                            await store.SetAsync(
                                new()
                                {
                                    ForbundId = forbundId,
                                    InsatsId = insatser[insats],
                                    CalendarYear = year,
                                    Half = half,
                                    Gender = gender,
                                    NumberOfPeople = number + (3 * later),
                                },
                                cancellationToken);
                    }
                }
            }
        }
    }

    private bool IsOver(int year) => last >= new DateOnly(year, 12, 31);

    private static long Kronor(int thousands, int yearsLater) => thousands * (100 + (3L * yearsLater)) * 10;
}
